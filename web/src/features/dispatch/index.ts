import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/dispatch", name: "dispatch", meta: { right: "see" }, component: () => import("./DispatchPage.vue") }];
