// Files on their way to the server: two at a time, each in parts, so that a lost connection costs one part. An upload that
// was cut off by closing the page is gone on with when the same file is chosen again (this browser remembers its number).
import { computed, reactive } from "vue";
import { ApiError, api, asApiError, sendBytes } from "@/api/client";
import { t } from "./messages";
import { sizeText } from "./size";
import type { EvidenceFull, UploadInfo } from "./types";
import { loadPlan, tieToTask } from "./useEvidence";

export interface Job {
  key: number;
  file: File;
  form: Record<string, unknown>;
  task: number | null;
  state: "waiting" | "hashing" | "sending" | "paused" | "failed" | "duplicate" | "done";
  sent: number;
  message: string;
  upload: UploadInfo | null;
  anyway: boolean;
  made: number | null; // id of the piece of evidence
}

const AT_ONCE = 2;
const HASHED = 64 * 1024 * 1024; // larger files are not read beforehand
export const jobs = reactive<Job[]>([]);
export const finished = reactive({ n: 0 }); // grows with each file that has become evidence: lists load again
export const running = computed(() => jobs.filter((j) => j.state === "sending" || j.state === "hashing").length);
const requests = new Map<number, XMLHttpRequest>();
let nextKey = 1;

export function enqueue(files: File[], form: Record<string, unknown>, task: number | null): void {
  for (const file of files) {
    jobs.push({ key: nextKey++, file, form, task, state: "waiting", sent: 0, message: "", upload: null, anyway: false, made: null });
  }
  pump();
}

function pump(): void {
  while (running.value < AT_ONCE) {
    const job = jobs.find((j) => j.state === "waiting");
    if (!job) return;
    job.state = "hashing";
    void run(job).finally(pump);
  }
}

async function sha256(file: File): Promise<string> {
  if (file.size > HASHED || !globalThis.crypto?.subtle) return "";
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, "0")).join("");
}

function memoryKey(file: File): string {
  return `upload:${file.name}:${file.size}:${file.lastModified}`;
}

async function begin(job: Job): Promise<UploadInfo> {
  const remembered = Number(localStorage.getItem(memoryKey(job.file)) ?? 0);
  if (remembered) {
    try {
      const there = await api.get<UploadInfo>(`/uploads/${remembered}`);
      if (there.evidence_id === null && there.bytes === job.file.size) return there;
    } catch (error) {
      if (asApiError(error).status === 0) throw error;
    }
    localStorage.removeItem(memoryKey(job.file));
  }
  const digest = await sha256(job.file);
  const started = await api.post<UploadInfo>("/uploads", { name: job.file.name, bytes: job.file.size, sha256: digest || null });
  localStorage.setItem(memoryKey(job.file), String(started.id));
  return started;
}

function sendPart(job: Job, upload: UploadInfo): Promise<UploadInfo> {
  const part = job.file.slice(upload.received, upload.received + upload.part);
  const sent = (bytes: number): void => void (job.sent = upload.received + bytes);
  const begun = (request: XMLHttpRequest): void => void requests.set(job.key, request);
  return sendBytes<UploadInfo>("PATCH", `/uploads/${upload.id}`, { offset: upload.received }, part, sent, begun).catch((error: unknown) => {
    const known = asApiError(error);
    throw known.status === 0 ? new ApiError(0, { code: "network", message: t.offline }) : known;
  });
}

function was(job: Job, state: Job["state"]): boolean {
  return job.state === state;
}

// A part that the server did not acknowledge is tried again after asking how far it is.
async function sendAll(job: Job, upload: UploadInfo): Promise<void> {
  let tries = 0;
  let at = upload;
  while (at.received < at.bytes && was(job, "sending")) {
    try {
      at = await sendPart(job, at);
      job.sent = at.received;
      tries = 0;
    } catch (error) {
      const known = asApiError(error);
      const again = known.status === 0 || known.status === 503 || known.code === "upload.offset" || known.code === "upload.busy";
      if (!was(job, "sending")) return;
      if (!again || (tries += 1) > 4) throw known;
      await new Promise((done) => setTimeout(done, 500 * 2 ** tries));
      at = await api.get<UploadInfo>(`/uploads/${at.id}`).catch(() => at);
    } finally {
      requests.delete(job.key);
    }
  }
}

async function run(job: Job): Promise<void> {
  try {
    const plan = await loadPlan();
    if (job.file.size === 0) throw new ApiError(400, { code: "upload.empty", message: t.empty });
    if (job.file.size > plan.max_bytes) throw new ApiError(413, { code: "upload.too_large", message: t.tooLarge(sizeText(plan.max_bytes)) });
    const upload = job.anyway && job.upload ? job.upload : await begin(job);
    job.upload = upload;
    if (upload.duplicate && !job.anyway) {
      job.state = "duplicate";
      job.message = t.duplicate(upload.duplicate.title);
      return;
    }
    job.state = "sending";
    job.sent = upload.received;
    await sendAll(job, upload);
    if (!was(job, "sending")) return;
    const tie = job.task ? { tie: { kind: "task", id: job.task } } : {};
    const made = await api.post<EvidenceFull>(`/uploads/${upload.id}/finish`, { ...job.form, ...tie });
    end(job, made.id);
  } catch (error) {
    if (was(job, "paused")) return;
    job.state = "failed";
    job.message = asApiError(error).message;
  }
}

function end(job: Job, made: number): void {
  localStorage.removeItem(memoryKey(job.file));
  job.state = "done";
  job.sent = job.file.size;
  job.message = "";
  job.made = made;
  finished.n += 1;
}

export function pause(job: Job): void {
  job.state = "paused";
  requests.get(job.key)?.abort();
}
export function resume(job: Job): void {
  job.state = "waiting";
  job.message = "";
  pump();
}
export function sendAnyway(job: Job): void {
  job.anyway = true;
  resume(job);
}
export async function useThere(job: Job): Promise<void> {
  const there = job.upload?.duplicate;
  if (!there || !job.upload) return;
  try {
    if (job.task) await tieToTask(there.id, job.task);
    await api.del(`/uploads/${job.upload.id}`);
    end(job, there.id);
  } catch (error) {
    job.state = "failed";
    job.message = asApiError(error).message;
  }
}
export async function cancel(job: Job): Promise<void> {
  const sending = job.state === "sending";
  job.state = "paused";
  if (sending) requests.get(job.key)?.abort();
  localStorage.removeItem(memoryKey(job.file));
  if (job.upload) await api.del(`/uploads/${job.upload.id}`).catch(() => null);
  const at = jobs.findIndex((j) => j.key === job.key);
  if (at >= 0) jobs.splice(at, 1);
}
export function clearDone(): void {
  for (let i = jobs.length - 1; i >= 0; i -= 1) if (jobs[i]?.state === "done") jobs.splice(i, 1);
}
