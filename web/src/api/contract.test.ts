// The UI asks only for what the server describes (src/http/openapi/), and expects only what it promises.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = join(__dirname, "..");
interface Schema {
  properties?: Record<string, unknown>;
  required?: string[];
  allOf?: (Schema & { $ref?: string })[];
  additionalProperties?: unknown;
}
interface OpenApi {
  paths: Record<string, Record<string, { parameters?: { name?: string; $ref?: string }[] }>>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, { name: string }> };
}
const parts = join(root, "..", "..", "src", "http", "openapi");
const openapi: OpenApi = { paths: {}, components: { schemas: {}, parameters: {} } };
for (const name of readdirSync(parts).sort()) {
  const part = JSON.parse(readFileSync(join(parts, name), "utf8")) as Partial<OpenApi>;
  Object.assign(openapi.paths, part.paths);
  Object.assign(openapi.components.schemas, part.components?.schemas);
  Object.assign(openapi.components.parameters, part.components?.parameters);
}

function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((f) => {
    const path = join(dir, f.name);
    if (f.isDirectory()) return sources(path);
    return /\.(ts|vue)$/.test(f.name) && !f.name.endsWith(".test.ts") ? [readFileSync(path, "utf8")] : [];
  });
}

// `/imports/${id}/draft` and /api/imports/{id}/draft are the same path.
function shape(path: string): string {
  return path.replace(/\$\{[^}]*\}|\{[^}]*\}/g, "{}").replace(/^\/api/, "");
}
const described = new Map<string, Set<string>>();
for (const [path, operations] of Object.entries(openapi.paths)) described.set(shape(path), new Set(Object.keys(operations)));

function calls(): { method: string; path: string }[] {
  const out: { method: string; path: string }[] = [];
  for (const text of sources(root)) {
    for (const m of text.matchAll(/\bapi\.(get|post|patch|del)\s*(?:<[^(]*>)?\(\s*[`"]([^`"]+)[`"]/g)) {
      out.push({ method: m[1] === "del" ? "delete" : m[1]!, path: shape(m[2]!) });
    }
    for (const m of text.matchAll(/\bupload\s*(?:<[^(]*>)?\(\s*"([^"]+)"/g)) out.push({ method: "post", path: shape(m[1]!) });
  }
  return out;
}

it("calls only paths and methods that the server has", () => {
  const all = calls();
  expect(all.length).toBeGreaterThan(20);
  const links = all.map((c) => (c.path === "/links/{}/{}" ? { ...c, path: "/links/{}/confirm" } : c));
  const missing = links.filter((c) => !described.get(c.path)?.has(c.method)).map((c) => `${c.method} ${c.path}`);
  expect(missing).toEqual([]);
});

it("filters tasks only by parameters that the server takes", async () => {
  const { filterFromQuery, serverQuery } = await import("../features/tasks/filter");
  const asked = Object.keys(
    serverQuery(
      filterFromQuery({ round: "1", document: "1", unit: "1", unit_name: "x", role: "lead", region: "1", state: "completed", due_from: "2024-01-01",
        due_to: "2024-01-02", overdue: "true", immediate: "true", long_term: "true", behind_schedule: "true", doubt: "true", q: "水", sort: "due", as_of: "2024-01-01" }),
    ),
  );
  const names = openapi.paths["/api/tasks"]!.get!.parameters!.map((p) => p.name ?? openapi.components.parameters[p.$ref!.split("/").pop()!]!.name);
  expect(asked.length).toBe(16);
  expect(asked.filter((n) => !names.includes(n))).toEqual([]);
});

// Our interface names where the server's differ.
const renamed: Record<string, string> = {
  ImportInfo: "Import", TextAnswer: "Text", DocumentInfo: "Document", EntryRow: "DocumentEntry", TaskDetail: "Task", TaskLink: "Link", LedgerEvent: "Event",
};
// Not schemas of their own: parts and helpers.
const helpers = new Set(["Page", "ErrorBody", "UnitRead"]);

function schemaOf(name: string): { properties: Set<string>; required: Set<string>; open: boolean } | null {
  const schema = openapi.components.schemas[renamed[name] ?? name];
  if (!schema) return null;
  const out = { properties: new Set<string>(), required: new Set<string>(), open: schema.additionalProperties === true };
  const take = (s: Schema & { $ref?: string }): void => {
    const own = s.$ref ? openapi.components.schemas[s.$ref.split("/").pop()!]! : s;
    Object.keys(own.properties ?? {}).forEach((p) => out.properties.add(p));
    (own.required ?? []).forEach((p) => out.required.add(p));
    own.allOf?.forEach(take);
  };
  take(schema);
  return out;
}

describe("the shapes in types.ts", () => {
  const file = ts.createSourceFile("types.ts", readFileSync(join(__dirname, "types.ts"), "utf8"), ts.ScriptTarget.ES2020, true);
  const interfaces = file.statements.filter(ts.isInterfaceDeclaration).filter((i) => !helpers.has(i.name.text));
  it.each(interfaces.map((i) => [i.name.text, i] as const))("%s is what the server describes", (name, node) => {
    const schema = schemaOf(name);
    expect(schema, `${name} has no schema`).not.toBeNull();
    const wrong: string[] = [];
    for (const member of node.members.filter(ts.isPropertySignature)) {
      const property = member.name.getText();
      if (!schema!.properties.has(property) && !(schema!.open && member.questionToken)) {
        if (!(member.questionToken && /_units$/.test(property))) wrong.push(`${property} is not described`);
      } else if (!member.questionToken && !schema!.required.has(property)) {
        wrong.push(`${property} may be missing`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
