// What the page shows, kept in the address. Pure.
import type { LocationQuery } from "vue-router";
import type { Query } from "@/api/client";
import type { FindingKind, Severity } from "@/api/types";

export interface CheckFilter {
  severity: Severity | "";
  kind: FindingKind | "";
  unit: number | null;
  task: number | null;
  document: number | null;
  explained: boolean; // those that a person has answered for are shown too
  relations: boolean; // what holds, instead of what does not
}

function one(value: unknown): string {
  return typeof value === "string" ? value : "";
}
function id(value: unknown): number | null {
  const n = Number(one(value));
  return Number.isInteger(n) && n > 0 ? n : null;
}

export function filterFrom(query: LocationQuery): CheckFilter {
  const severity = one(query.severity);
  return {
    severity: severity === "error" || severity === "warning" || severity === "note" ? severity : "",
    kind: one(query.kind) as FindingKind | "",
    unit: id(query.unit),
    task: id(query.task),
    document: id(query.document),
    explained: query.explained === "1",
    relations: query.view === "relations",
  };
}

export function toAddress(f: CheckFilter): Record<string, string> {
  const out: Record<string, string> = {};
  if (f.severity) out.severity = f.severity;
  if (f.kind) out.kind = f.kind;
  if (f.unit) out.unit = String(f.unit);
  if (f.task) out.task = String(f.task);
  if (f.document) out.document = String(f.document);
  if (f.explained) out.explained = "1";
  if (f.relations) out.view = "relations";
  return out;
}

export function toServer(f: CheckFilter): Query {
  return { severity: f.severity, kind: f.kind, unit: f.unit, task: f.task, document: f.document, explained: f.explained ? null : false };
}

export function isNarrow(f: CheckFilter): boolean {
  return Boolean(f.severity || f.kind || f.unit || f.task || f.document);
}
