// One task with everything about it, and a person's decisions on it.
import { computed, ref, shallowRef } from "vue";
import { api, asApiError } from "@/api/client";
import type { TaskDetail, TaskLink } from "@/api/types";
import { useLoad } from "@/api/useLoad";
import { useSourceText } from "@/source/useSourceText";

export interface Conflict {
  field: string;
  mine: unknown;
  theirs: unknown;
  reason: string;
}

// The value of "measures[2].text" or "goal" in a task.
export function fieldValue(task: object, field: string): unknown {
  const item = /^(\w+)\[(\d+)\]\.(\w+)$/.exec(field);
  const holder = task as Record<string, unknown>;
  if (!item) return holder[field];
  const list = holder[item[1]!] as Record<string, unknown>[] | undefined;
  return list?.[Number(item[2])]?.[item[3]!];
}

export function useTask(id: () => number) {
  const { data, error, busy, reload } = useLoad((signal) => api.get<TaskDetail>(`/tasks/${id()}`, undefined, signal), id);
  const task = computed(() => (data.value?.id === id() ? data.value : null));
  const { source, error: sourceError, reload: reloadSource } = useSourceText(() => task.value?.document.id ?? null);
  const conflict = ref<Conflict | null>(null);
  const otherWordings = shallowRef(new Map<number, string>());

  async function change(field: string, value: unknown, reason: string): Promise<boolean> {
    const seen = task.value;
    if (!seen) return false;
    try {
      data.value = await api.patch<TaskDetail>(`/tasks/${seen.id}`, { field, value, reason, revision: seen.revision });
      conflict.value = null;
      return true;
    } catch (caught) {
      const known = asApiError(caught);
      if (known.status !== 409 || known.code !== "task.changed") throw known;
      const latest = await api.get<TaskDetail>(`/tasks/${seen.id}`);
      data.value = latest;
      conflict.value = { field, mine: value, theirs: fieldValue(latest, field), reason };
      return false;
    }
  }
  async function decide(link: TaskLink, verdict: "confirm" | "reject"): Promise<void> {
    const answer = await api.post<TaskLink | null>(`/links/${link.id}/${verdict}`);
    const state = answer?.state ?? (verdict === "confirm" ? "confirmed" : "rejected");
    if (task.value) data.value = { ...task.value, links: task.value.links.map((l) => (l.id === link.id ? { ...l, state } : l)) };
    void reload();
  }
  async function addLink(kind: TaskLink["kind"], to: number): Promise<void> {
    await api.post(`/tasks/${id()}/links`, { kind, to });
    await reload();
  }
  // The full wording of another task, for laying it beside this one.
  async function wording(other: number): Promise<string> {
    const known = otherWordings.value.get(other);
    if (known !== undefined) return known;
    const found = await api.get<TaskDetail>(`/tasks/${other}`);
    otherWordings.value = new Map(otherWordings.value).set(other, found.problem);
    return found.problem;
  }
  return { task, error, busy, reload, source, sourceError, reloadSource, conflict, change, decide, addLink, wording };
}

export { searchTasks } from "@/lookups/tasks";
