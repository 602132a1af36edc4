// The publicity record from the first line to the page that everybody sees: add, import, count, release.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { desk, openPage, overflow, phone, root, seriousFindings, signIn, startBrowser } from "./harness.mjs";

const binary = process.env.ZG_BINARY ?? join(root, "build", "zhenggai");
const password = "shan-gao-shui-chang-8";
const data = mkdtempSync(join(tmpdir(), "zg-coverage-"));
let child;
let office;
let site;
let browser;

async function ask(who, method, path, body) {
  const raw = body instanceof Uint8Array;
  const headers = { cookie: who.cookie, "x-csrf-token": who.csrf, "content-type": raw ? "application/octet-stream" : "application/json" };
  const answer = await fetch(office + path, { method, headers, body: raw || body === undefined ? body : JSON.stringify(body) });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
}
async function signedIn(login, viewport = desk) {
  const opened = await openPage(browser, viewport, { signedIn: false });
  await opened.page.goto(office);
  await opened.page.getByLabel("登录名").fill(login);
  await opened.page.getByLabel("密码", { exact: true }).fill(password);
  await opened.page.getByRole("button", { name: "登录" }).click();
  await opened.page.locator(".nav, .bottombar").first().waitFor();
  return opened;
}

before(async () => {
  writeFileSync(join(data, "zhenggai.toml"), '[public]\nlisten = "127.0.0.1:0"\ntitle = "云川省整改情况公开"\n');
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
  const one = await signIn(office, "one", password);
  let taken = await ask(one, "POST", "/api/imports?name=list.txt", new Uint8Array(readFileSync(join(root, "examples", "01-province-tasklist", "tasklist.txt"))));
  for (let i = 0; taken.state === "reading" && i < 200; i += 1) {
    await new Promise((done) => setTimeout(done, 50));
    taken = await ask(one, "GET", `/api/imports/${taken.id}`);
  }
  await ask(one, "POST", `/api/imports/${taken.id}/commit`, { round: { name: "第二轮督察", level: "central", year: 2022 } });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  const ended = new Promise((done) => child.on("exit", done));
  child.kill("SIGTERM");
  await ended;
  rmSync(data, { recursive: true, force: true });
});

