// Regions as a flat list in tree order, for a selector with indents.
import { api } from "@/api/client";
import type { Page, Region } from "@/api/types";
import { useLoad, type Load } from "@/api/useLoad";

export interface RegionOption extends Region {
  depth: number;
}

// Children stand under their parents; a region whose parent is not there counts as a top one. Pure.
export function treeOrder(regions: readonly Region[]): RegionOption[] {
  const codes = new Set(regions.map((r) => r.code));
  const children = new Map<string, Region[]>();
  for (const r of regions) {
    const parent = r.parent && codes.has(r.parent) && r.parent !== r.code ? r.parent : "";
    children.set(parent, [...(children.get(parent) ?? []), r]);
  }
  const out: RegionOption[] = [];
  const walk = (parent: string, depth: number): void => {
    for (const r of children.get(parent) ?? []) {
      out.push({ ...r, depth });
      if (depth < 6) walk(r.code, depth + 1);
    }
  };
  walk("", 0);
  return out;
}

export function useRegions(): Load<RegionOption[]> {
  return useLoad(async (signal) => {
    const answer = await api.get<Region[] | Page<Region>>("/regions", undefined, signal);
    const all = Array.isArray(answer) ? answer : answer.items;
    return treeOrder(all.filter((r) => r.tasks > 0));
  });
}
