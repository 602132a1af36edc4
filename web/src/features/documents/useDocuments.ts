import { computed } from "vue";
import { api } from "@/api/client";
import type { DocumentInfo, EntryRow, Page } from "@/api/types";
import { useLoad } from "@/api/useLoad";
import { useSourceText } from "@/source/useSourceText";

export function useDocuments() {
  return useLoad(async (signal) => {
    const answer = await api.get<Page<DocumentInfo> | DocumentInfo[]>("/documents", undefined, signal);
    return Array.isArray(answer) ? answer : answer.items;
  });
}

export function useDocument(id: () => number) {
  const { data, error, reload } = useLoad(async (signal) => {
    const of = id();
    const [info, rows] = await Promise.all([
      api.get<DocumentInfo>(`/documents/${of}`, undefined, signal),
      api.get<EntryRow[] | Page<EntryRow>>(`/documents/${of}/entries`, undefined, signal),
    ]);
    return { info, rows: Array.isArray(rows) ? rows : rows.items };
  }, id);
  const { source, error: sourceError, reload: reloadSource } = useSourceText(id);
  const info = computed(() => (data.value?.info.id === id() ? data.value.info : null));
  const rows = computed(() => (info.value ? data.value!.rows : []));
  return { info, rows, error, reload, source, sourceError, reloadSource, originalUrl: computed(() => `/api/documents/${id()}/original`) };
}
