// Starts the real binary on a free port with an empty data folder, and Debian's Chromium to look at it.
//   ZG_BINARY   the program (default build/zhenggai)
//   ZG_URL      a server that runs already (development); then nothing is started
//   ZG_WEB_ROOT the UI's files from a folder instead of those in the binary (development)
//   ZG_CHROMIUM the browser (default /usr/bin/chromium)
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
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

export async function startServer() {
  if (process.env.ZG_URL) return { url: process.env.ZG_URL, stop: async () => {} };
  const binary = process.env.ZG_BINARY ?? join(root, "build", "zhenggai");
  const data = mkdtempSync(join(tmpdir(), "zg-browser-"));
  const args = ["serve", "--data", data, "--port", "0"];
  if (process.env.ZG_WEB_ROOT) args.push("--web-root", process.env.ZG_WEB_ROOT);
  const child = spawn(binary, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  const url = await new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`${binary} did not start: ${said}`)), 20_000);
    child.on("error", fail);
    child.on("exit", (code) => fail(new Error(`${binary} ended with ${code}: ${said}`)));
    child.stderr.on("data", (bytes) => {
      said += bytes;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (found) {
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
  };
  return { url, stop };
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
// provokes: those it takes out itself.
export async function openPage(browser, viewport = desk) {
  const small = viewport.width < 720;
  const context = await browser.newContext({ viewport, isMobile: small, hasTouch: small, locale: "zh-CN", acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  return { page, context, faults };
}

async function json(url, method, path, body) {
  const headers = body instanceof Uint8Array ? { "content-type": "application/octet-stream" } : { "content-type": "application/json" };
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
