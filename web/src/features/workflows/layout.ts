// Where the picture of a workflow has its boxes and lines. States stand one below the other. Steps to the next box
// are arrows between them; all others run in lanes beside the column, one lane for each target: returns on the left,
// the rest on the right.
import type { WorkflowStep, WorkflowState } from "./types";

export interface Box {
  id: string;
  x: number;
  y: number;
  state: WorkflowState;
}
export interface Arrow {
  x: number;
  from: number;
  to: number;
  title: string;
}
export interface Lane {
  kind: WorkflowStep["kind"];
  side: "left" | "right";
  title: string;
  x: number; // of the lane
  edge: number; // of the boxes' side
  sources: number[]; // y of those it comes from
  target: number; // y of the box it leads to
}
export interface Loop {
  y: number;
  title: string;
}
export interface Layout {
  width: number;
  height: number;
  boxes: Box[];
  arrows: Arrow[];
  lanes: Lane[];
  loops: Loop[];
}

export const size = { box: 168, high: 46, gap: 44, lane: 34, margin: 16, loop: 30 };

export function layoutOf(states: WorkflowState[], steps: WorkflowStep[]): Layout {
  const at = new Map(states.map((s, i) => [s.id, i] as const));
  const grouped = new Map<string, { kind: WorkflowStep["kind"]; to: string; from: number[]; titles: Set<string> }>();
  const arrows: { i: number; title: string }[] = [];
  const looped: { i: number; title: string }[] = [];
  for (const s of steps) {
    const from = at.get(s.from);
    const to = at.get(s.to);
    if (from === undefined || to === undefined) continue; // "back" is told in the table
    if (from === to) looped.push({ i: from, title: s.title });
    else if (s.kind === "forward" && to === from + 1) arrows.push({ i: from, title: s.title });
    else {
      const key = `${s.kind} ${s.to}`;
      const group = grouped.get(key) ?? { kind: s.kind, to: s.to, from: [], titles: new Set<string>() };
      group.from.push(from);
      group.titles.add(s.title);
      grouped.set(key, group);
    }
  }
  // Short lanes stand nearer to the boxes, so that long ones go around them.
  const groups = [...grouped.values()].sort((a, b) => span(a.from, at.get(a.to)!) - span(b.from, at.get(b.to)!));
  const left = groups.filter((g) => g.kind === "return");
  const right = groups.filter((g) => g.kind !== "return");
  const x = size.margin + left.length * size.lane + (left.length ? size.lane / 2 : 0);
  const y = (i: number): number => size.margin + i * (size.high + size.gap);
  const middle = (i: number): number => y(i) + size.high / 2;
  const room = looped.length ? size.loop : 0;
  const lanes = [...left, ...right].map((g): Lane => {
    const side = g.kind === "return" ? "left" : "right";
    const n = (side === "left" ? left : right).indexOf(g) + 1;
    const edge = side === "left" ? x : x + size.box;
    // A little off the middle where lanes of one side meet at the same box.
    const off = side === "left" ? 0 : (n - (right.length + 1) / 2) * 10;
    return {
      kind: g.kind,
      side,
      title: g.titles.size === 1 || g.kind === "return" ? [...g.titles][0]! : [...g.titles].join("、"),
      x: side === "left" ? edge - n * size.lane : edge + room + n * size.lane,
      edge,
      sources: [...new Set(g.from)].sort((a, b) => a - b).map((i) => middle(i) + off),
      target: middle(at.get(g.to)!) + off,
    };
  });
  return {
    width: x + size.box + room + right.length * size.lane + size.lane / 2 + size.margin,
    height: y(Math.max(states.length, 1) - 1) + size.high + size.margin,
    boxes: states.map((state, i) => ({ id: state.id, x, y: y(i), state })),
    arrows: arrows.map((a) => ({ x: x + size.box / 2, from: y(a.i) + size.high, to: y(a.i + 1), title: a.title })),
    lanes,
    loops: looped.map((l) => ({ y: middle(l.i), title: l.title })),
  };
}

function span(from: number[], to: number): number {
  return Math.max(...from, to) - Math.min(...from, to);
}

export function lanePath(lane: Lane): string {
  const parts = lane.sources.map((y) => `M${lane.edge} ${y}H${lane.x}`);
  const all = [...lane.sources, lane.target];
  return `${parts.join("")}M${lane.x} ${Math.min(...all)}V${Math.max(...all)}M${lane.x} ${lane.target}H${lane.edge + (lane.side === "left" ? -7 : 7)}`;
}

// The middle of the lane's longest free stretch: where its title is written downwards.
export function laneLabel(lane: Lane): number {
  const ys = [...lane.sources, lane.target].sort((a, b) => a - b);
  let best = 0;
  let middle = ys[0]!;
  for (let i = 1; i < ys.length; i += 1) {
    const free = ys[i]! - ys[i - 1]!;
    if (free > best) {
      best = free;
      middle = (ys[i]! + ys[i - 1]!) / 2;
    }
  }
  return middle;
}
