import { describe, expect, it } from "vitest";
import type { Change, Draft, Entry } from "@/api/types";
import { allDoubts, countChanges, filterRows, rowsOf, stepDoubt } from "./tree";

const entry = (path: string, doubts: number): Entry => ({
  path,
  is_task: true,
  problem: path,
  doubts: Array.from({ length: doubts }, (_, i) => ({ field: "deadline", message: `${path}-${i}` })),
});
const draft: Draft = { title: "", kind: "task_list", tasks: [entry("1", 0), entry("2", 2), entry("3", 0), entry("3.1", 1)] };

describe("the tree", () => {
  it("indents what stands under a parent that is there", () => {
    expect(rowsOf(draft, [], []).map((r) => r.depth)).toEqual([0, 0, 0, 1]);
    expect(rowsOf({ ...draft, tasks: [entry("7.2.1", 0)] }, [], [])[0]!.depth).toBe(0);
  });
  it("counts a field corrected twice once", () => {
    const fix = (field: string) => ({ path: "2", field, before: 1, after: 2, at: "" });
    const rows = rowsOf(draft, [fix("goal"), fix("goal"), fix("deadline")], []);
    expect(rows[1]!.corrected).toBe(2);
    expect(filterRows(rows, "corrected").map((r) => r.entry.path)).toEqual(["2"]);
  });
  it("filters by doubts and by changes against the previous version", () => {
    const rows = rowsOf(draft, [], [{ path: "3", field: "goal", kind: "changed", before: "", after: "" }]);
    expect(filterRows(rows, "doubts").map((r) => r.entry.path)).toEqual(["2", "3.1"]);
    expect(filterRows(rows, "changed").map((r) => r.entry.path)).toEqual(["3"]);
    expect(filterRows(rows, "all")).toHaveLength(4);
  });
});

describe("stepping through doubts", () => {
  const said = (path: string | null, at: number, step: 1 | -1) => stepDoubt(draft, path, at, step)?.doubt.message;
  it("goes on in document order and round at the end", () => {
    expect(said("2", 0, 1)).toBe("2-1");
    expect(said("2", 1, 1)).toBe("3.1-0");
    expect(said("3.1", 0, 1)).toBe("2-0");
    expect(said("2", 0, -1)).toBe("3.1-0");
  });
  it("starts from the entry at hand where no doubt is chosen", () => {
    expect(said("3", -1, 1)).toBe("3.1-0");
    expect(said("3", -1, -1)).toBe("2-1");
    expect(said("2", -1, 1)).toBe("2-0");
    expect(said(null, -1, 1)).toBe("2-0");
  });
  it("begins with doubts about the document", () => {
    const about = { ...draft, doubts: [{ field: "date", message: "无落款日期" }] };
    expect(allDoubts(about)[0]!.path).toBeNull();
    expect(stepDoubt({ ...draft, tasks: [entry("1", 0)] }, "1", -1, 1)).toBeNull();
  });
});

it("counts a new entry as added, not also as changed", () => {
  const change = (path: string, kind: Change["kind"]): Change => ({ path, field: null, kind, before: null, after: null });
  expect(countChanges([change("1", "added"), change("1", "changed"), change("2", "changed"), change("2", "changed"), change("9", "removed")])).toEqual({
    added: 1,
    removed: 1,
    changed: 1,
  });
});
