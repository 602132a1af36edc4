// A stand-in for the server while developing the UI: answers docs/api.md from memory. `npm run mock`.
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCorpus } from "./corpus.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const corpus = readCorpus(root);
const port = Number(process.env.PORT ?? 8787);
const TODAY = "2024-06-15";

const rounds = [
  { id: 1, name: "第二轮中央生态环境保护督察", level: "central", year: 2022 },
  { id: 2, name: "第一轮省级生态环境保护督察", level: "region", year: 2021 },
];
const documents = [];
const tasks = [];
const imports = [];
const events = [];
let ids = 100;

function event(kind, subject, before, after, extra = {}) {
  events.unshift({ seq: events.length + 1, at: "2024-06-15T10:2" + (events.length % 10) + ":11+08:00", actor: "本机用户", kind, subject,
    before, after, digest: "5f".repeat(32), previous: "ae".repeat(32), ...extra });
}

function commit(doc, roundId) {
  const id = documents.length + 1;
  documents.push({ id, title: doc.draft.title, kind: doc.draft.kind, name: doc.name, round: pick(rounds.find((r) => r.id === roundId)),
    date: doc.draft.date, tasks: doc.draft.tasks.filter((t) => t.is_task).length, committed_at: "2024-06-1" + (id % 9) + "T09:30:00+08:00",
    version_of: null, source: doc });
  const first = tasks.length;
  doc.draft.tasks.forEach((t, i) => {
    const tid = ++ids;
    tasks.push({ id: tid, document_id: id, round: pick(rounds.find((r) => r.id === roundId)), entry: structuredClone(t), revision: 1,
      updated_at: `2024-06-0${1 + (i % 9)}T08:00:00+08:00`, first });
    event("task.created", `task:${tid}`, null, { path: t.path });
  });
  return documents.at(-1);
}
const pick = (r) => r && { id: r.id, name: r.name };
corpus.forEach((d, i) => i !== 1 && commit(d, d.name.includes("round1") ? 2 : 1));

const draftOf = (doc, id, state = "draft") => ({ id, name: doc.name, format: doc.name.split(".").at(-1), bytes: doc.bytes, sha256: "00".repeat(32), sm3: "11".repeat(32),
  state, stage: "draft", percent: 100, error: null, notes: [], ocr: false, title: doc.draft.title, kind: doc.draft.kind,
  issuer: doc.draft.issuer, date: doc.draft.date, tasks: doc.draft.tasks.filter((t) => t.is_task).length,
  doubts: doc.draft.tasks.reduce((n, t) => n + t.doubts.length, 0), duplicate_of: null, supersedes: null, round: pick(rounds[0]),
  corrections: 0, doc: structuredClone(doc), corrected: [], changes: [] });
if (corpus[1]) imports.push(draftOf(corpus[1], 1));

const state = (t) => t.entry.status?.kind ?? "not_stated";
const overdue = (t) => !!t.entry.deadline?.date && t.entry.deadline.date < TODAY && !["completed", "ongoing"].includes(state(t));
const item = (t) => ({ id: t.id, document_id: t.document_id, round: t.round, path: t.entry.path, label: t.entry.label, problem: t.entry.problem.slice(0, 120),
  responsible: t.entry.responsible, acceptance: t.entry.acceptance, due: t.entry.deadline?.date ?? null, deadline_text: t.entry.deadline?.text ?? "",
  immediate: !!t.entry.deadline?.immediate, long_term: !!t.entry.deadline?.long_term, state: state(t), behind_schedule: !!t.entry.status?.behind_schedule,
  overdue: overdue(t), measures: t.entry.measures.length, doubts: t.entry.doubts.length, updated_at: t.updated_at });

const unitNames = () => [...new Set(tasks.flatMap((t) => [...t.entry.responsible, ...t.entry.acceptance]))];
const units = () => unitNames().map((name, i) => ({ id: i + 1, name, kind: /党委/.test(name) ? "party" : /政府/.test(name) ? "government" : "department", level: "prefecture",
  region: null, known: i % 6 !== 0, aliases: [], tasks: tasks.filter((t) => t.entry.responsible.includes(name)).length }));

