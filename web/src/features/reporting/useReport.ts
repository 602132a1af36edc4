// One report as it is typed: saved a moment after the last key, kept on this machine until the server has it, and
// nothing overwritten where somebody else was there first.
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from "vue";
import { api, ApiError, asApiError } from "@/api/client";
import { returned } from "@/api/presence";
import type { Report, ReportContent } from "@/features/dispatch/types";
import { changesOf, contentOf, isOwed, keep, kept } from "./content";

const WAIT = 1500; // ms after the last key

export function useReport(id: Ref<number | null>, changed: () => void) {
  const report = shallowRef<Report | null>(null); // as the server has it
  const form = ref<ReportContent | null>(null);
  const error = shallowRef<ApiError | null>(null);
  const conflict = shallowRef<Report | null>(null); // what somebody else wrote
  const restored = ref(false);
  const busy = ref(false);
  let timer = 0;

  const changes = computed(() => (report.value && form.value ? changesOf(report.value, form.value) : {}));
  const dirty = computed(() => Object.keys(changes.value).length > 0);

  async function load(): Promise<void> {
    window.clearTimeout(timer);
    report.value = form.value = conflict.value = error.value = null;
    restored.value = false;
    if (!id.value) return;
    const wanted = id.value;
    try {
      const found = await api.get<Report>(`/reports/${wanted}`);
      if (id.value !== wanted) return;
      report.value = found;
      form.value = contentOf(found);
      const waiting = kept(localStorage, wanted);
      if (!waiting || !isOwed(found.status)) return;
      Object.assign(form.value, waiting.changes);
      restored.value = true;
      if (waiting.revision !== found.revision) conflict.value = found;
    } catch (failure) {
      error.value = asApiError(failure);
    }
  }

  async function save(): Promise<boolean> {
    window.clearTimeout(timer);
    const before = report.value;
    if (!before || conflict.value) return false;
    if (!dirty.value) return true;
    if (busy.value) {
      timer = window.setTimeout(save, WAIT);
      return false;
    }
    busy.value = true;
    const sent = changes.value;
    try {
      const answer = await api.patch<Report>(`/reports/${before.id}`, { revision: before.revision, changes: sent });
      if (report.value?.id !== before.id) {
        if (kept(localStorage, before.id)?.revision === before.revision) keep(localStorage, before, {});
        return true;
      }
      report.value = answer;
      error.value = null;
      restored.value = false;
      keep(localStorage, answer, changes.value);
      if (before.status !== answer.status) changed();
      return !dirty.value;
    } catch (failure) {
      if (report.value?.id !== before.id) return false;
      error.value = asApiError(failure);
      if (error.value.code === "report.changed" && error.value.current) conflict.value = error.value.current as Report;
      return false;
    } finally {
      busy.value = false;
    }
  }

  async function submit(): Promise<boolean> {
    if (!(await save()) || !report.value) return false;
    try {
      report.value = await api.post<Report>(`/reports/${report.value.id}/submit`, { revision: report.value.revision });
      form.value = contentOf(report.value);
      error.value = null;
      changed();
      return true;
    } catch (failure) {
      error.value = asApiError(failure);
      return false;
    }
  }

  // The person has seen both: `mine` goes over what is there now, or is given up.
  async function resolve(mine: boolean): Promise<void> {
    const now = conflict.value;
    if (!now || !form.value) return;
    report.value = now;
    conflict.value = error.value = null;
    if (!mine) form.value = contentOf(now);
    keep(localStorage, now, changes.value);
    await save();
  }

  watch(id, async () => {
    await save();
    await load();
  }, { immediate: true });
  watch(form, () => {
    if (!report.value || !dirty.value) return;
    keep(localStorage, report.value, changes.value);
    window.clearTimeout(timer);
    timer = window.setTimeout(save, WAIT);
  }, { deep: true });
  watch(returned, () => void save());
  onScopeDispose(() => void save());
  return { report, form, error, conflict, restored, busy, dirty, load, submit, resolve };
}
