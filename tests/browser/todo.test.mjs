// 我的待办: what has to be done is listed where one looks first, and each line leads to where it is done.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { call, checked, commitExample, desk, openPage, overflow, phone, startBrowser, startServer } from "./harness.mjs";

let server;
let browser;
let sent;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  await commitExample(server.url, "01-province-tasklist", "tasklist.txt");
  await checked(server.url);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a report that was sent in is the office's to accept, one click away, and gone when decided", async () => {
  const now = new Date();
  const code = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;
  const period = await call(server.url, "POST", "/api/periods", { code, due: null, rounds: [] });
  const { items } = await call(server.url, "GET", `/api/periods/${period.id}/reports?limit=5`);
  sent = items[0];
  const draft = await call(server.url, "PATCH", `/api/reports/${sent.id}`, { revision: 1, changes: { state: "in_progress", on_schedule: true, text: "正在施工。" } });
  await call(server.url, "POST", `/api/reports/${sent.id}/submit`, { revision: draft.revision });

  for (const viewport of [desk, phone]) {
    const { page, context, faults } = await openPage(browser, viewport);
    await page.goto(`${server.url}/todo`);
    const group = page.getByRole("region", { name: "待审的上报" });
    await group.getByText("1项").waitFor();
    assert.ok((await overflow(page)) <= 0);
    assert.match(await group.locator("li").first().innerText(), new RegExp(sent.unit.name));
    await group.locator("li a").first().click();
    await page.waitForURL(new RegExp(`/reports\\?.*report=${sent.id}`));
    await page.locator("h1", { hasText: sent.unit.name }).waitFor();
    await page.waitForFunction(() => [...document.querySelectorAll("textarea")].some((area) => area.value === "正在施工。"));
    assert.deepEqual(faults, []);
    await context.close();
  }

  await call(server.url, "POST", `/api/periods/${period.id}/accept`, { reports: [sent.id], remark: null });
  const { page, context } = await openPage(browser);
  await page.goto(`${server.url}/todo`);
  await page.locator("h1").waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.getByRole("region", { name: "待审的上报" }).count(), 0);
  assert.equal(await page.locator("nav a").first().innerText(), "我的待办");
  await context.close();
});

test("contacts of a unit are kept on the page of units; a wrong address is said", async () => {
  const { page, context } = await openPage(browser);
  await page.goto(`${server.url}/units`);
  await page.getByRole("button", { name: `${sent.unit.name}的联系人` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("姓名").fill("李四");
  await dialog.getByLabel("邮箱").fill("lisi@example.cn");
  await dialog.getByRole("button", { name: "添加" }).click();
  await dialog.getByText("lisi@example.cn").waitFor();
  const kept = await call(server.url, "GET", `/api/contacts?unit=${sent.unit.id}`);
  assert.equal(kept.items[0].name, "李四");
  await dialog.getByRole("button", { name: "去掉 李四" }).click();
  await dialog.getByText("还没有联系人").waitFor();
  await context.close();
});
