// The unit picker's questions to the server.
import { api } from "@/api/client";
import type { Page, Unit } from "@/api/types";

export interface UnitOption {
  id: number;
  name: string;
  note: string;
}

export async function searchUnits(q: string, signal: AbortSignal): Promise<UnitOption[]> {
  const answer = await api.get<Page<Unit>>("/units", { q, limit: 20 }, signal);
  return answer.items.map((u) => ({ id: u.id, name: u.name, note: u.known ? `${u.tasks} 项` : "新单位" }));
}
