// The public site in a real browser with JavaScript off, and the office's page that fills it.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { desk, overflow, phone, root, seriousFindings, signIn, startBrowser, openPage } from "./harness.mjs";

const binary = process.env.ZG_BINARY ?? join(root, "build", "zhenggai");
const password = "shan-gao-shui-chang-8";
const data = mkdtempSync(join(tmpdir(), "zg-public-"));
let child;
let office;
let site;
let one;
let two;
let browser;
let tasks;

async function ask(who, method, path, body) {
  const raw = body instanceof Uint8Array;
  const answer = await fetch(office + path, {
    method,
    headers: { cookie: who.cookie, "x-csrf-token": who.csrf, "content-type": raw ? "application/octet-stream" : "application/json" },
    body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
const refs = (items) => ({ items: items.map(({ id, revision }) => ({ id, revision })) });
async function release(proposal) {
  const { items: made } = await ask(one, "POST", "/api/publications", proposal);
  const { items: sent } = await ask(one, "POST", "/api/publications/submit", refs(made));
  return (await ask(two, "POST", "/api/publications/release", refs(sent))).items;
}

before(async () => {
  writeFileSync(join(data, "zhenggai.toml"), '[public]\nlisten = "127.0.0.1:0"\ntitle = "云川省整改情况公开"\noffice = "云川省整改办"\n');
  for (const login of ["one", "two"]) {
    execFileSync(binary, ["user", "add", login, "--name", login, "--alone", "--password-stdin", "--data", data], { input: `${password}\n`, stdio: ["pipe", "ignore", "inherit"] });
  }
  const args = ["serve", "--data", data, "--port", "0"];
  if (process.env.ZG_WEB_ROOT) args.push("--web-root", process.env.ZG_WEB_ROOT);
  child = spawn(binary, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  [office, site] = await new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`did not start: ${said}`)), 20_000);
    child.stderr.on("data", (bytes) => {
      said += bytes;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/g);
      if (found?.length === 2) {
        clearTimeout(timer);
        done(found);
      }
    });
  });
  one = await signIn(office, "one", password);
  two = await signIn(office, "two", password);
  browser = await startBrowser();
  let taken = await ask(one, "POST", "/api/imports?name=list.txt", new Uint8Array(readFileSync(join(root, "examples", "01-province-tasklist", "tasklist.txt"))));
  for (let i = 0; taken.state === "reading" && i < 200; i += 1) {
    await new Promise((done) => setTimeout(done, 50));
    taken = await ask(one, "GET", `/api/imports/${taken.id}`);
  }
  const { document_id } = await ask(one, "POST", `/api/imports/${taken.id}/commit`, { round: { name: "第二轮督察", level: "central", year: 2022 } });
  const { items } = await ask(one, "GET", "/api/publications/candidates?closed=false&limit=200");
  tasks = items.map((i) => i.task_id);
  await release({ tasks: tasks.slice(1) });
  await release({ round_id: items[0].round.id, text: "一、总体情况\n正在推进。联系人：张三丰，电话：13812345678。" });
  await release({ document_id, text: "清单全文。" });
});
after(async () => {
  await browser?.close();
  const ended = new Promise((done) => child.on("exit", done));
  child.kill("SIGTERM");
  await ended;
  rmSync(data, { recursive: true, force: true });
});

const pages = () => ({
  首页: "/",
  任务: "/tasks",
  查找: "/tasks?q=污水",
  一项任务: `/tasks/${tasks[1]}`,
  轮次: "/rounds/1",
  图表: "/charts",
  文件: "/files",
  数据: "/data",
  没有: "/nothing",
});

for (const [device, viewport] of [["1366×768", desk], ["390×844", phone]]) {
  test(`every public page reads without JavaScript on ${device}`, async (t) => {
    const { page: plain, context } = await openPage(browser, viewport, { signedIn: false });
    const reading = await browser.newContext({ viewport, javaScriptEnabled: false, locale: "zh-CN" });
    const still = await reading.newPage();
    for (const [name, path] of Object.entries(pages())) {
      await t.test(name, async () => {
        await still.goto(site + path);
        assert.ok((await still.locator("main").innerText()).length > 10);
        assert.equal(await still.locator("h1").count(), 1);
        assert.equal(await still.locator("html").getAttribute("lang"), "zh-CN");
        await plain.goto(site + path);
        assert.ok((await overflow(plain)) <= 0, "wider than the window");
        assert.deepEqual(await seriousFindings(plain), []);
      });
    }
    await reading.close();
    await context.close();
  });
}

