// The main path of a year, by clicks, on a ledger that begins empty: the first link, people and their roles, a list
// taken in, a period answered, returned and accepted, a task broken down and handed on, and another one brought
// through every step to close-out, made public, and reopened by a rebound. The program has a clock of its own, so that
// the days of the public notice pass. What the pages, the log and the proof say at the end is what was done.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { desk, example, expected, openPage, startBrowser, startServer } from "./harness.mjs";

const begin = "2026-03-02T09:00:00+08:00"; // a Monday; the notice runs over the holiday of April
const labels = expected("01-province-tasklist");
const count = labels.tasks.filter((t) => t.is_task).length;
const secret = (login) => `shan-gao-shui-chang-${login.length}8`;
const people = {
  clerk: { name: "文书丁", role: "整改办工作人员", whole: true },
  leader: { name: "主任戊", role: "整改办负责人", whole: true },
  xia: { name: "填报己", role: "责任单位", unit: "霁川市政府" },
  cheng: { name: "填报庚", role: "责任单位", unit: "澄阳市政府" },
  accept: { name: "验收辛", role: "验收单位", unit: "省工业和信息化厅" },
};
const problem = labels.tasks[1].problem.slice(0, 12); // the task that goes to close-out: 霁川市政府, accepted by the department
let server;
let browser;
let now = begin;
let page; // of whoever acts
const desks = new Map(); // login → {page, context, faults}
const initial = {};
const faults = [];

