// Signing in through an outside provider: a real one, in a process of its own, with its own pages.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root, startBrowser } from "./harness.mjs";

const binary = process.env.ZG_BINARY ?? join(root, "build", "zhenggai");
let data;
let url;
let browser;
const children = [];

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

// Starts a program and waits for a line of it.
function start(program, args, wanted) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  return new Promise((done, fail) => {
    let said = "";
    const timer = setTimeout(() => fail(new Error(`${program} did not start: ${said}`)), 20_000);
    const hear = (bytes) => {
      said += bytes;
      if (!said.includes(wanted)) return;
      clearTimeout(timer);
      done(said);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", (code) => fail(new Error(`${program} ended with ${code}: ${said}`)));
  });
}

function user(...args) {
  const done = spawnSync(binary, ["user", "add", ...args, "--data", data], { encoding: "utf8", input: "seven-old-poplars\n" });
  assert.equal(done.status, 0, done.stderr);
}

before(async () => {
  data = mkdtempSync(join(tmpdir(), "zg-oidc-"));
  const port = await freePort();
  const provider = await freePort();
  url = `http://127.0.0.1:${port}`;
  await start(process.execPath, [join(root, "tests", "browser", "oidc_provider.mjs"), String(provider), `${url}/api/oidc/callback`], "ready");
  writeFileSync(join(data, "secret"), "a secret & more: 7/8\n");
  writeFileSync(
    join(data, "zhenggai.toml"),
    `port = ${port}\noidc_issuer = "http://127.0.0.1:${provider}"\noidc_client_id = "zhenggai"\noidc_secret_file = "secret"\n`,
  );
  user("li.si", "--name", "李四", "--roles", "clerk", "--whole", "--outside");
  user("wang.wu", "--name", "王五", "--roles", "clerk", "--whole", "--password-stdin");
  await start(binary, ["serve", "--data", data], url);
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  for (const child of children) {
    child.removeAllListeners("exit");
    child.kill("SIGTERM");
  }
  rmSync(data, { recursive: true, force: true });
});

// Goes to the provider's page from ours and says who one is there. → the page, back at ours
async function signIn(name, back) {
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${url}/api/oidc/start?back=${encodeURIComponent(back)}`);
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  const consent = page.locator("button", { hasText: "Continue" });
  await Promise.race([consent.waitFor(), page.waitForURL(`${url}/**`)]);
  if (!page.url().startsWith(url)) await consent.click();
  await page.waitForURL(`${url}/**`);
  return { page, context };
}
const me = (page) => page.evaluate(() => fetch("/api/me").then((answer) => answer.json()));

test("who is vouched for is signed in where they wanted to go", async () => {
  const { page, context } = await signIn("li.si", "/documents");
  assert.equal(new URL(page.url()).pathname, "/documents");
  const { signed_in, me: person, csrf } = await me(page);
  assert.equal(signed_in, true);
  assert.equal(person.name, "李四");
  assert.equal(person.outside, true);
  assert.match(csrf, /^[0-9a-f]{64}$/);
  await context.close();
  const again = await signIn("li.si", "/tasks");
  assert.equal((await me(again.page)).me.name, "李四");
  await again.context.close();
});

test("who is nobody here, or has a password here, is told so", async () => {
  for (const name of ["stranger", "wang.wu"]) {
    const { page, context } = await signIn(name, "/tasks");
    assert.equal(new URL(page.url()).searchParams.get("error"), "auth.unknown", name);
    assert.equal((await me(page)).signed_in, false);
    await context.close();
  }
});

test("a way back that nobody began leads nowhere, and none leads away", async () => {
  const answer = await fetch(`${url}/api/oidc/callback?code=x&state=y`, { redirect: "manual" });
  assert.equal(answer.status, 302);
  assert.match(answer.headers.get("location"), /error=oidc\.state/);
  const { page, context } = await signIn("li.si", "//evil.example.cn/");
  assert.equal(new URL(page.url()).pathname, "/");
  await context.close();
});
