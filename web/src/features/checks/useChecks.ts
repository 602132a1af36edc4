import { computed, onScopeDispose, ref, watch, type Ref } from "vue";
import { api, apiUrl } from "@/api/client";
import type { CheckPlace, DocumentInfo, Finding, FindingPage, Page, Relation, RelationPage } from "@/api/types";
import { useLoad } from "@/api/useLoad";
import { toServer, type CheckFilter } from "./filter";

// Findings of the filter, a page after the other; looks again while documents are still being checked.
export function useFindings(filter: Ref<CheckFilter>) {
  const more = ref<Finding[]>([]);
  const next = ref<string | null>(null);
  const { data, error, busy, reload } = useLoad(
    async (signal) => (filter.value.relations ? null : await api.get<FindingPage>("/findings", toServer(filter.value), signal)),
    () => JSON.stringify(filter.value),
  );
  watch(data, (page) => {
    more.value = [];
    next.value = page?.next ?? null;
  });
  let timer = 0;
  watch(data, (page) => {
    window.clearTimeout(timer);
    if (page?.pending) timer = window.setTimeout(() => void reload(), 1500);
  });
  onScopeDispose(() => window.clearTimeout(timer));
  async function loadMore(): Promise<void> {
    const page = await api.get<FindingPage>("/findings", { ...toServer(filter.value), after: next.value });
    more.value = [...more.value, ...page.items];
    next.value = page.next;
  }
  const items = computed(() => [...(data.value?.items ?? []), ...more.value]);
  async function say(finding: Finding, what: "explain" | "reopen", reason: string): Promise<void> {
    if (what === "explain") await api.post<Finding>(`/findings/${finding.id}/explain`, { reason });
    else await api.post<Finding>(`/findings/${finding.id}/reopen`, { reason });
    await reload();
  }
  return { page: data, items, next, error, busy, reload, loadMore, say };
}

export function useRelations(filter: Ref<CheckFilter>) {
  const more = ref<Relation[]>([]);
  const next = ref<string | null>(null);
  const asked = computed(() => ({ task: filter.value.task, document: filter.value.document }));
  const { data, error, reload } = useLoad(
    async (signal) => (filter.value.relations ? await api.get<RelationPage>("/relations", asked.value, signal) : null),
    () => JSON.stringify([filter.value.relations, asked.value]),
  );
  watch(data, (page) => {
    more.value = [];
    next.value = page?.next ?? null;
  });
  async function loadMore(): Promise<void> {
    const page = await api.get<RelationPage>("/relations", { ...asked.value, after: next.value });
    more.value = [...more.value, ...page.items];
    next.value = page.next;
  }
  return { page: data, items: computed(() => [...(data.value?.items ?? []), ...more.value]), next, error, reload, loadMore };
}

export function useDocumentNames() {
  return useLoad(async (signal) => {
    const answer = await api.get<Page<DocumentInfo> | DocumentInfo[]>("/documents", undefined, signal);
    return Array.isArray(answer) ? answer : answer.items;
  });
}

export function exportUrl(filter: CheckFilter, format: "xlsx" | "docx"): string {
  return apiUrl(`/export/findings.${format}`, toServer(filter));
}

// The place itself, then those it is held against; figures inside a place that is there already are seen with it.
export function placesOf(item: Finding | Relation): CheckPlace[] {
  const all: CheckPlace[] = [item, ...("related" in item ? item.related : item.numbers)];
  const kept: CheckPlace[] = [];
  for (const p of all) {
    const inside = kept.some((k) => k.document_id === p.document_id && k.begin <= p.begin && p.end <= k.end);
    if (p.document_id !== null && !inside) kept.push(p);
  }
  return kept;
}
