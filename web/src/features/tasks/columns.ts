// Which columns are shown: from the address, else as last chosen on this machine, else the standard ones. Pure but
// for the two functions at the end.

export const columnNames = ["number", "problem", "responsible", "acceptance", "due", "state", "round", "measures", "updated"] as const;
export type Column = (typeof columnNames)[number];
export const standard: Column[] = ["number", "problem", "responsible", "due", "state", "round"];
export const sortable: Partial<Record<Column, string>> = { number: "number", due: "due", state: "state", updated: "updated" };

export function readColumns(text: string): Column[] | null {
  const wanted = text.split(",");
  const known = columnNames.filter((c) => wanted.includes(c));
  return known.includes("problem") ? known : null;
}

export function sameColumns(a: readonly Column[], b: readonly Column[]): boolean {
  return a.length === b.length && a.every((c) => b.includes(c));
}

export function rememberedColumns(): Column[] {
  return readColumns(localStorage.getItem("columns") ?? "") ?? standard;
}

export function rememberColumns(columns: readonly Column[]): void {
  if (sameColumns(columns, standard)) localStorage.removeItem("columns");
  else localStorage.setItem("columns", columns.join(","));
}