function filterTasks(q) {
  let list = tasks.filter((t) => t.entry.is_task);
  const has = (k) => q.get(k) !== null && q.get(k) !== "";
  if (has("round")) list = list.filter((t) => String(t.round.id) === q.get("round"));
  if (has("document")) list = list.filter((t) => String(t.document_id) === q.get("document"));
  if (has("state")) list = list.filter((t) => q.get("state").split(",").includes(state(t)));
  if (has("unit")) {
    const name = units().find((u) => String(u.id) === q.get("unit"))?.name;
    list = list.filter((t) => (q.get("role") === "acceptance" ? t.entry.acceptance : t.entry.responsible).includes(name));
  }
  if (has("due_from")) list = list.filter((t) => t.entry.deadline?.date >= q.get("due_from"));
  if (has("due_to")) list = list.filter((t) => t.entry.deadline?.date && t.entry.deadline.date <= q.get("due_to"));
  for (const k of ["immediate", "long_term", "overdue"]) if (has(k)) list = list.filter((t) => item(t)[k]);
  if (has("doubt")) list = list.filter((t) => t.entry.doubts.length);
  if (has("q")) list = list.filter((t) => JSON.stringify(t.entry).includes(q.get("q")));
  const sort = q.get("sort") ?? "number";
  const key = (t) => (sort.endsWith("due") ? t.entry.deadline?.date ?? "9999" : sort.endsWith("state") ? state(t) : sort.endsWith("updated") ? t.updated_at : "");
  if (!sort.endsWith("number")) list = [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return sort.startsWith("-") ? [...list].reverse() : list;
}

function page(list, q, map = (x) => x) {
  const limit = Math.min(200, Number(q.get("limit") ?? 50));
  const from = Number(q.get("after") ?? 0);
  return { items: list.slice(from, from + limit).map(map), next: from + limit < list.length ? String(from + limit) : null, total: list.length };
}

function overview(q) {
  const list = filterTasks(new URLSearchParams(q.get("round") ? { round: q.get("round") } : {}));
  const by_state = {};
  const months = new Map();
  const byUnit = new Map();
  for (const t of list) {
    by_state[state(t)] = (by_state[state(t)] ?? 0) + 1;
    const m = t.entry.deadline?.date?.slice(0, 7);
    if (m) {
      const row = months.get(m) ?? { month: m, due: 0, completed: 0 };
      row.due += 1;
      if (state(t) === "completed") row.completed += 1;
      months.set(m, row);
    }
    for (const u of t.entry.responsible) {
      const row = byUnit.get(u) ?? { name: u, total: 0, completed: 0, overdue: 0 };
      row.total += 1;
      if (state(t) === "completed") row.completed += 1;
      if (overdue(t)) row.overdue += 1;
      byUnit.set(u, row);
    }
  }
  const ids = new Map(units().map((u) => [u.name, u.id]));
  const rows = [...byUnit.values()].sort((a, b) => b.total - a.total).slice(0, 20).map((r) => ({ ...r, unit_id: ids.get(r.name) }));
  return { as_of: q.get("as_of") ?? TODAY, total: list.length, by_state, overdue: list.filter(overdue).length,
    due_soon: list.filter((t) => t.entry.deadline?.date >= TODAY && state(t) !== "completed").sort((a, b) => (a.entry.deadline.date < b.entry.deadline.date ? -1 : 1)).slice(0, 10).map(item),
    by_month: [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1)), by_unit: rows,
    by_region: rows.slice(0, 9).map((r, i) => ({ code: `3301${i}`, name: r.name.slice(0, 3), total: r.total, completed: r.completed, overdue: r.overdue })),
    by_round: rounds.map((r) => ({ id: r.id, name: r.name, total: tasks.filter((t) => t.round.id === r.id && t.entry.is_task).length, completed: 3, overdue: 2 })),
    flags: { immediate: list.filter((t) => item(t).immediate).length, long_term: list.filter((t) => item(t).long_term).length, behind_schedule: 2,
      doubt: list.filter((t) => t.entry.doubts.length).length }, no_date: list.filter((t) => !t.entry.deadline?.date).length };
}

