// The text of a committed document. The last few stay at hand, so that going from task to task does not fetch again.
import { computed, type ComputedRef } from "vue";
import { api } from "@/api/client";
import type { TextAnswer } from "@/api/types";
import { useLoad } from "@/api/useLoad";
import { prepareSource, type Source } from "./layout";

const kept = new Map<number, Source>();
const KEEP = 4;

async function fetchSource(id: number, signal: AbortSignal): Promise<Source> {
  const known = kept.get(id);
  if (known) {
    kept.delete(id);
    kept.set(id, known);
    return known;
  }
  const source = prepareSource(await api.get<TextAnswer>(`/documents/${id}/text`, undefined, signal));
  kept.set(id, source);
  if (kept.size > KEEP) kept.delete(kept.keys().next().value as number);
  return source;
}

export function useSourceText(documentId: () => number | null) {
  const { data, error, reload } = useLoad(
    async (signal) => {
      const id = documentId();
      return id === null ? null : { id, source: await fetchSource(id, signal) };
    },
    documentId,
  );
  // Never the text of another document than the one asked for.
  const source: ComputedRef<Source | null> = computed(() => (data.value && data.value.id === documentId() ? data.value.source : null));
  return { source, error, reload };
}
