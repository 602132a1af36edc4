// Which characters of a field are selected, counted in code points as the server does.
export interface Chosen {
  field: string;
  begin: number;
  end: number;
}

export function points(text: string): number {
  return [...text].length;
}

// `container` marks its field by data-field, and its parts by data-begin.
export function chosenIn(selection: Selection | null): Chosen | null {
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const from = placeOf(range.startContainer, range.startOffset);
  const to = placeOf(range.endContainer, range.endOffset);
  if (!from || !to || from.field !== to.field || from.at >= to.at) return null;
  return { field: from.field, begin: from.at, end: to.at };
}

function placeOf(node: Node, offset: number): { field: string; at: number } | null {
  const element = node instanceof Element ? node : node.parentElement;
  const part = element?.closest<HTMLElement>("[data-begin]");
  const field = element?.closest<HTMLElement>("[data-field]")?.dataset.field;
  if (!part || field === undefined) return null;
  const inside = node.nodeType === Node.TEXT_NODE ? (node.textContent ?? "").slice(0, offset) : offset > 0 ? (part.textContent ?? "") : "";
  return { field, at: Number(part.dataset.begin) + points(inside) };
}
