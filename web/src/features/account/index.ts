import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  { path: "/account", name: "account", component: () => import("./AccountPage.vue") },
  { path: "/setup", name: "setup", meta: { open: true }, component: () => import("./SetupPage.vue") },
];
