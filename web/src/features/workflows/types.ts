// What the server says of workflows (src/http/openapi/workflow.json).
import type { RoundLevel } from "@/api/types";
import type { StepKind } from "../closeout/types";

export interface WorkflowState {
  id: string;
  title: string;
  closed: boolean;
  begins: boolean;
  within: number;
  until_deadline: boolean;
  recheck_months: number;
}
export interface WorkflowStep {
  id: string;
  title: string;
  kind: StepKind;
  from: string;
  to: string; // a state, or "back": the state before a look-back
  who: string[];
  text: string;
  opinion: string;
  evidence: Record<string, number>;
  notice_days: number;
  only_long_term: boolean;
}
export interface Workflow {
  workflow: string;
  title: string;
  digest: string;
  applies: RoundLevel[];
  current: boolean;
  since: string | null;
  states: WorkflowState[];
  steps: WorkflowStep[];
}
export interface WorkflowList {
  items: Workflow[];
  calendar: { year: number; source: string }[];
}
