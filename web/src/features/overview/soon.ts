// What is due next: how many, and the filter that lists them. Pure.
import type { Overview } from "@/api/types";
import { addDays } from "@/ui/dates";

export const unsettled = "in_progress,not_started,not_stated";

export function soonFilter(asOf: string): { due_from: string; due_to: string; state: string } {
  return { due_from: asOf, due_to: addDays(asOf, 30), state: unsettled };
}

// How many are due within 30 days; null where the overview names too few to tell.
export function countSoon(overview: Pick<Overview, "as_of" | "due_soon">): number | null {
  const until = addDays(overview.as_of, 30);
  const soon = overview.due_soon.filter((x) => x.due !== null && x.due <= until).length;
  return soon === overview.due_soon.length && soon >= 10 ? null : soon;
}
