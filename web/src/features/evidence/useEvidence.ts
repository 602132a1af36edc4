// The only caller of the server for evidence, but for the bytes of uploads (queue.ts).
import { api, apiUrl } from "@/api/client";
import type { Catalogue, EvidenceFull, EvidenceItem, Plan, Preview } from "./types";

export interface Filter {
  q: string;
  kind: string;
  unit: number | null;
  from: string;
  to: string;
  state: string;
}
export const noFilter: Filter = { q: "", kind: "", unit: null, from: "", to: "", state: "there" };

export function isFiltered(f: Filter): boolean {
  return JSON.stringify(f) !== JSON.stringify(noFilter);
}

let plan: Promise<Plan> | null = null;
export function loadPlan(): Promise<Plan> {
  plan ??= api.get<Plan>("/evidence/plan").catch((error) => {
    plan = null;
    throw error;
  });
  return plan;
}

export function list(f: Filter, after: string, signal?: AbortSignal) {
  return api.get<{ items: EvidenceItem[]; next: string | null }>("/evidence", { ...f, after }, signal);
}
export const one = (id: number) => api.get<EvidenceFull>(`/evidence/${id}`);
export const catalogue = (task: number, signal?: AbortSignal) => api.get<Catalogue>(`/tasks/${task}/evidence`, {}, signal);
export const preview = (id: number) => api.get<Preview>(`/evidence/${id}/preview`);
export const describe = (id: number, change: Record<string, unknown>) => api.patch<EvidenceFull>(`/evidence/${id}`, change);
export const tieToTask = (id: number, task: number) => api.post<EvidenceFull>(`/evidence/${id}/ties`, { kind: "task", id: task });
export const askRemoval = (id: number, reason: string) => api.post<EvidenceFull>(`/evidence/${id}/removal`, { reason });
export const confirmRemoval = (id: number, note: string) => api.post<EvidenceFull>(`/evidence/${id}/removal/confirm`, { note });
export const refuseRemoval = (id: number, note: string) => api.post<EvidenceFull>(`/evidence/${id}/removal/refuse`, { note });
export const fileUrl = (id: number) => apiUrl(`/evidence/${id}/file`);
export const pictureUrl = (id: number) => apiUrl(`/evidence/${id}/picture`);
export const pageUrl = (id: number, page: number) => apiUrl(`/evidence/${id}/pages/${page}`);
export const zipUrl = (task: number) => apiUrl(`/tasks/${task}/evidence.zip`);
