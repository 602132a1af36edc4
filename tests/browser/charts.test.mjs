// Charts for the wall, from the leaders' overview to the tasks behind a cell, and the plan of supervision.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { call, commitExample, desk, openPage, phone, startBrowser, startServer } from "./harness.mjs";

let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  await commitExample(server.url, "01-province-tasklist", "tasklist.txt");
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("from a leader's figure to its tasks, each one click", async () => {
  const { page, context, faults } = await openPage(browser, desk);
  await page.goto(server.url);
  await page.getByRole("link", { name: /^滞后风险/ }).first().click();
  await page.waitForURL(/\/tasks\?.*at_risk=true/);
  await page.goBack();
  const first = page.locator(".line").first();
  const late = Number((await first.locator("a.n").first().innerText()).replace(/\D/g, ""));
  await first.locator("a.n").first().click();
  await page.waitForURL(/overdue=true/);
  const { total } = await call(server.url, "GET", `/api/tasks?${new URL(page.url()).searchParams.toString().replace(/unit_name=[^&]*&?/, "")}`);
  assert.equal(total, late);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a chart is chosen, narrowed, downloaded, and leads to a task", async () => {
  const { page, context, faults } = await openPage(browser, desk);
  await page.goto(`${server.url}/charts`);
  await page.locator(".paper svg").waitFor();
  await page.getByRole("button", { name: "状态墙" }).click();
  await page.waitForURL(/chart=wall/);
  const { total } = await call(server.url, "GET", "/api/tasks?limit=1");
  await page.locator('.paper svg[aria-label="整改任务状态墙"]').waitFor();
  assert.equal(await page.locator('.paper a[href^="/tasks/"]').count(), total);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "PDF（全部页）" }).click()]);
  assert.match(file.suggestedFilename(), /^整改任务状态墙-\d{4}-\d\d-\d\d\.pdf$/);
  assert.equal(readFileSync(await file.path()).subarray(0, 5).toString(), "%PDF-");
  await page.getByLabel("任务", { exact: true }).selectOption({ label: "已逾期" });
  await page.waitForURL(/show=overdue/);
  const { total: late } = await call(server.url, "GET", "/api/tasks?limit=1&overdue=true");
  await page.waitForFunction((n) => document.querySelectorAll('.paper a[href^="/tasks/"]').length === n, late);
  await page.locator('.paper a[href^="/tasks/"]').first().click();
  await page.waitForURL(/\/tasks\/\d+/);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a stop of supervision is planned, drawn, taken off, and put back", async () => {
  const { page, context, faults } = await openPage(browser, desk);
  await page.goto(`${server.url}/charts?chart=route`);
  await page.getByRole("button", { name: "督导安排" }).click();
  const dialog = page.getByRole("dialog", { name: "督导安排" });
  await dialog.getByLabel("督导组").fill("第一督导组");
  const unit = dialog.getByRole("combobox", { name: "或单位" });
  await unit.fill("市");
  await dialog.locator(".options li").first().click();
  await dialog.getByRole("button", { name: "添加" }).click();
  await dialog.locator("tbody tr").waitFor();
  await dialog.getByRole("button", { name: "撤下" }).click();
  await page.getByRole("button", { name: "撤销", exact: true }).click();
  await dialog.locator("tbody tr").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".paper title", { hasText: "第一督导组" }).first().waitFor({ state: "attached" });
  assert.deepEqual(faults, []);
  await context.close();
});

test("on a phone a chart scrolls inside of its frame", async () => {
  const { page, context, faults } = await openPage(browser, phone);
  await page.goto(`${server.url}/charts?chart=closeout`);
  await page.locator(".paper svg").waitFor();
  const frame = await page.locator(".paper").evaluate((e) => [e.scrollWidth, e.clientWidth, document.documentElement.scrollWidth, innerWidth]);
  assert.ok(frame[0] > frame[1] && frame[2] <= frame[3], String(frame));
  assert.deepEqual(faults, []);
  await context.close();
});
