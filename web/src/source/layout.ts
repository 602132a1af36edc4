// From blocks to what is drawn: paragraphs, headings and tables, cut into chunks that the browser lays out only when
// they come near the window. Pure.
import type { Block, TextAnswer } from "@/api/types";
import { CodePoints } from "./codePoints";

export interface Line {
  type: "line";
  kind: "paragraph" | "heading" | "footnote";
  level: number;
  begin: number;
  end: number;
  page: number; // set on the first line of a page, else 0
}

export interface Cell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  blocks: { begin: number; end: number }[];
}

export interface Table {
  type: "table";
  begin: number;
  end: number;
  columns: number;
  widths: number[]; // shares of 100
  rows: Cell[][];
  sheet: string; // set on the first piece of a sheet, else ""
  page: number;
}

export type Node = Line | Table;

export interface Chunk {
  begin: number;
  end: number;
  nodes: Node[];
  weight: number; // about how many lines high, for the first estimate
}

export interface Source {
  points: CodePoints;
  chunks: Chunk[];
  columns: number; // of its widest table; 0: none
}

const LINES_PER_CHUNK = 24;
const ROWS_PER_TABLE = 24;

function sameTable(a: Block, b: Block): boolean {
  return a.place.table === b.place.table && (a.place.sheet ?? "") === (b.place.sheet ?? "");
}

function cellsOf(blocks: Block[]): Cell[] {
  const cells: Cell[] = [];
  let last: Cell | null = null;
  for (const b of blocks) {
    const row = b.place.row ?? 0;
    const column = b.place.column ?? 0;
    if (last && last.row === row && last.column === column) {
      last.blocks.push({ begin: b.begin, end: b.end });
      continue;
    }
    last = { row, column, rowSpan: b.place.row_span || 1, columnSpan: b.place.column_span || 1, blocks: [{ begin: b.begin, end: b.end }] };
    cells.push(last);
  }
  return cells;
}

// Share of the width of each column, by the length of what stands in it.
export function columnWidths(cells: Cell[], columns: number): number[] {
  const size = new Array<number>(columns).fill(0);
  const count = new Array<number>(columns).fill(0);
  for (const c of cells) {
    if (c.columnSpan > 1) continue;
    const chars = c.blocks.reduce((n, b) => n + b.end - b.begin, 0);
    size[c.column - 1] = (size[c.column - 1] ?? 0) + Math.sqrt(Math.min(chars, 900));
    count[c.column - 1] = (count[c.column - 1] ?? 0) + 1;
  }
  const mean = size.map((s, i) => Math.max(2.2, s / Math.max(1, count[i] ?? 1)));
  const sum = mean.reduce((a, b) => a + b, 0);
  return mean.map((m) => Math.round((m / sum) * 1000) / 10);
}

// Rows of the grid between `first` and `last`, empty cells filled in, cells that a merged one covers left out.
export function gridRows(cells: Cell[], first: number, last: number, columns: number): Cell[][] {
  const covered = new Set<number>();
  const at = new Map<number, Cell>();
  const key = (row: number, column: number): number => row * 4096 + column;
  for (const c of cells) {
    const span = Math.min(c.rowSpan, last - c.row + 1);
    at.set(key(c.row, c.column), { ...c, rowSpan: span });
    for (let r = c.row; r < c.row + span; r += 1) {
      for (let k = c.column; k < c.column + c.columnSpan; k += 1) if (r !== c.row || k !== c.column) covered.add(key(r, k));
    }
  }
  const rows: Cell[][] = [];
  for (let r = first; r <= last; r += 1) {
    const row: Cell[] = [];
    for (let k = 1; k <= columns; k += 1) {
      const cell = at.get(key(r, k));
      if (cell) row.push(cell);
      else if (!covered.has(key(r, k))) row.push({ row: r, column: k, rowSpan: 1, columnSpan: 1, blocks: [] });
    }
    rows.push(row);
  }
  return rows;
}

function tablesOf(blocks: Block[]): Table[] {
  const cells = cellsOf(blocks);
  const columns = Math.max(1, ...cells.map((c) => c.column + c.columnSpan - 1));
  if (columns > 400) return []; // not a grid one can draw; the caller falls back to lines
  const widths = columnWidths(cells, columns);
  const pieces: Table[] = [];
  let piece: Cell[] = [];
  let reach = 0; // last row that a merged cell of the piece covers
  const flush = (): void => {
    if (!piece.length) return;
    const first = piece[0]!.row;
    const last = Math.max(reach, ...piece.map((c) => c.row));
    pieces.push({
      type: "table",
      begin: piece[0]!.blocks[0]!.begin,
      end: piece[piece.length - 1]!.blocks.slice(-1)[0]!.end,
      columns,
      widths,
      rows: gridRows(piece, first, Math.min(last, first + 2000), columns),
      sheet: "",
      page: 0,
    });
    piece = [];
  };
  for (const c of cells) {
    if (piece.length && c.row > reach && c.row - piece[0]!.row >= ROWS_PER_TABLE) flush();
    piece.push(c);
    reach = Math.max(reach, c.row + c.rowSpan - 1);
  }
  flush();
  if (pieces[0]) pieces[0].sheet = blocks[0]?.place.sheet ?? "";
  return pieces;
}

function nodesOf(blocks: Block[]): Node[] {
  const nodes: Node[] = [];
  let page = 0;
  for (let i = 0; i < blocks.length; ) {
    const b = blocks[i]!;
    let turned = 0;
    if (b.place.page && b.place.page !== page) {
      page = b.place.page;
      turned = page;
    }
    if (b.kind === "cell" && b.place.row) {
      let j = i + 1;
      while (j < blocks.length && blocks[j]!.kind === "cell" && sameTable(blocks[j]!, b)) j += 1;
      const tables = tablesOf(blocks.slice(i, j));
      if (tables.length) {
        tables[0]!.page = turned;
        nodes.push(...tables);
        page = blocks[j - 1]!.place.page || page;
        i = j;
        continue;
      }
    }
    const kind = b.kind === "cell" ? "paragraph" : b.kind;
    nodes.push({ type: "line", kind, level: b.level, begin: b.begin, end: b.end, page: turned });
    i += 1;
  }
  return nodes;
}

export function prepareSource(answer: TextAnswer): Source {
  const chunks: Chunk[] = [];
  let chunk: Chunk | null = null;
  for (const node of nodesOf(answer.blocks)) {
    const weight = node.type === "table" ? node.rows.length * 3 : 1 + Math.floor((node.end - node.begin) / 30);
    if (!chunk || chunk.weight >= LINES_PER_CHUNK || node.type === "table") {
      chunk = { begin: node.begin, end: node.end, nodes: [], weight: 0 };
      chunks.push(chunk);
    }
    chunk.nodes.push(node);
    chunk.end = Math.max(chunk.end, node.end);
    chunk.weight += weight;
    if (node.type === "table") chunk = null;
  }
  const columns = Math.max(0, ...chunks.flatMap((c) => c.nodes.map((n) => (n.type === "table" ? n.columns : 0))));
  return { points: new CodePoints(answer.text), chunks, columns };
}

// Index of the chunk that holds `offset`, or of the last one before it.
export function chunkAt(chunks: Chunk[], offset: number): number {
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (chunks[middle]!.begin <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
