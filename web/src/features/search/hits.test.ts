import { expect, it } from "vitest";
import type { SearchHit } from "@/api/types";
import { grouped, hitAddress, tooShort } from "./hits";

const hit = (part: Partial<SearchHit>): SearchHit => ({ kind: "paragraph", task_id: null, document_id: 3, document: "", path: null, begin: 10, end: 14, snippet: [], ...part });

it("leads to the task, or to the very place in the document", () => {
  expect(hitAddress(hit({ kind: "task", task_id: 7 }))).toBe("/tasks/7");
  expect(hitAddress(hit({}))).toBe("/documents/3?at=10-14");
  expect(hitAddress(hit({ begin: 0, end: 0 }))).toBe("/documents/3");
});

it("groups tasks before paragraphs", () => {
  const g = grouped([hit({}), hit({ kind: "task", task_id: 1 })]);
  expect([g.tasks.length, g.paragraphs.length]).toEqual([1, 1]);
});

it("asks for two characters, also of the rare ones", () => {
  expect(tooShort("水")).toBe(true);
  expect(tooShort(" 𠮷 ")).toBe(true);
  expect(tooShort("污水")).toBe(false);
});
