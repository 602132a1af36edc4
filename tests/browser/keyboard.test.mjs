// Everything without a mouse; what happens when the server goes away or another person was quicker.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { call, commitExample, importBytes, openPage, startBrowser, startServer } from "./harness.mjs";

let server;
let browser;
let list;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  list = await commitExample(server.url, "01-province-tasklist", "tasklist.txt");
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("the first stop of the tab key skips to the content", async () => {
  const { page, context } = await openPage(browser);
  await page.goto(server.url);
  await page.locator("ul.figures").waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "跳到正文");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
  await context.close();
});

test("j, j, Enter opens the second task; j goes on in the list's order", async () => {
  const { page, context, faults } = await openPage(browser);
  await page.goto(`${server.url}/tasks?document=${list.document_id}&sort=-number`);
  const rows = page.locator("table.tasks tbody tr");
  await rows.first().waitFor();
  const hrefs = await rows.locator("td.problem a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${hrefs[1]}`);
  await page.locator(".detail").waitFor();
  await page.keyboard.press("j");
  await page.waitForURL(`**${hrefs[2]}`);
  await page.keyboard.press("k");
  await page.waitForURL(`**${hrefs[1]}`);
  await page.goBack();
  await page.waitForURL(/\/tasks\?.*sort=-number/);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a dialog keeps the focus and gives it back", async () => {
  const { page, context } = await openPage(browser);
  await page.goto(`${server.url}/tasks`);
  await page.locator("table.tasks").waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "键盘操作" }).waitFor();
  for (let i = 0; i < 5; i += 1) await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement === document.body || !!document.activeElement?.closest("dialog")));
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await context.close();
});

test("sorting is told to screen readers and kept in the address", async () => {
  const { page, context } = await openPage(browser);
  await page.goto(`${server.url}/tasks`);
  await page.getByRole("button", { name: "按整改时限排序" }).click();
  await page.waitForURL(/sort=due/);
  assert.equal(await page.locator("th.due").getAttribute("aria-sort"), "ascending");
  await page.getByRole("button", { name: "按整改时限排序" }).click();
  await page.waitForURL(/sort=-due/);
  assert.equal(await page.locator("th.due").getAttribute("aria-sort"), "descending");
  await context.close();
});

