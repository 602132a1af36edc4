// Short messages at the edge of the window; one may carry an action such as 撤销.
import { reactive } from "vue";
import { asApiError } from "@/api/client";

export interface Toast {
  id: number;
  text: string;
  kind: "done" | "failed";
  detail: string;
  action: { label: string; run: () => void } | null;
}

export const toasts = reactive<Toast[]>([]);
let nextId = 1;

export function dismiss(id: number): void {
  const at = toasts.findIndex((t) => t.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

function push(toast: Omit<Toast, "id">, ms: number): void {
  const id = nextId++;
  toasts.push({ ...toast, id });
  if (toasts.length > 3) toasts.shift();
  window.setTimeout(() => dismiss(id), ms);
}

export function toast(text: string, action: Toast["action"] = null): void {
  push({ text, kind: "done", detail: "", action }, action ? 9000 : 4500);
}

export function toastError(error: unknown): void {
  const known = asApiError(error);
  push({ text: known.message, kind: "failed", detail: known.request ? `请求编号 ${known.request}` : "", action: null }, 12_000);
}
