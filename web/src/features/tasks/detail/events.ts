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

// The value before or after; `{value, reason}` gives its value.
export function eventSide(e: LedgerEvent, side: "before" | "after"): unknown {
  const holder = inside(e[side]);
  return holder && "value" in holder ? holder.value : e[side];
}
