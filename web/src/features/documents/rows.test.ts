import { expect, it } from "vitest";
import { depthOf, filterRows, readPlace, rowAt } from "./rows";

const row = (path: string, begin: number, end: number, problem = "") => ({ task_id: begin, path, label: `${path}、`, problem, begin, end, is_task: true });
const rows = [row("1", 0, 100, "大气污染"), row("16", 100, 300, "水环境"), row("16.1", 120, 180, "湖泊"), row("161", 300, 400, "固废")];

it("finds the innermost entry at a place, and none outside", () => {
  expect(rowAt(rows, 130)?.path).toBe("16.1");
  expect(rowAt(rows, 180)?.path).toBe("16");
  expect(rowAt(rows, 400)).toBeNull();
});

it("finds by number with what is below it, or by words", () => {
  expect(filterRows(rows, "16").map((r) => r.path)).toEqual(["16", "16.1"]);
  expect(filterRows(rows, " 大气 ").map((r) => r.path)).toEqual(["1"]);
  expect(filterRows(rows, "")).toHaveLength(4);
});

it("reads a place from the address and refuses nonsense", () => {
  expect(readPlace("120-135")).toEqual([120, 135]);
  expect(readPlace("135-120")).toBeNull();
  expect(readPlace("x")).toBeNull();
});

it("indents below entries that are there", () => {
  expect(depthOf(rows[2]!, new Set(rows.map((r) => r.path)))).toBe(1);
  expect(depthOf(rows[2]!, new Set(["16.1"]))).toBe(0);
});