test("a correction needs a reason and enters the history", async () => {
  const { page, context, faults } = await openPage(browser);
  const { items } = await call(server.url, "GET", `/api/tasks?document=${list.document_id}&limit=5`);
  await page.goto(`${server.url}/tasks/${items[2].id}`);
  const field = page.locator('.detail [data-field="status"]');
  await field.getByRole("button", { name: "修改整改状态" }).click();
  await field.locator("select").selectOption("completed");
  await field.getByRole("button", { name: "保存" }).click();
  await field.getByText("请写明修改理由").waitFor();
  await field.getByLabel("修改理由").fill("依据现场核查记录");
  await field.getByRole("button", { name: "保存" }).click();
  await field.getByText("已完成").waitFor();
  await page.locator(".history").getByText("依据现场核查记录").waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test("who comes second sees both versions and decides", async () => {
  const { page, context, faults } = await openPage(browser);
  const { items } = await call(server.url, "GET", `/api/tasks?document=${list.document_id}&limit=5`);
  const id = items[3].id;
  await page.goto(`${server.url}/tasks/${id}`);
  const field = page.locator('.detail [data-field="goal"]');
  await field.getByRole("button", { name: "修改整改目标" }).click();
  await field.locator("textarea").fill("我改的目标。");
  await field.getByLabel("修改理由").fill("核对原文");
  const { revision } = await call(server.url, "GET", `/api/tasks/${id}`);
  await call(server.url, "PATCH", `/api/tasks/${id}`, { field: "goal", value: "同事先改的目标。", reason: "会议纪要", revision });
  await field.getByRole("button", { name: "保存" }).click();
  const dialog = page.getByRole("dialog", { name: "这项内容刚被修改过" });
  await dialog.getByText("同事先").waitFor();
  await dialog.getByRole("button", { name: "仍用我的修改" }).click();
  await dialog.waitFor({ state: "detached" });
  assert.equal((await call(server.url, "GET", `/api/tasks/${id}`)).goal, "我改的目标。");
  assert.deepEqual(faults.filter((f) => !f.includes("409")), []);
  await context.close();
});

test("a server that does not answer is said, and the page goes on when it is back", async () => {
  const { page, context } = await openPage(browser);
  await page.goto(`${server.url}/tasks`);
  await page.locator("table.tasks").waitFor();
  await page.route("**/api/**", (route) => route.abort());
  await page.getByRole("button", { name: "按整改状态排序" }).click();
  await page.getByText("连接不到服务器").first().waitFor();
  await page.unroute("**/api/**");
  await page.locator("table.tasks").waitFor({ timeout: 8000 });
  await page.getByText("连接不到服务器").first().waitFor({ state: "detached" });
  await context.close();
});

test("a failed request shows the sentence and the number to give to the administrator", async () => {
  const { page, context } = await openPage(browser);
  await page.route("**/api/units**", (route) =>
    route.fulfill({ status: 503, contentType: "application/json", body: JSON.stringify({ error: { code: "store.busy", message: "数据库正忙，请稍后重试。", where: "", request: "r-42" } }) }),
  );
  await page.goto(`${server.url}/units`);
  await page.getByText("数据库正忙，请稍后重试。").waitFor();
  await page.getByText("r-42").waitFor();
  await page.unroute("**/api/units**");
  await page.getByRole("button", { name: "重试" }).click();
  await page.locator("table.grid").waitFor();
  await context.close();
});

// A list of 400 tasks, about 200,000 characters.
function longList() {
  const lines = ["某省督察整改任务清单", ""];
  const han = "一二三四五六七八九";
  const number = (n) => {
    const [h, t, u] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
    return (h ? `${han[h - 1]}百` : "") + (t ? `${han[t - 1]}十` : h && u ? "零" : "") + (u ? han[u - 1] : "");
  };
  for (let i = 1; i <= 400; i += 1) {
    lines.push(
      `${number(i)}、第${i}处污水处理设施运行不正常。${"督察发现，配套管网建设滞后，部分生活污水未经处理直接排放，影响下游水质。".repeat(6)}`,
      "责任单位：省住房城乡建设厅、省生态环境厅",
      "验收单位：省生态环境厅",
      `整改目标：${"管网配套到位，设施稳定运行，污水得到有效收集处理。".repeat(3)}`,
      `整改时限：${2023 + (i % 3)}年${1 + (i % 12)}月底前`,
      "整改措施：",
      `1.${"开展管网排查，建立问题清单，明确责任单位和完成时限。".repeat(3)}`,
      `2.${"加快建设改造，完善长效管护机制，定期开展监测评估。".repeat(3)}`,
    );
  }
  return lines.join("\n");
}

test("in a long document any words are in view at once", async (t) => {
  if (process.env.ZG_URL) return t.skip("needs the real server");
  const text = longList();
  assert.ok(text.length > 150_000);
  const info = await importBytes(server.url, "长清单.txt", new TextEncoder().encode(text));
  const { page, context, faults } = await openPage(browser);
  await page.goto(`${server.url}/import/${info.id}`);
  await page.locator(".entry .fields").waitFor();
  const row = page.locator(".tree li").nth(380).getByRole("button");
  await row.scrollIntoViewIfNeeded();
  await row.click();
  const took = await page.evaluate(async () => {
    const start = performance.now();
    document.querySelector('.entry [data-field="deadline"]').click();
    for (;;) {
      await new Promise((done) => requestAnimationFrame(done));
      const lit = document.querySelector(".source mark.on");
      const at = lit?.getBoundingClientRect();
      if (at && at.top > 60 && at.bottom < innerHeight) return performance.now() - start;
      if (performance.now() - start > 5000) return 5000;
    }
  });
  assert.ok(took < 500, `${Math.round(took)} ms`);
  t.diagnostic(`words of task 381 in view after ${Math.round(took)} ms`);
  assert.deepEqual(faults, []);
  await context.close();
});
