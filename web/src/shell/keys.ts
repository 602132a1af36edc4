// Keys that act on the whole page. They rest while one types, and while a dialog is open.
import { onActivated, onBeforeUnmount, onDeactivated, onMounted } from "vue";

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

// "j", "Enter", "mod+k" (Ctrl or ⌘).
export function keyName(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return `${event.ctrlKey || event.metaKey ? "mod+" : ""}${event.altKey ? "alt+" : ""}${key}`;
}

export function useKeys(keys: KeyMap): void {
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const name = keyName(event);
    const run = keys[name];
    if (!run || document.querySelector("dialog[open]")) return;
    if (isTyping(event.target) && name !== "mod+k") return;
    // Enter and space belong to what has the focus.
    if ((name === "Enter" || name === " ") && event.target instanceof HTMLElement && event.target.closest("a, button, summary")) return;
    event.preventDefault();
    run(event);
  }
  const listen = (): void => document.addEventListener("keydown", onKey);
  const rest = (): void => document.removeEventListener("keydown", onKey);
  onMounted(listen);
  onActivated(listen);
  onDeactivated(rest);
  onBeforeUnmount(rest);
}
