// The address of the page 销号: which workflow, state, round and unit.
import type { LocationQuery } from "vue-router";
import type { BoardWorkflow } from "./types";
import type { Place } from "./useCloseout";

function text(value: LocationQuery[string] | undefined): string {
  return typeof value === "string" ? value : "";
}
function id(value: LocationQuery[string] | undefined): number | null {
  const n = Number(text(value));
  return Number.isSafeInteger(n) && n > 0 ? n : null;
}

export function placeFrom(query: LocationQuery): Place {
  return { workflow: text(query.workflow), state: text(query.state), round: id(query.round), unit: id(query.unit), late: text(query.late) === "true" };
}

export function placeQuery(p: Place): Record<string, string> {
  const out: Record<string, string> = {};
  if (p.workflow) out.workflow = p.workflow;
  if (p.state) out.state = p.state;
  if (p.round !== null) out.round = String(p.round);
  if (p.unit !== null) out.unit = String(p.unit);
  if (p.late) out.late = "true";
  return out;
}

// What is shown before anybody chose: the busiest workflow, and in it the first state under way with tasks that
// wait for the office, so that the page opens on work.
export function opening(board: BoardWorkflow[]): { workflow: string; state: string } {
  const workflow = [...board].sort((a, b) => b.total - a.total)[0];
  if (!workflow || workflow.total === 0) return { workflow: workflow?.workflow ?? "", state: "" };
  const waiting = workflow.states.filter((s) => !s.closed && s.n > 0);
  const state = waiting[waiting.length - 1] ?? workflow.states.find((s) => s.n > 0);
  return { workflow: workflow.workflow, state: state?.id ?? "" };
}
