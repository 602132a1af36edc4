import { createApp } from "vue";
import "@/styles/tokens.css";
import "@/styles/base.css";
import "@/styles/print.css";
import App from "@/App.vue";
import { router } from "@/router";
import "@/session/again";
import { may } from "@/session/me";

createApp(App).use(router).mount("#app");

// The pages one goes to next, fetched while the browser is idle, so that they open at once.
window.setTimeout(() => {
  if (!may("see")) return;
  void import("@/features/tasks/TaskListPage.vue");
  void import("@/features/tasks/detail/TaskPage.vue");
  if (may("import")) void import("@/features/imports/ImportPage.vue");
}, 1500);
