// What is asked for, in the address and as the server wants it. Pure.
import type { Asked, Head, Kind } from "./types";

export function emptyAsked(): Asked {
  return { kind: "report", document: null, unit: null, period: null, tasks: [], date: "", number: "", signer: "", reply_by: "", place: "", time: "" };
}

// What is still missing, in the order of the form; null: it can be shown.
export function missing(kind: Kind, asked: Asked): string | null {
  for (const need of kind.needs) {
    if (need === "document" && asked.document === null) return need;
    if (need === "period" && asked.period === null) return need;
    if (need === "unit" && asked.unit === null) return need;
    if (need === "task" && asked.tasks.length !== 1) return need;
    if (need === "tasks" && !kind.needs.includes("unit") && !asked.tasks.length) return need;
  }
  return null;
}

export function requestOf(kind: Kind, asked: Asked, head: Head): Record<string, unknown> {
  const body: Record<string, unknown> = { kind: kind.id };
  const needs = new Set(kind.needs);
  if (needs.has("document")) body.document = asked.document;
  if (needs.has("period")) body.period = asked.period;
  if (needs.has("unit") || needs.has("document")) body.unit = asked.unit?.id ?? null;
  if (needs.has("tasks") || needs.has("task")) body.tasks = asked.tasks.map((one) => one.id);
  const words = { ...head, date: asked.date, number: asked.number.trim(), signer: asked.signer, reply_by: asked.reply_by, place: asked.place, time: asked.time };
  for (const [name, value] of Object.entries(words)) if (value) body[name] = value;
  return body;
}

// 1,2,x → [1, 2]
export function idsFrom(text: unknown): number[] {
  return String(text ?? "")
    .split(",")
    .map(Number)
    .filter((n) => Number.isSafeInteger(n) && n > 0)
    .slice(0, 50);
}
