// Starts the real binary on a free port with an empty data folder, and Debian's Chromium to look at it.
//   ZG_BINARY   the program (default build/zhenggai)
//   ZG_URL      a server that runs already (development); then nothing is started
//   ZG_WEB_ROOT the UI's files from a folder instead of those in the binary (development)
//   ZG_CHROMIUM the browser (default /usr/bin/chromium)
//   ZG_FAKETIME the library that gives a program another clock (default: Debian's, package faketime)
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, "..", "..");
const require = createRequire(join(root, "web", "package.json"));
const { chromium } = require("playwright-core");
export const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const desk = { width: 1366, height: 768 };
export const phone = { width: 390, height: 844 };

export const example = (name) => join(root, "examples", name);
export const expected = (name) => JSON.parse(readFileSync(join(root, "examples", name, "expected.json"), "utf8"));

// Who is signed in where: url → {cookie, csrf}. Everything below speaks as that person.
const sessions = new Map();
const tester = { login: "tester", name: "测试员", password: "shan-gao-shui-chang-8" };

export async function signIn(url, login, password) {
  const answer = await fetch(`${url}/api/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login, password }),
  });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  const cookie = /zg_session=[^;]*/.exec(answer.headers.get("set-cookie"))[0];
  return { cookie, csrf: (await answer.json()).csrf };
}

// The user of a development server (ZG_URL) is named by ZG_LOGIN and ZG_PASSWORD. `fresh`: nobody is there yet, and
// nobody signs in; `said()` is what the program told. `begin`: the program's day is this one (ISO 8601), until
// `setClock` says another; its clock goes on from there.
export async function startServer({ fresh = false, begin = null } = {}) {
  if (process.env.ZG_URL) {
    const url = process.env.ZG_URL;
    sessions.set(url, await signIn(url, process.env.ZG_LOGIN ?? tester.login, process.env.ZG_PASSWORD ?? tester.password));
    return { url, stop: async () => {} };
  }
  const binary = process.env.ZG_BINARY ?? join(root, "build", "zhenggai");
  const data = mkdtempSync(join(tmpdir(), "zg-browser-"));
  if (!fresh) {
    const add = ["user", "add", tester.login, "--name", tester.name, "--alone", "--password-stdin", "--data", data];
    execFileSync(binary, add, { input: `${tester.password}\n`, stdio: ["pipe", "ignore", "inherit"] });
  }
  const args = ["serve", "--data", data, "--port", "0"];
  if (process.env.ZG_WEB_ROOT) args.push("--web-root", process.env.ZG_WEB_ROOT);
  const clock = begin ? ownClock(join(data, "..", `${basename(data)}.clock`), begin) : null;
  const env = { ...process.env, ...clock?.env };
  const child = spawn(binary, args, { stdio: ["ignore", "ignore", "pipe"], env });
  let said = "";
  const url = await new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`${binary} did not start: ${said}`)), 20_000);
    child.on("error", fail);
    child.on("exit", (code) => fail(new Error(`${binary} ended with ${code}: ${said}`)));
    child.stderr.on("data", (bytes) => {
      said += bytes;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (found && (!fresh || /\/setup#\S+\s/.test(said))) {
        clearTimeout(timer);
        done(found[0]);
      }
    });
  });
  const stop = async () => {
    const ended = new Promise((done) => child.on("exit", done));
    child.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
    clock?.remove();
  };
  // What a command of the program says about this ledger, while the program serves it.
  const command = (...words) => execFileSync(binary, [...words, "--data", data], { encoding: "utf8", env });
  if (!fresh) sessions.set(url, await signIn(url, tester.login, tester.password));
  return { url, stop, said: () => said, command, setClock: clock?.set };
}

// A clock for a program of its own: libfaketime reads from a file how far it is off.
function ownClock(file, begin) {
  const places = ["/usr/lib", ...readdirSync("/usr/lib").filter((n) => n.endsWith("-linux-gnu")).map((n) => `/usr/lib/${n}`)];
  const library = process.env.ZG_FAKETIME ?? places.map((p) => `${p}/faketime/libfaketimeMT.so.1`).find(existsSync);
  if (!library) throw new Error("libfaketimeMT.so.1 is not there: ./setup --test");
  const set = (iso) => {
    const off = Math.round((Date.parse(iso) - Date.now()) / 1000);
    writeFileSync(`${file}.next`, `${off < 0 ? "" : "+"}${off}\n`);
    renameSync(`${file}.next`, file);
  };
  set(begin);
  const env = { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1", DONT_FAKE_MONOTONIC: "1" };
  return { env, set, remove: () => rmSync(file, { force: true }) };
}

// Waits until every document has been put to the test.
export async function checked(url) {
  for (let i = 0; i < 200; i += 1) {
    const page = await call(url, "GET", "/api/findings?limit=1");
    if (page.pending === 0) return page;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("documents are still being checked");
}

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function startBrowser() {
  return chromium.launch({ executablePath: process.env.ZG_CHROMIUM ?? "/usr/bin/chromium", args: flags });
}

// A page of its own that notes everything that goes wrong in it. `faults` must stay empty, but for what a test
// provokes: those it takes out itself. Signed in as the tester, unless `signedIn` is false.
export async function openPage(browser, viewport = desk, { signedIn = true } = {}) {
  const small = viewport.width < 720;
  const context = await browser.newContext({ viewport, isMobile: small, hasTouch: small, locale: "zh-CN", acceptDownloads: true });
  for (const [url, { cookie }] of signedIn ? sessions : []) {
    await context.addCookies([{ name: "zg_session", value: cookie.slice("zg_session=".length), url, httpOnly: true, sameSite: "Strict" }]);
  }
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  return { page, context, faults };
}

export function get(url, path) {
  return fetch(url + path, { headers: { cookie: sessions.get(url)?.cookie ?? "" } });
}

async function json(url, method, path, body) {
  const headers = { "content-type": body instanceof Uint8Array ? "application/octet-stream" : "application/json" };
  const session = sessions.get(url);
  if (session) Object.assign(headers, { cookie: session.cookie, "x-csrf-token": session.csrf });
  const answer = await fetch(url + path, {
    method,
    headers,
    body: body === undefined ? undefined : body instanceof Uint8Array ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}
export const call = json;

// Takes bytes in by the API and waits until they are read. → the import
export async function importBytes(url, name, bytes) {
  let info = await json(url, "POST", `/api/imports?name=${encodeURIComponent(name)}`, bytes);
  for (let i = 0; info.state === "reading" && i < 300; i += 1) {
    await new Promise((done) => setTimeout(done, 50));
    info = await json(url, "GET", `/api/imports/${info.id}`);
  }
  if (info.state !== "draft") throw new Error(`${name}: ${info.state} ${JSON.stringify(info.error)}`);
  return info;
}

// Takes an example in and commits it. → {document_id, tasks, …}
export async function commitExample(url, folder, file) {
  const info = await importBytes(url, file, new Uint8Array(readFileSync(join(example(folder), file))));
  const round = { name: "第二轮中央生态环境保护督察", level: "central", year: 2022 };
  return json(url, "POST", `/api/imports/${info.id}/commit`, info.round?.id ? { round_id: info.round.id } : { round });
}

export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

// Findings of axe that a person with a disability would stumble over.
export async function seriousFindings(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }),
  );
  return result.violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")}`);
}
