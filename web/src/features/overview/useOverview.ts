// What the overview shows, for the round and the day in the address bar.
import { computed, onActivated } from "vue";
import { useRouter } from "vue-router";
import { api } from "@/api/client";
import type { Overview, Page, TaskItem } from "@/api/types";
import { useLoad } from "@/api/useLoad";
import { useOwnQuery } from "@/shell/useOwnQuery";
import { isIsoDate } from "@/ui/dates";
import { setToday } from "@/ui/today";
import type { Standing } from "./standing";
import { countSoon, soonFilter } from "./soon";

async function exactSoon(asOf: string, round: string, signal: AbortSignal): Promise<number> {
  const page = await api.get<Page<TaskItem>>("/tasks", { ...soonFilter(asOf), round, limit: 1 }, signal);
  return page.total;
}

export function useOverview() {
  const router = useRouter();
  const query = useOwnQuery("overview");
  const round = computed(() => String(query.value.round ?? ""));
  const asOf = computed(() => {
    const day = String(query.value.as_of ?? "");
    return isIsoDate(day) ? day : "";
  });
  const { data, error, busy, reload } = useLoad(
    async (signal) => {
      const standing = api.get<Standing>("/standing", { round: round.value, as_of: asOf.value }, signal);
      standing.catch(() => {}); // told when it is waited for
      const answer = await api.get<Overview>("/overview", { round: round.value, as_of: asOf.value }, signal);
      if (!asOf.value) setToday(answer.as_of);
      const soon = countSoon(answer) ?? (await exactSoon(answer.as_of, round.value, signal));
      return { ...answer, soon, standing: await standing };
    },
    () => `${round.value} ${asOf.value}`,
  );
  let first = true;
  onActivated(() => {
    if (!first) void reload();
    first = false;
  });
  function choose(change: { round?: string; as_of?: string }): void {
    const next = { round: round.value, as_of: asOf.value, ...change };
    void router.replace({ query: { round: next.round || undefined, as_of: next.as_of || undefined } });
  }
  // A link into the task list that keeps the chosen round and day.
  function into(filter: Record<string, string | number>) {
    const keep = { round: round.value || undefined, as_of: asOf.value || undefined };
    return { path: "/tasks", query: { ...keep, ...filter } };
  }
  return { data, error, busy, reload, round, asOf, choose, into };
}
