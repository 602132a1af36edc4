// The table of contents of a draft: which entries are shown, with what beside them. Pure.
import type { Change, Correction, Doubt, Draft, Entry } from "@/api/types";

export type TreeFilter = "all" | "doubts" | "corrected" | "changed";

export interface Row {
  entry: Entry;
  depth: number;
  doubts: number;
  corrected: number;
  change: Change["kind"] | null;
}

export function rowsOf(draft: Draft, corrected: readonly Correction[], changes: readonly Change[]): Row[] {
  const fixed = new Map<string, Set<string>>();
  for (const c of corrected) {
    if (c.path !== null) fixed.set(c.path, (fixed.get(c.path) ?? new Set()).add(c.field));
  }
  const changed = new Map<string, Change["kind"]>();
  for (const c of changes) {
    if (c.path !== null && changed.get(c.path) !== "added") changed.set(c.path, c.kind);
  }
  const paths = new Set(draft.tasks.map((e) => e.path));
  return draft.tasks.map((entry) => {
    const parts = entry.path.split(".");
    let depth = 0;
    for (let i = 1; i < parts.length; i += 1) if (paths.has(parts.slice(0, i).join("."))) depth += 1;
    return { entry, depth, doubts: entry.doubts?.length ?? 0, corrected: fixed.get(entry.path)?.size ?? 0, change: changed.get(entry.path) ?? null };
  });
}

export function filterRows(rows: readonly Row[], filter: TreeFilter): Row[] {
  if (filter === "doubts") return rows.filter((r) => r.doubts > 0);
  if (filter === "corrected") return rows.filter((r) => r.corrected > 0);
  if (filter === "changed") return rows.filter((r) => r.change !== null);
  return [...rows];
}

export interface DoubtAt {
  path: string | null; // null: about the document
  doubt: Doubt;
  at: number; // its place among the doubts of the entry
}

export function allDoubts(draft: Draft): DoubtAt[] {
  const own = (draft.doubts ?? []).map((doubt, at) => ({ path: null, doubt, at }));
  return [...own, ...draft.tasks.flatMap((e) => (e.doubts ?? []).map((doubt, at) => ({ path: e.path, doubt, at })))];
}

// The doubt after (or before) the one at hand; from an entry without a current doubt, the nearest one that way.
// Goes round at the end.
export function stepDoubt(draft: Draft, path: string | null, at: number, step: 1 | -1): DoubtAt | null {
  const doubts = allDoubts(draft);
  if (!doubts.length) return null;
  const here = doubts.findIndex((d) => d.path === path && d.at === at);
  if (here >= 0) return doubts[(here + step + doubts.length) % doubts.length]!;
  const order = new Map(draft.tasks.map((e, i) => [e.path, i]));
  const place = path === null ? -1 : (order.get(path) ?? -1);
  const of = (d: DoubtAt): number => (d.path === null ? -1 : (order.get(d.path) ?? -1));
  if (step > 0) return doubts.find((d) => of(d) >= place) ?? doubts[0]!;
  return [...doubts].reverse().find((d) => of(d) < place) ?? doubts[doubts.length - 1]!;
}

export function countChanges(changes: readonly Change[]): { added: number; removed: number; changed: number } {
  const kinds = { added: new Set<string>(), removed: new Set<string>(), changed: new Set<string>() };
  for (const c of changes) if (c.path !== null) kinds[c.kind].add(c.path);
  for (const path of [...kinds.added, ...kinds.removed]) kinds.changed.delete(path);
  return { added: kinds.added.size, removed: kinds.removed.size, changed: kinds.changed.size };
}
