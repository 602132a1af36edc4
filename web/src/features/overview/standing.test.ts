import { describe, expect, it } from "vitest";
import { periodName, ranked, settledShare, tell, type Counts } from "./standing";

const counts = (part: Partial<Counts>): Counts => {
  const all = { completed: 0, ongoing: 0, in_progress: 0, not_started: 0, not_stated: 0, at_risk: 0, overdue: 0, ...part };
  return { ...all, total: Object.values(all).reduce((a, b) => a + b, 0) };
};
const rows = [
  { name: "甲", counts: counts({ completed: 9, overdue: 1 }) },
  { name: "乙", counts: counts({ in_progress: 2, at_risk: 3 }) },
  { name: "丙", counts: counts({ completed: 1, ongoing: 1, overdue: 2 }) },
];

describe("ranking", () => {
  it("puts the one to speak to first", () => {
    expect(ranked(rows, "late").map((r) => r.name)).toEqual(["丙", "甲", "乙"]);
    expect(ranked(rows, "risk")[0]!.name).toBe("乙");
    expect(ranked(rows, "done").map((r) => r.name)).toEqual(["乙", "丙", "甲"]);
    expect(ranked(rows, "total")[0]!.name).toBe("甲");
  });
  it("leaves the given list as it is", () => {
    ranked(rows, "late");
    expect(rows[0]!.name).toBe("甲");
  });
});

it("counts kept up as settled, and nothing of nothing as none", () => {
  expect(settledShare(rows[2]!.counts)).toBe(0.5);
  expect(settledShare(counts({}))).toBe(0);
});

it("tells figures in a sentence and periods by their names", () => {
  expect(tell("丙", rows[2]!.counts)).toBe("丙：共4项，已完成1项，长期坚持1项，已逾期2项");
  expect(periodName("2026-11")).toBe("2026年11月");
  expect(periodName("2026-Q4")).toBe("2026年四季度");
});
