// All reports of a unit in a period, page by page: the first page is shown while the others come.
import { onScopeDispose, ref, shallowRef, watch } from "vue";
import { api, asApiError, isAbort, type ApiError } from "@/api/client";
import type { Page, ReportLine } from "./types";

const PAGE = 200;
const MOST = 25; // pages

export function useLines(of: () => { period: number | null; unit: number | null }) {
  const items = shallowRef<ReportLine[] | null>(null);
  const error = shallowRef<ApiError | null>(null);
  const all = ref(false); // every page is there
  let current: AbortController | null = null;

  async function reload(): Promise<void> {
    current?.abort();
    const mine = new AbortController();
    current = mine;
    const { period, unit } = of();
    all.value = false;
    if (!period || !unit) {
      items.value = [];
      all.value = true;
      return;
    }
    try {
      const found: ReportLine[] = [];
      let after: string | null = null;
      for (let page = 0; page < MOST; page += 1) {
        const answer: Page<ReportLine> = await api.get<Page<ReportLine>>(`/periods/${period}/reports`, { unit, after, limit: PAGE }, mine.signal);
        if (current !== mine) return;
        found.push(...answer.items);
        after = answer.next;
        if (!items.value || !after || found.length >= items.value.length) items.value = [...found];
        if (!after) break;
      }
      all.value = after === null;
      error.value = null;
    } catch (caught) {
      if (isAbort(caught) || current !== mine) return;
      error.value = asApiError(caught);
    }
  }
  watch(
    () => JSON.stringify(of()),
    () => {
      items.value = null;
      void reload();
    },
    { immediate: true },
  );
  onScopeDispose(() => current?.abort());
  return { items, error, all, reload };
}
