// Calendar dates in Beijing time, as ISO text. Pure.

export function beijingToday(now: Date): string {
  return new Date(now.getTime() + 8 * 3600_000).toISOString().slice(0, 10);
}

function dayNumber(iso: string): number {
  return Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10))) / 86_400_000;
}

export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 10) === text;
}

// Days from `from` to `to`; negative when `to` is past.
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

export function addDays(iso: string, days: number): string {
  return new Date((dayNumber(iso) + days) * 86_400_000).toISOString().slice(0, 10);
}

export function monthEnd(month: string): string {
  const [y, m] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(y, m, 0)).toISOString().slice(0, 10);
}

export function monthStart(month: string): string {
  return `${month.slice(0, 7)}-01`;
}

// "2024-06" + 1 → "2024-07"
export function addMonths(month: string, n: number): string {
  const [y, m] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(y, m - 1 + n, 1)).toISOString().slice(0, 7);
}

export function quarterRange(iso: string): [string, string] {
  const first = Math.floor((Number(iso.slice(5, 7)) - 1) / 3) * 3 + 1;
  const month = `${iso.slice(0, 4)}-${String(first).padStart(2, "0")}`;
  return [`${month}-01`, monthEnd(addMonths(month, 2))];
}

// 2024年6月30日
export function chineseDate(iso: string): string {
  return `${Number(iso.slice(0, 4))}年${Number(iso.slice(5, 7))}月${Number(iso.slice(8, 10))}日`;
}

export function chineseMonth(month: string): string {
  return `${Number(month.slice(0, 4))}年${Number(month.slice(5, 7))}月`;
}

// 还有12天 / 今天到期 / 已过35天 / 还有1年2个月
export function distance(today: string, due: string): string {
  const days = daysBetween(today, due);
  if (days === 0) return "今天到期";
  const lead = days > 0 ? "还有" : "已过";
  const n = Math.abs(days);
  if (n < 60) return `${lead}${n}天`;
  if (n < 365) return `${lead}${Math.floor(n / 30.44)}个月`;
  const months = Math.floor(n / 30.44);
  const years = Math.floor(months / 12);
  return months % 12 ? `${lead}${years}年${months % 12}个月` : `${lead}${years}年`;
}

// 2024-06-15T10:20:11+08:00 → 2024-06-15 10:20 (the server's clock, Beijing)
export function stamp(at: string | null | undefined): string {
  return at ? at.slice(0, 16).replace("T", " ") : "";
}
