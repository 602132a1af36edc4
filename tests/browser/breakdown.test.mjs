// Breakdown in the browser: begun from the measures, moved by keys, saved, done, handed down, printed; the later of two
// is shown the difference. A form goes out, is filled in and comes back; periods open by rule.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { call, commitExample, desk, get, openPage, overflow, phone, root, seriousFindings, startBrowser, startServer } from "./harness.mjs";

let server;
let browser;
let page;
let faults;
let task;
let folder;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  folder = mkdtempSync(join(tmpdir(), "zg-form-"));
  await commitExample(server.url, "01-province-tasklist", "tasklist.txt");
  const { items } = await call(server.url, "GET", "/api/tasks?limit=10");
  task = items.find((t) => t.path === "2");
  ({ page, faults } = await openPage(browser, desk));
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const forgive = (...codes) => faults.splice(0, faults.length, ...faults.filter((f) => !codes.some((code) => f.includes(String(code)))));
const zip = (verb, file, member = "", input = undefined) => execFileSync("python3", [join(root, "tests", "browser", "members.py"), verb, file, member], { encoding: "utf8", maxBuffer: 1 << 24, input });
const breakdown = () => call(server.url, "GET", `/api/tasks/${task.id}/breakdown`);
const step = (n) => page.locator(".editor li").nth(n);
const steps = async () => (await breakdown()).steps.map((s) => s.text);

test("it begins with the measures, one step each, weighed to a hundred", async () => {
  await page.goto(`${server.url}/tasks/${task.id}`);
  await page.getByRole("button", { name: "开始分解" }).click();
  assert.equal(await page.locator(".editor li").count(), 3);
  await page.getByText("权重合计 100").waitFor();
  await step(1).getByRole("combobox", { name: /责任单位/ }).fill("禾丰县政府");
  await page.getByRole("option", { name: /禾丰县政府/ }).first().click();
  await step(1).locator("label", { hasText: "成果" }).locator("input").fill("处罚决定书");
  await page.keyboard.press("Control+Enter");
  await page.getByText("已保存任务分解").waitFor();
  const saved = await breakdown();
  assert.equal(saved.steps.length, 3);
  assert.equal(saved.steps[1].unit.name, "禾丰县政府");
  assert.equal(saved.steps[1].deliverable, "处罚决定书");
});

test("what is missing stands there in sentences", async () => {
  await page.locator(".gaps summary").click();
  await page.locator(".gaps li", { hasText: "没有责任单位" }).first().waitFor();
  await page.locator(".gaps li", { hasText: "一步也没有分到" }).first().waitFor();
});

test("steps are put into another order by keys", async () => {
  const before = await steps();
  await page.getByRole("button", { name: "修改分解" }).click();
  await step(2).locator("textarea").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await page.getByText("已移到第 2 步").waitFor({ state: "attached" });
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press("Control+Enter");
  await page.locator(".editor").waitFor({ state: "detached" });
  assert.deepEqual(await steps(), [before[2], before[0], before[1]]);
});

test("the later of two is shown what differs and nothing is lost", async () => {
  await page.getByRole("button", { name: "修改分解" }).click();
  await step(0).locator("textarea").fill("我写的步骤。");
  const now = await breakdown();
  const sent = now.steps.map(({ id, measure, text, unit, due, deliverable, weight }) => ({ id, measure, text, unit: unit?.id ?? null, due, deliverable, weight }));
  await call(server.url, "PATCH", `/api/tasks/${task.id}/breakdown`, { revision: now.revision, steps: sent.map((s, i) => (i === 1 ? { ...s, text: "别人写的步骤。" } : s)) });
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.locator(".editor .notice td", { hasText: "别人写的步骤。" }).waitFor();
  await page.locator(".editor .notice td", { hasText: "我写的步骤。" }).waitFor();
  await page.getByRole("button", { name: "保存我写的" }).click();
  await page.locator(".editor").waitFor({ state: "detached" });
  assert.equal((await steps())[0], "我写的步骤。");
  forgive(409);
});

test("a step is done with its day, and it counts", async () => {
  const row = page.locator(".group li", { hasText: "我写的步骤。" });
  await row.getByRole("button", { name: "登记完成" }).click();
  await row.getByRole("button", { name: "登记完成" }).first().click();
  await page.locator(".group li.done", { hasText: "我写的步骤。" }).waitFor();
  assert.ok((await breakdown()).progress.done > 0);
});

