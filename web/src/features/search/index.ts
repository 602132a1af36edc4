import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/search", name: "search", meta: { right: "see" }, component: () => import("./SearchPage.vue") }];
