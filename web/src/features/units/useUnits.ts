import { onScopeDispose, ref, watch, type Ref } from "vue";
import { api } from "@/api/client";
import type { Page, Unit } from "@/api/types";
import { useLoad } from "@/api/useLoad";

export const MOST = 200;

export function useUnits(words: Ref<string>) {
  const q = ref(words.value.trim());
  let timer = 0;
  watch(words, (now) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => (q.value = now.trim()), 160);
  });
  onScopeDispose(() => window.clearTimeout(timer));
  return useLoad((signal) => api.get<Page<Unit>>("/units", { q: q.value, limit: MOST }, signal), () => q.value);
}
