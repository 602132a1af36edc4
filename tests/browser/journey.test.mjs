// What a clerk does in an evening: import → review → commit → find → open the task → open the source.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { example, expected, openPage, startBrowser, startServer } from "./harness.mjs";

const folder = "01-province-tasklist";
const labels = expected(folder);
const count = labels.tasks.filter((t) => t.is_task).length;
// Five characters of the problem that stand together without marks between them.
const plainWords = (task) => /[\u4e00-\u9fff]{5}/.exec(task.problem)[0];
let server;
let browser;
let page;
let faults;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  ({ page, faults } = await openPage(browser));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("an empty ledger says what to do first", async () => {
  await page.goto(server.url);
  if (!process.env.ZG_URL) {
    await page.getByText("台账里还没有任务").waitFor();
    await page.getByRole("link", { name: "导入文件" }).click();
  } else {
    await page.goto(`${server.url}/import`);
  }
  await page.waitForURL("**/import");
});

test("a dropped file is read and leads to its review", async () => {
  await page.setInputFiles('input[type="file"][multiple]', join(example(folder), "tasklist.txt"));
  await page.getByText(`读出 ${count} 项任务`).waitFor({ timeout: 20_000 });
  await page.getByRole("link", { name: "去核对" }).first().click();
  await page.waitForURL(/\/import\/\d+$/);
  await page.getByRole("heading", { level: 1, name: labels.title }).waitFor();
});

test("touching a value lights up its words in the source", async () => {
  await page.locator(".tree li").nth(1).getByRole("button").click();
  const field = page.locator('.entry [data-field="deadline"]');
  await field.hover();
  const lit = page.locator(".source mark.on");
  await lit.first().waitFor();
  assert.equal(await lit.first().textContent(), labels.tasks[1].deadline.text);
  const box = await lit.first().boundingBox();
  assert.ok(box && box.y > 100 && box.y < 768, "the words are in view");
});

test("choosing a value far down brings its words into view", async () => {
  const last = page.locator(".tree li").last().getByRole("button");
  await last.click();
  await page.locator('.entry [data-field="problem"]').click();
  const lit = page.locator(".source mark.on").first();
  await lit.waitFor();
  const box = await lit.boundingBox();
  assert.ok(box && box.y > 90 && box.y < 700, `at ${box?.y}`);
});

test("clicking words in the source chooses their value", async () => {
  await page.locator(".tree li").nth(1).getByRole("button").click();
  const goal = page.locator(".source mark.t-goal").first();
  await goal.click();
  await page.locator('.entry [data-field="goal"].on').waitFor();
});

test("a value is corrected in place, marked, and the correction taken back", async () => {
  const field = page.locator('.entry [data-field="goal"]');
  const old = labels.tasks[1].goal;
  await field.getByRole("button", { name: "修改整改目标" }).click();
  await field.locator("textarea").fill("经核对后的整改目标。");
  await page.keyboard.press("Control+Enter");
  await field.getByText("经核对后的整改目标。").first().waitFor();
  await field.getByText("已改").waitFor();
  assert.match(await field.textContent(), /原读为/);
  await page.locator("header.head").getByRole("button", { name: /撤销/ }).click();
  await field.getByText("已改").waitFor({ state: "detached" });
  assert.ok((await field.textContent()).includes(old.slice(0, 20)));
});

test("units are changed as chips, with new names allowed", async () => {
  const field = page.locator('.entry [data-field="responsible"]');
  await field.getByRole("button", { name: "修改责任单位" }).click();
  await field.getByRole("combobox", { name: /添加单位/ }).fill("省督察整改办");
  await field.getByRole("option", { name: /省督察整改办/ }).click();
  await field.getByRole("button", { name: "保存" }).click();
  await field.locator("li.chip", { hasText: "省督察整改办" }).waitFor();
});

test("a measure is added and the correction counted", async () => {
  const before = labels.tasks[1].measures.length;
  await page.locator(".entry").getByRole("button", { name: "添加措施" }).click();
  await page.locator(".entry").getByLabel("措施内容").fill("建立月调度机制。");
  await page.keyboard.press("Control+Enter");
  await page.locator(`.entry [data-field="measures.${before}"]`).getByText("建立月调度机制。").first().waitFor();
});

