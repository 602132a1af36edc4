// Who is signed in, and what they may do. The server decides; this only keeps what is not theirs off the page.
import { ref, shallowRef } from "vue";
import { api } from "@/api/client";
import { setSecret } from "@/api/door";
import type { Me, MeAnswer } from "./types";

export const me = shallowRef<Me | null>(null);
export const setup = ref(false); // there is nobody yet
export const outside = ref(false); // one may sign in elsewhere, too
export const unreachable = ref(false); // the server did not say who is signed in

export function may(right: string): boolean {
  return me.value?.rights.includes(right) ?? false;
}

export function take(answer: MeAnswer): void {
  me.value = answer.me;
  setup.value = answer.setup;
  if (answer.outside !== undefined) outside.value = answer.outside;
  setSecret(answer.csrf);
}

let asked: Promise<void> | null = null;
// Asks once; later calls wait for the same answer.
export function known(): Promise<void> {
  asked ??= api.get<MeAnswer>("/me").then(take, () => void (unreachable.value = true));
  return asked;
}
export async function askAgain(): Promise<void> {
  take(await api.get<MeAnswer>("/me"));
}

export async function signIn(login: string, password: string): Promise<void> {
  take(await api.post<MeAnswer>("/sign-in", { login, password }));
}

// A page that is left open must not show the next person what the last one saw: everything is loaded anew.
export async function signOut(): Promise<void> {
  await api.post("/sign-out");
  window.location.assign("/sign-in");
}

// Where a person's work begins.
export function home(): string {
  if (may("report") && !may("dispatch")) return "/todo"; // what the unit owes
  if (may("see")) return "/";
  if (may("people")) return "/people";
  return may("audit") ? "/audit" : "/welcome";
}
