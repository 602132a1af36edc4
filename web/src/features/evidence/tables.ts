// The blocks of a document as paragraphs and tables, for showing. Pure.
import type { PreviewBlock } from "./types";

export interface Cell {
  column: number;
  text: string;
  rowSpan: number;
  columnSpan: number;
}
export interface Part {
  text: string;
  heading: boolean;
  rows: Cell[][] | null; // a table
}

export function tablesOf(blocks: PreviewBlock[]): Part[] {
  const parts: Part[] = [];
  let table = -1;
  let row = -1;
  for (const b of blocks) {
    if (b.kind !== "cell") {
      parts.push({ text: b.text, heading: b.kind === "heading", rows: null });
      table = -1;
      continue;
    }
    if (b.table !== table) {
      if (b.sheet) parts.push({ text: b.sheet, heading: true, rows: null });
      parts.push({ text: "", heading: false, rows: [] });
      table = b.table;
      row = -1;
    }
    const rows = parts[parts.length - 1]?.rows;
    if (!rows) continue;
    if (b.row !== row) {
      rows.push([]);
      row = b.row;
    }
    const cells = rows[rows.length - 1];
    const last = cells?.[cells.length - 1];
    if (last && last.column === b.column) last.text += `\n${b.text}`;
    else cells?.push({ column: b.column, text: b.text, rowSpan: b.row_span, columnSpan: b.column_span });
  }
  return parts;
}
