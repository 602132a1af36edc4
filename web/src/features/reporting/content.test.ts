import { expect, it } from "vitest";
import type { Report, ReportContent, ReportLine } from "@/features/dispatch/types";
import { codeOfDay } from "@/features/dispatch/period";
import { changesOf, contentOf, keep, kept, owedFirst } from "./content";

const empty: ReportContent = { state: null, on_schedule: null, reason: "", text: "", figures: [], evidence: [], next_step: "" };
const figure = { name: "矿坑", value: 3, unit: "处", target: null, cumulative: true, note: "" };

it("sends only what changed", () => {
  expect(changesOf(empty, { ...empty, text: "已开工。" })).toEqual({ text: "已开工。" });
  expect(changesOf(empty, contentOf(empty))).toEqual({});
  expect(changesOf({ ...empty, state: "completed" }, empty)).toEqual({ state: null });
});

it("holds back a figure that is not whole yet", () => {
  expect(changesOf(empty, { ...empty, figures: [{ ...figure, name: " " }] })).toEqual({});
  expect(changesOf(empty, { ...empty, figures: [{ ...figure, value: NaN }, figure] })).toEqual({ figures: [figure] });
});

it("puts what is owed first, returned ones before all", () => {
  const line = (id: number, status: ReportLine["status"]) => ({ id, status }) as ReportLine;
  const sorted = owedFirst([line(1, "accepted"), line(2, "draft"), line(3, "empty"), line(4, "returned"), line(5, "empty")]);
  expect(sorted.map((l) => l.id)).toEqual([4, 3, 5, 2, 1]);
});

it("keeps on this machine what was not saved, and forgets it once it is", () => {
  const map = new Map<string, string>();
  const storage = { getItem: (k: string) => map.get(k) ?? null, setItem: (k: string, v: string) => map.set(k, v), removeItem: (k: string) => map.delete(k) } as unknown as Storage;
  const report = { id: 7, revision: 3 } as Report;
  keep(storage, report, { text: "断网时写的" });
  expect(kept(storage, 7)).toEqual({ revision: 3, changes: { text: "断网时写的" } });
  keep(storage, report, {});
  expect(kept(storage, 7)).toBeNull();
});

it("names the month of a day", () => {
  expect(codeOfDay(new Date(2026, 11, 31))).toBe("2026-12");
  expect(codeOfDay(new Date(2027, 0, 1))).toBe("2027-01");
});
