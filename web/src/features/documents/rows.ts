// Finding one's way in a document: the entry at a place, entries by words, `at` in the address. Pure.
import type { EntryRow, Span } from "@/api/types";

// The smallest entry around `offset`.
export function rowAt(rows: readonly EntryRow[], offset: number): EntryRow | null {
  let best: EntryRow | null = null;
  for (const r of rows) {
    if (r.begin > offset || r.end <= offset) continue;
    if (!best || r.end - r.begin < best.end - best.begin) best = r;
  }
  return best;
}

export function filterRows(rows: readonly EntryRow[], words: string): EntryRow[] {
  const w = words.trim();
  if (!w) return [...rows];
  return rows.filter((r) => r.path === w || r.path.startsWith(`${w}.`) || r.label === w || r.problem.includes(w));
}

// "120-135" → [120, 135]
export function readPlace(text: string): Span | null {
  const m = /^(\d{1,9})-(\d{1,9})$/.exec(text);
  return m && Number(m[1]) < Number(m[2]) ? [Number(m[1]), Number(m[2])] : null;
}

export function depthOf(row: EntryRow, paths: ReadonlySet<string>): number {
  const parts = row.path.split(".");
  let depth = 0;
  for (let i = 1; i < parts.length; i += 1) if (paths.has(parts.slice(0, i).join("."))) depth += 1;
  return depth;
}
