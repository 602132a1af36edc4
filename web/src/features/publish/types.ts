// As src/http/openapi/publications.json says.
export type State = "draft" | "review" | "released" | "withdrawn" | "replaced" | "dropped";
export interface Who {
  name: string;
  at: string;
}
export interface Publication {
  id: number;
  kind: "task" | "round" | "document" | "coverage";
  subject: number;
  round: { id: number; name: string } | null;
  path: string | null;
  title: string;
  status: string | null;
  state: State;
  state_title: string;
  made: Who | null;
  submitted: Who | null;
  released: Who | null;
  ended: Who | null;
  reason: string | null;
  hidden: number;
  kept: number;
  sm3: string | null;
  sha256: string | null;
  public_path: string;
  prepared_by_me: boolean;
  revision: number;
}
export interface Part {
  text: string;
  begin: number; // code points
  end: number;
  rule: string | null;
  rule_title: string | null;
  with: string | null;
  keep: boolean;
}
export interface Field {
  name: string;
  title: string;
  parts: Part[];
}
export interface Whole extends Publication {
  fields: Field[];
  warnings: { rule_title: string; text: string }[];
  changed: boolean;
}
export interface PublicationPage {
  items: Publication[];
  next: string | null;
  counts: Record<State, number>;
}
export interface Candidate {
  task_id: number;
  path: string;
  problem: string;
  round: { id: number; name: string };
  status: string;
  closed: boolean;
  closed_on: string | null;
}
export interface Candidates {
  items: Candidate[];
  next: string | null;
  total: number;
}
export type Move = "submit" | "drop" | "return" | "release" | "withdraw";
