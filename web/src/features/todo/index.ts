import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  { path: "/todo", name: "todo", component: () => import("./TodoPage.vue") },
  { path: "/notices", name: "notices", component: () => import("./NoticesPage.vue") },
];
