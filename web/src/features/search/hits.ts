// Hits in groups, and where each one leads. Pure.
import type { SearchHit } from "@/api/types";

export function grouped(hits: readonly SearchHit[]): { tasks: SearchHit[]; paragraphs: SearchHit[] } {
  return { tasks: hits.filter((h) => h.kind === "task"), paragraphs: hits.filter((h) => h.kind !== "task") };
}

export function hitAddress(hit: SearchHit): string {
  if (hit.kind === "task" && hit.task_id !== null) return `/tasks/${hit.task_id}`;
  return hit.end > hit.begin ? `/documents/${hit.document_id}?at=${hit.begin}-${hit.end}` : `/documents/${hit.document_id}`;
}

// Chinese is searched by pairs of characters; one alone finds nothing.
export function tooShort(q: string): boolean {
  return [...q.trim()].length < 2;
}
