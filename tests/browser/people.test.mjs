// The first people: three administrators by the link, a user made by one and given roles by another, the initial
// password changed, and what each of them sees.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { desk, openPage, startBrowser, startServer } from "./harness.mjs";

const password = "qing-shan-lv-shui-9";
let server;
let browser;
let page;
let context;
let initial;

before(async () => {
  server = await startServer({ fresh: true });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});
async function enter(login, secret) {
  await context?.close();
  ({ page, context } = await openPage(browser, desk, { signedIn: false }));
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel("登录名").fill(login);
  await page.getByLabel("密码", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "登录", exact: true }).click();
}

test("the link that serve prints makes three administrators", async () => {
  ({ page, context } = await openPage(browser, desk, { signedIn: false }));
  await page.goto(/http:\S+\/setup#\S+/.exec(server.said())[0]);
  await page.getByText("多人使用（三员分立）").click();
  const names = ["系统甲", "安全乙", "审计丙"];
  for (const [n, name] of names.entries()) {
    const seat = page.locator("fieldset").nth(n);
    await seat.getByLabel("姓名").fill(name);
    await seat.locator("input[type=password]").nth(0).fill(password);
    await seat.locator("input[type=password]").nth(1).fill(password);
  }
  await page.getByRole("button", { name: "完成设置" }).click();
  await page.getByRole("heading", { name: "设置完成" }).waitFor();
});

test("the system's administrator makes a user but gives no roles", async () => {
  await enter("sysadmin", password);
  await page.waitForURL("**/people");
  await page.getByText("系统甲").first().waitFor();
  assert.equal(await page.getByRole("button", { name: "授权" }).count(), 0);
  assert.equal(await page.locator(".nav a", { hasText: "任务清单" }).count(), 0);
  await page.getByRole("button", { name: "新建用户" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("姓名").fill("李明");
  await dialog.getByLabel("登录名").fill("liming");
  await dialog.getByRole("button", { name: "保存" }).click();
  initial = await page.locator(".secret code").textContent();
  assert.ok(initial.length >= 10);
});

test("the one of security is told the rules, and gives a role", async () => {
  await enter("secadmin", password);
  await page.waitForURL("**/people");
  await page.locator(".users li", { hasText: "liming" }).getByRole("button", { name: "授权" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("整改办工作人员").check();
  await dialog.getByLabel("系统管理员").check();
  await dialog.getByText("管理员不能再兼其他角色").waitFor();
  assert.ok(await dialog.getByRole("button", { name: "保存" }).isDisabled());
  await dialog.getByLabel("系统管理员").uncheck();
  await dialog.getByLabel("全部台账").check();
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.locator(".users li", { hasText: "整改办工作人员" }).waitFor();
});

test("a wrong password is told; the initial one must be changed at once", async () => {
  await enter("liming", "not-the-password-1");
  await page.getByText("登录名或密码不对").waitFor();
  await page.getByLabel("密码", { exact: true }).fill(initial);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("heading", { name: "请先把初始密码改成自己的密码" }).waitFor();
  assert.equal(await page.locator(".nav a").count(), 0, "there is nowhere to go before that");
  const secrets = page.locator("main input[type=password]");
  await secrets.nth(0).fill(initial);
  await secrets.nth(1).fill("da-mo-gu-yan-77");
  await secrets.nth(2).fill("da-mo-gu-yan-77");
  await page.getByRole("button", { name: "修改密码" }).click();
  await page.waitForURL(`${server.url}/`);
  await page.locator(".nav a", { hasText: "任务清单" }).waitFor();
  assert.equal(await page.locator(".nav a", { hasText: "审计日志" }).count(), 0);
});

test("a session that ends leaves the page as it is, and goes on", async () => {
  await page.goto(`${server.url}/units`);
  await page.locator('main input[type=search]').fill("水务");
  await page.waitForTimeout(400);
  await context.clearCookies();
  await page.locator('main input[type=search]').fill("水务局");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("密码", { exact: true }).fill("da-mo-gu-yan-77");
  await dialog.getByRole("button", { name: "登录", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  assert.equal(await page.locator('main input[type=search]').inputValue(), "水务局");
  await page.getByRole("button", { name: "李明的菜单" }).click();
  await page.getByRole("button", { name: "退出" }).click();
  await page.getByRole("heading", { name: "登录" }).waitFor();
});

test("the audit shows it all", async () => {
  await enter("auditadmin", password);
  await page.waitForURL("**/audit");
  for (const what of ["新建用户", "调整用户角色", "登录失败", "修改密码", "退出登录"]) {
    await page.locator(".events .what", { hasText: what }).first().waitFor();
  }
  await page.locator(".filters select").first().selectOption("李明");
  await page.waitForURL(/actor=/);
  await page.waitForFunction(() => [...document.querySelectorAll(".events .who")].every((e) => e.textContent === "李明"));
});

test("wrong passwords make one wait, and the right one does not help meanwhile", async () => {
  await enter("liming", "not-the-password-1");
  const secret = page.getByLabel("密码", { exact: true });
  const go = page.getByRole("button", { name: "登录", exact: true });
  for (let n = 2; n <= 3; n += 1) {
    await page.getByText("登录名或密码不对").waitFor();
    const answer = page.waitForResponse("**/api/sign-in");
    await secret.fill(`not-the-password-${n}`);
    await go.click();
    await answer;
  }
  await secret.fill("da-mo-gu-yan-77");
  await go.click();
  await page.locator("[role=alert]", { hasText: /秒/ }).waitFor();
  assert.match(page.url(), /sign-in/);
});
