// How the UI talks to the server: JSON in, JSON out, every failure an ApiError with a sentence a person can act on.
import { letInAgain, secretHeader } from "./door";
import { serverGone, serverBack } from "./presence";
import type { ErrorBody } from "./types";

export class ApiError extends Error {
  readonly code: string;
  readonly status: number; // 0: no answer
  readonly where: string;
  readonly request: string;
  readonly current: unknown; // 409: what it is now, as its GET answers; else null

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.code = body.code;
    this.status = status;
    this.where = typeof body.where === "string" ? body.where : body.where ? JSON.stringify(body.where) : "";
    this.request = body.request ?? "";
    this.current = body.current ?? null;
  }
}

type Scalar = string | number | boolean | null | undefined;
export type Query = Record<string, Scalar>;

// `/tasks` + {q: "水", after: null} → /api/tasks?q=水 ; empty values are left out.
export function apiUrl(path: string, query?: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") params.set(key, String(value));
  }
  const tail = params.toString();
  return `/api${path}${tail ? `?${tail}` : ""}`;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

// Whatever was thrown, as an ApiError.
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(0, { code: "ui.unexpected", message: `页面出现意外错误：${String(error)}。请刷新后重试。` });
}

export function readError(status: number, text: string, headerId: string | null): ApiError {
  try {
    const parsed = JSON.parse(text) as { error?: ErrorBody };
    if (parsed.error?.message) {
      return new ApiError(status, { ...parsed.error, request: parsed.error.request ?? headerId ?? "" });
    }
  } catch {
    // not JSON: said below
  }
  const message = status >= 500 ? "服务器处理失败，请稍后重试。" : `请求未被接受（${status}），请刷新页面后重试。`;
  return new ApiError(status, { code: `http.${status}`, message, request: headerId ?? "" });
}

interface Options {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
}

async function call<T>(method: string, path: string, options: Options = {}, second = false): Promise<T> {
  let response: Response;
  try {
    const headers: Record<string, string> = { accept: "application/json" };
    if (method !== "GET") Object.assign(headers, secretHeader());
    const init: RequestInit = { method, headers };
    if (options.signal) init.signal = options.signal;
    if (options.body !== undefined) {
      init.body = JSON.stringify(options.body);
      headers["content-type"] = "application/json";
    }
    response = await fetch(apiUrl(path, options.query), init);
  } catch (error) {
    if (isAbort(error)) throw error;
    serverGone();
    throw new ApiError(0, { code: "network", message: "连接不到服务器，请检查服务是否已启动或网络是否畅通。" });
  }
  serverBack();
  const text = await response.text();
  if (!response.ok) {
    const error = readError(response.status, text, response.headers.get("x-request-id"));
    if (!second && (await letInAgain(error.status, error.code))) return call<T>(method, path, options, true);
    throw error;
  }
  return (text ? JSON.parse(text) : null) as T;
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>("GET", path, { query, signal }),
  post: <T>(path: string, body?: unknown, query?: Query) => call<T>("POST", path, { body, query }),
  patch: <T>(path: string, body: unknown) => call<T>("PATCH", path, { body }),
  del: <T>(path: string) => call<T>("DELETE", path),
};

// Sends bytes as the raw body and tells how many have gone out. `begun` gets the request, to be able to cut it off.
export async function sendBytes<T>(
  method: "POST" | "PATCH",
  path: string,
  query: Query,
  bytes: Blob,
  sent: (bytes: number) => void,
  begun: (request: XMLHttpRequest) => void = () => {},
  second = false,
): Promise<T> {
  try {
    return await new Promise<T>((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, apiUrl(path, query));
      request.setRequestHeader("content-type", "application/octet-stream");
      for (const [name, value] of Object.entries(secretHeader())) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => sent(event.loaded);
      request.onerror = () => {
        serverGone();
        reject(new ApiError(0, { code: "network", message: "上传中断：连接不到服务器。网络恢复后请重新上传。" }));
      };
      request.onabort = () => reject(new ApiError(0, { code: "aborted", message: "上传已停下。" }));
      request.onload = () => {
        serverBack();
        if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T);
        else reject(readError(request.status, request.responseText, request.getResponseHeader("x-request-id")));
      };
      begun(request);
      request.send(bytes);
    });
  } catch (error) {
    const known = asApiError(error);
    if (second || !(await letInAgain(known.status, known.code))) throw known;
    return sendBytes<T>(method, path, query, bytes, sent, begun, true);
  }
}

// A whole file; `sent` is told the part that has gone out (0 to 1).
export function upload<T>(path: string, query: Query, file: Blob, sent: (part: number) => void): Promise<T> {
  return sendBytes<T>("POST", path, query, file, (bytes) => file.size && sent(Math.min(1, bytes / file.size)));
}
