// Documents of every kind in the browser: tables, new versions, the same file again, files that cannot be read.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commitExample, example, importBytes, openPage, startBrowser, startServer } from "./harness.mjs";

const list = readFileSync(join(example("01-province-tasklist"), "tasklist.txt"), "utf8");
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

test("a value in the last column of a wide table comes into view", async () => {
  const info = await importBytes(server.url, "tasks.xlsx", new Uint8Array(readFileSync(join(example("10-xlsx-tasks"), "tasks.xlsx"))));
  const { page, context, faults } = await openPage(browser);
  await page.goto(`${server.url}/import/${info.id}`);
  await page.locator(".source table").first().waitFor();
  for (const field of ["problem", "deadline", "status"]) {
    await page.locator(`.entry [data-field="${field}"] .value`).first().click();
    const lit = page.locator(".source mark.on").first();
    await lit.waitFor();
    await page.waitForTimeout(100);
    const inside = await lit.evaluate((mark) => {
      const frame = mark.closest(".source").getBoundingClientRect();
      const at = mark.getBoundingClientRect();
      return at.left >= frame.left && at.right <= frame.right + 1 && at.top >= frame.top && at.bottom <= frame.bottom;
    });
    assert.ok(inside, `${field} is in view`);
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test("a new version shows what changed, and a person may say that it is none", async () => {
  const changed = list.replace("整改时限：2024年6月底前", "整改时限：2024年9月底前");
  assert.notEqual(changed, list);
  const info = await importBytes(server.url, "任务清单（修订）.txt", new TextEncoder().encode(changed));
  const { page, context, faults } = await openPage(browser);
  await page.goto(`${server.url}/import/${info.id}`);
  await page.getByText(/识别为.*的新版本/).waitFor();
  await page.getByRole("button", { name: "查看变化" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("整改时限").first().waitFor();
  assert.match(await dialog.textContent(), /2024年9月底前/);
  assert.match(await dialog.textContent(), /2024年6月底前/);
  await page.keyboard.press("Escape");
  await page.locator(".tree").getByRole("button", { name: /^有变化/ }).click();
  assert.ok((await page.locator(".tree li button").count()) >= 1);
  await page.getByRole("button", { name: "不是新版本" }).click();
  await page.getByText(/识别为.*的新版本/).waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
  await context.close();
});

test("the same file again is said to be there already", async () => {
  const info = await importBytes(server.url, "又一份.txt", new TextEncoder().encode(list));
  const { page, context } = await openPage(browser);
  await page.goto(`${server.url}/import/${info.id}`);
  await page.getByText("内容完全相同").waitFor();
  await page.getByRole("link", { name: "打开已入账的文件" }).click();
  await page.waitForURL(/\/documents\/\d+/);
  await context.close();
});

test("a file that cannot be read says what is wrong; others go on", async () => {
  const { page, context, faults } = await openPage(browser);
  await page.goto(`${server.url}/import`);
  await page.setInputFiles('input[type="file"][multiple]', [
    { name: "坏文件.docx", mimeType: "application/octet-stream", buffer: Buffer.from("PK\u0003\u0004 broken") },
    { name: "空.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) },
    { name: "好文件.txt", mimeType: "text/plain", buffer: Buffer.from(list.replace("一、", "一、（修改）")) },
  ]);
  await page.getByText("文件是空的（0 字节）").waitFor();
  await page.locator("li.failed", { hasText: "坏文件.docx" }).waitFor({ timeout: 15_000 });
  const said = await page.locator("li.failed", { hasText: "坏文件.docx" }).locator(".says").textContent();
  assert.ok(said.length > 12 && /[。]/.test(said), said);
  await page.locator("li.ready", { hasText: "好文件.txt" }).waitFor({ timeout: 15_000 });
  assert.deepEqual(faults, []);
  await context.close();
});

test("an import is given up only after a question", async () => {
  const info = await importBytes(server.url, "放弃.txt", new TextEncoder().encode(list.replace("江岚省", "江澜省")));
  const { page, context } = await openPage(browser);
  await page.goto(`${server.url}/import/${info.id}`);
  await page.locator("header.head").getByRole("button", { name: "放弃" }).click();
  const dialog = page.getByRole("dialog", { name: "放弃这份导入？" });
  await dialog.getByRole("button", { name: "取消" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.locator("header.head").getByRole("button", { name: "放弃" }).click();
  await dialog.getByRole("button", { name: "放弃" }).click();
  await page.waitForURL(/\/import$/);
  await page.locator(".drop").waitFor();
  assert.equal(await page.getByRole("link", { name: "放弃.txt" }).count(), 0);
  await context.close();
});

test("the bar between values and source moves by arrow keys and stays where it was put", async () => {
  const info = await importBytes(server.url, "分栏.txt", new TextEncoder().encode(list.replace("江岚省", "江蓝省")));
  const { page, context } = await openPage(browser);
  await page.goto(`${server.url}/import/${info.id}`);
  const source = page.locator(".source");
  await source.waitFor();
  const before = (await source.boundingBox()).width;
  await page.getByRole("separator").focus();
  for (let i = 0; i < 4; i += 1) await page.keyboard.press("ArrowLeft");
  const wider = (await source.boundingBox()).width;
  assert.ok(wider > before + 60, `${before} → ${wider}`);
  await page.reload();
  await source.waitFor();
  const after = (await source.boundingBox()).width;
  assert.ok(Math.abs(after - wider) < 2, `${wider} → ${after}`);
  await context.close();
});

test("the page runs no script but the program's own files", async () => {
  const answer = await fetch(server.url);
  const html = await answer.text();
  assert.equal([...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>/g)].length, 0, "no inline script");
  assert.doesNotMatch(html, /https?:\/\//, "nothing from elsewhere");
  const policy = answer.headers.get("content-security-policy");
  if (process.env.ZG_URL) return;
  assert.match(policy, /default-src 'self'/);
  assert.doesNotMatch(policy, /script-src[^;]*unsafe-inline/);
});
