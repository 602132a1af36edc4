// Values as one reads them in a before → after line. Pure.
import type { Deadline, TaskStatus } from "@/api/types";
import { chineseDate } from "@/ui/dates";
import { documentKinds, states } from "@/words";

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function deadlineText(d: Deadline | null | undefined): string {
  if (!d) return "";
  const parts = [d.date ? chineseDate(d.date) : "", d.immediate ? "立行立改" : "", d.long_term ? "长期坚持" : ""].filter(Boolean);
  const meant = parts.join("，");
  if (!d.text) return meant;
  return meant && meant !== d.text ? `${d.text}（${meant}）` : d.text;
}

export function statusText(s: TaskStatus | null | undefined): string {
  if (!s) return "";
  const extra = [s.long_term && s.kind !== "ongoing" ? "长期坚持" : "", s.behind_schedule ? "未达序时进度" : ""].filter(Boolean);
  return [states[s.kind] ?? s.kind, ...extra].join("，");
}

// Any value of an event or a correction, in words. JSON in a string is read first.
export function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (field === "deadline" && isRecord(value)) return deadlineText(value as unknown as Deadline);
  if (field === "status" && isRecord(value)) return statusText(value as unknown as TaskStatus);
  if (field === "kind" && typeof value === "string") return documentKinds[value as keyof typeof documentKinds] ?? value;
  if (field === "state" && typeof value === "string") return states[value as keyof typeof states] ?? value;
  if (Array.isArray(value)) return value.map((v) => valueText(field, isRecord(v) ? (v.name ?? v.text ?? v.quantity ?? JSON.stringify(v)) : v)).join("、");
  if (isRecord(value)) {
    if (typeof value.text === "string") return value.text;
    if (typeof value.name === "string") return value.name;
    return Object.entries(value)
      .filter(([, v]) => v !== null && v !== "" && !isRecord(v))
      .map(([k, v]) => `${k}：${valueText(k, v)}`)
      .join("；");
  }
  return String(value);
}