function taskDetail(t) {
  const docTasks = tasks.filter((x) => x.document_id === t.document_id);
  const i = docTasks.indexOf(t);
  const parent = docTasks.find((x) => t.entry.path.startsWith(x.entry.path + ".") && t.entry.path.split(".").length === x.entry.path.split(".").length + 1);
  const ref = (x) => x && { id: x.id, path: x.entry.path, label: x.entry.label, problem: x.entry.problem.slice(0, 120), state: state(x), due: x.entry.deadline?.date ?? null, is_task: x.entry.is_task };
  const doc = documents.find((d) => d.id === t.document_id);
  const others = tasks.filter((x) => x.document_id !== t.document_id && x.entry.is_task);
  const links = [0, 1].map((k) => others[(i * 7 + k * 13) % others.length]).map((x, k) => ({ id: t.id * 10 + k, kind: k ? "follows_up" : "cascades_from", direction: "from",
    state: t["link" + k] ?? (k ? "confirmed" : "proposed"), score: 0.83, reason: "问题表述相近", task: { ...ref(x), document: { id: x.document_id, title: documents.find((d) => d.id === x.document_id).title }, round: x.round } }));
  return { id: t.id, revision: t.revision, document_id: t.document_id, ...structuredClone(t.entry), ...item(t), problem: t.entry.problem, measures: t.entry.measures, doubts: t.entry.doubts,
    round: t.round, document: { id: doc.id, title: doc.title, name: doc.name, kind: doc.kind }, parent: ref(parent) ?? null,
    children: docTasks.filter((x) => x.entry.path.startsWith(t.entry.path + ".")).map(ref), links, versions: [],
    events: events.filter((e) => e.subject === `task:${t.id}`).slice(0, 20), previous: ref(docTasks[i - 1]) ?? null, next: ref(docTasks[i + 1]) ?? null };
}

function setField(entry, field, value) {
  const whole = /^measures\[(\d+)\]$/.exec(field);
  if (whole) {
    if (value === null) return entry.measures.splice(whole[1], 1)[0];
    entry.measures.push({ due: [], lead: null, acceptance: [], ...value });
    return null;
  }
  const m = /^measures\[(\d+)\]\.(\w+)$/.exec(field);
  if (m) {
    const before = entry.measures[m[1]][m[2]];
    entry.measures[m[1]][m[2]] = value;
    return before;
  }
  const before = entry[field];
  entry[field] = Array.isArray(value) ? value.map((v) => v.name ?? v) : value;
  entry.doubts = (entry.doubts ?? []).filter((d) => d.field !== field);
  return before;
}

const fail = (status, code, message, where = "") => ({ status, body: { error: { code, message, where, request: "req-" + Date.now().toString(36) } } });
const summary = ({ doc, corrected, changes, ...rest }) => ({ ...rest, corrections: corrected.length, doubts: doc.draft.tasks.reduce((n, t) => n + t.doubts.length, 0) });

