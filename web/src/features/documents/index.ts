import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  { path: "/documents", name: "documents", component: () => import("./DocumentsPage.vue") },
  { path: "/documents/:id(\\d+)", name: "document", component: () => import("./DocumentPage.vue") },
];
