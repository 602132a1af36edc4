// Who may open which page: nobody signed in → sign in first and come back; an initial password → change it first.
import type { RouteLocationNormalized, RouteLocationRaw, Router } from "vue-router";
import { home, known, may, me, setup, unreachable } from "./me";

declare module "vue-router" {
  interface RouteMeta {
    open?: boolean; // for people who are not signed in
    right?: string; // what one must be allowed to do
  }
}

function lead(to: RouteLocationNormalized, from: RouteLocationNormalized): RouteLocationRaw | true {
  if (unreachable.value) return true;
  if (!me.value) {
    if (setup.value) return to.path === "/setup" ? true : { path: "/setup", hash: to.hash };
    if (to.path === "/sign-in") return true;
    return { path: "/sign-in", query: to.path === "/" || to.meta.open ? {} : { to: to.fullPath } };
  }
  if (me.value.must_change) return to.path === "/account" ? true : "/account";
  if (to.meta.open && to.path !== "/setup") return home();
  const first = from.matched.length === 0;
  if (to.path === "/" && (first || !may("see"))) return home() === "/" ? true : home();
  if (to.meta.right && !may(to.meta.right)) return me.value.rights.some((r) => r !== "public" && r !== "signed_in") ? { path: "/welcome", query: { refused: "" } } : "/welcome";
  return true;
}

export function guard(router: Router): void {
  router.beforeEach(async (to, from) => {
    await known();
    return lead(to, from);
  });
}
