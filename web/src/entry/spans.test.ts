import { describe, expect, it } from "vitest";
import type { Entry } from "@/api/types";
import { doubtHome, findAt, marksOf, spanOf, wholeSpan } from "./spans";

const entry = (path: string, spans: Record<string, unknown>, rest: Partial<Entry> = {}): Entry => ({ path, is_task: true, problem: "", spans, ...rest });
const first = entry("1", { entry: [0, 100], problem: [2, 40], responsible: [[45, 50], null, [45, 50]], deadline: [60, 66], measures: [[70, 95]] });
const second = entry("2", { problem: [102, 140], measures: [[145, 170], [171, 190]] });

describe("spans of an entry", () => {
  it("become marks, each item of a list with its own key", () => {
    expect(marksOf(first).map((m) => m.key)).toEqual(["problem", "responsible.0", "responsible.2", "deadline", "measures.0"]);
  });
  it("include the words of every doubt", () => {
    const e = entry("3", { deadline: [5, 9] }, { doubts: [{ field: "deadline", message: "", span: [6, 8] }, { field: "goal", message: "", span: [20, 22] }] });
    expect(marksOf(e).map((m) => m.key)).toEqual(["deadline", "doubt.0", "doubt.1"]);
    expect(spanOf(e, "doubt.1")).toEqual([20, 22]);
    expect(findAt([e], 7)?.key).toBe("deadline");
  });
  it("are found by key; a list field gives its first words", () => {
    expect(spanOf(first, "responsible")).toEqual([45, 50]);
    expect(spanOf(first, "responsible.1")).toBeNull();
    expect(spanOf(second, "measures.1")).toEqual([171, 190]);
    expect(spanOf(second, "goal")).toBeNull();
  });
  it("lead from a date inside a measure to its words", () => {
    const e = entry("5", { measures: [[10, 60]] }, { measures: [{ number: 1, text: "", due: ["2024-06-30"], due_spans: [{ date: "2024-06-30", span: [20, 28] }] }] });
    expect(spanOf(e, "measures.0.due.0")).toEqual([20, 28]);
    expect(spanOf(e, "measures.0")).toEqual([10, 60]);
    expect(findAt([e], 21)).toEqual({ path: "5", key: "measures.0.due.0" });
  });
  it("give the whole entry even where the server names no span for it", () => {
    expect(wholeSpan(second)).toEqual([102, 190]);
    expect(wholeSpan(entry("4", {}))).toBeNull();
  });
});

describe("findAt", () => {
  const inner = entry("1.1", { entry: [68, 100], measures: [[70, 95]], deadline: [80, 84] });
  it("prefers the value with the fewest words", () => {
    expect(findAt([first, inner], 82)).toEqual({ path: "1.1", key: "deadline" });
  });
  it("stays with the entry at hand where two have the same words", () => {
    expect(findAt([first, inner], 71, "1")).toEqual({ path: "1", key: "measures.0" });
    expect(findAt([first, inner], 71, "1.1")).toEqual({ path: "1.1", key: "measures.0" });
  });
  it("falls back to the entry around it, else to nothing", () => {
    expect(findAt([first, inner], 98)).toEqual({ path: "1.1", key: null });
    expect(findAt([first, second], 500)).toBeNull();
  });
});

describe("the home of a doubt", () => {
  const e = entry("6", { measures: [[10, 40], [41, 90]] });
  it("is the measure that its words stand in", () => {
    expect(doubtHome(e, { field: "measures", message: "", span: [50, 57] })).toBe("measures.1");
    expect(doubtHome(e, { field: "measures", message: "", span: [200, 207] })).toBe("measures");
    expect(doubtHome(e, { field: "measures[0].due", message: "" })).toBe("measures.0");
  });
  it("is the field itself for single values", () => {
    expect(doubtHome(e, { field: "deadline", message: "", span: [50, 57] })).toBe("deadline");
    expect(doubtHome(e, { field: "responsible", message: "" })).toBe("responsible");
  });
});
