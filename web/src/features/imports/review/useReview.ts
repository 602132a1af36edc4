// One import under review: what was read, the original text, and every way to change or end it.
import { computed, ref, shallowRef } from "vue";
import { api, asApiError, type ApiError } from "@/api/client";
import type { CommitAnswer, Correction, Draft, DraftAnswer, Entry, ImportInfo, RoundLevel, TextAnswer } from "@/api/types";
import { prepareSource, type Source } from "@/source/layout";

export type CommitRound = { round_id: number } | { round: { name: string; level: RoundLevel; year: number | null } };

type Undone = { undone: Correction; entry: Entry | Omit<Draft, "tasks"> };

export function useReview(id: number) {
  const info = ref<ImportInfo | null>(null);
  const draft = shallowRef<Draft | null>(null);
  const corrected = ref<Correction[]>([]);
  const changes = ref<DraftAnswer["changes"]>([]);
  const source = shallowRef<Source | null>(null);
  const error = shallowRef<ApiError | null>(null);
  const tasks = computed(() => draft.value?.tasks.filter((e) => e.is_task).length ?? 0);
  const doubts = computed(() => (draft.value?.doubts?.length ?? 0) + (draft.value?.tasks.reduce((n, e) => n + (e.doubts?.length ?? 0), 0) ?? 0));
  let timer = 0;

  async function refresh(): Promise<void> {
    const [loaded, answer] = await Promise.all([api.get<ImportInfo>(`/imports/${id}`), api.get<DraftAnswer>(`/imports/${id}/draft`)]);
    info.value = loaded;
    draft.value = answer.draft;
    corrected.value = answer.corrected;
    changes.value = answer.changes;
  }
  async function load(): Promise<void> {
    window.clearTimeout(timer);
    error.value = null;
    try {
      const loaded = await api.get<ImportInfo>(`/imports/${id}`);
      info.value = loaded;
      if (loaded.state === "reading") {
        timer = window.setTimeout(() => void load(), 700);
        return;
      }
      if (loaded.state !== "draft") return;
      const text = api.get<TextAnswer>(`/imports/${id}/text`);
      await refresh();
      source.value = prepareSource(await text);
    } catch (caught) {
      error.value = asApiError(caught);
    }
  }
  function stop(): void {
    window.clearTimeout(timer);
  }

  function put(path: string | null, value: Entry | Omit<Draft, "tasks">): void {
    if (!draft.value) return;
    if (path === null) {
      const { tasks: _tasks, ...head } = value as Partial<Draft>;
      draft.value = { ...draft.value, ...head };
    } else {
      draft.value = { ...draft.value, tasks: draft.value.tasks.map((e) => (e.path === path ? (value as Entry) : e)) };
    }
  }
  // The value a correction replaces, for the mark "原读为".
  function before(path: string | null, field: string): unknown {
    const holder = (path === null ? draft.value : draft.value?.tasks.find((e) => e.path === path)) as Record<string, unknown> | undefined | null;
    const item = /^(\w+)\[(\d+)\]\.(\w+)$/.exec(field);
    if (!item) return holder?.[field];
    return ((holder?.[item[1]!] as Record<string, unknown>[] | undefined)?.[Number(item[2])] ?? {})[item[3]!];
  }
  async function correct(path: string | null, field: string, value: unknown, reason = ""): Promise<void> {
    const was = before(path, field);
    const answer = await api.patch<Entry>(`/imports/${id}/draft`, { path, field, value, ...(reason ? { reason } : {}) });
    put(path, answer);
    corrected.value = [...corrected.value, { path, field, before: was, after: value, at: "" }];
  }
  async function undo(): Promise<Correction> {
    const answer = await api.post<Undone>(`/imports/${id}/undo`);
    put(answer.undone.path, answer.entry);
    corrected.value = corrected.value.slice(0, -1);
    return answer.undone;
  }
  async function supersede(documentId: number | null): Promise<void> {
    await api.post(`/imports/${id}/supersede`, { document_id: documentId });
    await refresh();
  }
  function commit(round: CommitRound): Promise<CommitAnswer> {
    return api.post<CommitAnswer>(`/imports/${id}/commit`, round);
  }
  async function discard(): Promise<void> {
    await api.del(`/imports/${id}`);
  }
  return { info, draft, corrected, changes, source, error, tasks, doubts, load, stop, correct, undo, supersede, commit, discard };
}
