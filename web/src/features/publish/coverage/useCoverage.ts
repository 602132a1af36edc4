// The only caller of /articles.
import { api, upload, type Query } from "@/api/client";
import type { Article, Counts, Filter, Move, Ref, Taken, Words } from "./types";

export interface ArticlePage {
  items: Article[];
  next: string | null;
  total: number;
}
export function queryOf(filter: Filter): Query {
  return { ...filter };
}
export const listArticles = (filter: Filter, after = "") => api.get<ArticlePage>("/articles", { ...queryOf(filter), after });
export const countArticles = (filter: Filter) => api.get<Counts>("/articles/counts", queryOf(filter));
export const loadWords = () => api.get<Words>("/articles/words");
export const addArticle = (body: object) => api.post<Article>("/articles", body);
export const changeArticle = (id: number, body: object) => api.patch<Article>(`/articles/${id}`, body);
export const moveArticles = (move: Move, items: Ref[], reason = "") => api.post<{ items: Article[] }>("/articles/move", { move, items, reason: reason || null });
export const readSheet = (file: File, preview: boolean) => upload<Taken>("/articles/import", { name: file.name, preview }, file, () => undefined);
export const proposeCoverage = (round: number) => api.post("/publications", { coverage: round });

export const refsOf = (items: readonly Ref[]): Ref[] => items.map(({ id, revision }) => ({ id, revision }));
export const opposite: Record<Move, Move> = { withdraw: "restore", restore: "withdraw", open: "hide", hide: "open" };
// What the server takes for one line.
export function bodyOf(a: Article): object {
  const { day, title, medium, kind, level, region, unit_id, round_id, link, tasks, note, pieces } = a;
  return { day, title, medium, kind, level, region, unit_id, round_id, link: link.trim(), tasks, note, pieces, open: a.open ? 1 : 0 };
}
