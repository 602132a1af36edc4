import { describe, expect, it } from "vitest";
import { headline } from "./headline";
import { timeline } from "./timeline";

describe("headline", () => {
  it("is the first statement", () => expect(headline("责任落实有落差。少数县区和单位推诿。")).toBe("责任落实有落差"));
  it("ends at a comma where the statement is long", () => {
    const long = `督察发现${"某某县污水处理厂建成后长期闲置".repeat(2)}，${"生活污水直排河道".repeat(5)}。`;
    expect(headline(long)).toBe(`督察发现${"某某县污水处理厂建成后长期闲置".repeat(2)}…`);
  });
  it("copes with text without punctuation", () => expect(headline("字".repeat(80))).toHaveLength(47));
});

describe("timeline", () => {
  const measures = [
    { number: 1, text: "", due: ["2024-03-31", "2024-10-31"] },
    { number: 2, text: "", due: ["2024-10-31"] },
    { number: null, text: "", due: [] },
  ];
  it("joins what falls on one day and orders the days", () => {
    const steps = timeline({ text: "", date: "2024-12-31", milestones: [{ date: "2024-06-30" }] }, measures, "2024-07-01");
    expect(steps.map((s) => [s.date, s.past, s.what.map((w) => w.name).join("、")])).toEqual([
      ["2024-03-31", true, "措施1"],
      ["2024-06-30", true, "阶段节点"],
      ["2024-10-31", false, "措施1、措施2"],
      ["2024-12-31", false, "整改时限"],
    ]);
    expect(steps[2]!.what.map((w) => w.key)).toEqual(["measures.0.due.1", "measures.1.due.0"]);
  });
  it("counts a task due today as not past", () => expect(timeline({ text: "", date: "2024-07-01" }, [], "2024-07-01")[0]!.past).toBe(false));
  it("is empty without dates", () => expect(timeline(null, [], "2024-07-01")).toEqual([]));
});