before(async () => {
  server = await startServer({ fresh: true, begin });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// A chapter that cannot begin, since an earlier one did not end, says so at once.
let broken = "";
function chapter(name, run) {
  test(name, async () => {
    assert.equal(broken, "", `not begun: “${broken}” did not come to its end`);
    broken = name;
    try {
      await run();
    } catch (error) {
      if (process.env.ZG_SHOT) await page.screenshot({ path: process.env.ZG_SHOT });
      throw error;
    }
    broken = "";
  });
}

async function fillSignIn(login, password) {
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel("登录名").fill(login);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
}

// From here on `login` acts, at a desk of their own, signed in; with the initial password it is changed first.
async function as(login) {
  let seat = desks.get(login);
  if (!seat) {
    seat = await openPage(browser, desk, { signedIn: false });
    await seat.page.clock.setFixedTime(now);
    faults.push(seat.faults);
    desks.set(login, seat);
    page = seat.page;
    await fillSignIn(login, initial[login] ?? secret(login));
    if (initial[login]) {
      await page.getByRole("heading", { name: "请先把初始密码改成自己的密码" }).waitFor();
      const fields = page.locator("main input[type=password]");
      await fields.nth(0).fill(initial[login]);
      await fields.nth(1).fill(secret(login));
      await fields.nth(2).fill(secret(login));
      await page.getByRole("button", { name: "修改密码" }).click();
      delete initial[login];
    }
    await page.waitForURL((url) => !/sign-in|account/.test(url.pathname));
  }
  page = seat.page;
}

// Days go by; everybody's session has ended meanwhile.
async function onDay(iso) {
  now = iso;
  server.setClock(iso);
  for (const { context } of desks.values()) await context.close();
  desks.clear();
}

async function go(path) {
  await page.goto(server.url + path);
}
const toastOf = (words) => page.getByText(words).first().waitFor();
async function pick(box, name) {
  await box.fill(name);
  await page.getByRole("option", { name: new RegExp(name) }).first().click();
}

async function makeUser(login) {
  const { name, unit } = people[login];
  await page.getByRole("button", { name: "新建用户" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("姓名").fill(name);
  await dialog.getByLabel("登录名").fill(login);
  if (unit) await pick(dialog.getByRole("combobox"), unit);
  await dialog.getByRole("button", { name: "保存" }).click();
  initial[login] = await page.locator(".secret code").textContent();
  await page.getByRole("button", { name: "知道了" }).click();
}
async function grant(login) {
  const { role, whole } = people[login];
  const row = page.locator(".users li", { hasText: people[login].name });
  await row.getByRole("button", { name: "授权" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(role).check();
  if (whole) await dialog.getByLabel("全部台账").check();
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.waitFor({ state: "detached" });
  await row.getByText(role).waitFor();
}

chapter("the link that serve prints makes three administrators", async () => {
  const seat = await openPage(browser, desk, { signedIn: false });
  page = seat.page;
  await page.goto(/http:\S+\/setup#\S+/.exec(server.said())[0]);
  await page.getByText("多人使用（三员分立）").click();
  for (const [n, [name, login]] of [["系统甲", "sysadmin"], ["安全乙", "secadmin"], ["审计丙", "auditadmin"]].entries()) {
    const fields = page.locator("fieldset").nth(n);
    await fields.getByLabel("姓名").fill(name);
    await fields.locator("input[type=password]").nth(0).fill(secret(login));
    await fields.locator("input[type=password]").nth(1).fill(secret(login));
  }
  await page.getByRole("button", { name: "完成设置" }).click();
  await page.getByRole("heading", { name: "设置完成" }).waitFor();
  await seat.context.close();
});

chapter("the office's people are made by one administrator and given their roles by another", async () => {
  await as("sysadmin");
  await go("/people");
  for (const login of ["clerk", "leader"]) await makeUser(login);
  await as("secadmin");
  await go("/people");
  for (const login of ["clerk", "leader"]) await grant(login);
});

chapter("the clerk takes a list in, looks it over, and commits it", async () => {
  await as("clerk");
  await go("/import");
  await page.setInputFiles('input[type="file"][multiple]', join(example("01-province-tasklist"), "tasklist.txt"));
  await page.getByRole("link", { name: "去核对" }).first().click({ timeout: 20_000 });
  await page.getByRole("heading", { level: 1, name: labels.title }).waitFor();
  await page.locator(".tree li").nth(1).getByRole("button").click();
  const field = page.locator('.entry [data-field="goal"]');
  await field.getByRole("button", { name: "修改整改目标" }).click();
  await field.locator("textarea").fill("焦炭产能恢复到批复规模，违规项目依法查处。");
  await page.keyboard.press("Control+Enter");
  await field.getByText("已改").waitFor();
  await page.getByRole("button", { name: "提交入账" }).click();
  const dialog = page.getByRole("dialog", { name: "提交入账" });
  await dialog.getByText("归入督察轮次").waitFor();
  const name = dialog.getByLabel("轮次名称");
  if (await name.isVisible()) await name.fill("第二轮中央生态环境保护督察");
  await dialog.getByRole("button", { name: "确认提交" }).click();
  await page.getByText(`${count} 项任务已进入台账`).waitFor();
});

chapter("the units that came with the list get users of their own", async () => {
  await as("sysadmin");
  await go("/people");
  for (const login of ["xia", "cheng", "accept"]) await makeUser(login);
  await as("secadmin");
  await go("/people");
  for (const login of ["xia", "cheng", "accept"]) await grant(login);
});

const board = { empty: 0 };
async function boardCounts() {
  await go("/dispatch");
  await page.locator(".sums b").first().waitFor();
  const [empty, draft, submitted, returned, accepted] = (await page.locator(".sums b").allTextContents()).map(Number);
  return { empty, draft, submitted, returned, accepted };
}

chapter("a period is opened, and asks every unit for its tasks", async () => {
  await as("clerk");
  await go("/dispatch");
  await page.getByRole("button", { name: "开新一期" }).click();
  await page.getByRole("dialog").getByLabel("调度期").fill("2026-03");
  await page.getByRole("button", { name: "开始调度" }).click();
  await toastOf("已开始调度");
  const counts = await boardCounts();
  board.empty = counts.empty;
  assert.ok(counts.empty >= count);
  assert.deepEqual({ ...counts, empty: 0 }, { empty: 0, draft: 0, submitted: 0, returned: 0, accepted: 0 });
});

const left = () => page.locator(".page-head .mute").textContent().then((words) => Number(/\d+/.exec(words)[0]));
// Answers the task that is open in the form; what is next opens by itself.
async function answer(text) {
  const was = await left();
  const form = page.locator("form.form");
  await form.getByLabel("正在推进").check();
  await form.getByLabel("是", { exact: true }).check();
  await form.getByLabel("本期整改进展情况").fill(text);
  await form.getByText("已保存", { exact: true }).waitFor();
  await form.getByRole("button", { name: "报出" }).click();
  await page.waitForFunction((n) => document.querySelector(".page-head .mute")?.textContent.includes(`还有 ${n} 项`), was - 1);
}

let owed;
chapter("a unit keeps a draft, adds evidence, and sends its answers in", async () => {
  await as("xia");
  await go("/reports");
  await page.locator("h1", { hasText: "霁川市政府" }).waitFor();
  owed = await left();
  assert.ok(owed >= 2);
  const form = page.locator("form.form");
  await page.locator(".list button", { hasText: problem }).click();
  await form.getByText(problem).waitFor();
  await form.getByLabel("本期整改进展情况").fill("新增焦炉已停产。");
  await form.getByText("已保存", { exact: true }).waitFor();
  await page.reload();
  await page.waitForFunction(() => [...document.querySelectorAll("textarea")].some((area) => area.value === "新增焦炉已停产。"));
  await form.getByRole("button", { name: "上传资料" }).click();
  await form.locator('input[type="file"]').first().setInputFiles({ name: "停产通知.txt", mimeType: "text/plain", buffer: Buffer.from("停产通知") });
  await form.locator("label", { hasText: "停产通知" }).getByRole("checkbox").check();
  await answer("新增焦炉已停产，正在拆除。");
  for (let n = owed - 1; n > 0; n -= 1) await answer(`正在施工，完成第${n}批。`);
});

chapter("another unit sees its own tasks only, and answers one", async () => {
  await as("cheng");
  await go("/tasks");
  await page.locator("table.tasks tbody tr").first().waitFor();
  assert.ok((await page.locator("table.tasks tbody tr").count()) < count);
  assert.equal(await page.locator("table.tasks tbody tr", { hasText: problem }).count(), 0);
  await go("/reports");
  await page.locator("h1", { hasText: "澄阳市政府" }).waitFor();
  await answer("散煤治理完成一半。");
});

chapter("the office returns one answer with what is missing and accepts the others at once", async () => {
  await as("clerk");
  const counts = await boardCounts();
  assert.deepEqual(counts, { empty: board.empty - owed - 1, draft: 0, submitted: owed + 1, returned: 0, accepted: 0 });
  await page.locator("table.grid").getByRole("button", { name: "霁川市政府", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("li", { hasText: problem }).getByRole("checkbox").check();
  await dialog.getByLabel("退回意见").fill("请写明拆除的日期。");
  await dialog.getByRole("button", { name: "退回所选 1 份" }).click();
  await toastOf("已退回1份");
  await dialog.getByLabel("全选待审的").check();
  await dialog.getByRole("button", { name: `通过所选 ${owed - 1} 份` }).click();
  await toastOf(`已通过${owed - 1}份`);
  assert.deepEqual(await boardCounts(), { empty: board.empty - owed - 1, draft: 0, submitted: 1, returned: 1, accepted: owed - 1 });
});

chapter("the unit finds what came back first, with the reason, and sends it again", async () => {
  await as("xia");
  await go("/todo");
  await page.getByText("请写明拆除的日期。").first().waitFor();
  await go("/reports");
  await page.locator(".notice", { hasText: "请写明拆除的日期。" }).waitFor();
  await answer("新增焦炉2月26日拆除完毕。");
  await as("clerk");
  await go("/dispatch");
  for (const unit of ["霁川市政府", "澄阳市政府"]) {
    await page.locator("table.grid").getByRole("button", { name: unit, exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("全选待审的").check();
    await dialog.getByRole("button", { name: "通过所选 1 份" }).click();
    await dialog.getByLabel("全选待审的").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
  }
  assert.deepEqual(await boardCounts(), { empty: board.empty - owed - 1, draft: 0, submitted: 0, returned: 0, accepted: owed + 1 });
});

async function openTask() {
  await go("/tasks");
  await page.locator("table.tasks tbody tr", { hasText: problem }).getByRole("link").first().click();
  await page.locator(".stages .here").waitFor();
}

chapter("the task is broken down by its measures, and a step handed to a lower unit", async () => {
  await as("clerk");
  await openTask();
  await page.getByRole("button", { name: "开始分解" }).click();
  const step = (n) => page.locator(".editor li").nth(n);
  await pick(step(0).getByRole("combobox", { name: /责任单位/ }), "霁川市政府");
  await pick(step(1).getByRole("combobox", { name: /责任单位/ }), "禾丰县政府");
  await pick(step(2).getByRole("combobox", { name: /责任单位/ }), "霁川市政府");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await toastOf("已保存任务分解");
  await page.getByRole("button", { name: "交给下级单位" }).click();
  await page.getByRole("button", { name: "交下去" }).click();
  await toastOf("已列入禾丰县政府的清单");
});

chapter("the unit says which of its steps is done; the other's is not its to say", async () => {
  await as("xia");
  await openTask();
  assert.equal(await page.locator(".breakdown .group li").getByRole("button", { name: "登记完成" }).count(), 2);
  const row = page.locator(".breakdown .group li").first();
  await row.getByRole("button", { name: "登记完成" }).click();
  await row.locator("form").getByRole("button", { name: "登记完成" }).click();
  await page.locator(".breakdown .group li.done").first().waitFor();
});

async function stage(name) {
  await page.locator(".board button", { hasText: name }).click();
  await page.locator(".list .line", { hasText: problem }).click();
  await page.locator(".pane h2", { hasText: problem }).waitFor();
}
async function take(button, text, confirm = "确认办理") {
  await page.locator(".steps").getByRole("button", { name: button, exact: true }).click();
  await page.locator(".decide textarea").first().fill(text);
  await page.getByRole("button", { name: confirm }).click();
  await toastOf(`已办理：${button}`);
}
async function add(...kinds) {
  for (const kind of kinds) {
    await page.locator(".evidence .missing button", { hasText: kind }).click();
    await page.locator('.evidence input[type="file"]').first().setInputFiles({ name: `${kind}.txt`, mimeType: "text/plain", buffer: Buffer.from(kind) });
    await page.locator(".evidence section .tag", { hasText: kind }).first().waitFor();
  }
}

chapter("the unit begins, finishes, checks itself, and asks for acceptance", async () => {
  await as("xia");
  await go("/closeout");
  await stage("未启动");
  await take("启动整改", "已成立专班。");
  await stage("整改中");
  await take("整改完成，开展自验", "焦炉已拆除，产能恢复到批复规模。");
  await stage("自验");
  assert.ok(await page.getByRole("button", { name: "自验合格，申请验收" }).isDisabled());
  await add("自验报告", "整改完成情况报告");
  await take("自验合格，申请验收", "经自验合格。");
});

chapter("who accepts sends it back once, with the reason; the unit puts it right", async () => {
  await as("accept");
  await go("/closeout");
  await stage("州级（行业）验收");
  await take("退回继续整改", "煤气综合利用项目手续未完善。", "确认退回");
  await as("xia");
  await go("/closeout");
  await stage("整改中");
  await page.locator(".pane").getByText("煤气综合利用项目手续未完善。").first().waitFor();
  await take("整改完成，开展自验", "手续已完善。");
  await stage("自验");
  await take("自验合格，申请验收", "经再次自验合格。");
  await onDay("2026-04-01T10:00:00+08:00");
  await as("accept");
  await go("/closeout");
  await stage("州级（行业）验收");
  await add("验收意见");
  await take("验收通过，进入公示", "现场核查，整改到位。");
});

chapter("the public notice runs its working days: the holiday does not count, and nobody gets past it", async () => {
  const next = "公示期满，提请自治区验收";
  for (const [day, open] of [["01", false], ["09", false], ["10", true]]) {
    await onDay(`2026-04-${day}T10:00:00+08:00`);
    await as("clerk");
    await go("/closeout");
    await stage("公示");
    if (day === "01") await add("公示材料");
    await page.locator(".needs", { hasText: "公示满5个工作日（到2026年4月9日）" }).waitFor();
    await page.locator(".needs .met", { hasText: "公示材料" }).waitFor();
    assert.equal(await page.locator(".steps").getByRole("button", { name: next }).isEnabled(), open, `on ${day} April`);
  }
  await take(next, "公示期内没有异议。");
});

chapter("the leader closes it, the office makes it public", async () => {
  await as("leader");
  await go("/closeout");
  await stage("自治区验收");
  await take("验收通过，准予销号", "同意销号。");
  await as("clerk");
  await go("/closeout");
  await stage("销号");
  await take("向社会公开", "4月10日在政府网站公开。");
  await stage("公开");
});

chapter("the problem comes back: the task is open again, with all that was done before", async () => {
  await onDay("2026-09-01T10:00:00+08:00");
  await as("clerk");
  await go("/closeout");
  await stage("公开");
  await take("反弹，重新整改", "暗查发现新增焦炉又在施工。", "确认反弹");
  await stage("整改中");
  await page.locator(".list .line", { hasText: problem }).getByText("第2轮整改").waitFor();
  await as("xia");
  await openTask();
  await page.locator(".stages .here", { hasText: "整改中" }).waitFor();
  for (const words of ["暗查发现新增焦炉又在施工。", "4月10日在政府网站公开。", "同意销号。", "煤气综合利用项目手续未完善。"])
    await page.locator(".history").getByText(words).first().waitFor({ state: "attached" });
});

chapter("overview, list, and pipeline count what was done", async () => {
  await as("clerk");
  await go("/");
  const total = page.locator("ul.figures a").first();
  await total.waitFor();
  assert.match(await total.textContent(), new RegExp(`整改任务\\s*${count + 1}`)); // and the one handed down
  await total.click();
  await page.getByText(`共 ${count + 1} 项`).first().waitFor();
  await go("/closeout");
  await page.locator(".board button").first().waitFor();
  const stages = Object.fromEntries(await page.locator(".board button").evaluateAll((all) => all.map((b) => [b.textContent.match(/^[^\d\s]+/)[0], Number(b.querySelector("b").textContent)])));
  assert.equal(Object.values(stages).reduce((sum, n) => sum + n, 0), count + 1);
  for (const empty of ["自验", "公示", "自治区验收", "销号", "公开"]) assert.equal(stages[empty], 0, empty);
});

chapter("the log tells who did what, the proof holds, and nothing went wrong on a page", async () => {
  await as("auditadmin");
  await go("/audit");
  const did = async (who, deeds) => {
    await page.locator(".filters select").first().selectOption(who);
    await page.waitForFunction((name) => {
      const all = [...document.querySelectorAll(".events:not(.busy) .who")];
      return all.length > 0 && all.every((e) => e.textContent === name);
    }, who);
    const told = await page.locator(".events .what").allTextContents();
    for (const [what, n] of Object.entries(deeds)) assert.equal(told.filter((t) => t.trim() === what).length, n, `${who}: ${what} in ${told}`);
  };
  await did("系统甲", { 新建用户: 5 });
  await did("安全乙", { 调整用户角色: 5 });
  await did("文书丁", { 收到文件: 1, 提交入账: 2, 开启调度期: 1, 退回调度情况: 1, 采纳调度情况: owed + 1, 修改任务分解: 1, 任务分解到下级: 1, 办理销号环节: 2, "反弹，重新整改": 1 });
  await did("填报己", { 上报调度情况: owed + 1, 完成分解步骤: 1, 上传资料: 3, 办理销号环节: 5 });
  await did("验收辛", { 退回上一环节: 1, 上传资料: 1, 办理销号环节: 1 });
  await did("主任戊", { 办理销号环节: 1 });
  assert.match(server.command("verify"), new RegExp(`${labels.tasks.length + 1}项任务.*5份资料，全部相符`));
  assert.deepEqual(faults.flat(), []);
});
