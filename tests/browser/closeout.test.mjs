// A task goes to close-out in the browser: what is missing is said, evidence is added where it is asked for, a return
// needs its reason, the later of two is told; the pictures of the workflows; a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { call, commitExample, desk, importBytes, openPage, overflow, phone, seriousFindings, startBrowser, startServer } from "./harness.mjs";

let server;
let browser;
let page;
let faults;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  ({ page, faults } = await openPage(browser, desk));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const stage = (name) => page.locator(".board button", { hasText: name });
const n = async (name) => Number(await stage(name).locator("b").textContent());
async function submit(button, text) {
  await page.locator(".decide textarea").first().fill(text);
  await page.getByRole("button", { name: button }).click();
}

test("an empty ledger says where tasks come from", async () => {
  await page.goto(`${server.url}/closeout`);
  await page.getByText("还没有进入流程的任务").waitFor();
});

test("the page opens on work; a step moves the task, and the board counts it", async () => {
  await commitExample(server.url, "01-province-tasklist", "tasklist.txt");
  await page.goto(`${server.url}/closeout`);
  await page.locator(".line").first().waitFor();
  await page.waitForURL("**state=not_started*");
  const waiting = await n("未启动");
  assert.ok(waiting >= 3);
  await page.locator(".steps .btn.primary").first().waitFor(); // keys act on what is there
  await page.keyboard.press("1");
  await submit("确认办理", "已部署，明确责任人。");
  await page.getByText("已办理：启动整改").waitFor();
  await page.waitForFunction((was) => document.querySelector(".board b")?.textContent === String(was - 1), waiting);
  assert.equal(await n("整改中"), 1);
});

test("what is missing is said, and can be added there; then the step is open", async () => {
  await stage("整改中").click();
  await page.locator(".steps .btn.primary", { hasText: "整改完成" }).first().waitFor();
  await page.keyboard.press("1");
  await submit("确认办理", "主体工程完工。");
  await page.getByText("已办理：整改完成").waitFor();
  await stage("自验").click();
  const apply = page.getByRole("button", { name: "自验合格，申请验收" });
  await apply.waitFor();
  assert.ok(await apply.isDisabled());
  await page.locator(".needs").getByText("资料“自验报告”1份（已有0份）").waitFor();
  for (const kind of ["自验报告", "整改完成情况报告"]) {
    await page.locator(".evidence .missing button", { hasText: kind }).click();
    await page.locator(".evidence input[type=file]").first().setInputFiles({ name: `${kind}.txt`, mimeType: "text/plain", buffer: Buffer.from(kind) });
    await page.locator(".needs .met", { hasText: kind }).waitFor();
  }
  assert.ok(!(await apply.isDisabled()));
});

test("a return needs its reason and is told in the history", async () => {
  await page.keyboard.press("r");
  const send = page.getByRole("button", { name: "确认退回" });
  await send.waitFor();
  assert.ok(await send.isDisabled());
  await submit("确认退回", "现场仍有渗滤液外排。");
  await page.getByText("这一环节没有任务").waitFor();
  await stage("整改中").click();
  await page.getByText("现场仍有渗滤液外排。").waitFor();
});

test("the later of two is shown what is now, and keeps what was typed", async () => {
  const { items } = await call(server.url, "GET", "/api/cases?workflow=region&state=rectifying");
  await page.goto(`${server.url}/closeout?workflow=region&state=rectifying`);
  await page.locator(".steps .btn.primary").first().waitFor();
  await page.keyboard.press("1");
  await page.locator(".decide textarea").first().fill("我写的完成情况。");
  const seen = await call(server.url, "GET", `/api/tasks/${items[0].task_id}/case`);
  await call(server.url, "POST", `/api/tasks/${items[0].task_id}/case/steps`, { step: "finish", text: "别人先办了。", revision: seen.revision });
  await page.getByRole("button", { name: "确认办理" }).click();
  await page.getByText("这项任务刚被别人办理过").waitFor();
  await page.getByText("别人先办了。").waitFor();
  const { history } = await call(server.url, "GET", `/api/tasks/${items[0].task_id}/case`);
  assert.equal(history[0].text, "别人先办了。");
  faults.splice(0, faults.length, ...faults.filter((f) => !f.includes("409")));
});

