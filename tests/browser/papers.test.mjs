// Papers: composed, looked at, a figure opened, handed out as a file; a letter's template changed and gone back to.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { call, commitExample, desk, openPage, startBrowser, startServer } from "./harness.mjs";

let server;
let browser;
let page;
let faults;
let list;
const folder = mkdtempSync(join(tmpdir(), "zg-papers-"));

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  list = await commitExample(server.url, "01-province-tasklist", "tasklist.txt");
  ({ page, faults } = await openPage(browser, desk));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function downloaded(button) {
  const wait = page.waitForEvent("download");
  await button.click();
  const file = join(folder, (await wait).suggestedFilename());
  await (await wait).saveAs(file);
  return { name: file.slice(folder.length + 1), bytes: readFileSync(file) };
}

test("a report is shown, its figures lead to their tasks, and it is handed out", async () => {
  await page.goto(`${server.url}/papers?kind=report&document=${list.document_id}`);
  const { total } = await call(server.url, "GET", `/api/tasks?document=${list.document_id}&limit=1`);
  await page.locator(".sheet .figure").first().waitFor();
  assert.equal(await page.locator(".sheet .body .figure").first().textContent(), String(total));
  await page.locator(".sheet .body .figure").first().click();
  await page.getByRole("dialog", { name: `全部整改任务：${total}项` }).waitFor();
  assert.equal(await page.locator(".things li").count(), total);
  await page.keyboard.press("Escape");
  const { name, bytes } = await downloaded(page.locator('[data-format="docx"]'));
  assert.match(name, /^整改落实情况报告-\d{4}-\d\d-\d\d\.docx$/);
  assert.equal(bytes.subarray(0, 2).toString(), "PK");
  const { items } = await call(server.url, "GET", `/api/events?document=${list.document_id}`);
  assert.equal(items[0].kind, "paper.issued");
});

test("a letter starts from the task, and what is missing is said", async () => {
  const { items } = await call(server.url, "GET", `/api/tasks?document=${list.document_id}&limit=5`);
  await page.goto(`${server.url}/tasks/${items[1].id}`);
  await page.getByRole("link", { name: "督办函" }).click();
  await page.waitForURL(/\/papers/);
  await page.getByText("还要选择单位").waitFor();
  await page.getByRole("combobox", { name: "单位" }).fill("霁川");
  await page.getByRole("option", { name: /霁川市政府/ }).first().click();
  await page.locator(".sheet .title").first().waitFor();
  assert.match(await page.locator(".sheet .recipients").textContent(), /^霁川市政府：$/);
  await page.getByLabel("发文字号").fill("江环[2026]012号");
  await page.getByLabel("发文字号").press("Tab");
  await page.getByText("年份用六角括号").waitFor();
  await page.getByLabel("发文字号").fill("江环整督〔2026〕12号");
  await page.getByLabel("发文字号").press("Tab");
  await page.locator(".sheet").getByText("江环整督〔2026〕12号").waitFor();
});

test("a letter's template is downloaded, uploaded again, and the one built in comes back", async () => {
  await page.goto(`${server.url}/papers/templates`);
  await page.getByText("正在用内置模板").waitFor();
  const { name, bytes } = await downloaded(page.getByRole("link", { name: "下载模板" }));
  assert.equal(name, "督办函模板.docx");
  await page.locator('input[type="file"]').setInputFiles({ name: "我们的督办函.docx", mimeType: "application/octet-stream", buffer: bytes });
  await page.getByText("正在用自己的模板").waitFor();
  await page.getByText("我们的督办函.docx").first().waitFor();
  await page.locator('input[type="file"]').setInputFiles({ name: "坏.docx", mimeType: "application/octet-stream", buffer: Buffer.from("PK nothing") });
  await page.getByText("模板没有启用").waitFor();
  await page.getByRole("button", { name: "改回内置模板" }).click();
  await page.getByText("正在用内置模板").waitFor();
  assert.equal((await call(server.url, "POST", "/api/verify")).ok, true);
  assert.deepEqual(faults.filter((f) => !/40\d/.test(f)), []);
});
