// Imports that are not in the ledger yet; asked again while one of them is being read.
import { onScopeDispose, watch } from "vue";
import { api } from "@/api/client";
import type { ImportInfo, Page } from "@/api/types";
import { useLoad } from "@/api/useLoad";
import { onUploadEnd } from "./useUploads";

export function useOpenImports() {
  const loaded = useLoad(async (signal) => {
    const answer = await api.get<Page<ImportInfo> | ImportInfo[]>("/imports", { state: "open" }, signal);
    return Array.isArray(answer) ? answer : answer.items;
  });
  let timer = 0;
  watch(loaded.data, (items) => {
    window.clearTimeout(timer);
    if (items?.some((i) => i.state === "reading")) timer = window.setTimeout(() => void loaded.reload(), 1200);
  });
  const stop = onUploadEnd(() => void loaded.reload());
  onScopeDispose(() => {
    window.clearTimeout(timer);
    stop();
  });
  async function discard(id: number): Promise<void> {
    await api.del(`/imports/${id}`);
    await loaded.reload();
  }
  return { ...loaded, discard };
}
