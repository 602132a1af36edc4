import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  { path: "/todo", name: "todo", meta: { right: "see" }, component: () => import("./TodoPage.vue") },
  { path: "/notices", name: "notices", meta: { right: "see" }, component: () => import("./NoticesPage.vue") },
];
