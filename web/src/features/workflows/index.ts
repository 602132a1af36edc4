import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/workflows", name: "workflows", meta: { right: "see" }, component: () => import("./WorkflowsPage.vue") }];