test("lines are added, come in from a workbook, are counted, released, and seen by everybody", async () => {
  const { page, context, faults } = await signedIn("one");
  await page.goto(`${office}/publish?view=coverage`);
  await page.getByText("还没有登记宣传报道").waitFor();

  await page.getByRole("button", { name: "登记一条" }).click();
  const dialog = page.getByRole("dialog", { name: "登记宣传报道" });
  await dialog.getByLabel("标题").fill("青河水清了，电话：13812345678");
  await dialog.getByLabel("刊发日期").fill("2024-05-06");
  await dialog.getByLabel("媒体", { exact: true }).fill("云川日报");
  await dialog.getByLabel("级别").selectOption("省级");
  await dialog.getByLabel("轮次").selectOption({ label: "第二轮督察" });
  await dialog.getByLabel("链接").fill("https://example.cn/1");
  await dialog.getByRole("combobox", { name: "涉及的任务" }).fill("整改");
  await dialog.locator("[role=option]").first().click();
  assert.deepEqual(await seriousFindings(page), []);
  await dialog.getByRole("button", { name: "保存，再登记一条" }).click();
  await page.getByText("已登记。").waitFor();
  await dialog.getByLabel("标题").fill("不宜公开的一篇");
  await dialog.getByRole("button", { name: "保存", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.locator(".coverage .line").nth(1).waitFor();

  // Taken off with a reason, and put back.
  await page.getByRole("checkbox", { name: "不宜公开的一篇" }).check();
  await page.getByRole("button", { name: "撤下", exact: true }).click();
  const why = page.getByRole("dialog", { name: "撤下" });
  await why.getByLabel("撤下的理由").fill("登记错了");
  await why.getByRole("button", { name: "撤下" }).click();
  await page.getByText("已撤下1条。").waitFor();
  await page.getByRole("button", { name: "撤销" }).click();
  await page.getByText("已恢复1条。").waitFor();
  await page.locator(".coverage .line").nth(1).waitFor();

  // The office's own workbook with one line more, once wrong and once right.
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "导出表格" }).click()]);
  const out = join(data, "out.xlsx");
  await saved.saveAs(out);
  const sheet = (level, to) =>
    execFileSync("python3", ["-c", `import sys,zipfile,re
src,level,to=sys.argv[1:4]
z=zipfile.ZipFile(src);o=zipfile.ZipFile(to,"w",zipfile.ZIP_DEFLATED)
for n in z.namelist():
  b=z.read(n)
  if n=="xl/worksheets/sheet1.xml":
    cells=["2024-05-14","青河电视台连续报道","青河电视台","电视",level,"","","第二轮督察","5"]
    row='<row r="4">'+"".join('<c r="%s4" t="inlineStr"><is><t>%s</t></is></c>'%(chr(65+i),c) for i,c in enumerate(cells))+"</row>"
    b=b.decode().replace("</sheetData>",row+"</sheetData>").encode()
  o.writestr(n,b)
o.close()`, out, level, to]);
  sheet("街道级", join(data, "bad.xlsx"));
  sheet("县级", join(data, "good.xlsx"));
  await page.getByRole("button", { name: "导入表格" }).click();
  const taking = page.getByRole("dialog", { name: "导入宣传报道" });
  await taking.locator("input[type=file]").setInputFiles(join(data, "bad.xlsx"));
  await taking.getByText("E4").waitFor();
  await taking.getByText("没有“街道级”这个级别").waitFor();
  assert.ok(await taking.getByRole("button", { name: /^导入\d*条/ }).isDisabled());
  assert.deepEqual(await seriousFindings(page), []);
  await taking.locator("input[type=file]").setInputFiles(join(data, "good.xlsx"));
  await taking.getByText("可以导入1条，另有2条已经登记过").waitFor();
  await taking.getByRole("button", { name: "导入1条" }).click();
  await taking.waitFor({ state: "detached" });
  await page.locator(".coverage .line").nth(2).waitFor();

  await page.getByRole("button", { name: "统计" }).click();
  await page.getByText("各级各类媒体共刊发督察整改报道7篇（条次），其中省级2篇（条次）、县级5篇（条次）").waitFor();
  const weeks = page.getByRole("region", { name: "按周和媒体" });
  assert.match((await weeks.locator("tbody tr").nth(1).innerText()).replace(/\s+/g, " "), /2024-05-13 — 05-19 5 5/);

  // Only what is marked goes out.
  await page.getByRole("button", { name: "目录" }).click();
  for (const title of ["青河水清了，电话：13812345678", "青河电视台连续报道"]) await page.getByRole("checkbox", { name: title }).check();
  await page.getByRole("button", { name: "标为可公开" }).click();
  await page.getByText("2条已标为可公开").waitFor();
  await page.getByLabel("轮次").selectOption({ label: "第二轮督察" });
  await page.getByRole("button", { name: "公开这一轮次的宣传报道" }).click();
  await page.waitForURL(/view=draft/);
  await page.locator(".line.on").waitFor();
  await page.getByRole("tab", { name: "公众看到的页面" }).click();
  await page.locator("iframe").waitFor();
  await page.waitForFunction(() => document.querySelector("iframe")?.srcdoc.includes("青河电视台连续报道"));
  assert.doesNotMatch((await page.locator("iframe").getAttribute("srcdoc")) ?? "", /13812345678|不宜公开/);
  await page.locator(".line.on input[type=checkbox]").check();
  await page.getByRole("button", { name: "提交复核" }).first().click();
  await page.getByText("已提交").waitFor();
  assert.equal((await fetch(`${site}/coverage/1`)).status, 404, "nothing is seen before it is released");
  assert.deepEqual(faults, []);
  await context.close();

  const second = await signedIn("two");
  await second.page.goto(`${office}/publish?view=review`);
  await second.page.locator(".line input[type=checkbox]").first().check();
  await second.page.getByRole("button", { name: "复核公开" }).first().click();
  await second.page.getByText("已公开").last().waitFor();
  await second.context.close();

  for (const viewport of [desk, phone]) {
    const seen = await browser.newContext({ viewport, locale: "zh-CN" });
    const visitor = await seen.newPage();
    await visitor.goto(`${site}/rounds/1`);
    await visitor.getByRole("link", { name: "宣传报道情况" }).click();
    const text = await visitor.locator("main").innerText();
    assert.match(text, /青河电视台连续报道/);
    assert.doesNotMatch(text, /13812345678|不宜公开/);
    assert.equal(await visitor.getByRole("link", { name: /青河水清了/ }).getAttribute("href"), "https://example.cn/1");
    assert.ok((await overflow(visitor)) <= 0);
    assert.deepEqual(await seriousFindings(visitor), []);
    if (process.env.ZG_SHOTS) await visitor.screenshot({ path: join(process.env.ZG_SHOTS, `coverage-${viewport.width}.png`), fullPage: true });
    await seen.close();
  }
});
