import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  { path: "/tasks", name: "tasks", meta: { right: "see" }, component: () => import("./TaskListPage.vue") },
  { path: "/tasks/:id(\\d+)", name: "task", meta: { right: "see" }, component: () => import("./detail/TaskPage.vue") },
];
