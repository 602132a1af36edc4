// What an event of the ledger says, wherever the server put it: in members of its own or inside before and after.
import type { LedgerEvent } from "@/api/types";

function inside(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

export function eventField(e: LedgerEvent): string {
  if (e.field) return e.field;
  return /\bfield:(\S+)/.exec(e.subject)?.[1] ?? "";
}

export function eventReason(e: LedgerEvent): string {
  if (e.reason) return e.reason;
  const reason = inside(e.after)?.reason;
  return typeof reason === "string" ? reason : "";
}

// A step towards close-out, as the event tells it; null for other events.
export interface CaseStory {
  title: string;
  from: string;
  to: string;
  text: string;
  opinion: string;
  unit: string;
}
export function caseStory(e: LedgerEvent): CaseStory | null {
  const after = e.kind.startsWith("case.") ? inside(e.after) : null;
  if (!after) return null;
  const text = (key: string): string => (typeof after[key] === "string" ? (after[key] as string) : "");
  return { title: text("step_title"), from: text("from_title"), to: text("to_title"), text: text("text"), opinion: text("opinion"), unit: text("unit") };
}

// The value before or after; `{value, reason}` gives its value.
export function eventSide(e: LedgerEvent, side: "before" | "after"): unknown {
  const holder = inside(e[side]);
  return holder && "value" in holder ? holder.value : e[side];
}
