import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/charts", name: "charts", meta: { right: "see" }, component: () => import("./ChartsPage.vue") }];
