import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  { path: "/documents", name: "documents", meta: { right: "see" }, component: () => import("./DocumentsPage.vue") },
  { path: "/documents/:id(\\d+)", name: "document", meta: { right: "see" }, component: () => import("./DocumentPage.vue") },
];
