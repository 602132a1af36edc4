// Evidence as a person keeps it: upload on the task page, see it, find it in the catalogue and the list; on a phone too.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { call, commitExample, desk, openPage, overflow, phone, seriousFindings, startBrowser, startServer } from "./harness.mjs";

let server, browser, task;
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGNgmHYLDxqVvkXINAD3iY+dnzD1YgAAAABJRU5ErkJggg==",
  "base64",
);

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  await commitExample(server.url, "01-province-tasklist", "tasklist.txt");
  task = (await call(server.url, "GET", "/api/tasks?limit=1")).items[0];
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("upload on the task page, preview, catalogue, list", async () => {
  const { page, context, faults } = await openPage(browser, desk);
  await page.goto(`${server.url}/tasks/${task.id}`);
  const evidence = page.locator(".evidence");
  await evidence.getByRole("button", { name: "整改后照片" }).click();
  await evidence.locator('input[type="file"]').first().setInputFiles([
    { name: "断面整改后.png", mimeType: "image/png", buffer: png },
    { name: "<i>说明.txt", mimeType: "text/plain", buffer: Buffer.from("已完成。<script>window.bad = 1</script>") },
  ]);
  await evidence.getByText("已记入台账").nth(1).waitFor();
  const missing = await evidence.locator(".missing").textContent();
  assert.ok(!missing.includes("整改后照片"), missing);
  assert.ok(missing.includes("整改前照片"), missing);
  await evidence.locator("li .link", { hasText: "断面整改后" }).click();
  const picture = page.locator("dialog img");
  await picture.waitFor();
  await page.waitForFunction(() => document.querySelector("dialog img")?.naturalWidth === 10);
  assert.deepEqual(await seriousFindings(page), []);
  await page.keyboard.press("Escape");
  await page.goto(`${server.url}/evidence`);
  await page.getByRole("searchbox").fill("说明");
  await page.locator("tbody tr").nth(1).waitFor({ state: "detached" });
  await page.locator("tbody .link").first().click();
  await page.locator("dialog .text").waitFor();
  assert.ok((await page.locator("dialog .text").textContent()).includes("<script>"));
  assert.equal(await page.evaluate(() => window.bad), undefined);
  assert.deepEqual(faults, []);
  await context.close();
});

test("the same file again is recognised before it is sent", async () => {
  const { page, context, faults } = await openPage(browser, desk);
  await page.goto(`${server.url}/evidence`);
  await page.locator('input[type="file"]').first().setInputFiles([{ name: "又一次.png", mimeType: "image/png", buffer: png }]);
  await page.getByText("台账里已有同样的文件").waitFor();
  await page.getByRole("button", { name: "关联已有的" }).click();
  await page.getByText("已记入台账").waitFor();
  const list = await call(server.url, "GET", "/api/evidence");
  assert.equal(list.items.length, 2);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a line that breaks in the middle is gone on with", async () => {
  const { page, context } = await openPage(browser, desk);
  await page.goto(`${server.url}/evidence`);
  let cut = 0;
  await page.route("**/api/uploads/*?offset=8388608", (route) => ((cut += 1) === 1 ? route.abort() : route.continue()));
  const large = Buffer.alloc(20 << 20, 7);
  await page.locator('input[type="file"]').first().setInputFiles([{ name: "大文件.bin", mimeType: "application/octet-stream", buffer: large }]);
  await page.getByText("已记入台账").waitFor({ timeout: 20_000 });
  assert.equal(cut, 2);
  const list = await call(server.url, "GET", "/api/evidence?limit=1");
  assert.equal(list.items[0].bytes, large.length);
  await context.close();
});

test("on a phone nothing is wider than the screen and the camera is offered", async () => {
  const { page, context, faults } = await openPage(browser, phone);
  await page.goto(`${server.url}/evidence`);
  await page.locator("tbody .link").first().waitFor();
  assert.equal(await overflow(page), 0);
  assert.equal(await page.locator('input[capture="environment"][accept="image/*"]').count(), 1);
  await page.getByRole("button", { name: "拍照上传" }).waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  assert.deepEqual(faults, []);
  await context.close();
});
