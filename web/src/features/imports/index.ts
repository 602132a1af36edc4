import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  { path: "/import", name: "imports", component: () => import("./ImportPage.vue") },
  { path: "/import/:id(\\d+)", name: "review", component: () => import("./review/ReviewPage.vue") },
];
