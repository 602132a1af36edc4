// The only caller of the server for close-out.
import { ref, watch, type Ref } from "vue";
import { ApiError, api } from "@/api/client";
import { useLoad } from "@/api/useLoad";
import type { BoardWorkflow, Case, CaseLine, CasePage, Drawn, Piece } from "./types";

export interface Place {
  workflow: string;
  state: string;
  round: number | null;
  unit: number | null;
  late: boolean;
}

export function useBoard(place: Ref<Place>) {
  return useLoad(
    async (signal) => (await api.get<{ items: BoardWorkflow[] }>("/cases/board", { round: place.value.round, unit: place.value.unit }, signal)).items,
    () => `${place.value.round} ${place.value.unit}`,
  );
}

// Tasks of a state, a page after the other.
export function useLines(place: Ref<Place>) {
  const items = ref<CaseLine[]>([]);
  const next = ref<string | null>(null);
  const query = (after?: string | null) => {
    const { workflow, state, round, unit, late } = place.value;
    return { workflow: state ? workflow : "", state, round, unit, late: late || null, after };
  };
  const { data, error, reload } = useLoad(
    async (signal) => (place.value.state || place.value.late ? await api.get<CasePage>("/cases", query(), signal) : null),
    () => JSON.stringify(place.value),
  );
  watch(data, (page) => {
    items.value = page?.items ?? [];
    next.value = page?.next ?? null;
  });
  async function more(): Promise<void> {
    const page = await api.get<CasePage>("/cases", query(next.value));
    items.value = [...items.value, ...page.items];
    next.value = page.next;
  }
  return { data, items, next, error, reload, more };
}

export interface Decision {
  step: string;
  text: string;
  opinion: string;
  evidence: number[];
}

// One case; null where the task is only a heading.
export function useCase(task: () => number | null) {
  const { data, error, reload } = useLoad(async (signal) => {
    const id = task();
    if (id === null) return null;
    try {
      return await api.get<Case>(`/tasks/${id}/case`, undefined, signal);
    } catch (caught) {
      if (caught instanceof ApiError && caught.code === "case.none") return null;
      throw caught;
    }
  }, task);
  async function take(decision: Decision): Promise<void> {
    const seen = data.value;
    if (!seen) return;
    data.value = await api.post<Case>(`/tasks/${seen.task_id}/case/steps`, { ...decision, revision: seen.revision });
  }
  return { data, error, reload, take };
}

export function lookBack(round: number | null, unit: number | null, count: number, seed: number, text: string): Promise<Drawn> {
  return api.post<Drawn>("/cases/look-back", { round, unit, count, seed, text });
}

interface Catalogue {
  headings: { kinds: { name: string; items: { id: number; title: string; fact_day: string | null; uploaded_at: string }[] }[] }[];
}
// The task's evidence; null where the caller may not see it.
export async function pieces(task: number, signal: AbortSignal): Promise<Piece[] | null> {
  try {
    const catalogue = await api.get<Catalogue>(`/tasks/${task}/evidence`, undefined, signal);
    return catalogue.headings.flatMap((h) =>
      h.kinds.flatMap((k) => k.items.map((e) => ({ id: e.id, title: e.title, kind_name: k.name, day: e.fact_day ?? e.uploaded_at.slice(0, 10) }))),
    );
  } catch (caught) {
    if (caught instanceof ApiError && (caught.status === 404 || caught.status === 403)) return null;
    throw caught;
  }
}
