import { expect, it } from "vitest";
import { treeOrder } from "./regions";

const region = (code: string, parent: string | null) => ({ code, name: code, level: "", parent, tasks: 1 });

it("puts regions under their parents, also where a parent comes later or is missing", () => {
  const order = treeOrder([region("county", "city"), region("province", null), region("city", "province"), region("lost", "nowhere")]);
  expect(order.map((r) => [r.code, r.depth])).toEqual([
    ["province", 0],
    ["city", 1],
    ["county", 2],
    ["lost", 0],
  ]);
});
