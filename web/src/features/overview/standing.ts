// How all tasks stand (GET /api/standing), ranked for those who look from above. Pure.
export interface Counts {
  completed: number;
  ongoing: number;
  in_progress: number;
  not_started: number;
  not_stated: number;
  at_risk: number;
  overdue: number;
  total: number;
}
export interface Standing {
  as_of: string;
  rule: { tolerance: number; unstarted_days: number };
  counts: Counts;
  units: { unit_id: number; name: string; counts: Counts }[];
  tiles: { name: string; short: string; link: string; column: number; row: number; counts: Counts }[];
  periods: { id: number; code: string; asked: number; answered: number; behind: number; completed: number }[];
}

export const standings = ["completed", "ongoing", "in_progress", "not_started", "not_stated", "at_risk", "overdue"] as const;
export type StandingName = (typeof standings)[number];

// As on the charts for the wall (report/chart_sheet.cc): each with its letter, so that colour is not needed.
export const looks: Record<StandingName, { name: string; letter: string; fill: string; ink: string }> = {
  completed: { name: "已完成", letter: "完", fill: "#1e6b45", ink: "#ffffff" },
  ongoing: { name: "长期坚持", letter: "坚", fill: "#d9cff0", ink: "#3b2670" },
  in_progress: { name: "正在推进", letter: "推", fill: "#c3dcef", ink: "#0d3f66" },
  not_started: { name: "未启动", letter: "未", fill: "#fff3dc", ink: "#6b3a05" },
  not_stated: { name: "未报状态", letter: "空", fill: "#f3f5f5", ink: "#3d5258" },
  at_risk: { name: "滞后风险", letter: "滞", fill: "#f2b63c", ink: "#3a2500" },
  overdue: { name: "已逾期", letter: "逾", fill: "#b3261e", ink: "#ffffff" },
};

export function settledShare(counts: Counts): number {
  return counts.total ? (counts.completed + counts.ongoing) / counts.total : 0;
}

export type RankBy = "late" | "risk" | "done" | "total";

// The first is the one to speak to: most late (or at risk, or tasks) first; by share of what is settled, the least first.
export function ranked<T extends { name: string; counts: Counts }>(rows: readonly T[], by: RankBy): T[] {
  const value = (c: Counts): number => (by === "late" ? c.overdue : by === "risk" ? c.at_risk : by === "done" ? -settledShare(c) : c.total);
  return [...rows].sort((a, b) => value(b.counts) - value(a.counts) || b.counts.total - a.counts.total || a.name.localeCompare(b.name, "zh"));
}

export function tell(name: string, counts: Counts): string {
  const parts = standings.filter((s) => counts[s]).map((s) => `${looks[s].name}${counts[s]}项`);
  return `${name}：共${counts.total}项${parts.length ? `，${parts.join("，")}` : ""}`;
}

// "2026-11" → 2026年11月, "2026-Q4" → 2026年四季度
export function periodName(code: string): string {
  const [year, part = ""] = code.split("-");
  return part.startsWith("Q") ? `${year}年${"一二三四"[Number(part[1]) - 1] ?? ""}季度` : `${year}年${Number(part)}月`;
}
