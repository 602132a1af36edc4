// Which chart is shown, to and from the address bar, and what the server is asked for it. Pure.
import type { LocationQuery } from "vue-router";
import type { Query } from "@/api/client";
import { isIsoDate } from "@/ui/dates";

export const chartNames = ["gantt", "wall", "closeout", "regions", "departments", "map", "route"] as const;
export type ChartName = (typeof chartNames)[number];

export interface Place {
  chart: ChartName;
  round: string;
  region: string;
  unit: string;
  unit_name: string; // for people reading the address
  show: string; // "", open, overdue, at_risk, completed
  group: string;
  sort: string;
  size: string;
  from: string;
  to: string;
  page: number;
}

function one(query: LocationQuery, key: string): string {
  const value = query[key];
  return (Array.isArray(value) ? value[0] : value) ?? "";
}
function among(value: string, choices: readonly string[], otherwise: string): string {
  return choices.includes(value) ? value : otherwise;
}

export function placeFrom(query: LocationQuery): Place {
  const id = (key: string): string => (/^\d+$/.test(one(query, key)) ? one(query, key) : "");
  const day = (key: string): string => (isIsoDate(one(query, key)) ? one(query, key) : "");
  return {
    chart: among(one(query, "chart"), chartNames, "gantt") as ChartName,
    round: id("round"),
    region: one(query, "region"),
    unit: id("unit"),
    unit_name: id("unit") ? one(query, "unit_name") : "",
    show: among(one(query, "show"), ["open", "overdue", "at_risk", "completed"], ""),
    group: among(one(query, "group"), ["unit"], "round"),
    sort: among(one(query, "sort"), ["number"], "due"),
    size: among(one(query, "size"), ["a1"], "a3"),
    from: day("from"),
    to: day("to"),
    page: Math.max(1, Number(id("page")) || 1),
  };
}

const standard: Partial<Record<keyof Place, string | number>> = { chart: "gantt", group: "round", sort: "due", size: "a3", page: 1 };

// Only what is not as it would be anyway.
export function placeQuery(place: Place): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [key, value] of Object.entries(place) as [keyof Place, string | number][])
    if (value !== "" && value !== standard[key]) out[key] = String(value);
  return out;
}

// Charts of single tasks can be narrowed; tables and the map count all tasks of a round; the route goes by days.
export function asksFor(chart: ChartName): { round: boolean; tasks: boolean; group: boolean; sort: boolean; days: boolean; region: boolean } {
  const tasks = chart === "gantt" || chart === "wall" || chart === "closeout";
  return { round: chart !== "route", tasks, group: chart === "wall", sort: chart === "gantt" || chart === "closeout", days: chart === "route", region: tasks || chart === "route" };
}

const shows: Record<string, Query> = {
  open: { state: "not_stated,not_started,in_progress" },
  overdue: { overdue: true },
  at_risk: { at_risk: true },
  completed: { state: "completed,ongoing" },
};

export function serverQuery(place: Place): Query {
  const ask = asksFor(place.chart);
  return {
    chart: place.chart,
    ...(ask.round ? { round: place.round } : {}),
    ...(ask.region ? { region: place.region } : {}),
    ...(ask.tasks ? { unit: place.unit, role: place.unit || place.region ? "responsible" : "", ...shows[place.show] } : {}),
    ...(ask.group ? { group: place.group } : {}),
    ...(ask.sort ? { sort: place.sort } : {}),
    ...(ask.days ? { due_from: place.from, due_to: place.to } : {}),
    size: place.size,
    page: place.page,
  };
}
