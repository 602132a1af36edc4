import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/workflows", name: "workflows", component: () => import("./WorkflowsPage.vue") }];
