import { describe, expect, it } from "vitest";
import type { Entry } from "@/api/types";
import { acceptance, editKey, serverField, unitValues } from "./corrections";

const entry: Entry = {
  path: "1",
  is_task: true,
  problem: "问题",
  goal: null,
  responsible: ["省水利厅", "霁川市政府"],
  responsible_roles: { 省水利厅: "lead" },
  measures: [{ number: 1, text: "甲" }, { number: 2, text: "乙" }],
};
const doubt = (field: string) => ({ field, message: "" });

describe("settling a doubt by saying the value is right", () => {
  it("sends the value as it is, roles included", () => {
    expect(acceptance(entry, doubt("responsible"))).toEqual({ field: "responsible", value: [{ name: "省水利厅", role: "lead" }, "霁川市政府"] });
    expect(acceptance(entry, doubt("goal"))).toEqual({ field: "goal", value: null });
  });
  it("names the measure that the doubt is about, or the first one", () => {
    expect(acceptance(entry, doubt("measures[1].due"))).toEqual({ field: "measures[1].text", value: "乙" });
    expect(acceptance(entry, doubt("measures"))).toEqual({ field: "measures[0].text", value: "甲" });
    expect(acceptance({ ...entry, spans: { measures: [[0, 9], [10, 19]] } }, { ...doubt("measures"), span: [12, 15] })).toEqual({ field: "measures[1].text", value: "乙" });
    expect(acceptance(entry, doubt("measures[7]"))).toBeNull();
  });
  it("does not pretend where nothing can be set", () => expect(acceptance(entry, doubt("targets"))).toBeNull());
});

it("keeps names without a role plain", () => expect(unitValues(["甲", "乙"], { 乙: "supporting" })).toEqual(["甲", { name: "乙", role: "supporting" }]));

it("names fields as the server does", () => {
  expect(serverField("measures.2")).toBe("measures[2].text");
  expect(serverField("goal")).toBe("goal");
});

it("knows what to edit for whatever is chosen", () => {
  const e: Entry = { ...entry, doubts: [{ field: "deadline", message: "" }], spans: {} };
  expect(["responsible.2", "measures.1.due.0", "deadline.step.0", "doubt.0", "targets.1", "goal"].map((k) => editKey(e, k))).toEqual([
    "responsible",
    "measures.1",
    "deadline",
    "deadline",
    "goal",
    "goal",
  ]);
});
