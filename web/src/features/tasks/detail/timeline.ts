// Every date of a task in order: deadline, phases, measures; with today's place between them. Pure.
import type { Deadline, Measure } from "@/api/types";
import { t } from "./messages";

export interface Step {
  date: string;
  what: { name: string; key: string }[]; // key: where its words are
  past: boolean;
}

export function timeline(deadline: Deadline | null | undefined, measures: readonly Measure[], today: string): Step[] {
  const days = new Map<string, Step["what"]>();
  const add = (date: string, name: string, key: string): void => {
    days.set(date, [...(days.get(date) ?? []), { name, key }]);
  };
  measures.forEach((m, i) => (m.due ?? []).forEach((d, k) => add(d, t.measure(m.number ?? i + 1), `measures.${i}.due.${k}`)));
  (deadline?.milestones ?? []).forEach((m, k) => add(m.date, t.milestone, `deadline.step.${k}`));
  if (deadline?.date) add(deadline.date, t.deadline, "deadline");
  return [...days.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, what]) => ({ date, what, past: date < today }));
}
