import { expect, it } from "vitest";
import { opening, placeFrom, placeQuery } from "./place";
import type { BoardState, BoardWorkflow } from "./types";

const state = (id: string, n: number, closed = false): BoardState => ({ id, title: id, closed, n, late: 0, oldest_days: null });
function board(workflow: string, ...states: BoardState[]): BoardWorkflow {
  return { workflow, title: workflow, total: states.reduce((sum, s) => sum + s.n, 0), states };
}

it("an address says what it was made from", () => {
  const place = { workflow: "region", state: "notice", round: 3, unit: 7, late: true };
  expect(placeFrom(placeQuery(place))).toEqual(place);
  expect(placeFrom({ round: "x", unit: "-1", late: "no" })).toEqual({ workflow: "", state: "", round: null, unit: null, late: false });
});

it("opens on the busiest workflow, at the open state nearest to close-out", () => {
  expect(opening([board("a", state("begin", 1)), board("b", state("begin", 5), state("notice", 2), state("closed", 9, true))])).toEqual({ workflow: "b", state: "notice" });
});

it("opens on what is closed where nothing else is there, and on nothing in an empty ledger", () => {
  expect(opening([board("a", state("begin", 0), state("closed", 2, true))])).toEqual({ workflow: "a", state: "closed" });
  expect(opening([board("a", state("begin", 0))])).toEqual({ workflow: "a", state: "" });
  expect(opening([])).toEqual({ workflow: "", state: "" });
});
