import { expect, it } from "vitest";
import { isGood, passwordRules } from "./password";

it("takes what the server takes", () => {
  expect(isGood("qingshan-lvshui-2025", "zhang", "张三")).toBe(true);
  expect(isGood("绿水青山就是金山银山1", "zhang", "张三")).toBe(true);
});
it.each([
  ["short1", 0],
  ["onlyletterslong", 1],
  ["zhang.san-hello9", 2],
  ["张三的密码是9876abc", 2],
  ["password12", 3],
  ["a1a1a1a1a1a1", 3],
])("%s breaks one rule", (password, rule) => {
  const rules = passwordRules(password, "zhang.san", "张三");
  expect(rules.map((r) => r.good)).toEqual(rules.map((_, n) => n !== rule));
});
