// What a form holds beside what the server has: which members changed, and what waits on this machine. Pure, but for
// the storage that is handed in.
import type { Report, ReportContent, ReportLine, ReportStatus } from "@/features/dispatch/types";

const members = ["state", "on_schedule", "reason", "text", "figures", "evidence", "next_step"] as const;

export function contentOf(report: ReportContent): ReportContent {
  const { state, on_schedule, reason, text, figures, evidence, next_step } = report;
  return JSON.parse(JSON.stringify({ state, on_schedule, reason, text, figures, evidence, next_step })) as ReportContent;
}

// The members of `now` that differ; a figure without name or value is not ready to be sent.
export function changesOf(before: ReportContent, now: ReportContent): Partial<ReportContent> {
  const ready: ReportContent = { ...now, figures: now.figures.filter((f) => f.name.trim() && Number.isFinite(f.value)) };
  const changes: Record<string, unknown> = {};
  for (const name of members) if (JSON.stringify(before[name]) !== JSON.stringify(ready[name])) changes[name] = ready[name];
  return changes as Partial<ReportContent>;
}

// What is owed first: returned, then untouched, then drafts; the rest behind; in the order of the list inside each.
const order: Record<ReportStatus, number> = { returned: 0, empty: 1, draft: 2, submitted: 3, accepted: 4 };
export function owedFirst(lines: ReportLine[]): ReportLine[] {
  return [...lines].sort((a, b) => order[a.status] - order[b.status] || a.id - b.id);
}
export function isOwed(status: ReportStatus): boolean {
  return status === "empty" || status === "draft" || status === "returned";
}

export interface Kept {
  revision: number;
  changes: Partial<ReportContent>;
}
const key = (id: number) => `zhenggai.report.${id}`;
export function keep(storage: Storage, report: Report, changes: Partial<ReportContent>): void {
  if (Object.keys(changes).length) storage.setItem(key(report.id), JSON.stringify({ revision: report.revision, changes }));
  else storage.removeItem(key(report.id));
}
export function kept(storage: Storage, id: number): Kept | null {
  try {
    return JSON.parse(storage.getItem(key(id)) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}
