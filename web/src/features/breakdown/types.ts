// As openapi/breakdown.json gives them.
export interface Step {
  id: number;
  measure: number; // index into the task's measures; -1: of the task as a whole
  text: string;
  unit: { id: number; name: string } | null;
  due: string | null;
  deliverable: string;
  weight: number;
  done: string | null;
  done_by: string;
}
export interface Gap {
  kind: string;
  step: number;
  measure: number;
  message: string;
}
export interface LowerTask {
  id: number;
  path: string;
  unit: string;
  due: string | null;
}
export interface Breakdown {
  task_id: number;
  revision: number;
  updated_by: string;
  updated_at: string;
  steps: Step[];
  gaps: Gap[];
  progress: { planned: number; done: number } | null;
  lower: LowerTask[];
}
// What of a task the page knows already.
export interface BrokenTask {
  id: number;
  due: string | null;
  responsible?: string[];
  measures?: { number: number | null; text: string; due?: string[]; lead?: string | null }[];
}
