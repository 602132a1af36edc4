// The contents page of the UI: every feature brings its routes.
import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";
import { routes as dispatch } from "@/features/dispatch";
import { routes as closeout } from "@/features/closeout";
import { routes as account } from "@/features/account";
import { routes as audit } from "@/features/audit";
import { routes as charts } from "@/features/charts";
import { routes as checks } from "@/features/checks";
import { routes as documents } from "@/features/documents";
import { routes as evidence } from "@/features/evidence";
import { routes as imports } from "@/features/imports";
import { routes as overview } from "@/features/overview";
import { routes as papers } from "@/features/papers";
import { routes as people } from "@/features/people";
import { routes as publish } from "@/features/publish";
import { routes as reporting } from "@/features/reporting";
import { routes as search } from "@/features/search";
import { routes as tasks } from "@/features/tasks";
import { routes as todo } from "@/features/todo";
import { routes as units } from "@/features/units";
import { routes as workflows } from "@/features/workflows";
import { routes as session } from "@/session";
import { guard } from "@/session/guard";

const routes: RouteRecordRaw[] = [
  ...overview,
  ...charts,
  ...todo,
  ...tasks,
  ...dispatch,
  ...reporting,
  ...closeout,
  ...evidence,
  ...publish,
  ...imports,
  ...documents,
  ...checks,
  ...papers,
  ...units,
  ...workflows,
  ...search,
  ...people,
  ...audit,
  ...account,
  ...session,
  { path: "/:rest(.*)*", component: () => import("@/shell/NotFoundPage.vue") },
];

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => {
    if (saved) return saved;
    return to.path === from.path ? undefined : { top: 0 };
  },
});
guard(router);
