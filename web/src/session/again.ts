// The session has ended while a page is open: the page stays, with what was typed, and a dialog asks for the password.
// Every request that was refused waits here and goes on afterwards.
import { ref } from "vue";
import { onShut } from "@/api/door";
import { askAgain, me } from "./me";

export const asking = ref(false);
let waiting: (() => void)[] = [];

onShut(
  () => {
    if (me.value === null) return Promise.resolve(); // nobody was signed in; the router leads to the right page
    asking.value = true;
    return new Promise((go) => waiting.push(go));
  },
  askAgain,
);

export function signedInAgain(): void {
  asking.value = false;
  waiting.forEach((go) => go());
  waiting = [];
}
