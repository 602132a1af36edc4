// Steps as they are edited. Pure.
import type { Breakdown, BrokenTask, Step } from "./types";

export interface StepForm {
  key: number; // for the page only
  id: number | null;
  measure: number;
  text: string;
  unit: { id: number | null; name: string } | null;
  due: string;
  deliverable: string;
  weight: number;
}

let nextKey = 1;
export function emptyStep(measure = -1): StepForm {
  return { key: nextKey++, id: null, measure, text: "", unit: null, due: "", deliverable: "", weight: 0 };
}
export function formOf(steps: Step[]): StepForm[] {
  return steps.map((s) => ({ key: nextKey++, id: s.id, measure: s.measure, text: s.text, unit: s.unit, due: s.due ?? "", deliverable: s.deliverable, weight: s.weight }));
}

// One step for each measure, with what the document says of it: a beginning, not an answer.
export function proposed(task: BrokenTask): StepForm[] {
  const units = task.responsible ?? [];
  const only = units.length === 1 ? units[0]! : "";
  const steps = (task.measures ?? []).map((m, i): StepForm => {
    const lead = m.lead || only;
    return { ...emptyStep(i), text: m.text, unit: lead ? { id: null, name: lead } : null, due: m.due?.length ? m.due[m.due.length - 1]! : (task.due ?? "") };
  });
  return evenly(steps.length ? steps : [emptyStep()]);
}

// As the server takes them.
export function sent(steps: StepForm[]): Record<string, unknown>[] {
  return steps.map((s) => ({
    ...(s.id ? { id: s.id } : {}),
    measure: s.measure,
    text: s.text.trim(),
    unit: s.unit?.id ?? null,
    ...(s.unit && !s.unit.id ? { unit_name: s.unit.name } : {}),
    due: s.due || null,
    deliverable: s.deliverable.trim(),
    weight: Number(s.weight) || 0,
  }));
}

export function sumOf(steps: StepForm[]): number {
  return steps.reduce((sum, s) => sum + (Number(s.weight) || 0), 0);
}
// 100 over all of them; what does not go up goes to the first ones.
export function evenly(steps: StepForm[]): StepForm[] {
  const each = Math.floor(100 / steps.length);
  const over = 100 - each * steps.length;
  return steps.map((s, i) => ({ ...s, weight: each + (i < over ? 1 : 0) }));
}
export function moved(steps: StepForm[], at: number, by: -1 | 1): StepForm[] {
  const to = at + by;
  if (to < 0 || to >= steps.length) return steps;
  const out = [...steps];
  [out[at], out[to]] = [out[to]!, out[at]!];
  return out;
}

// Steps under the measure they carry out; those of the task as a whole, or of a measure that is gone, last.
export interface Group {
  measure: number;
  steps: { step: Step; at: number }[];
}
export function grouped(steps: Step[], measures: number): Group[] {
  const groups: Group[] = Array.from({ length: measures }, (_, measure) => ({ measure, steps: [] }));
  const rest: Group = { measure: -1, steps: [] };
  steps.forEach((step, at) => (step.measure >= 0 && step.measure < measures ? groups[step.measure]! : rest).steps.push({ step, at }));
  return rest.steps.length ? [...groups, rest] : groups;
}

// Units that have steps which are not done and may take them over: not the task's own, not those that have already.
export function lowerUnits(value: Breakdown, own: string[]): { id: number; name: string; steps: Step[] }[] {
  const taken = new Set([...own, ...value.lower.map((l) => l.unit)]);
  const units = new Map<number, { id: number; name: string; steps: Step[] }>();
  for (const step of value.steps) {
    if (!step.unit || step.done || taken.has(step.unit.name)) continue;
    const unit = units.get(step.unit.id) ?? { ...step.unit, steps: [] };
    unit.steps.push(step);
    units.set(unit.id, unit);
  }
  return [...units.values()];
}

export function told(step: { text: string; unit: { name: string } | null; due: string | null; deliverable: string; weight: number } | undefined): string {
  if (!step) return "";
  return [step.text, step.unit?.name, step.due, step.deliverable, step.weight ? `${step.weight}` : ""].filter(Boolean).join(" · ");
}
// What differs between what a person wrote and what is there now, place by place.
export function differing(mine: StepForm[], theirs: Step[]): { at: number; mine: string; theirs: string }[] {
  const out = [];
  for (let at = 0; at < Math.max(mine.length, theirs.length); at += 1) {
    const a = told(mine[at]);
    const b = told(theirs[at]);
    if (a !== b) out.push({ at: at + 1, mine: a, theirs: b });
  }
  return out;
}
// Ids that are not there any more would be refused: such a step is a new one.
export function onto(mine: StepForm[], theirs: Step[]): StepForm[] {
  const there = new Set(theirs.map((s) => s.id));
  return mine.map((s) => (s.id && !there.has(s.id) ? { ...s, id: null } : s));
}
