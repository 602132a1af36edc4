// The list a person came from, so that 上一项 and 下一项 on a task follow that list and not the document.
interface Memory {
  ids: number[];
  back: string; // the list's address
}

let memory: Memory = { ids: [], back: "/tasks" };

export function rememberList(ids: number[], back: string): void {
  memory = { ids, back };
}

export function listAround(id: number): { previous: number | null; next: number | null; at: number; of: number } | null {
  const at = memory.ids.indexOf(id);
  if (at < 0) return null;
  return { previous: memory.ids[at - 1] ?? null, next: memory.ids[at + 1] ?? null, at: at + 1, of: memory.ids.length };
}

export function backToList(): string {
  return memory.back;
}