test("a lower unit gets a task of its own, tied to this one", async () => {
  await page.getByRole("button", { name: "交给下级单位" }).click();
  await page.getByRole("button", { name: "交下去" }).click();
  await page.getByText("已列入禾丰县政府的清单").waitFor();
  await page.getByRole("link", { name: /禾丰县政府 · 其清单任务 1/ }).click();
  await page.locator(".links, h2").filter({ hasText: "关联任务" }).first().waitFor();
  await page.getByText("上级任务", { exact: true }).first().waitFor();
  const { items } = await call(server.url, "GET", `/api/tasks?unit=${(await breakdown()).steps.find((s) => s.unit)?.unit.id}`);
  assert.equal(items.length, 1);
  assert.equal((await call(server.url, "POST", "/api/verify")).ok, true);
});

test("all steps of a lower unit in a document go down at once", async () => {
  const { items } = await call(server.url, "GET", "/api/tasks?limit=10");
  const other = items.find((t) => t.path === "3");
  const lower = (await breakdown()).steps.find((s) => s.unit).unit;
  await call(server.url, "PATCH", `/api/tasks/${other.id}/breakdown`, { revision: 0, steps: [{ text: "核查台账。", unit: lower.id }] });
  await page.goto(`${server.url}/documents/${other.document_id}`);
  await page.getByRole("button", { name: "任务分解" }).click();
  await page.getByRole("button", { name: "交给下级单位…" }).click();
  await page.locator("dialog").getByRole("combobox").fill(lower.name);
  await page.locator("dialog").getByRole("option", { name: new RegExp(lower.name) }).first().click();
  await page.getByRole("button", { name: "交下去" }).click();
  await page.getByText(`已把 1 项任务列入${lower.name}的清单`).waitFor();
  await page.locator("h1", { hasText: `${lower.name}第二轮` }).waitFor();
});

test("the handbook is a Word document", async () => {
  await page.goto(`${server.url}/tasks/${task.id}`);
  const wait = page.waitForEvent("download");
  await page.getByRole("link", { name: "打印交账手册" }).click();
  const file = join(folder, "handbook.docx");
  await (await wait).saveAs(file);
  const xml = zip("read", file, "word/document.xml");
  for (const words of ["整改任务交账手册", "我写的步骤。", "处罚决定书", "w:tblHeader"]) assert.ok(xml.includes(words), words);
});

// Puts words into a cell as a spreadsheet program would.
function fill(file, sheet, cell, words) {
  const part = `xl/worksheets/sheet${sheet}.xml`;
  const xml = zip("read", file, part);
  const now = xml.replace(new RegExp(`<c r="${cell}"[^>]*?(/>|>.*?</c>)`), `<c r="${cell}" t="inlineStr"><is><t>${words}</t></is></c>`);
  assert.notEqual(now, xml, cell);
  zip("replace", file, part, now);
}

let period;
let unit;
test("a period is opened for one round, and a form goes out", async () => {
  await page.goto(`${server.url}/dispatch`);
  await page.getByRole("button", { name: "开新一期" }).click();
  await page.locator("dialog").getByLabel("第二轮中央生态环境保护督察").check();
  await page.getByRole("button", { name: "开始调度" }).click();
  await page.getByText("已开始调度").waitFor();
  period = (await call(server.url, "GET", "/api/periods")).items[0];
  const { items } = await call(server.url, "GET", `/api/periods/${period.id}/board?limit=200`);
  unit = items.find((row) => row.cells.length >= 3).unit;
  const wait = page.waitForEvent("download");
  await page.getByRole("link", { name: "导出上报表" }).click();
  const all = join(folder, "all.zip");
  await (await wait).saveAs(all);
  const names = zip("list", all).trim().split("\n");
  assert.equal(names.length, items.length, "a form for every unit that owes something");
});

test("a wrong cell is named and nothing is taken; put right, the form is submitted", async () => {
  await page.goto(`${server.url}/reports?period=${period.id}&unit=${unit.id}`);
  const wait = page.waitForEvent("download");
  await page.getByRole("link", { name: "导出上报表" }).click();
  const file = join(folder, "form.xlsx");
  await (await wait).saveAs(file);
  fill(file, 1, "E4", "快了");
  fill(file, 1, "F4", "是");
  fill(file, 1, "H4", "离线填写的进展。");
  const take = async () => {
    await page.locator('input[type=file][accept*="xlsx"]').setInputFiles({ name: "表.xlsx", mimeType: "application/octet-stream", buffer: readFileSync(file) });
    await page.getByLabel("填好的任务直接报出").check();
    await page.locator("dialog").getByRole("button", { name: "导入" }).click();
  };
  await take();
  await page.locator("dialog .notice", { hasText: "E4：整改状态“快了”不对" }).waitFor();
  const count = async (status) => (await call(server.url, "GET", `/api/periods/${period.id}/reports?unit=${unit.id}&status=${status}`)).items.length;
  assert.equal(await count("submitted"), 0);
  await page.locator("dialog").getByRole("button", { name: "取消" }).click();
  fill(file, 1, "E4", "正在推进");
  await take();
  await page.getByText("报出1项").waitFor();
  assert.equal(await count("submitted"), 1);
  await page.locator(".list .tag", { hasText: "待审" }).first().waitFor();
  await take();
  await page.locator("dialog .notice", { hasText: "A4：" }).filter({ hasText: "已经报出" }).waitFor();
  await page.keyboard.press("Escape");
  forgive(400);
});

