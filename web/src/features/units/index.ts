import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/units", name: "units", meta: { right: "see" }, component: () => import("./UnitsPage.vue") }];
