import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/audit", name: "audit", meta: { right: "audit" }, component: () => import("./AuditPage.vue") }];
