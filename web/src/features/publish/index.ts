import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [{ path: "/publish", name: "publish", meta: { right: "publish" }, component: () => import("./PublishPage.vue") }];
