// The files being sent in. Lives outside the page, so that one may look elsewhere while they travel.
import { reactive } from "vue";
import { api, asApiError, upload } from "@/api/client";
import type { ImportInfo } from "@/api/types";
import { isNoise, refusal } from "./files";
import { t } from "./messages";

export interface Upload {
  key: number;
  name: string;
  bytes: number;
  file: File | null; // let go once the server has it
  phase: "waiting" | "sending" | "reading" | "ready" | "failed";
  sent: number; // 0 to 1
  info: ImportInfo | null;
  error: string;
  request: string;
}

export const uploads = reactive<Upload[]>([]);
const AT_ONCE = 2;
let nextKey = 1;
let changed: (() => void)[] = [];

// Called whenever an upload comes to an end. → stops it
export function onUploadEnd(run: () => void): () => void {
  changed.push(run);
  return () => (changed = changed.filter((r) => r !== run));
}

export function importError(info: ImportInfo): { message: string; request: string } {
  if (!info.error) return { message: t.failed, request: "" };
  if (typeof info.error === "string") return { message: info.error, request: "" };
  return { message: info.error.message, request: info.error.request ?? "" };
}

function fail(u: Upload, message: string, request = ""): void {
  u.phase = "failed";
  u.error = message;
  u.request = request;
}

// Takes what the server says about the import. → whether it is still being read
function take(u: Upload, info: ImportInfo): boolean {
  u.info = info;
  if (info.state === "reading") {
    u.phase = "reading";
    return true;
  }
  if (info.state === "failed") {
    const { message, request } = importError(info);
    fail(u, message, request);
  } else {
    u.phase = "ready";
  }
  return false;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, ms));
}

async function follow(u: Upload): Promise<void> {
  let pause = 150;
  while (u.info) {
    await wait(pause);
    pause = Math.min(1000, pause * 1.3);
    try {
      if (!take(u, await api.get<ImportInfo>(`/imports/${u.info.id}`))) return;
    } catch (error) {
      if (asApiError(error).status === 0) continue; // the server is away; asked again
      throw error;
    }
  }
}

async function run(u: Upload): Promise<void> {
  if (!u.file) return;
  u.phase = "sending";
  try {
    const info = await upload<ImportInfo>("/imports", { name: u.name }, u.file, (part) => (u.sent = part));
    u.file = null;
    if (take(u, info)) await follow(u);
  } catch (error) {
    const known = asApiError(error);
    fail(u, known.message, known.request);
  }
  changed.forEach((f) => f());
  pump();
}

function pump(): void {
  let busy = uploads.filter((u) => u.phase === "sending" || u.phase === "reading").length;
  for (const u of uploads) {
    if (busy >= AT_ONCE) return;
    if (u.phase !== "waiting") continue;
    busy += 1;
    void run(u);
  }
}

// → how many files were left out as noise
export function addFiles(files: readonly File[]): number {
  const wanted = files.filter((f) => !isNoise(f.name));
  for (const file of wanted) {
    const u = reactive<Upload>({ key: nextKey++, name: file.name, bytes: file.size, file, phase: "waiting", sent: 0, info: null, error: "", request: "" });
    const wrong = refusal(file);
    if (wrong) fail(u, wrong === "empty" ? t.emptyFile : t.tooLarge);
    uploads.push(u);
  }
  pump();
  return files.length - wanted.length;
}

export function again(u: Upload): void {
  if (!u.file || refusal(u.file)) return;
  u.phase = "waiting";
  u.sent = 0;
  pump();
}

export function forget(key: number): void {
  const at = uploads.findIndex((u) => u.key === key);
  if (at >= 0) uploads.splice(at, 1);
}
