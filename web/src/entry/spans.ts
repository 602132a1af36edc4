// From an entry's `spans` to marks in the source, and from a place in the source back to the value. Pure.
import type { DatedText, Doubt, Entry, Span } from "@/api/types";
import { lit, type Mark } from "@/source/marks";

// The order in which values stand on screen; also the order of keyboard steps.
export const fieldOrder = [
  "problem",
  "responsible",
  "acceptance",
  "deadline",
  "status",
  "goal",
  "measures",
  "targets",
  "progress",
  "upstream_ordinal",
] as const;

export function isSpan(value: unknown): value is Span {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "number" && typeof value[1] === "number" && value[0] < value[1];
}

// Spans of one field: one or several; for list fields the item's place is kept, null where it has no words of its own.
export function fieldSpans(entry: Pick<Entry, "spans">, field: string): (Span | null)[] {
  const value = entry.spans?.[field];
  if (isSpan(value)) return [value];
  if (Array.isArray(value)) return value.map((v) => (isSpan(v) ? v : null));
  return [];
}

// Marks that lie inside other values and are not what a click means.
const quiet = new Set(["targets", "doubt"]);
const listFields = new Set(["responsible", "acceptance", "measures", "targets", "progress"]);

export function marksOf(entry: Entry): Mark[] {
  const marks: Mark[] = [];
  for (const field of fieldOrder) {
    fieldSpans(entry, field).forEach((span, i) => {
      if (span) marks.push({ begin: span[0], end: span[1], key: listFields.has(field) ? `${field}.${i}` : field, tone: field });
    });
  }
  const dates = (list: DatedText[] | undefined, key: string): void =>
    (list ?? []).forEach((d, k) => isSpan(d.span) && marks.push({ begin: d.span[0], end: d.span[1], key: `${key}.${k}`, tone: "deadline" }));
  dates(entry.deadline?.milestones, "deadline.step");
  (entry.measures ?? []).forEach((m, i) => dates(m.due_spans, `measures.${i}.due`));
  (entry.doubts ?? []).forEach((d, i) => {
    if (isSpan(d.span)) marks.push({ begin: d.span[0], end: d.span[1], key: `doubt.${i}`, tone: "doubt" });
  });
  return marks;
}

// Where the words of `key` are; null where the source has none (a value a person wrote). A list field gives the words
// of its first item that has some.
export function spanOf(entry: Entry, key: string): Span | null {
  const marks = marksOf(entry);
  const found = marks.find((m) => m.key === key) ?? marks.find((m) => lit(key, m.key));
  return found ? [found.begin, found.end] : null;
}

// All of the source that belongs to the entry.
export function wholeSpan(entry: Entry): Span | null {
  const own = entry.spans?.entry ?? entry.spans?.span;
  if (isSpan(own)) return own;
  const marks = marksOf(entry);
  if (!marks.length) return null;
  return [Math.min(...marks.map((m) => m.begin)), Math.max(...marks.map((m) => m.end))];
}

export interface Found {
  path: string;
  key: string | null;
}

// What stands at `offset`: the value with the fewest words around it, else the entry it belongs to.
export function findAt(entries: readonly Entry[], offset: number, prefer: string | null = null): Found | null {
  let best: (Found & { size: number }) | null = null;
  for (const e of entries) {
    for (const m of marksOf(e)) {
      if (m.begin > offset || m.end <= offset || quiet.has(m.tone)) continue;
      const size = (m.end - m.begin) * 2 - (e.path === prefer ? 1 : 0);
      if (!best || size < best.size) best = { path: e.path, key: m.key, size };
    }
  }
  if (best) return { path: best.path, key: best.key };
  let holder: (Found & { size: number }) | null = null;
  for (const e of entries) {
    const span = wholeSpan(e);
    if (!span || span[0] > offset || span[1] <= offset) continue;
    if (!holder || span[1] - span[0] < holder.size) holder = { path: e.path, key: null, size: span[1] - span[0] };
  }
  return holder && { path: holder.path, key: null };
}

// The value on screen that a doubt belongs to: the item of a list whose words hold the doubt's, else the field.
export function doubtHome(entry: Entry, doubt: Doubt): string {
  const [, field, index] = /^(\w+)(?:\[(\d+)\])?/.exec(doubt.field) ?? [];
  if (!field) return doubt.field;
  if (field !== "measures" && field !== "progress") return field;
  if (index !== undefined) return `${field}.${index}`;
  const { span } = doubt;
  if (!isSpan(span)) return field;
  const at = fieldSpans(entry, field).findIndex((s) => s !== null && s[0] <= span[0] && s[1] >= span[1]);
  return at < 0 ? field : `${field}.${at}`;
}
