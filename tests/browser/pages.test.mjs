// Every page on an office screen and on a phone: nothing wider than the window, no errors, nothing that stops a
// person with a disability.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { call, checked, commitExample, desk, example, importBytes, openPage, overflow, phone, seriousFindings, startBrowser, startServer } from "./harness.mjs";

let server;
let browser;
let pages;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  const list = await commitExample(server.url, "01-province-tasklist", "tasklist.txt");
  await commitExample(server.url, "03-prefecture-progress", "progress.txt");
  const draft = await importBytes(server.url, "tasklist.txt", new Uint8Array(readFileSync(join(example("02-prefecture-tasklist-gb18030"), "tasklist.txt"))));
  await checked(server.url);
  await call(server.url, "POST", "/api/articles", { day: "2024-05-06", title: "青河治污见成效", medium: "云川日报", kind: "报纸", level: "省级" });
  await call(server.url, "POST", "/api/articles", { day: "2024-05-13", title: "第三期", medium: "整改简报", kind: "工作简报", pieces: 3 });
  const { items } = await call(server.url, "GET", `/api/tasks?document=${list.document_id}&limit=5`);
  pages = {
    我的待办: ["/todo", ".group, .empty"],
    通知: ["/notices", ".empty, .notice"],
    总览: ["/", "ul.figures"],
    挂图: ["/charts", ".paper svg"],
    督导路线: ["/charts?chart=route", ".paper svg"],
    任务清单: ["/tasks", "table.tasks, ul.cards"],
    任务: [`/tasks/${items[1].id}`, ".source .chunk, .fields"],
    公开: ["/publish", ".list, .empty"],
    宣传报道: ["/publish?view=coverage", ".coverage .line"],
    宣传报道统计: ["/publish?view=coverage&part=counts", ".coverage .tables table"],
    导入: ["/import", ".drop"],
    核对: [`/import/${draft.id}`, ".entry .fields"],
    文件: ["/documents", "table.docs, ul.cards"],
    文件正文: [`/documents/${list.document_id}`, ".source .chunk, .index"],
    核验: ["/checks", ".finding"],
    核对无误: ["/checks?view=relations", ".finding"],
    公文: [`/papers?kind=report&document=${list.document_id}`, ".sheet .figure"],
    函件模板: ["/papers/templates", "table code"],
    单位: ["/units", "table.grid"],
    搜索: ["/search?q=整改", "#hits"],
    我的账号: ["/account", ".sessions li"],
    单位与用户: ["/people", ".users li"],
    审计日志: ["/audit", ".events li"],
    无此页: ["/nowhere", ".empty"],
  };
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const [device, viewport] of [["1366×768", desk], ["390×844", phone]]) {
  test(`every page on ${device}`, async (t) => {
    const { page, context, faults } = await openPage(browser, viewport);
    for (const [name, [path, ready]] of Object.entries(pages)) {
      await t.test(name, async () => {
        faults.length = 0;
        await page.goto(server.url + path);
        await page.locator(ready).first().waitFor({ state: "attached" });
        await page.waitForTimeout(150);
        assert.ok((await overflow(page)) <= 0, "wider than the window");
        if (["任务", "核对", "文件正文", "核验", "核对无误"].includes(name)) {
          const spare = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
          assert.ok(spare <= 0, `panes scroll, the window does not (${spare})`);
        }
        assert.equal(await page.locator("h1").count(), 1, "one heading of the first level");
        assert.ok((await page.title()).length > 2);
        assert.deepEqual(await seriousFindings(page), []);
        assert.deepEqual(faults, []);
      });
    }
    await context.close();
  });
}

test("on a phone, filters and the tabs of a task work", async () => {
  const { page, context, faults } = await openPage(browser, phone);
  await page.goto(`${server.url}/tasks`);
  await page.getByRole("button", { name: /^筛选/ }).click();
  const sheet = page.getByRole("dialog", { name: "筛选" });
  await sheet.getByRole("button", { name: "长期坚持" }).click();
  await page.waitForURL(/long_term=true/);
  await sheet.getByRole("button", { name: /^查看/ }).click();
  await page.locator("ul.cards a").first().click();
  await page.waitForURL(/\/tasks\/\d+/);
  await page.locator('[data-field="problem"]').click();
  await page.locator(".peek mark").waitFor();
  await page.getByRole("tab", { name: "原文" }).click();
  await page.locator(".source mark.on").first().waitFor();
  assert.ok((await overflow(page)) <= 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("on a phone, 更多 opens the pages that do not fit", async () => {
  const { page, context, faults } = await openPage(browser, phone);
  await page.goto(`${server.url}/tasks`);
  const bar = page.locator(".bottombar");
  const more = bar.getByRole("button", { name: "更多" });
  const there = () => bar.locator("a.place").allInnerTexts();
  assert.equal((await there()).length, 5);
  for (const name of ["挂图", "公文", "公开", "审计日志"]) {
    await more.click();
    assert.equal(await more.getAttribute("aria-expanded"), "true");
    assert.ok((await overflow(page)) <= 0);
    assert.deepEqual(await seriousFindings(page), []);
    await bar.getByRole("link", { name, exact: true }).click();
    await page.locator("h1").first().waitFor();
    await page.waitForFunction(() => !document.querySelector(".bottombar .rest"));
    assert.match(await more.getAttribute("class"), /here/, `${name} is behind 更多`);
  }
  await more.click();
  await page.keyboard.press("Escape");
  assert.equal(await more.getAttribute("aria-expanded"), "false");
  assert.ok(await more.evaluate((b) => b === document.activeElement), "the keyboard stays where it was");
  await more.click();
  await page.locator("main").click({ position: { x: 10, y: 10 } });
  assert.equal(await more.getAttribute("aria-expanded"), "false");
  assert.deepEqual(faults, []);
  await context.close();
});

test("the page is printed without navigation, filters or buttons", async () => {
  const { page, context } = await openPage(browser);
  await page.emulateMedia({ media: "print" });
  await page.goto(`${server.url}/tasks`);
  await page.locator("table.tasks").waitFor();
  for (const gone of [".topbar", ".nav", ".filters", ".btn"]) {
    assert.equal(await page.locator(gone).first().isVisible(), false, gone);
  }
  assert.ok(await page.locator("table.tasks").isVisible());
  await context.close();
});
