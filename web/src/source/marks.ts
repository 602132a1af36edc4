// Which words of the source are coloured, and how a line is cut so that overlapping marks can be drawn. Pure.

export interface Mark {
  begin: number;
  end: number;
  key: string; // which value: "deadline", "measures.2"
  tone: string; // which colour: the field's name
}

export interface Piece {
  begin: number;
  end: number;
  marks: Mark[]; // over it, outermost first
}

// Cuts [begin, end) at the edges of the marks. A shorter mark lies over a longer one.
export function pieces(begin: number, end: number, marks: readonly Mark[]): Piece[] {
  const over = marks.filter((m) => m.begin < end && m.end > begin);
  if (!over.length) return begin < end ? [{ begin, end, marks: [] }] : [];
  const cuts = new Set([begin, end]);
  for (const m of over) {
    cuts.add(Math.max(begin, m.begin));
    cuts.add(Math.min(end, m.end));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const outer = [...over].sort((a, b) => b.end - b.begin - (a.end - a.begin));
  const out: Piece[] = [];
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const from = edges[i]!;
    const to = edges[i + 1]!;
    out.push({ begin: from, end: to, marks: outer.filter((m) => m.begin <= from && m.end >= to) });
  }
  return out;
}

// Whether the words of `key` light up while `active` is chosen: itself, or an item of the list it names.
export function lit(active: string | null, key: string): boolean {
  return active !== null && (key === active || key.startsWith(`${active}.`));
}
