import { describe, expect, it } from "vitest";
import { deadlineText, statusText, valueText } from "./values";

describe("values in words", () => {
  it("keeps the source's wording of a deadline beside what it means", () => {
    expect(deadlineText({ text: "2023年6月底前", date: "2023-06-30" })).toBe("2023年6月底前（2023年6月30日）");
    expect(deadlineText({ text: "立行立改，长期坚持", date: null, immediate: true, long_term: true })).toBe("立行立改，长期坚持");
    expect(deadlineText(null)).toBe("");
  });
  it("says a state once", () => {
    expect(statusText({ text: "", kind: "ongoing", long_term: true })).toBe("长期坚持");
    expect(statusText({ text: "", kind: "completed", long_term: true })).toBe("已完成，长期坚持");
    expect(statusText({ text: "", kind: "in_progress", behind_schedule: true })).toBe("正在推进，未达序时进度");
  });
  it("reads lists, flags and nested values", () => {
    expect(valueText("responsible", ["省水利厅", "霁川市政府"])).toBe("省水利厅、霁川市政府");
    expect(valueText("is_task", false)).toBe("否");
    expect(valueText("measures", [{ number: 1, text: "关停" }])).toBe("关停");
    expect(valueText("goal", null)).toBe("");
    expect(valueText("kind", "task_list")).toBe("任务清单");
  });
});
