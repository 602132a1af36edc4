import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/closeout", name: "closeout", component: () => import("./CloseoutPage.vue") }];
