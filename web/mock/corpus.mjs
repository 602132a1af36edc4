// Documents for the mock server: text files with their labels, read at run time from ../examples and, where it
// is there, from ../../shared. Spans are found again by comparing text without white space.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const WIDE = /[\uff01-\uff5e]/;
const fold = (c) => (WIDE.test(c) ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : c);

function decode(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

function squeeze(text) {
  const chars = [...text];
  const at = [];
  let out = "";
  chars.forEach((c, i) => {
    if (/\s/.test(c)) return;
    out += fold(c);
    at.push(i);
  });
  return { out, at };
}

function finder(text) {
  const { out, at } = squeeze(text);
  return (words, from = 0, to = Infinity) => {
    const needle = squeeze(words ?? "").out;
    if (!needle) return null;
    let start = 0;
    while (start < at.length && at[start] < from) start += 1;
    let i = out.indexOf(needle, start);
    if (i < 0) i = out.indexOf(needle.slice(0, 24), start);
    if (i < 0 || at[i] >= to) return null;
    const end = out.startsWith(needle, i) ? i + needle.length : i + 24;
    return [at[i], at[Math.min(end, at.length) - 1] + 1];
  };
}

export function blocksOf(text) {
  const blocks = [];
  let at = 0;
  let line = 0;
  for (const l of text.split("\n")) {
    line += 1;
    const n = [...l].length;
    if (l.trim()) {
      blocks.push({ begin: at, end: at + n, kind: "paragraph", level: 0, place: { page: 0, paragraph: line } });
    }
    at += n + 1;
  }
  return blocks;
}

function locate(entry, find, from, to) {
  const spans = {};
  const put = (field, span) => span && (spans[field] = span);
  put("problem", find(entry.problem, from, to));
  const after = spans.problem?.[1] ?? from;
  put("goal", find(entry.goal, after, to));
  put("deadline", entry.deadline && find(entry.deadline.text, after, to));
  put("status", entry.status && find(entry.status.text, after, to));
  const units = (names) => names.map((n) => find(n.replace(/党委|政府|人民/g, ""), after, to) ?? [0, 0]);
  spans.responsible = units(entry.responsible ?? []);
  spans.acceptance = units(entry.acceptance ?? []);
  spans.measures = (entry.measures ?? []).map((m) => find(m.text, after, to) ?? [0, 0]);
  spans.progress = (entry.progress ?? []).map((m) => find(m.text, after, to) ?? [0, 0]);
  spans.entry = [from, to];
  return spans;
}

function prepare(name, bytes, labels) {
  const text = decode(bytes).replace(/\r/g, "").replace(/^\ufeff/, "");
  const find = finder(text);
  const starts = [];
  let from = 0;
  for (const e of labels.tasks) {
    const span = find(e.problem, from) ?? find(e.problem.slice(0, 12), from);
    starts.push(span ? Math.max(from, span[0] - (e.label?.length ?? 0)) : from);
    if (span) from = span[0] + 1;
  }
  const size = [...text].length;
  const tasks = labels.tasks.map((e, i) => {
    const to = starts[i + 1] ?? Math.min(size, starts[i] + 6000);
    const entry = { headings: [], responsible: [], acceptance: [], goal: null, deadline: null, measures: [],
      targets: [], status: null, progress: [], upstream_ordinal: null, doubts: [], ...e };
    entry.spans = locate(entry, find, starts[i], to);
    entry.measures = entry.measures.map((m) => ({ lead: null, acceptance: [], ...m }));
    return entry;
  });
  tasks.forEach((t, i) => {
    if (i % 5 === 1 && t.is_task) {
      t.doubts.push({ field: "responsible", message: `“${t.responsible[0] ?? "责任单位"}”不在单位名录中，已按原文登记为新单位，请核对。`, span: t.spans.responsible[0] });
    }
    if (i % 7 === 2 && t.deadline) {
      t.doubts.push({ field: "deadline", message: `“${t.deadline.text}”可以理解为月初前或月底前，已按月底计，请核对。`, span: t.spans.deadline });
    }
  });
  return { name, text, bytes: bytes.length, blocks: blocksOf(text),
    draft: { title: labels.title, kind: labels.kind, issuer: labels.issuer ?? [], date: labels.date ?? null, tasks, doubts: [] } };
}

export function readCorpus(root) {
  const out = [];
  const examples = join(root, "examples");
  for (const d of existsSync(examples) ? readdirSync(examples).sort() : []) {
    const labels = join(examples, d, "expected.json");
    if (!existsSync(labels)) continue;
    const txt = readdirSync(join(examples, d)).find((f) => f.endsWith(".txt"));
    if (txt) out.push(prepare(`${d}-${txt}`, readFileSync(join(examples, d, txt)), JSON.parse(readFileSync(labels))));
  }
  const shared = join(root, "..", "shared");
  for (const f of existsSync(join(shared, "gold")) ? readdirSync(join(shared, "gold")).sort() : []) {
    if (!f.endsWith(".json")) continue;
    const txt = join(shared, "corpus", basename(f, ".json") + ".txt");
    if (existsSync(txt)) {
      out.push(prepare(basename(txt), readFileSync(txt), JSON.parse(readFileSync(join(shared, "gold", f)))));
    }
  }
  return out;
}
