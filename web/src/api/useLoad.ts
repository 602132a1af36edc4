// Loads something and loads it again when what it depends on changes. The last answer stays on screen while a new
// one is fetched, so that nothing jumps.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from "vue";
import { ApiError, asApiError, isAbort } from "./client";
import { returned } from "./presence";

export interface Load<T> {
  data: ShallowRef<T | null>;
  error: ShallowRef<ApiError | null>;
  busy: Ref<boolean>;
  reload: () => Promise<void>;
}

export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, on?: () => unknown): Load<T> {
  const data = shallowRef<T | null>(null);
  const error = shallowRef<ApiError | null>(null);
  const busy = ref(false);
  let current: AbortController | null = null;

  async function reload(): Promise<void> {
    current?.abort();
    const mine = new AbortController();
    current = mine;
    busy.value = true;
    try {
      const answer = await load(mine.signal);
      if (current !== mine) return;
      data.value = answer;
      error.value = null;
    } catch (caught) {
      if (isAbort(caught) || current !== mine) return;
      error.value = asApiError(caught);
    } finally {
      if (current === mine) busy.value = false;
    }
  }

  if (on) watch(on, reload, { immediate: true });
  else void reload();
  watch(returned, () => error.value && void reload());
  onScopeDispose(() => current?.abort());
  return { data, error, busy, reload };
}