const routes = [
  ["GET", /^\/api\/health$/, () => ({ status: "ok", version: "0.1.0", uptime_seconds: 60 })],
  ["POST", /^\/api\/imports$/, (m, q, body) => {
    const name = q.get("name");
    const doc = corpus.find((d) => d.bytes === body.length) ?? null;
    const id = imports.length + 1;
    const i = doc ? draftOf(doc, id, "reading") : { ...draftOf(corpus[0], id, "reading"), bad: true };
    i.name = name;
    i.percent = 0;
    i.stage = "reading";
    imports.push(i);
    const steps = ["取出原件", "识别任务", "比对单位"];
    let n = 0;
    const timer = setInterval(() => {
      n += 1;
      i.percent = Math.min(100, n * 17);
      i.stage = steps[Math.min(2, Math.floor(n / 2))];
      if (n >= 6) {
        clearInterval(timer);
        i.state = i.bad ? "failed" : "draft";
        if (i.bad) i.error = { code: "document.unreadable", message: `“${name}”不是可识别的公文格式，请另存为 docx、xlsx、pdf 或 txt 后重新导入。`, where: name };
        const same = documents.find((d) => d.source === doc);
        if (same) i.duplicate_of = { id: same.id, name: same.name, committed_at: same.committed_at };
      }
    }, 350);
    return { status: 202, body: summary(i) };
  }],
  ["GET", /^\/api\/imports$/, () => ({ items: imports.filter((i) => !["committed", "discarded"].includes(i.state)).map(summary), next: null, total: imports.length })],
  ["GET", /^\/api\/imports\/(\d+)$/, (m) => summary(imports.find((i) => i.id == m[1]))],
  ["GET", /^\/api\/imports\/(\d+)\/draft$/, (m) => { const i = imports.find((x) => x.id == m[1]); return { draft: i.doc.draft, corrected: i.corrected, changes: i.changes }; }],
  ["GET", /^\/api\/imports\/(\d+)\/text$/, (m) => { const i = imports.find((x) => x.id == m[1]); return { text: i.doc.text, blocks: i.doc.blocks }; }],
  ["PATCH", /^\/api\/imports\/(\d+)\/draft$/, (m, q, body) => {
    const i = imports.find((x) => x.id == m[1]);
    const { path, field, value } = JSON.parse(body);
    const target = path === null ? i.doc.draft : i.doc.draft.tasks.find((t) => t.path === path);
    const before = setField(target, field, value);
    i.corrected.push({ path, field, before, after: value, at: "2024-06-15T10:00:00+08:00" });
    return target;
  }],
  ["POST", /^\/api\/imports\/(\d+)\/undo$/, (m) => {
    const i = imports.find((x) => x.id == m[1]);
    const undone = i.corrected.pop();
    if (!undone) return fail(409, "import.nothing_to_undo", "没有可以撤销的修改。");
    const target = undone.path === null ? i.doc.draft : i.doc.draft.tasks.find((t) => t.path === undone.path);
    setField(target, undone.field, undone.before);
    return { undone, entry: target };
  }],
  ["POST", /^\/api\/imports\/(\d+)\/commit$/, (m, q, body) => {
    const i = imports.find((x) => x.id == m[1]);
    const d = commit(i.doc, JSON.parse(body).round_id ?? 1);
    i.state = "committed";
    return { document_id: d.id, tasks: d.tasks, links: 3, events: d.tasks + 1 };
  }],
  ["DELETE", /^\/api\/imports\/(\d+)$/, (m) => { imports.find((x) => x.id == m[1]).state = "discarded"; return { status: 204, body: null }; }],
  ["GET", /^\/api\/documents$/, (m, q) => page(documents, q, ({ source, ...d }) => d)],
  ["GET", /^\/api\/documents\/(\d+)$/, (m) => { const { source, ...d } = documents[m[1] - 1] ?? {}; return d.id ? { ...d, versions: [] } : fail(404, "document.not_found", "没有找到这份文件，可能已被撤回。请返回文件列表。"); }],
  ["GET", /^\/api\/documents\/(\d+)\/text$/, (m) => { const d = documents[m[1] - 1].source; return { text: d.text, blocks: d.blocks }; }],
  ["GET", /^\/api\/documents\/(\d+)\/entries$/, (m) => tasks.filter((t) => t.document_id == m[1]).map((t) => ({ task_id: t.id, path: t.entry.path, label: t.entry.label, problem: t.entry.problem.slice(0, 60), begin: t.entry.spans.entry[0], end: t.entry.spans.entry[1], is_task: t.entry.is_task }))],
  ["GET", /^\/api\/rounds$/, () => rounds.map((r) => ({ ...r, tasks: tasks.filter((t) => t.round.id === r.id && t.entry.is_task).length }))],
  ["GET", /^\/api\/tasks$/, (m, q) => page(filterTasks(q), q, item)],
  ["GET", /^\/api\/tasks\/(\d+)$/, (m) => { const t = tasks.find((x) => x.id == m[1]); return t ? taskDetail(t) : fail(404, "task.not_found", "没有找到这项任务，请从任务清单重新进入。"); }],
  ["PATCH", /^\/api\/tasks\/(\d+)$/, (m, q, body) => {
    const t = tasks.find((x) => x.id == m[1]);
    const { field, value, reason, revision } = JSON.parse(body);
    if (revision !== t.revision) return fail(409, "task.changed", "这项任务刚被别人改过，请核对最新内容后再改。");
    const before = setField(t.entry, field, value);
    t.revision += 1;
    event("task.corrected", `task:${t.id}`, before, value, { field, reason });
    return taskDetail(t);
  }],
  ["POST", /^\/api\/links\/(\d+)\/(confirm|reject)$/, (m) => { const t = tasks.find((x) => x.id === Math.floor(m[1] / 10)); t["link" + (m[1] % 10)] = m[2] + "ed"; return { id: Number(m[1]), state: m[2] + "ed" }; }],
  ["GET", /^\/api\/units$/, (m, q) => page(units().filter((u) => u.name.includes(q.get("q") ?? "")), q)],
  ["GET", /^\/api\/regions$/, () => [{ code: "330000", name: "江岚省", level: "province", parent: null, tasks: 40 }, { code: "330100", name: "霁川市", level: "prefecture", parent: "330000", tasks: 12 }, { code: "330122", name: "禾丰县", level: "county", parent: "330100", tasks: 3 }]],
  ["GET", /^\/api\/overview$/, (m, q) => overview(q)],
  ["GET", /^\/api\/search$/, (m, q) => {
    const words = q.get("q");
    const hit = (text) => { const i = text.indexOf(words); return [{ text: text.slice(Math.max(0, i - 16), i), hit: false }, { text: words, hit: true }, { text: text.slice(i + words.length, i + 40), hit: false }]; };
    const items = [];
    for (const t of tasks) if (t.entry.problem.includes(words)) items.push({ kind: "task", task_id: t.id, document_id: t.document_id, document: documents[t.document_id - 1].title, path: t.entry.path, begin: 0, end: 0, snippet: hit(t.entry.problem) });
    for (const d of documents) for (const b of d.source.blocks) {
      const line = [...d.source.text].slice(b.begin, b.end).join("");
      if (items.length < 60 && line.includes(words)) items.push({ kind: "paragraph", task_id: null, document_id: d.id, document: d.title, path: null, begin: b.begin + line.indexOf(words), end: b.begin + line.indexOf(words) + words.length, snippet: hit(line) });
    }
    return { items: items.slice(0, Number(q.get("limit") ?? 20)), total: items.length, capped: items.length >= 60 };
  }],
  ["GET", /^\/api\/export\/tasks\.csv$/, (m, q) => ({ status: 200, csv: ["序号,反馈问题", ...filterTasks(q).map((t) => `${t.entry.path},"${t.entry.problem}"`)].join("\r\n") })],
  ["GET", /^\/api\/events$/, (m, q) => page(events, q)],
  ["POST", /^\/api\/verify$/, () => ({ ok: true, events: events.length, documents: documents.length, spans: 1234, breaks: [] })],
];

