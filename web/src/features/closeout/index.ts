import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/closeout", name: "closeout", meta: { right: "see" }, component: () => import("./CloseoutPage.vue") }];
