import { describe, expect, it } from "vitest";
import { diffText } from "./diff";

const show = (a: string, b: string): string =>
  (diffText(a, b) ?? []).map((p) => (p.kind === "same" ? p.text : p.kind === "only_a" ? `[-${p.text}]` : `[+${p.text}]`)).join("");

describe("two wordings", () => {
  it("that are the same have no difference", () => expect(show("整改到位", "整改到位")).toBe("整改到位"));
  it("show what only one of them has", () => {
    expect(show("完成12家企业治理", "2024年完成22家企业治理")).toBe("[+2024年]完成[-1][+2]2家企业治理");
    expect(show("河道管护、垃圾清运责任压得不实，仍然存在问题", "河道管护、垃圾清运责任压得不实")).toBe("河道管护、垃圾清运责任压得不实[-，仍然存在问题]");
  });
  it("give back both texts when the parts are put together", () => {
    const a = "部分乡镇污水处理厂建成后长期闲置，𠮷林县3座处理厂未运行。";
    const b = "部分乡镇污水厂长期闲置未用，𠮷林县2座处理厂至今未运行，直排河道。";
    const parts = diffText(a, b)!;
    expect(parts.filter((p) => p.kind !== "only_b").map((p) => p.text).join("")).toBe(a);
    expect(parts.filter((p) => p.kind !== "only_a").map((p) => p.text).join("")).toBe(b);
  });
  it("do not keep a single shared character between two changes", () => {
    expect(show("甲乙丙丁戊", "子乙丑寅卯")).toBe("[-甲乙丙丁戊][+子乙丑寅卯]");
  });
  it("work with an empty side", () => {
    expect(show("", "新增")).toBe("[+新增]");
    expect(show("删去", "")).toBe("[-删去]");
    expect(diffText("", "")).toEqual([]);
  });
  it("are left alone when too long to compare", () => expect(diffText("甲".repeat(3000), "乙".repeat(3000))).toBeNull());
});
