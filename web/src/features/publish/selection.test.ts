import { expect, it } from "vitest";
import { points } from "./selection";

it("counts characters as the server does: one for a sign outside of the first plane", () => {
  expect(points("整改")).toBe(2);
  expect(points("𠮷村")).toBe(2);
  expect(points("")).toBe(0);
});
