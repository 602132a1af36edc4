// The shapes the server speaks (docs/api.md). types.test.ts holds them against src/http/openapi/.

export type Span = [number, number]; // [begin, end) in code points of the document's text

export type StateKind = "not_stated" | "not_started" | "in_progress" | "completed" | "ongoing";
export type DocumentKind = "task_list" | "progress_report" | "report";
export type UnitRole = "lead" | "supporting";

export interface Ref {
  id: number;
  name: string;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
  capped?: boolean; // there are more than `total`
}

export interface Doubt {
  field: string;
  message: string;
  span?: Span | null;
}

export interface DatedText {
  date: string;
  text?: string;
  span?: Span | null;
}

// How one unit of a list was read.
export interface UnitRead {
  name: string;
  written: string;
  known: boolean; // in the directory, or made of a known region and a known organ
  inherited: boolean; // stated by the parent problem, not here
}

export interface Deadline {
  text: string;
  date: string | null;
  immediate?: boolean;
  long_term?: boolean;
  ambiguous?: boolean;
  milestones?: DatedText[];
}

export interface Measure {
  number: number | null;
  text: string;
  due?: string[];
  due_spans?: DatedText[];
  lead?: string | null;
  acceptance?: string[];
}

export interface Target {
  quantity: string;
  comparator: string;
  value: number | string;
  unit: string;
  by?: string | null;
}

export interface TaskStatus {
  text: string;
  kind: StateKind;
  long_term?: boolean;
  behind_schedule?: boolean;
}

export interface Progress {
  number: number | null;
  text: string;
}

// Field name to a span, or to a list of spans for list fields.
export type Spans = Record<string, unknown>;

// One entry of a draft; a committed task carries the same fields.
export interface Entry {
  path: string;
  label?: string;
  is_task: boolean;
  headings?: string[];
  problem: string;
  responsible?: string[];
  responsible_roles?: Record<string, UnitRole>;
  responsible_open?: boolean;
  responsible_units?: UnitRead[];
  acceptance?: string[];
  acceptance_units?: UnitRead[];
  goal?: string | null;
  deadline?: Deadline | null;
  measures?: Measure[];
  targets?: Target[];
  status?: TaskStatus | null;
  progress?: Progress[];
  upstream_ordinal?: number | null;
  spans?: Spans;
  doubts?: Doubt[];
}

export interface Draft {
  title: string;
  kind: DocumentKind;
  issuer?: string[];
  date?: string | null;
  tasks: Entry[];
  doubts?: Doubt[];
  spans?: Spans;
}

export interface Correction {
  path: string | null;
  field: string;
  before: unknown;
  after: unknown;
  at: string;
}

export interface Change {
  path: string | null;
  field: string | null;
  kind: "added" | "removed" | "changed";
  before: unknown;
  after: unknown;
}

export type ImportState = "reading" | "draft" | "failed" | "committed" | "discarded";

export interface ImportInfo {
  id: number;
  name: string;
  format: string;
  bytes: number;
  sha256: string;
  sm3: string;
  state: ImportState;
  stage: string;
  percent: number;
  error: ErrorBody | string | null;
  notes: string[];
  ocr: boolean;
  title: string | null;
  kind: DocumentKind | null;
  issuer: string[] | null;
  date: string | null;
  tasks: number;
  doubts: number;
  duplicate_of: { id: number; name: string; committed_at: string | null } | null; // not committed: another open import
  supersedes: { id: number; title: string } | null;
  round: { id?: number | null; name: string; level?: RoundLevel; number?: number; year?: number | null } | null; // proposed
  corrections: number;
}

export interface DraftAnswer {
  draft: Draft;
  corrected: Correction[];
  changes: Change[];
}

export interface Place {
  page?: number;
  paragraph?: number;
  sheet?: string;
  table?: number;
  row?: number;
  column?: number;
  row_span?: number;
  column_span?: number;
}

export interface Block {
  begin: number;
  end: number;
  kind: "paragraph" | "heading" | "cell" | "footnote";
  level: number;
  place: Place;
}

export interface TextAnswer {
  text: string;
  blocks: Block[];
}

export interface CommitAnswer {
  document_id: number;
  tasks: number;
  links: number;
  events: number;
}

export interface DocumentInfo {
  id: number;
  title: string;
  kind: DocumentKind;
  name: string;
  round: Ref | null;
  date: string | null;
  tasks: number;
  committed_at: string;
  version_of: number | null;
  versions?: { id: number; title: string; committed_at: string }[];
  format?: string;
  bytes?: number;
  sha256?: string;
  sm3?: string;
  issuer?: string[];
}

export interface EntryRow {
  task_id: number;
  path: string;
  label: string;
  problem: string;
  begin: number;
  end: number;
  is_task: boolean;
}

export type RoundLevel = "central" | "region" | "prefecture" | "other";

