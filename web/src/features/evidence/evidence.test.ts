import { describe, expect, it } from "vitest";
import { sizeText } from "./size";
import { tablesOf } from "./tables";
import type { PreviewBlock } from "./types";
import { isFiltered, noFilter } from "./useEvidence";

const block = (b: Partial<PreviewBlock>): PreviewBlock => ({ kind: "paragraph", text: "", sheet: "", table: 0, row: 0, column: 0, row_span: 1, column_span: 1, ...b });

describe("evidence", () => {
  it("says sizes as people read them", () => {
    expect([0, 1023, 1536, 150 * 1024, 2 ** 31].map(sizeText)).toEqual(["0 字节", "1023 字节", "1.5 KB", "150 KB", "2 GB"]);
  });
  it("puts cells into rows, paragraphs of one cell together, tables apart", () => {
    const parts = tablesOf([
      block({ text: "前" }),
      block({ kind: "cell", table: 1, row: 1, column: 1, text: "a" }),
      block({ kind: "cell", table: 1, row: 1, column: 1, text: "b" }),
      block({ kind: "cell", table: 1, row: 1, column: 2, text: "c", column_span: 2 }),
      block({ kind: "cell", table: 1, row: 2, column: 1, text: "d" }),
      block({ kind: "cell", table: 2, row: 1, column: 1, text: "e", sheet: "表二" }),
    ]);
    expect(parts.map((p) => p.rows?.map((r) => r.map((c) => c.text)) ?? p.text)).toEqual(["前", [["a\nb", "c"], ["d"]], "表二", [["e"]]]);
    expect(parts[1]?.rows?.[0]?.[1]?.columnSpan).toBe(2);
  });
  it("knows an empty filter", () => {
    expect(isFiltered({ ...noFilter })).toBe(false);
    expect(isFiltered({ ...noFilter, q: "水" })).toBe(true);
  });
});
