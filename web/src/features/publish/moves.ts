// Several publications at once, all or none.
import { api } from "@/api/client";
import type { Move, Publication } from "./types";

export interface Ref {
  id: number;
  revision: number;
}
interface Body {
  items: Ref[];
  reason: string | null;
}
type Moved = { items: Publication[] };
export const moveCalls: Record<Move, (body: Body) => Promise<Moved>> = {
  submit: (body) => api.post<Moved>("/publications/submit", body),
  drop: (body) => api.post<Moved>("/publications/drop", body),
  return: (body) => api.post<Moved>("/publications/return", body),
  release: (body) => api.post<Moved>("/publications/release", body),
  withdraw: (body) => api.post<Moved>("/publications/withdraw", body),
};
