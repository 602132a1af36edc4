// The only caller of the server for papers.
import { ref, shallowRef } from "vue";
import { api, apiUrl, asApiError, readError, type ApiError } from "@/api/client";
import { secretHeader } from "@/api/door";
import type { Page } from "@/api/types";
import { useLoad } from "@/api/useLoad";
import type { Kind, Named, Pages, Preview } from "./types";

export function useKinds() {
  return useLoad(async (signal) => (await api.get<{ items: Kind[] }>("/papers", undefined, signal)).items);
}
// Papers that may have a template of the office's own.
export function useTemplateKinds() {
  return useLoad(async (signal) => (await api.get<{ templates: { id: string; title: string }[] }>("/papers", undefined, signal)).templates);
}

export function drawPages(body: Record<string, unknown>): Promise<Pages> {
  return api.post<Pages>("/papers/pages", body);
}

// Documents and periods to choose from.
export function useChoices() {
  return useLoad(async (signal) => {
    const [documents, periods] = await Promise.all([
      api.get<Page<{ id: number; title: string; tasks: number }>>("/documents", undefined, signal),
      api.get<{ items: { id: number; name: string }[] }>("/periods", { limit: 50 }, signal),
    ]);
    return { documents: documents.items.filter((d) => d.tasks > 0), periods: periods.items };
  });
}

export async function searchTasks(q: string, signal: AbortSignal): Promise<(Named & { note: string })[]> {
  const found = await api.get<Page<{ id: number; path: string; problem: string }>>("/tasks", { q, limit: 20 }, signal);
  return found.items.map((one) => ({ id: one.id, name: `任务${one.path}`, note: one.problem.slice(0, 30) }));
}
export async function nameOfTask(id: number): Promise<Named> {
  const task = await api.get<{ id: number; path: string }>(`/tasks/${id}`);
  return { id: task.id, name: `任务${task.path}` };
}
// The newest preview asked for; older answers are dropped.
export function usePreview() {
  const data = shallowRef<Preview | null>(null);
  const error = shallowRef<ApiError | null>(null);
  const busy = ref(false);
  let asked = 0;
  async function show(body: Record<string, unknown> | null): Promise<void> {
    const mine = ++asked;
    error.value = null;
    busy.value = body !== null;
    if (!body) {
      data.value = null;
      return;
    }
    try {
      const answer = await api.post<Preview>("/papers/preview", body);
      if (asked === mine) data.value = answer;
    } catch (caught) {
      if (asked !== mine) return;
      data.value = null;
      error.value = asApiError(caught);
    } finally {
      if (asked === mine) busy.value = false;
    }
  }
  return { data, error, busy, show };
}

// Fetches the file and hands it to the browser under the server's name.
export async function download(body: Record<string, unknown>, format: string, name: string): Promise<string> {
  const response = await fetch(apiUrl("/papers/file"), {
    method: "POST",
    headers: { "content-type": "application/json", ...secretHeader() },
    body: JSON.stringify({ ...body, format }),
  });
  if (!response.ok) throw readError(response.status, await response.text(), response.headers.get("x-request-id"));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}.${format}`;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return link.download;
}
