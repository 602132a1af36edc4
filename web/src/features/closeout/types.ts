// What the server says of close-out (src/http/openapi/workflow.json).
import type { Ref } from "@/api/types";

export interface StateRef {
  id: string;
  title: string;
}
export type StepKind = "forward" | "recheck" | "look_back" | "rebound" | "return";
export interface Requirement {
  kind: "notice" | "evidence" | "long_term";
  met: boolean;
  message: string;
  evidence: string;
  needed: number;
  there: number;
  open: string | null;
}
export interface CaseStep {
  id: string;
  title: string;
  kind: StepKind;
  to: StateRef;
  who: string[];
  mine: boolean;
  ready: boolean;
  text: string;
  opinion: string;
  requirements: Requirement[];
}
export interface Stage extends StateRef {
  closed: boolean;
  where: "done" | "here" | "ahead" | "aside";
}
export interface CaseEntry {
  seq: number;
  at: string;
  actor: string;
  unit: string;
  cycle: number;
  step: string;
  kind: StepKind;
  title: string;
  from: string;
  to: string;
  waited: number;
  text: string;
  opinion: string;
  evidence: number[];
}
export interface Case {
  task_id: number;
  workflow: { version: number; id: string; title: string };
  state: StateRef & { closed: boolean };
  cycle: number;
  entered: string;
  waiting_days: number;
  due: string | null;
  late: boolean;
  days_left: number | null;
  back: StateRef | null;
  checked: string | null;
  calendar: string;
  revision: number;
  evidence: Record<string, number>;
  states: Stage[];
  steps: CaseStep[];
  history: CaseEntry[];
}
export interface CaseLine {
  task_id: number;
  path: string;
  problem: string;
  round: Ref | null;
  responsible: string[];
  workflow: string;
  state: StateRef;
  entered: string;
  waiting_days: number;
  due: string | null;
  late: boolean;
  cycle: number;
  revision: number;
}
export interface CasePage {
  items: CaseLine[];
  next: string | null;
}
export interface BoardState extends StateRef {
  closed: boolean;
  n: number;
  late: number;
  oldest_days: number | null;
}
export interface BoardWorkflow {
  workflow: string;
  title: string;
  total: number;
  states: BoardState[];
}
export interface Drawn {
  seed: number | null;
  candidates: number;
  chosen: { task_id: number; path: string; problem: string }[];
}
// A piece of evidence, as far as a step refers to it (src/http/openapi/evidence.json).
export interface Piece {
  id: number;
  title: string;
  kind_name: string;
  day: string;
}
