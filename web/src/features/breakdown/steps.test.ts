import { describe, expect, it } from "vitest";
import { differing, emptyStep, evenly, formOf, grouped, lowerUnits, moved, onto, proposed, sent, sumOf } from "./steps";
import type { Breakdown, Step } from "./types";

const step = (id: number, more: Partial<Step> = {}): Step => ({ id, measure: -1, text: `步骤${id}`, unit: null, due: null, deliverable: "", weight: 0, done: null, done_by: "", ...more });

describe("a breakdown that begins", () => {
  it("has one step for each measure with what the document says", () => {
    const steps = proposed({ id: 1, due: "2024-12-31", responsible: ["甲市党委"], measures: [{ number: 1, text: "建设", due: ["2024-06-30", "2024-09-30"] }, { number: 2, text: "管护", lead: "乙局" }] });
    expect(sent(steps)).toEqual([
      { measure: 0, text: "建设", unit: null, unit_name: "甲市党委", due: "2024-09-30", deliverable: "", weight: 50 },
      { measure: 1, text: "管护", unit: null, unit_name: "乙局", due: "2024-12-31", deliverable: "", weight: 50 },
    ]);
  });
  it("has one empty step where there are no measures, and names no unit where there are several", () => {
    expect(proposed({ id: 1, due: null, responsible: ["甲", "乙"] })).toMatchObject([{ measure: -1, text: "", unit: null, weight: 100 }]);
  });
});

it("divides a hundred whole", () => {
  for (const n of [1, 3, 7, 11]) expect(sumOf(evenly(Array.from({ length: n }, () => emptyStep())))).toBe(100);
});

it("moves a step by one and never out of the list", () => {
  const steps = formOf([step(1), step(2), step(3)]);
  expect(moved(steps, 2, -1).map((s) => s.id)).toEqual([1, 3, 2]);
  expect(moved(steps, 0, -1)).toBe(steps);
  expect(moved(steps, 2, 1)).toBe(steps);
});

it("groups steps under measures, and those of none last", () => {
  const groups = grouped([step(1, { measure: 1 }), step(2), step(3, { measure: 9 })], 2);
  expect(groups.map((g) => [g.measure, g.steps.map((s) => s.at)])).toEqual([[0, []], [1, [0]], [-1, [1, 2]]]);
});

it("offers only lower units with work that is left", () => {
  const unit = (id: number, name: string) => ({ unit: { id, name } });
  const value = { lower: [{ id: 9, path: "1", unit: "丙局", due: null }], steps: [step(1, unit(1, "甲市")), step(2, unit(2, "乙局")), step(3, { ...unit(2, "乙局"), done: "2024-01-01" }), step(4, unit(3, "丙局"))] } as Breakdown;
  expect(lowerUnits(value, ["甲市"]).map((u) => [u.name, u.steps.map((s) => s.id)])).toEqual([["乙局", [2]]]);
});

it("shows the later of two what differs, and saves over what is there", () => {
  const mine = formOf([step(1), step(2)]);
  mine[0]!.text = "改过";
  const theirs = [step(1), step(3)];
  expect(differing(mine, theirs)).toEqual([{ at: 1, mine: "改过", theirs: "步骤1" }, { at: 2, mine: "步骤2", theirs: "步骤3" }]);
  expect(onto(mine, theirs).map((s) => s.id)).toEqual([1, null]);
});
