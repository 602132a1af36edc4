import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/reports", name: "reports", component: () => import("./ReportingPage.vue") }];
