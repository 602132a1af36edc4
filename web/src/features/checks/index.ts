import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/checks", name: "checks", meta: { right: "see" }, component: () => import("./ChecksPage.vue") }];
