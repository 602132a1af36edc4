// Values in the shape the server takes them, and the field a doubt is settled by. Pure.
import type { Doubt, Entry, UnitRole } from "@/api/types";
import { doubtHome } from "./spans";

export type UnitValue = string | { name: string; role: UnitRole };

// Names alone would drop 牵头 and 配合.
export function unitValues(names: readonly string[], roles: Readonly<Record<string, UnitRole>> = {}): UnitValue[] {
  return names.map((name) => (roles[name] ? { name, role: roles[name]! } : name));
}

// "measures.2" on screen is "measures[2].text" to the server.
export function serverField(key: string): string {
  const [field, index] = key.split(".");
  return index === undefined ? key : `${field}[${index}].text`;
}

const plain = ["problem", "goal", "deadline", "status", "upstream_ordinal", "is_task"] as const;

// Setting a field to what it is says that a person has looked at it; the server then drops the doubts about it.
// null where the doubt is about something that cannot be set.
export function acceptance(entry: Entry, doubt: Doubt): { field: string; value: unknown } | null {
  const [list, index] = doubtHome(entry, doubt).split(".");
  if (list === "responsible" || list === "acceptance") {
    return { field: list, value: unitValues(entry[list] ?? [], list === "responsible" ? entry.responsible_roles : {}) };
  }
  if (list === "measures" || list === "progress") {
    const at = Number(index ?? 0);
    const item = entry[list]?.[at];
    return item ? { field: `${list}[${at}].text`, value: item.text } : null;
  }
  const field = plain.find((p) => p === list);
  return field ? { field, value: entry[field] ?? null } : null;
}

// What is edited when `chosen` is at hand: one unit → its list, a date of a measure → the measure, a doubt → its value.
export function editKey(entry: Entry, chosen: string): string {
  const [field, index] = chosen.split(".") as [string, string | undefined];
  if (field === "doubt") {
    const doubt = entry.doubts?.[Number(index)];
    return doubt ? editKey(entry, doubtHome(entry, doubt)) : "problem";
  }
  if (field === "measures" || field === "progress") return `${field}.${index ?? 0}`;
  return field === "targets" ? "goal" : field;
}
