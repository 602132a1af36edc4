// The places of the main navigation, in order, with the right each one needs. `phone`: its name in the bar at the
// bottom of a phone, which shows the first of them and the rest behind 更多.
import type { IconName } from "@/ui/icons";
import { t } from "./messages";

export interface Entry {
  to: string;
  icon: IconName;
  text: string;
  right: string;
  phone?: string;
}

export const entries: Entry[] = [
  { to: "/todo", icon: "check", text: t.items.todo, right: "see", phone: t.todoShort },
  { to: "/", icon: "overview", text: t.items.overview, right: "see", phone: t.items.overview },
  { to: "/charts", icon: "chart", text: t.items.charts, right: "see" },
  { to: "/tasks", icon: "tasks", text: t.items.tasks, right: "see", phone: t.tasksShort },
  { to: "/dispatch", icon: "clock", text: t.items.dispatch, right: "see" },
  { to: "/reports", icon: "edit", text: t.items.reports, right: "report", phone: t.items.reports },
  { to: "/closeout", icon: "closeout", text: t.items.closeout, right: "see", phone: t.items.closeout },
  { to: "/evidence", icon: "evidence", text: t.items.evidence, right: "see", phone: t.items.evidence },
  { to: "/publish", icon: "export", text: t.items.publish, right: "publish" },
  { to: "/import", icon: "import", text: t.items.import, right: "import", phone: t.items.import },
  { to: "/documents", icon: "documents", text: t.items.documents, right: "see", phone: t.items.documents },
  { to: "/checks", icon: "checks", text: t.items.checks, right: "see", phone: t.items.checks },
  { to: "/papers", icon: "paper", text: t.items.papers, right: "see" },
  { to: "/units", icon: "units", text: t.items.units, right: "see" },
  { to: "/people", icon: "people", text: t.items.people, right: "people", phone: t.peopleShort },
  { to: "/workflows", icon: "workflow", text: t.items.workflows, right: "see" },
  { to: "/audit", icon: "history", text: t.items.audit, right: "audit", phone: t.auditShort },
];
