import type { RouteRecordRaw } from "vue-router";

export { default as EvidenceSection } from "./EvidenceSection.vue";
export const routes: RouteRecordRaw[] = [{ path: "/evidence", name: "evidence", meta: { right: "see" }, component: () => import("./EvidencePage.vue") }];
