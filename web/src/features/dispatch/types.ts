// As openapi/dispatch.json gives them.
export type ReportStatus = "empty" | "draft" | "submitted" | "returned" | "accepted";
export type ReportState = "not_started" | "in_progress" | "ongoing" | "completed";

export interface Period {
  id: number;
  code: string;
  name: string;
  begin: string;
  end: string;
  due: string;
  days_left: number;
  closed: boolean;
  counts: Record<ReportStatus, number>;
  units_owing: number | null;
}
export interface PeriodRule {
  kind: "month" | "quarter";
  active: boolean;
  opens: number;
  due: number;
  workdays: boolean;
  rounds: number[];
  since: string;
  revision: number;
  updated_by: string;
  updated_at: string;
  next: { code: string; name: string; opens: string; due: string } | null;
  missed: string[];
}
export interface Schedule {
  rules: PeriodRule[];
}
export interface BoardCell {
  id: number;
  path: string;
  status: ReportStatus;
  behind: boolean;
  still: boolean;
}
export interface BoardRow {
  unit: { id: number; name: string };
  counts: Record<ReportStatus, number>;
  cells: BoardCell[];
}
export interface ReportTask {
  id: number;
  path: string;
  problem: string;
  due: string | null;
}
export interface ReportLine {
  id: number;
  unit: { id: number; name: string };
  task: ReportTask;
  status: ReportStatus;
  state: ReportState | null;
  on_schedule: boolean | null;
  still: boolean;
  text: string;
  remark: string;
  revision: number;
}
export interface ReportFigure {
  name: string;
  value: number;
  unit: string;
  target: number | null;
  cumulative: boolean;
  note: string;
}
export interface ReportContent {
  state: ReportState | null;
  on_schedule: boolean | null;
  reason: string;
  text: string;
  figures: ReportFigure[];
  evidence: number[];
  next_step: string;
}
export interface Report extends ReportContent {
  id: number;
  period: { id: number; name: string; due: string };
  unit: { id: number; name: string };
  task: ReportTask;
  status: ReportStatus;
  remark: string;
  still: boolean;
  revision: number;
  updated_by: string;
  updated_at: string;
  last: (ReportContent & { period: string }) | null;
  questions: { kind: "falling" | "still"; figure: string; message: string }[];
}
export interface Page<T> {
  items: T[];
  next: string | null;
}