test("forms that came by mail are taken in at 调度, each by itself", async () => {
  const { items } = await call(server.url, "GET", `/api/periods/${period.id}/board?limit=200`);
  const others = items.filter((row) => row.unit.id !== unit.id).slice(0, 2);
  const files = [];
  for (const { unit: other } of others) {
    const file = join(folder, `${other.id}.xlsx`);
    writeFileSync(file, Buffer.from(await (await get(server.url, `/api/periods/${period.id}/form.xlsx?unit=${other.id}`)).arrayBuffer()));
    fill(file, 1, "H4", "发回的进展。");
    files.push(file);
  }
  fill(files[1], 1, "E4", "快了");
  await page.goto(`${server.url}/dispatch`);
  await page.locator('input[type=file][accept*="xlsx"]').setInputFiles(files);
  await page.locator("dialog").getByRole("button", { name: "导入" }).click();
  await page.getByText("存为草稿1项").waitFor();
  await page.locator("dialog .notice", { hasText: "E4：" }).waitFor();
  assert.equal(await page.locator("dialog li").count(), 1, "what was taken is no longer there");
  await page.keyboard.press("Escape");
  forgive(400);
});

test("evidence of the task is cited in the form", async () => {
  const line = (await call(server.url, "GET", `/api/periods/${period.id}/reports?unit=${unit.id}&status=empty`)).items[0];
  await page.goto(`${server.url}/reports?period=${period.id}&unit=${unit.id}&report=${line.id}`);
  await page.getByRole("button", { name: "上传资料" }).click();
  const proof = join(folder, "照片说明.txt");
  writeFileSync(proof, "现场照片说明");
  await page.locator(".form .bar input[type=file]").first().setInputFiles(proof);
  await page.locator(".form fieldset .check", { hasText: "照片说明" }).locator("input").check();
  await page.getByText("已保存", { exact: true }).waitFor();
  const { evidence } = await call(server.url, "GET", `/api/reports/${line.id}`);
  assert.equal(evidence.length, 1);
});

test("the rule that periods open by is kept and told", async () => {
  await page.goto(`${server.url}/dispatch`);
  await page.getByRole("button", { name: "定期调度" }).click();
  await page.getByLabel("每月调度").check();
  await page.getByLabel("第几天截止").fill("25");
  await page.locator(".rule").first().getByRole("button", { name: "保存" }).click();
  await page.getByText("下一期：").waitFor();
  const { rules } = await call(server.url, "GET", "/api/schedule");
  assert.equal(rules[0].active, true);
  assert.equal(rules[0].due, 25);
  await page.getByRole("button", { name: "立即检查并补开" }).click();
  await page.getByText("没有到期要开的调度。").waitFor();
});

test("all of it holds on a desk and on a phone, and can be used without seeing", async () => {
  for (const size of [desk, phone]) {
    const { page: other, faults: own } = await openPage(browser, size);
    await other.goto(`${server.url}/tasks/${task.id}`);
    await other.locator(".breakdown .group").first().waitFor();
    assert.equal(await overflow(other), 0);
    assert.deepEqual(await seriousFindings(other), []);
    await other.getByRole("button", { name: "修改分解" }).click();
    await other.locator(".editor li").first().waitFor();
    assert.equal(await overflow(other), 0);
    assert.deepEqual(await seriousFindings(other), []);
    for (const [path, open] of [["/dispatch", "定期调度"], [`/reports?period=${period.id}&unit=${unit.id}`, null]]) {
      await other.goto(server.url + path);
      await other.waitForTimeout(500);
      if (open) await other.getByRole("button", { name: open }).click();
      await other.waitForTimeout(300);
      assert.equal(await overflow(other), 0, path);
      assert.deepEqual(await seriousFindings(other), []);
    }
    assert.deepEqual(own, []);
    await other.close();
  }
  assert.deepEqual(faults, []);
});
