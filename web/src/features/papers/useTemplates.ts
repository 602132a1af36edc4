// The only caller of the server for papers' templates.
import { api, apiUrl, readError } from "@/api/client";
import { secretHeader } from "@/api/door";
import { useLoad } from "@/api/useLoad";
import type { Pages } from "./types";

export interface TemplateField {
  name: string;
  meaning: string;
  example: string;
  list: boolean;
  fields: TemplateField[];
}
export interface Template {
  kind: string;
  title: string;
  builtin: boolean;
  versions: { id: number; name: string; bytes: number; in_use: boolean; uploaded_by: string; uploaded_at: string }[];
  fields: TemplateField[];
}

export function useTemplate(kind: () => string) {
  return useLoad((signal) => api.get<Template>("/papers/template", { kind: kind() }, signal), kind);
}

export function drawTemplate(kind: string): Promise<Pages> {
  return api.get<Pages>("/papers/template/pages", { kind });
}

export function templateUrl(kind: string, version?: number): string {
  return apiUrl("/papers/template.docx", { kind, version });
}

export async function putTemplate(kind: string, file: File): Promise<Template> {
  const response = await fetch(apiUrl("/papers/template", { kind, name: file.name.slice(0, 200) }), {
    method: "POST",
    headers: { "content-type": "application/octet-stream", ...secretHeader() },
    body: file,
  });
  const text = await response.text();
  if (!response.ok) throw readError(response.status, text, response.headers.get("x-request-id"));
  return JSON.parse(text) as Template;
}

export function dropTemplate(kind: string): Promise<Template> {
  return api.post<Template>("/papers/template/builtin", { kind });
}
