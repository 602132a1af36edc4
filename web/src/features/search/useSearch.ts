// Search while one types.
import { onScopeDispose, ref, shallowRef, watch, type Ref } from "vue";
import { api, asApiError, isAbort, type ApiError } from "@/api/client";
import type { SearchAnswer } from "@/api/types";
import { tooShort } from "./hits";

export function useSearch(q: Ref<string>, limit: Ref<number>, pause = 140) {
  const answer = shallowRef<SearchAnswer | null>(null);
  const asked = ref(""); // the words that `answer` is about
  const error = shallowRef<ApiError | null>(null);
  const busy = ref(false);
  let timer = 0;
  let current: AbortController | null = null;

  async function ask(): Promise<void> {
    current?.abort();
    const words = q.value.trim();
    if (tooShort(words)) {
      answer.value = null;
      asked.value = "";
      busy.value = false;
      return;
    }
    const mine = new AbortController();
    current = mine;
    busy.value = true;
    try {
      const found = await api.get<SearchAnswer>("/search", { q: words, limit: limit.value }, mine.signal);
      if (current !== mine) return;
      answer.value = found;
      asked.value = words;
      error.value = null;
    } catch (caught) {
      if (!isAbort(caught) && current === mine) error.value = asApiError(caught);
    } finally {
      if (current === mine) busy.value = false;
    }
  }
  watch(
    [q, limit],
    () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), pause);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    window.clearTimeout(timer);
    current?.abort();
  });
  return { answer, asked, error, busy, ask };
}