test("the first page with all that it needs is small, and asks nobody else", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  let bytes = 0;
  const hosts = new Set();
  page.on("response", async (response) => {
    hosts.add(new URL(response.url()).origin);
    bytes += gzipSync(await response.body()).length;
  });
  await page.goto(site, { waitUntil: "networkidle" });
  assert.ok(bytes > 500 && bytes <= 150 * 1024, `${bytes}`);
  assert.deepEqual([...hosts], [site]);
  assert.deepEqual(await context.cookies(), []);
  await context.close();
});

test("search by keyboard; personal data is nowhere; what is not released is not there", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site);
  await page.keyboard.press("Tab");
  assert.equal(await page.locator(":focus").innerText(), "跳到正文");
  await page.getByRole("searchbox").fill("矿山");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tasks\?q=/);
  assert.ok((await page.locator(".lines li").count()) > 0);
  await page.goto(`${site}/rounds/1`);
  const text = await page.locator("main").innerText();
  assert.match(text, /张某某/);
  assert.doesNotMatch(text, /三丰|13812345678/);
  assert.equal((await page.goto(`${site}/tasks/${tasks[0]}`)).status(), 404);
  await context.close();
});

test("in the office: propose, hide a word by hand, see the page, submit; another one releases and withdraws", async () => {
  const look = async (who, path, slow) => {
    const opened = await openPage(browser, desk, { signedIn: false });
    if (slow) {
      await opened.page.route(slow, async (route) => {
        const answer = await route.fetch();
        await new Promise((done) => setTimeout(done, 1000));
        await route.fulfill({ response: answer });
      });
    }
    await opened.context.addCookies([{ name: "zg_session", value: who.cookie.slice("zg_session=".length), url: office, httpOnly: true, sameSite: "Strict" }]);
    await opened.page.goto(office + path);
    return opened;
  };
  // What was asked first is answered last: the list stays that of the later question.
  const mine = await look(one, "/publish", /candidates\?.*closed=true/);
  await mine.page.getByLabel("只看已销号").uncheck();
  await mine.page.locator(".line input").first().waitFor();
  await mine.page.waitForTimeout(1200);
  await mine.page.locator(".line input").first().check();
  await mine.page.getByRole("button", { name: "拟公开（1）" }).click();
  await mine.page.waitForURL(/view=draft/);
  const words = mine.page.locator('[data-field="problem"] [data-begin]').first();
  const hidden = (await words.innerText()).slice(0, 4);
  await words.evaluate((node) => {
    const range = document.createRange();
    range.setStart(node.firstChild, 0);
    range.setEnd(node.firstChild, 4);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    node.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
  });
  await mine.page.getByRole("button", { name: "隐去选中的文字" }).click();
  await mine.page.locator("button.mask").first().waitFor();
  assert.equal(await mine.page.locator("button.mask").first().innerText(), hidden);
  assert.deepEqual(await seriousFindings(mine.page), []);
  await mine.page.getByRole("tab", { name: "公众看到的页面" }).click();
  await mine.page.frameLocator(".page-frame").getByText("（略）").first().waitFor();
  await mine.page.locator(".pane").getByRole("button", { name: "提交复核" }).click();
  await mine.page.getByText("没有拟公开的内容").waitFor();
  await mine.page.goto(`${office}/publish?view=review`);
  assert.ok(await mine.page.locator(".pane").getByRole("button", { name: "复核公开" }).isDisabled(), "who prepared it cannot release it");
  assert.deepEqual(mine.faults, []);
  const other = await look(two, "/publish?view=review");
  await other.page.locator(".pane").getByRole("button", { name: "复核公开" }).click();
  await other.page.getByText("没有待复核的内容").waitFor();
  const seen = await (await fetch(`${site}/tasks/${tasks[0]}`)).text();
  assert.match(seen, /（略）/);
  await other.page.goto(`${office}/publish?view=released`);
  await other.page.locator(".pane").getByRole("button", { name: "撤回" }).click();
  await other.page.getByRole("textbox", { name: /撤回的理由/ }).fill("数据有误。");
  await other.page.getByRole("dialog").getByRole("button", { name: "撤回" }).click();
  await other.page.getByText("已撤回，网站上只留").waitFor();
  const gone = await fetch(`${site}/tasks/${tasks[0]}`);
  assert.equal(gone.status, 410);
  assert.match(await gone.text(), /数据有误。/);
  await mine.context.close();
  await other.context.close();
});
