import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/reports", name: "reports", meta: { right: "see" }, component: () => import("./ReportingPage.vue") }];