test("the task page has the stage bar, the next steps, and every event readable", async () => {
  const { items } = await call(server.url, "GET", "/api/cases?workflow=region&state=self_check");
  await page.goto(`${server.url}/tasks/${items[0].task_id}`);
  await page.locator(".stages .here", { hasText: "自验" }).waitFor();
  await page.locator(".history").getByText("退回继续整改").waitFor();
  await page.locator(".history").getByText("别人先办了。").waitFor();
  const raw = await page.locator(".history b, .history p").allTextContents();
  assert.ok(!raw.some((text) => /case\.|evidence\.|report\./.test(text)), `an event is not told in words: ${raw}`);
});

test("each workflow is drawn with its states, and a state leads to its tasks", async () => {
  await page.goto(`${server.url}/workflows`);
  await page.locator("svg .box").first().waitFor();
  const names = await page.locator("svg").filter({ hasText: "自治区验收" }).locator(".box .name").allTextContents();
  assert.deepEqual(names, ["未启动", "整改中", "自验", "州级（行业）验收", "公示", "自治区验收", "销号", "公开", "长期坚持", "回头看"]);
  await page.locator("svg").filter({ hasText: "自治区验收" }).locator(".box", { hasText: "自验" }).click();
  await page.waitForURL("**/closeout?workflow=region&state=self_check");
});

test("what is closed is drawn for a look-back; where nothing is, that is said", async () => {
  await page.goto(`${server.url}/closeout`);
  const begin = page.getByRole("button", { name: "回头看", exact: true });
  await begin.click();
  await page.locator("dialog textarea").fill("随机抽查。");
  await page.getByRole("button", { name: "抽取并开始" }).click();
  await page.locator("dialog").getByText("没有已销号的任务").waitFor();
  faults.splice(0, faults.length, ...faults.filter((f) => !f.includes("404")));

  const report = [1, 2, 3].map((k) => `${"一二三"[k - 1]}、第${k}座污水处理厂超标排放。\n整改状态：已完成\n责任单位：青河市党委、政府\n整改时限：2019年底前\n整改进展：\n已完成提标改造。\n`);
  const info = await importBytes(server.url, "报告.txt", new TextEncoder().encode(`云川省第一轮中央生态环境保护督察整改情况的报告\n附件：具体问题整改进展情况\n${report.join("")}`));
  await call(server.url, "PATCH", `/api/imports/${info.id}/draft`, { path: null, field: "kind", value: "report" });
  await call(server.url, "POST", `/api/imports/${info.id}/commit`, { round: { name: "第一轮中央生态环境保护督察", level: "central", number: 1, year: 2017 } });
  await page.reload();
  await begin.click();
  await page.locator("dialog input[type=number]").first().fill("2");
  await page.locator("dialog textarea").fill("随机抽查。");
  await page.getByRole("button", { name: "抽取并开始" }).click();
  await page.locator("dialog").getByText("从3项里抽出2项").waitFor();
  await page.getByRole("button", { name: "完成", exact: true }).click();
  await page.waitForFunction(() => [...document.querySelectorAll(".board button")].some((b) => b.textContent.includes("回头看") && b.querySelector("b").textContent === "2"));
});

test("pages hold on a desk and on a phone, and can be used without seeing", async () => {
  for (const size of [desk, phone]) {
    const { page: other, faults: own } = await openPage(browser, size);
    for (const path of ["/closeout?workflow=region&state=not_started", "/workflows"]) {
      await other.goto(server.url + path);
      await other.waitForTimeout(700);
      assert.equal(await overflow(other), 0, `${path} is wider than ${size.width}`);
      assert.deepEqual(await seriousFindings(other), []);
    }
    if (size === phone) {
      await other.goto(`${server.url}/closeout?workflow=region&state=not_started`);
      await other.locator(".line").first().click();
      await other.getByRole("button", { name: "启动整改" }).click();
      await other.locator(".decide textarea").first().fill("已部署。");
      await other.getByRole("button", { name: "确认办理" }).click();
      await other.getByText("已办理：启动整改").waitFor();
      await other.locator(".line").first().waitFor();
    }
    assert.deepEqual(own, []);
    await other.close();
  }
  assert.deepEqual(faults, []);
});
