// The task picker's questions to the server: words of a task, or its number (16.2).
import { api } from "@/api/client";
import type { Page, TaskItem } from "@/api/types";

export async function searchTasks(q: string, signal: AbortSignal): Promise<{ id: number; name: string; note: string }[]> {
  if (!q) return [];
  const answer = await api.get<Page<TaskItem>>("/tasks", { q, limit: 12 }, signal);
  return answer.items.map((x) => ({ id: x.id, name: `${x.path}　${x.problem.slice(0, 40)}`, note: x.round?.name.slice(0, 8) ?? "" }));
}
