import type { RouteRecordRaw } from "vue-router";
import OverviewPage from "./OverviewPage.vue";

// The first page comes with the shell, not after it.
export const routes: RouteRecordRaw[] = [{ path: "/", name: "overview", meta: { right: "see" }, component: OverviewPage }];
