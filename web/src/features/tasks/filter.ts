// What the list is asked for, to and from the address bar. Pure.
import type { LocationQuery } from "vue-router";
import type { Query } from "@/api/client";
import { addDays, addMonths, isIsoDate, monthEnd, quarterRange } from "@/ui/dates";
import type { StateKind } from "@/api/types";
import { stateOrder } from "@/words";

export interface TaskFilter {
  round: string;
  document: string;
  unit: string;
  unit_name: string; // for people reading the address; the server goes by `unit`
  role: string;
  region: string;
  state: StateKind[];
  due_from: string;
  due_to: string;
  overdue: boolean;
  at_risk: boolean;
  immediate: boolean;
  long_term: boolean;
  behind_schedule: boolean;
  doubt: boolean;
  q: string;
  sort: string;
  as_of: string;
}

export const flagNames = ["overdue", "at_risk", "immediate", "long_term", "behind_schedule", "doubt"] as const;
const sortKeys = ["number", "due", "state", "updated"];
const roleNames = ["responsible", "lead", "supporting", "acceptance"];

function one(query: LocationQuery, key: string): string {
  const value = query[key];
  return (Array.isArray(value) ? value[0] : value) ?? "";
}

// Anything that makes no sense is left out, so that an old or mistyped address still opens a list.
export function filterFromQuery(query: LocationQuery): TaskFilter {
  const id = (key: string): string => (/^\d+$/.test(one(query, key)) ? one(query, key) : "");
  const day = (key: string): string => (isIsoDate(one(query, key)) ? one(query, key) : "");
  const flag = (key: string): boolean => one(query, key) === "true";
  const sort = one(query, "sort");
  const unit = id("unit");
  return {
    round: id("round"),
    document: id("document"),
    unit,
    unit_name: unit ? one(query, "unit_name") : "",
    role: roleNames.includes(one(query, "role")) ? one(query, "role") : "",
    region: one(query, "region"),
    state: one(query, "state").split(",").filter((s): s is StateKind => stateOrder.includes(s as StateKind)),
    due_from: day("due_from"),
    due_to: day("due_to"),
    overdue: flag("overdue"),
    at_risk: flag("at_risk"),
    immediate: flag("immediate"),
    long_term: flag("long_term"),
    behind_schedule: flag("behind_schedule"),
    doubt: flag("doubt"),
    q: one(query, "q").trim(),
    sort: sortKeys.includes(sort.replace(/^-/, "")) ? sort : "number",
    as_of: day("as_of"),
  };
}

// Only what is set, so that addresses stay short.
export function queryFromFilter(filter: TaskFilter): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [key, value] of Object.entries(filter) as [keyof TaskFilter, TaskFilter[keyof TaskFilter]][]) {
    if (typeof value === "boolean") {
      if (value) out[key] = "true";
    } else if (Array.isArray(value)) {
      if (value.length) out[key] = value.join(",");
    } else if (value && !(key === "sort" && value === "number")) {
      out[key] = value;
    }
  }
  return out;
}

export function serverQuery(filter: TaskFilter): Query {
  const { unit_name: _name, ...rest } = queryFromFilter(filter);
  return filter.unit || filter.region ? rest : { ...rest, role: undefined };
}

// How many conditions are set; sorting and the day of counting are none.
export function countConditions(filter: TaskFilter): number {
  const { sort: _s, as_of: _a, unit_name: _n, role: _r, due_from, due_to, ...rest } = filter;
  const set = Object.values(rest).filter((v) => (Array.isArray(v) ? v.length > 0 : Boolean(v))).length;
  return set + (due_from || due_to ? 1 : 0);
}

export type Preset = "month" | "next" | "quarter" | "year" | "d90";

export function presetRange(preset: Preset, today: string): [string, string] {
  const month = today.slice(0, 7);
  switch (preset) {
    case "month":
      return [`${month}-01`, monthEnd(month)];
    case "next":
      return [`${addMonths(month, 1)}-01`, monthEnd(addMonths(month, 1))];
    case "quarter":
      return quarterRange(today);
    case "year":
      return [`${today.slice(0, 4)}-01-01`, `${today.slice(0, 4)}-12-31`];
    case "d90":
      return [today, addDays(today, 90)];
  }
}

// number → -number → number; another key starts ascending.
export function nextSort(current: string, key: string): string {
  return current === key ? `-${key}` : key;
}
