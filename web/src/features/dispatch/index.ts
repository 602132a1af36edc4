import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/dispatch", name: "dispatch", component: () => import("./DispatchPage.vue") }];
