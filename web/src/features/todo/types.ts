// As openapi/todo.json gives them.
export type TodoKind = "returned" | "late" | "due" | "accept" | "owing" | "breakdown" | "steps" | "findings" | "letters" | "notices";
export interface TodoItem {
  title: string;
  note: string;
  due: string | null;
  days_left: number | null;
  link: string;
}
export interface TodoGroup {
  kind: TodoKind;
  total: number;
  more: boolean;
  items: TodoItem[];
}
export interface Todo {
  office: boolean;
  unit: { id: number; name: string } | null;
  today: string;
  unread: number;
  groups: TodoGroup[];
}
export interface Notice {
  id: number;
  day: string;
  kind: "reminder" | "verify";
  title: string;
  lines: { text: string; link: string; late: boolean }[];
  at: string;
  read: boolean;
}
export interface NoticePage {
  items: Notice[];
  next: string | null;
  unread: number;
}
export interface Letter {
  id: number;
  name: string;
  email: string;
  subject: string;
  state: "waiting" | "on_its_way" | "sent" | "given_up";
  tries: number;
  said: string;
  done_at: string;
}
export interface LetterPage {
  items: Letter[];
  next: string | null;
  waiting: number;
  given_up: number;
  on: boolean;
}
export interface Contact {
  id: number;
  unit_id: number | null;
  name: string;
  email: string;
}
