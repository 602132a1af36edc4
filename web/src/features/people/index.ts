import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/people", name: "people", meta: { right: "people" }, component: () => import("./PeoplePage.vue") }];
