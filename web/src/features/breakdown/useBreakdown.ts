import { api, apiUrl } from "@/api/client";
import { useLoad } from "@/api/useLoad";
import { sent, type StepForm } from "./steps";
import type { Breakdown } from "./types";

export function useBreakdown(task: () => number) {
  const { data, error, reload } = useLoad((signal) => api.get<Breakdown>(`/tasks/${task()}/breakdown`, {}, signal), task);
  async function save(steps: StepForm[], revision: number): Promise<void> {
    data.value = await api.patch<Breakdown>(`/tasks/${task()}/breakdown`, { revision, steps: sent(steps) });
  }
  async function markDone(step: number, day: string | null): Promise<void> {
    data.value = await api.post<Breakdown>(`/tasks/${task()}/breakdown/done`, { revision: data.value?.revision, step, day });
  }
  async function handDown(unit: number, due: string | null, round: number | null): Promise<void> {
    const made = await api.post<{ breakdown: Breakdown }>(`/tasks/${task()}/breakdown/hand-down`, { revision: data.value?.revision, unit, due, ...(round ? { round } : {}) });
    data.value = made.breakdown;
  }
  return { data, error, reload, save, markDone, handDown };
}
export const handbookUrl = (task: number) => apiUrl(`/tasks/${task}/handbook.docx`);
