import type { RouteRecordRaw } from "vue-router";

export const routes: RouteRecordRaw[] = [
  { path: "/papers", name: "papers", meta: { right: "see" }, component: () => import("./PapersPage.vue") },
  { path: "/papers/templates", name: "paper-templates", meta: { right: "dispatch" }, component: () => import("./TemplatesPage.vue") },
];

export { default as PaperLinks } from "./PaperLinks.vue";
