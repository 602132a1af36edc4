// Whether the server answers. After a failed request it is asked every few seconds until it is back.
import { ref } from "vue";

export const online = ref(true);
export const returned = ref(0); // grows each time the server comes back; pages reload what failed

let timer = 0;

async function ask(): Promise<void> {
  try {
    const answer = await fetch("/api/health", { cache: "no-store" });
    if (answer.ok) {
      serverBack();
      return;
    }
  } catch {
    // still gone
  }
  timer = window.setTimeout(ask, 3000);
}

export function serverGone(): void {
  if (!online.value) return;
  online.value = false;
  timer = window.setTimeout(ask, 1500);
}

export function serverBack(): void {
  if (online.value) return;
  window.clearTimeout(timer);
  online.value = true;
  returned.value += 1;
}