createServer((req, res) => {
  const url = new URL(req.url, "http://x");
  const chunks = [];
  req.on("data", (c) => chunks.push(c));
  req.on("end", () => {
    const body = Buffer.concat(chunks);
    let answer = fail(404, "http.not_found", "没有这个地址。");
    for (const [method, pattern, run] of routes) {
      const m = pattern.exec(url.pathname);
      if (m && method === req.method) {
        try {
          answer = run(m, url.searchParams, body);
        } catch (e) {
          answer = fail(500, "internal", "服务器内部错误：" + e.message);
        }
        break;
      }
    }
    const wrapped = typeof answer?.status === "number" ? answer : { status: 200, body: answer };
    setTimeout(() => {
      if (wrapped.csv) {
        res.writeHead(200, { "content-type": "text/csv; charset=utf-8", "content-disposition": 'attachment; filename="tasks.csv"' });
        res.end(wrapped.csv);
        return;
      }
      res.writeHead(wrapped.status, { "content-type": "application/json; charset=utf-8" });
      res.end(wrapped.body === null ? "" : JSON.stringify(wrapped.body));
    }, Number(process.env.DELAY ?? 30));
  });
}).listen(port, "127.0.0.1", () => console.log(`mock: http://127.0.0.1:${port}, ${documents.length} documents, ${tasks.length} entries`));
