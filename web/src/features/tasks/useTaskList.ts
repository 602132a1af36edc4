// The page of tasks that the address bar asks for, and the ways to ask for another.
import { computed, onActivated } from "vue";
import { useRoute, useRouter } from "vue-router";
import { api, apiUrl } from "@/api/client";
import type { Page, TaskItem } from "@/api/types";
import { useLoad } from "@/api/useLoad";
import { readColumns, rememberColumns, rememberedColumns, sameColumns, standard, type Column } from "./columns";
import { filterFromQuery, queryFromFilter, serverQuery, type TaskFilter } from "./filter";
import { rememberList } from "./listMemory";
import { useOwnQuery } from "@/shell/useOwnQuery";

export const PAGE = 50;
// Keys of the pages already seen, by list; the way back.
const trails = new Map<string, string[]>();

export function useTaskList() {
  const route = useRoute();
  const router = useRouter();
  const query = useOwnQuery("tasks");
  const filter = computed(() => filterFromQuery(query.value));
  const columns = computed<Column[]>(() => readColumns(String(query.value.cols ?? "")) ?? rememberedColumns());
  const after = computed(() => String(query.value.after ?? ""));
  const page = computed(() => (after.value ? Math.max(2, Number(query.value.page) || 2) : 1));
  const listKey = computed(() => JSON.stringify(queryFromFilter(filter.value)));

  const { data, error, busy, reload } = useLoad(
    async (signal) => {
      const back = route.fullPath;
      const answer = await api.get<Page<TaskItem>>("/tasks", { ...serverQuery(filter.value), after: after.value, limit: PAGE }, signal);
      rememberList(answer.items.map((x) => x.id), back);
      return answer;
    },
    () => `${listKey.value} ${after.value}`,
  );
  // Back from a task: the list stands where it stood and is brought up to date behind it.
  let first = true;
  onActivated(() => {
    if (!first) void reload();
    first = false;
  });

  function address(next: TaskFilter, cols: Column[] = columns.value): Record<string, string> {
    const query = queryFromFilter(next);
    if (!sameColumns(cols, standard)) query.cols = cols.join(",");
    return query;
  }
  function change(part: Partial<TaskFilter>): void {
    const next = { ...filter.value, ...part };
    if (!next.unit) next.unit_name = "";
    if (!next.unit && !next.region) next.role = "";
    void router.replace({ query: address(next) });
  }
  function clear(): void {
    void router.replace({ query: address(filterFromQuery({ sort: filter.value.sort })) });
  }
  function setColumns(cols: Column[]): void {
    rememberColumns(cols);
    const keep = after.value ? { after: after.value, page: String(page.value) } : {};
    void router.replace({ query: { ...address(filter.value, cols), ...keep } });
  }
  function nextPage(): void {
    const key = data.value?.next;
    if (!key || busy.value) return;
    const trail = trails.get(listKey.value) ?? [""];
    trail[page.value] = key;
    trails.set(listKey.value, trail);
    void router.push({ query: { ...address(filter.value), after: key, page: String(page.value + 1) } });
  }
  function previousPage(): void {
    if (page.value < 2 || busy.value) return;
    const key = trails.get(listKey.value)?.[page.value - 2];
    const to = key ? { after: key, page: String(page.value - 1) } : {};
    void router.push({ query: { ...address(filter.value), ...to } });
  }
  function exportUrl(format: "xlsx" | "csv"): string {
    return apiUrl(`/export/tasks.${format}`, { ...serverQuery(filter.value), columns: columns.value.join(",") });
  }
  return { filter, columns, page, data, error, busy, reload, change, clear, setColumns, nextPage, previousPage, exportUrl };
}
