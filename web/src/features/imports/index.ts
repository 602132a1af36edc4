import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  { path: "/import", name: "imports", meta: { right: "import" }, component: () => import("./ImportPage.vue") },
  { path: "/import/:id(\\d+)", name: "review", meta: { right: "import" }, component: () => import("./review/ReviewPage.vue") },
];
