import { describe, expect, it } from "vitest";
import type { Block } from "@/api/types";
import { CodePoints, countCodePoints } from "./codePoints";
import { chunkAt, columnWidths, gridRows, prepareSource, type Table } from "./layout";
import { lit, pieces } from "./marks";

describe("CodePoints", () => {
  it("slices plain Chinese as JavaScript does", () => {
    expect(new CodePoints("整改时限：2024年").slice(0, 4)).toBe("整改时限");
  });
  it("counts a rare character as one", () => {
    const text = "甲".repeat(100) + "𠮷野家" + "乙".repeat(100);
    const points = new CodePoints(text);
    expect(points.length).toBe(203);
    expect(points.slice(100, 103)).toBe("𠮷野家");
    expect(points.slice(101, 104)).toBe("野家乙");
    expect(points.slice(200, 999)).toBe("乙乙乙");
    expect(countCodePoints("𠮷野家", 3)).toBe(2);
  });
});

describe("pieces", () => {
  const mark = (begin: number, end: number, key: string) => ({ begin, end, key, tone: key });
  it("leaves a line without marks whole", () => {
    expect(pieces(5, 9, [mark(9, 12, "x")])).toEqual([{ begin: 5, end: 9, marks: [] }]);
  });
  it("draws the shorter mark over the longer one", () => {
    const cut = pieces(0, 10, [mark(4, 6, "deadline"), mark(2, 9, "measures.0")]);
    expect(cut.map((p) => [p.begin, p.end, p.marks[p.marks.length - 1]?.key ?? ""])).toEqual([
      [0, 2, ""],
      [2, 4, "measures.0"],
      [4, 6, "deadline"],
      [6, 9, "measures.0"],
      [9, 10, ""],
    ]);
    expect(cut[2]!.marks.map((m) => m.key)).toEqual(["measures.0", "deadline"]);
  });
  it("cuts a mark that goes over several lines at the line's edges", () => {
    expect(pieces(10, 20, [mark(0, 30, "goal")])).toMatchObject([{ begin: 10, end: 20, marks: [{ key: "goal" }] }]);
  });
});

it("a chosen list field lights its items, an item only itself", () => {
  expect(lit("measures", "measures.1")).toBe(true);
  expect(lit("measures.1", "measures.1")).toBe(true);
  expect(lit("measures.1", "measures.10")).toBe(false);
  expect(lit("goal", "goals.1")).toBe(false);
  expect(lit(null, "goal")).toBe(false);
});

const line = (begin: number, end: number, extra: Partial<Block> = {}): Block => ({ begin, end, kind: "paragraph", level: 0, place: {}, ...extra });
const cell = (begin: number, row: number, column: number, place = {}): Block =>
  line(begin, begin + 2, { kind: "cell", place: { table: 1, row, column, ...place } });

describe("prepareSource", () => {
  it("puts every block into some chunk, in order", () => {
    const blocks = Array.from({ length: 500 }, (_, i) => line(i * 10, i * 10 + 9));
    const { chunks } = prepareSource({ text: "字".repeat(5000), blocks });
    expect(chunks.length).toBeGreaterThan(10);
    expect(chunks.flatMap((c) => c.nodes).length).toBe(500);
    expect(chunks[chunkAt(chunks, 4321)]!.begin).toBeLessThanOrEqual(4321);
    expect(chunks[chunkAt(chunks, 4321)]!.end).toBeGreaterThanOrEqual(4321);
    expect(chunkAt(chunks, 0)).toBe(0);
  });
  it("draws cells as a table and marks where a page begins", () => {
    const { chunks } = prepareSource({
      text: "",
      blocks: [line(0, 5, { place: { page: 1 } }), cell(6, 1, 1, { page: 1 }), cell(9, 1, 2, { page: 1 }), line(12, 15, { place: { page: 2 } })],
    });
    const nodes = chunks.flatMap((c) => c.nodes);
    expect(nodes.map((n) => n.type)).toEqual(["line", "table", "line"]);
    expect(nodes.map((n) => n.page)).toEqual([1, 0, 2]);
    expect((nodes[1] as Table).rows).toHaveLength(1);
  });
  it("keeps two paragraphs of one cell in that cell", () => {
    const { chunks } = prepareSource({ text: "", blocks: [cell(0, 1, 1), cell(3, 1, 1), cell(6, 1, 2)] });
    const table = chunks[0]!.nodes[0] as Table;
    expect(table.rows[0]!.map((c) => c.blocks.length)).toEqual([2, 1]);
  });
  it("cuts a long table into pieces, but not through a merged cell", () => {
    const blocks: Block[] = [];
    for (let r = 1; r <= 100; r += 1) {
      if (r === 20) blocks.push(cell(r * 10, r, 1, { row_span: 10 }));
      else if (r < 20 || r > 29) blocks.push(cell(r * 10, r, 1));
      blocks.push(cell(r * 10 + 4, r, 2));
    }
    const tables = prepareSource({ text: "", blocks }).chunks.flatMap((c) => c.nodes) as Table[];
    expect(tables.length).toBeGreaterThan(2);
    expect(tables[0]!.rows.length).toBe(29);
    expect(tables.reduce((n, t) => n + t.rows.length, 0)).toBe(100);
  });
});

describe("gridRows", () => {
  it("leaves out what a merged cell covers and fills what is empty", () => {
    const merged = { row: 1, column: 1, rowSpan: 2, columnSpan: 1, blocks: [{ begin: 0, end: 1 }] };
    const other = { row: 1, column: 2, rowSpan: 1, columnSpan: 1, blocks: [{ begin: 2, end: 3 }] };
    const rows = gridRows([merged, other], 1, 2, 3);
    expect(rows[0]!.map((c) => c.column)).toEqual([1, 2, 3]);
    expect(rows[1]!.map((c) => c.column)).toEqual([2, 3]);
  });
  it("gives wide columns to long texts", () => {
    const cells = [
      { row: 1, column: 1, rowSpan: 1, columnSpan: 1, blocks: [{ begin: 0, end: 2 }] },
      { row: 1, column: 2, rowSpan: 1, columnSpan: 1, blocks: [{ begin: 3, end: 403 }] },
    ];
    const [narrow, wide] = columnWidths(cells, 2) as [number, number];
    expect(wide).toBeGreaterThan(narrow * 4);
    expect(Math.round(narrow + wide)).toBe(100);
  });
});
