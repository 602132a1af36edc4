import { describe, expect, it } from "vitest";
import { laneLabel, lanePath, layoutOf, size } from "./layout";
import type { WorkflowState, WorkflowStep } from "./types";

const state = (id: string): WorkflowState => ({ id, title: id, closed: false, begins: false, within: 0, until_deadline: false, recheck_months: 0 });
const step = (from: string, to: string, kind: WorkflowStep["kind"] = "forward"): WorkflowStep => ({
  id: `${from}-${to}`, title: `${kind} ${to}`, kind, from, to, who: [], text: "", opinion: "", evidence: {}, notice_days: 0, only_long_term: false,
});
const states = ["open", "check", "done", "aside"].map(state);
const steps = [
  step("open", "check"), step("check", "done"), step("done", "aside", "look_back"), step("aside", "back"),
  step("check", "open", "return"), step("done", "open", "return"), step("aside", "open", "rebound"), step("done", "done", "recheck"),
];

describe("the picture of a workflow", () => {
  const layout = layoutOf(states, steps);
  it("has a box for every state, none on top of another", () => {
    expect(layout.boxes.map((b) => b.id)).toEqual(["open", "check", "done", "aside"]);
    for (let i = 1; i < layout.boxes.length; i += 1) expect(layout.boxes[i]!.y).toBe(layout.boxes[i - 1]!.y + size.high + size.gap);
  });
  it("draws steps to the next state as arrows, a step into itself as a loop", () => {
    expect(layout.arrows.map((a) => a.title)).toEqual(["forward check", "forward done"]);
    expect(layout.loops.map((l) => l.title)).toEqual(["recheck done"]);
  });
  it("gathers steps of one kind to one state in a lane: returns left, others right", () => {
    expect(layout.lanes.map((l) => [l.kind, l.side, l.sources.length])).toEqual([["return", "left", 2], ["look_back", "right", 1], ["rebound", "right", 1]]);
    const left = layout.boxes[0]!.x;
    for (const lane of layout.lanes) {
      if (lane.side === "left") expect(lane.x).toBeLessThan(left);
      else expect(lane.x).toBeGreaterThan(left + size.box);
      expect(lane.x).toBeGreaterThan(0);
      expect(lane.x).toBeLessThan(layout.width);
    }
    expect(new Set(layout.lanes.map((l) => l.x)).size).toBe(3);
  });
  it("ends each lane at its target, with its title where the lane is free", () => {
    const lane = layout.lanes[0]!;
    expect(lanePath(lane)).toContain(`M${lane.x} ${lane.target}H${lane.edge - 7}`);
    expect(laneLabel(lane)).toBeGreaterThan(Math.min(lane.target, ...lane.sources));
    expect(laneLabel(lane)).toBeLessThan(Math.max(lane.target, ...lane.sources));
  });
  it("draws an empty one without falling over", () => {
    expect(layoutOf([], []).boxes).toEqual([]);
  });
});