export interface Round {
  id: number;
  name: string;
  level: RoundLevel;
  year: number | null;
  tasks: number;
}

export interface TaskItem {
  id: number;
  document_id: number;
  round: Ref | null;
  path: string;
  label: string;
  problem: string;
  responsible: string[];
  acceptance: string[];
  due: string | null;
  deadline_text: string;
  immediate: boolean;
  long_term: boolean;
  state: StateKind;
  behind_schedule: boolean;
  overdue: boolean;
  measures: number;
  doubts: number;
  updated_at: string;
}

export interface TaskRef {
  id: number;
  path: string;
  label?: string;
  problem?: string;
  due?: string | null;
  state?: StateKind;
  is_task?: boolean;
}

export interface TaskLink {
  id: number;
  kind: "cascades_from" | "follows_up";
  direction: string; // which end this task is: from (it cites the other), to (the other cites it)
  state: "proposed" | "confirmed" | "rejected";
  score: number | null;
  reason: string | null;
  task: TaskRef & { problem: string; document?: { id: number; title: string } | null; round?: Ref | null };
}

export interface LedgerEvent {
  seq: number;
  at: string;
  actor: string;
  kind: string;
  subject: string;
  before: unknown;
  after: unknown;
  task_id?: number | null;
  document_id?: number | null;
  field?: string | null;
  reason?: string | null;
  digest?: string;
  previous?: string;
}

export interface TaskDetail extends Entry {
  id: number;
  revision: number;
  document_id?: number;
  round: Ref | null;
  document: { id: number; title: string; name?: string; kind?: DocumentKind };
  due: string | null;
  state: StateKind;
  overdue?: boolean;
  behind_schedule?: boolean;
  parent: TaskRef | null;
  children: TaskRef[];
  links: TaskLink[];
  versions: unknown[];
  events: LedgerEvent[];
  corrected?: string[];
  previous: TaskRef | null;
  next: TaskRef | null;
}

export interface Unit {
  id: number;
  name: string;
  kind: string | null;
  level: string | null;
  region: { code: string; name: string } | string | null;
  known: boolean;
  aliases: string[];
  tasks: number;
}

export interface Region {
  code: string;
  name: string;
  level: string;
  parent: string | null;
  tasks: number;
}

export interface Overview {
  as_of: string;
  total: number;
  by_state: Partial<Record<StateKind, number>>;
  overdue: number;
  due_soon: TaskItem[];
  by_month: { month: string; due: number; completed: number }[];
  by_unit: { unit_id: number; name: string; total: number; completed: number; overdue: number }[];
  by_region: { code: string; name: string; total: number; completed: number; overdue: number }[];
  by_round: { id: number; name: string; total: number; completed: number; overdue?: number }[];
  flags: { immediate: number; long_term: number; behind_schedule: number; doubt: number };
  no_date: number;
}

export interface SearchHit {
  kind: "task" | "paragraph";
  task_id: number | null;
  document_id: number;
  document: string;
  path: string | null;
  begin: number;
  end: number;
  snippet: { text: string; hit: boolean }[];
}

export interface SearchAnswer {
  items: SearchHit[];
  total: number;
  capped: boolean;
}

export type Severity = "error" | "warning" | "note";
export type FindingKind =
  | "ratio"
  | "sum"
  | "difference"
  | "list_count"
  | "task_count"
  | "overdue"
  | "date_order"
  | "contradiction"
  | "copied_text"
  | "no_result"
  | "cascade_deadline"
  | "cascade_gap"
  | "rebound"
  | "missing_figure";

export interface CheckPlace {
  document_id: number | null;
  document: string;
  task_id: number | null;
  path: string | null;
  quote: string;
  begin: number;
  end: number;
}

export interface FindingMark {
  reason: string;
  actor: string;
  at: string;
}

export interface DraftFinding extends CheckPlace {
  kind: FindingKind;
  severity: Severity;
  stated: string | null;
  computed: string | null;
  expression: string | null;
  message: string;
  units: string[];
  related: CheckPlace[];
}

export interface Finding extends DraftFinding {
  id: number;
  explained: FindingMark | null;
}

export interface FindingPage {
  items: Finding[];
  next: string | null;
  total: number;
  pending: number;
  counts: { severity: Record<Severity, number>; kind: Partial<Record<FindingKind, number>>; explained: number };
  units: { unit_id: number; name: string; n: number }[];
}

export interface DraftFindings {
  items: DraftFinding[];
  confirmed: number;
}

export interface Relation extends CheckPlace {
  id: number;
  kind: FindingKind;
  expression: string;
  numbers: CheckPlace[];
}

export interface RelationPage {
  items: Relation[];
  next: string | null;
  total: number;
}

export interface ErrorBody {
  code: string;
  message: string;
  where?: unknown;
  request?: string;
  current?: unknown;
}
