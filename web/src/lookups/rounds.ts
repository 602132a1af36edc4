// The inspection rounds of the ledger, for selectors. Asked once a page.
import { api } from "@/api/client";
import type { Page, Round } from "@/api/types";
import { useLoad, type Load } from "@/api/useLoad";

export async function fetchRounds(signal?: AbortSignal): Promise<Round[]> {
  const answer = await api.get<Round[] | Page<Round>>("/rounds", undefined, signal);
  return Array.isArray(answer) ? answer : answer.items;
}

export function useRounds(): Load<Round[]> {
  return useLoad(fetchRounds);
}