test("a doubt is settled by saying that the value is right", async () => {
  const doubts = page.locator(".entry .doubt");
  await page.locator(".tree").getByRole("button", { name: /^存疑/ }).click();
  const rows = page.locator(".tree li button");
  if (!(await rows.count())) return; // this document left none
  await rows.first().click();
  const before = await doubts.count();
  await doubts.first().getByRole("button", { name: "核对无误" }).click();
  await page.waitForFunction((n) => document.querySelectorAll(".entry .doubt").length < n, before);
});

test("committing says what enters the ledger and what comes next", async () => {
  await page.getByRole("button", { name: "提交入账" }).click();
  const dialog = page.getByRole("dialog", { name: "提交入账" });
  await dialog.getByText("归入督察轮次").waitFor();
  const name = dialog.getByLabel("轮次名称");
  if (await name.isVisible()) await name.fill("第二轮中央生态环境保护督察");
  await dialog.getByRole("button", { name: "确认提交" }).click();
  await page.getByRole("heading", { name: "已入账" }).waitFor();
  await page.getByText(`${count} 项任务已进入台账`).waitFor();
});

test("the task is found by filters, which the address keeps", async () => {
  await page.getByRole("link", { name: "查看这份文件的任务" }).click();
  await page.getByText(`共 ${count} 项`).first().waitFor();
  await page.getByRole("combobox", { name: "单位", exact: true }).fill("省督察整改办");
  await page.getByRole("option", { name: /省督察整改办/ }).click();
  await page.getByText("共 1 项").first().waitFor();
  assert.match(page.url(), /unit=\d+/);
  await page.reload();
  await page.getByText("共 1 项").first().waitFor();
  assert.equal(await page.locator("table.tasks tbody tr").count(), 1);
});

test("the list goes out as a spreadsheet of what is shown", async () => {
  await page.getByRole("button", { name: "导出" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /CSV/ }).click()]);
  assert.match(download.suggestedFilename(), /\.csv$/);
  const { readFileSync } = await import("node:fs");
  const text = readFileSync(await download.path(), "utf8");
  assert.ok(text.includes(labels.tasks[1].problem.slice(0, 20)));
  assert.equal(text.trim().split("\n").length, 2, "a line of names and one task");
});

test("search from the keyboard leads to the task", async () => {
  const words = plainWords(labels.tasks[1]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "搜索任务和原文" }).fill(words);
  await page.locator("#palette a").first().waitFor();
  assert.ok((await page.locator("#palette mark").first().textContent()).length >= 2);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tasks\/\d+$/);
});

test("the task shows everything, and its source is one click away", async () => {
  await page.locator('.detail [data-field="deadline"]').click();
  const lit = page.locator(".source mark.on").first();
  await lit.waitFor();
  assert.equal(await lit.textContent(), labels.tasks[1].deadline.text);
  await page.getByRole("link", { name: labels.title }).click();
  await page.waitForURL(/\/documents\/\d+/);
  await page.getByRole("link", { name: "打开任务" }).first().waitFor();
  const shown = await page.locator(".source mark.t-entry").first().textContent();
  assert.ok(shown.length > 3);
});

test("a hit in the text opens the document at that place", async () => {
  const words = plainWords(labels.tasks.at(-1));
  await page.goto(`${server.url}/search?q=${encodeURIComponent(words)}`);
  const hit = page.locator('a[href*="/documents/"]').first();
  await hit.click();
  await page.waitForURL(/at=\d+-\d+/);
  const place = page.locator(".source mark.on").first();
  await place.waitFor();
  const box = await place.boundingBox();
  assert.ok(box && box.y > 90 && box.y < 760, `at ${box?.y}`);
});

test("the overview counts what was committed and leads into the list", async () => {
  await page.goto(server.url);
  const total = page.locator("ul.figures a").first();
  await total.waitFor();
  if (!process.env.ZG_URL) assert.match(await total.textContent(), new RegExp(`整改任务\\s*${count}`));
  await total.click();
  await page.waitForURL(/\/tasks/);
});

test("nothing went wrong on the way", () => assert.deepEqual(faults, []));
