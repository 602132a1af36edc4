// Takes the pictures of docs/office.md anew, from the examples: node docs/images/take.mjs (needs build/zhenggai and
// the browser tests' Chromium).
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readFileSync, writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import { call, checked, commitExample, desk, example, importBytes, openPage, startBrowser, startServer } from "../../tests/browser/harness.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const server = await startServer();
const browser = await startBrowser();
const { page } = await openPage(browser, desk);
const ask = (method, path, body) => call(server.url, method, path, body);

async function shot(name, path, ready) {
  await page.goto(server.url + path);
  await page.locator(ready).first().waitFor();
  await picture(name);
}
async function picture(name) {
  await page.waitForTimeout(300);
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 1366, height: 700 } });
  writeFileSync(join(here, `${name}.png`), await small(picture));
}

// The same picture a little smaller and with its 64 commonest colours: a third of the bytes.
async function small(picture) {
  const { width, height, colours, indexes } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const width = 1093, height = 560;
    const canvas = new OffscreenCanvas(width, height);
    const drawing = canvas.getContext("2d");
    drawing.imageSmoothingQuality = "high";
    drawing.drawImage(bitmap, 0, 0, width, height);
    const { data } = drawing.getImageData(0, 0, width, height);
    const key = (i) => ((data[i] & 0xf8) << 16) | ((data[i + 1] & 0xf8) << 8) | (data[i + 2] & 0xf8);
    const seen = new Map();
    for (let i = 0; i < data.length; i += 4) {
      const at = seen.get(key(i)) ?? { n: 0, rgb: [data[i], data[i + 1], data[i + 2]] };
      at.n += 1;
      seen.set(key(i), at);
    }
    const colours = [...seen.values()].sort((a, b) => b.n - a.n).slice(0, 64).map((at) => at.rgb);
    const nearest = new Map([...seen].map(([k, { rgb }]) => {
      const far = colours.map((c) => c.reduce((sum, v, j) => sum + (v - rgb[j]) ** 2, 0));
      return [k, far.indexOf(Math.min(...far))];
    }));
    const indexes = [];
    for (let i = 0; i < data.length; i += 4) indexes.push(nearest.get(key(i)));
    return { width, height, colours, indexes };
  }, picture.toString("base64"));
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]), out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) rows.set(indexes.slice(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(colours.flat())),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

async function evidence(task, kind, name) {
  const bytes = Buffer.from(`${name}（示例）`);
  const { id } = await ask("POST", "/api/uploads", { name, bytes: bytes.length });
  await call(server.url, "PATCH", `/api/uploads/${id}?offset=0`, new Uint8Array(bytes));
  await ask("POST", `/api/uploads/${id}/finish`, { kind, tie: { kind: "task", id: task } });
}

async function step(task, step, text) {
  const { revision } = await ask("GET", `/api/tasks/${task}/case`);
  await ask("POST", `/api/tasks/${task}/case/steps`, { step, text, revision });
}

// Before anybody is there: a server of its own.
async function setUp() {
  const fresh = await startServer({ fresh: true });
  try {
    await page.goto(/http:\S+\/setup#\S+/.exec(fresh.said())[0]);
    await page.getByText("多人使用（三员分立）").click();
    await page.locator("fieldset").nth(2).waitFor();
    await picture("office-setup");
  } finally {
    await fresh.stop();
  }
}

// Users of an office and of two units, made by the one who may all.
async function people() {
  const units = (await ask("GET", "/api/units?limit=50&q=")).items.filter((u) => u.tasks > 2);
  const make = async (login, name, unit, roles, whole) => {
    const { user } = await ask("POST", "/api/users", { login, name, email: "", unit_id: unit });
    await ask("POST", `/api/users/${user.id}/grant`, { roles, whole, revision: user.revision });
  };
  await make("wenshu", "文书丁", 0, ["clerk"], true);
  await make("zhuren", "主任戊", 0, ["leader"], true);
  await make("tianbao", "填报己", units[0].id, ["reporter"], false);
  await make("yanshou", "验收辛", units[1].id, ["acceptor"], false);
}

async function breakdown(task) {
  const { measures } = await ask("GET", `/api/tasks/${task}`);
  const unit = (await ask("GET", "/api/units?limit=50&q=")).items[0].id;
  const part = Math.floor(100 / measures.length);
  const steps = measures.map((m, i) => ({ measure: i, text: m.text.slice(0, 60), unit, weight: i ? part : 100 - part * (measures.length - 1), deliverable: i ? "完成情况报告" : "工作方案" }));
  const { revision, steps: made } = await ask("PATCH", `/api/tasks/${task}/breakdown`, { revision: 0, steps });
  await ask("POST", `/api/tasks/${task}/breakdown/done`, { revision, step: made[0].id, day: new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10) });
}

try {
  await setUp();
  const file = "tasklist.txt";
  const draft = await importBytes(server.url, "整改任务清单.txt", new Uint8Array(readFileSync(join(example("01-province-tasklist"), file))));
  await shot("office-review", `/import/${draft.id}`, ".entry .fields");
  await ask("DELETE", `/api/imports/${draft.id}`);
  await commitExample(server.url, "01-province-tasklist", file);
  await commitExample(server.url, "03-prefecture-progress", "progress.txt");
  await checked(server.url);
  await shot("office-tasks", "/tasks", "table.tasks");

  const month = new Date().toISOString().slice(0, 7);
  const period = await ask("POST", "/api/periods", { code: month, due: null, rounds: [] });
  const { items } = await ask("GET", `/api/periods/${period.id}/reports?limit=200`);
  const say = async (line, state, text) => {
    const saved = await ask("PATCH", `/api/reports/${line.id}`, {
      revision: line.revision,
      changes: { state, on_schedule: true, text, figures: [{ name: "完成工程量", value: 60, unit: "%", target: 100 }] },
    });
    return ask("POST", `/api/reports/${line.id}/submit`, { revision: saved.revision });
  };
  for (const [i, line] of items.entries())
    if (i % 4 !== 3) await say(line, "in_progress", "主体工程完成六成，正在安装设备，按计划推进。");
  const sent = (await ask("GET", `/api/periods/${period.id}/reports?status=submitted&limit=200`)).items;
  await ask("POST", `/api/periods/${period.id}/accept`, { reports: sent.slice(0, Math.floor(sent.length / 2)).map((r) => r.id) });
  await ask("POST", `/api/periods/${period.id}/return`, { reports: [sent.at(-1).id], remark: "请写明已完成的数量。" });
  await shot("office-board", "/dispatch", ".cells, .cell, table");
  await shot("office-report", `/reports?period=${period.id}&unit=${items[3].unit.id}&report=${items[3].id}`, "textarea");

  const { items: tasks } = await ask("GET", "/api/cases?workflow=region&state=not_started");
  const task = tasks[0].task_id;
  await step(task, "start", "已成立专班，明确责任人和时间表。");
  await step(task, "finish", "整改内容全部完成，设施正常运行。");
  await evidence(task, "self_check", "自验报告.txt");
  await evidence(task, "photo_after", "整改后照片.txt");
  await shot("office-task", `/tasks/${task}`, ".stages .here");
  await shot("office-closeout", "/closeout?workflow=region&state=self_check", ".steps .btn");
  await breakdown(task);
  await page.goto(`${server.url}/tasks/${task}`);
  await page.locator(".breakdown .group").first().scrollIntoViewIfNeeded();
  await picture("office-breakdown");
  await people();
  await shot("office-people", "/people", ".users li");
  await shot("office-todo", "/todo", "main section li");
  await shot("office-evidence", "/evidence", "tbody tr");
  await shot("office-audit", "/audit", ".events li");
} finally {
  await browser.close();
  await server.stop();
}
