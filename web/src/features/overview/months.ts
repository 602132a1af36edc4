// Deadlines by month, joined to quarters or years where there would be too many bars. Pure.
import { addMonths, monthEnd } from "@/ui/dates";

export interface MonthCount {
  month: string; // 2024-06
  due: number;
  completed: number;
}

export interface Bucket {
  label: string; // on the axis
  title: string; // in full
  from: string;
  to: string; // last day
  done: number;
  late: number; // open, and all of the bucket's days are past
  open: number;
}

export type Grain = "month" | "quarter" | "year";

function bucketStart(month: string, grain: Grain): string {
  const [y, m] = [month.slice(0, 4), Number(month.slice(5, 7))];
  if (grain === "year") return `${y}-01`;
  if (grain === "quarter") return `${y}-${String(Math.floor((m - 1) / 3) * 3 + 1).padStart(2, "0")}`;
  return month;
}
const steps: Record<Grain, number> = { month: 1, quarter: 3, year: 12 };

function monthsBetween(a: string, b: string): number {
  return (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(5, 7)) - Number(a.slice(5, 7));
}

export function chooseGrain(months: readonly MonthCount[], most: number): Grain {
  if (!months.length) return "month";
  const span = monthsBetween(months[0]!.month, months[months.length - 1]!.month) + 1;
  if (span <= most) return "month";
  return span / 3 <= most ? "quarter" : "year";
}

function names(start: string, grain: Grain): { label: string; title: string } {
  const year = start.slice(0, 4);
  const month = Number(start.slice(5, 7));
  if (grain === "year") return { label: year, title: `${year}年` };
  if (grain === "quarter") {
    const q = (month - 1) / 3 + 1;
    return { label: q === 1 ? `${year}` : `${q}季`, title: `${year}年第${q}季度` };
  }
  return { label: month === 1 ? year : `${month}月`, title: `${year}年${month}月` };
}

// `months` ascending, each once. Empty buckets between the first and the last are kept: a gap is news too.
export function buckets(months: readonly MonthCount[], asOf: string, grain: Grain): Bucket[] {
  if (!months.length) return [];
  const out: Bucket[] = [];
  const last = months[months.length - 1]!.month;
  let at = 0;
  for (let start = bucketStart(months[0]!.month, grain); start <= last && out.length < 400; start = addMonths(start, steps[grain])) {
    const end = addMonths(start, steps[grain] - 1);
    let due = 0;
    let done = 0;
    let late = 0;
    for (; at < months.length && months[at]!.month <= end; at += 1) {
      const m = months[at]!;
      const left = Math.max(0, m.due - m.completed);
      due += m.due;
      done += Math.min(m.due, m.completed);
      if (monthEnd(m.month) < asOf) late += left;
    }
    out.push({ ...names(start, grain), from: `${start}-01`, to: monthEnd(end), done, late, open: due - done - late });
  }
  return out;
}

// Round steps for an axis from 0 to at least `max`.
export function axisTicks(max: number): number[] {
  const rough = Math.max(1, max / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough);
  const ticks = [0];
  while (ticks[ticks.length - 1]! < max) ticks.push(ticks[ticks.length - 1]! + step);
  return ticks;
}
