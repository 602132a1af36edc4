import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  { path: "/tasks", name: "tasks", component: () => import("./TaskListPage.vue") },
  { path: "/tasks/:id(\\d+)", name: "task", component: () => import("./detail/TaskPage.vue") },
];
