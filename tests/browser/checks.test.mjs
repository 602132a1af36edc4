// What does not add up: shown with both places, answered for, sent out as questions; and seen before a draft is committed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { call, checked, commitExample, example, get, importBytes, openPage, startBrowser, startServer } from "./harness.mjs";

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

test("an empty ledger says that nothing can be checked yet", async () => {
  await page.goto(`${server.url}/checks`);
  await page.getByText("台账里还没有文件").waitFor();
});

test("a wrong share stands in the list with its computation, its words marked in the source", async () => {
  await commitExample(server.url, "03-prefecture-progress", "progress.txt");
  await checked(server.url);
  await page.goto(`${server.url}/checks?kind=ratio`);
  await page.locator(".finding").first().click();
  await page.locator(".sum").getByText("2.91亿 / 4.86亿").waitFor();
  const lit = page.locator(".source mark.on").first();
  await lit.waitFor();
  const box = await lit.boundingBox();
  assert.ok(box && box.y > 100 && box.y < 768, `the words are in view, not at ${box?.y}`);
});

test("of a pair both places can be reached", async () => {
  await page.goto(`${server.url}/checks?kind=copied_text`);
  const tabs = page.locator(".places button");
  await tabs.nth(1).waitFor();
  const first = await page.locator(".source mark.on").first().textContent();
  await tabs.nth(1).click();
  await page.waitForTimeout(300);
  assert.equal(await tabs.nth(1).getAttribute("aria-selected"), "true");
  assert.ok(first.length > 5);
  assert.ok((await page.locator(".source mark").count()) >= 2);
});

test("a person explains one with a reason; it leaves the list and can be called back", async () => {
  await page.goto(`${server.url}/checks?kind=ratio`);
  await page.locator(".finding").first().waitFor();
  await page.keyboard.press("e");
  await page.locator("#reason").fill("完成率按到位资金计算，已补充说明");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByText("这个范围内没有不符之处").waitFor();
  await page.locator("input[type=checkbox]").check();
  await page.locator(".finding .tag.green").waitFor();
  await page.getByText("完成率按到位资金计算").waitFor();
  await page.getByRole("button", { name: "撤回说明" }).click();
  await page.locator("#reason").fill("材料已更正");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByRole("button", { name: "说明", exact: true }).waitFor();
  const events = await call(server.url, "GET", "/api/events?limit=2");
  assert.deepEqual(events.items.map((e) => e.kind), ["finding.reopened", "finding.explained"]);
});

test("what was confirmed is shown too", async () => {
  await page.goto(`${server.url}/checks`);
  await page.getByRole("tab", { name: "核对无误" }).click();
  await page.waitForURL("**view=relations*");
  await page.locator(".finding").first().waitFor();
});

test("questions to units come as a letter and as a table", async () => {
  for (const format of ["docx", "xlsx"]) {
    const answer = await get(server.url, `/api/export/findings.${format}`);
    assert.equal(answer.status, 200);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    assert.equal(String.fromCharCode(bytes[0], bytes[1]), "PK");
  }
});

test("a draft shows what does not hold before it is committed", async () => {
  const text = readFileSync(join(example("03-prefecture-progress"), "progress.txt"), "utf8").replace("霁川市", "云溪市");
  const draft = await importBytes(server.url, "另一市.txt", new TextEncoder().encode(text));
  await page.goto(`${server.url}/import/${draft.id}`);
  await page.locator(".draft-findings summary").click();
  await page.locator(".draft-findings button").first().click();
  await page.locator(".source mark.on").first().waitFor();
  // The related places of a finding, each a button of its own.
  const rows = page.locator(".draft-findings li > button");
  const places = page.locator(".draft-findings .more button.chip");
  for (let i = 0; (await places.count()) < 2; i++) await rows.nth(i).click();
  await places.nth(0).click();
  const here = await page.locator(".source mark.on").allTextContents();
  await places.nth(1).click();
  await page.waitForTimeout(300);
  assert.notDeepEqual(await page.locator(".source mark.on").allTextContents(), here);
  assert.deepEqual(faults, []);
});
