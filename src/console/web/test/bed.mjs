// What all browser tests share: a browser, a proxy that counts, delays and cuts, axe, and what no page may do.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import { after } from "node:test";
import { chromium } from "playwright-core";

export const SERVER = process.env.CONSOLE_URL;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** How long something may take to be seen: two slow cores, and other tests beside this one. */
export const PATIENCE = 30_000;

export const launch = (args = []) => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...OPTIONS, ...args] });

/** The browser of a file of tests: there when the first of them asks for a page, gone after the last. */
export function bed(args = []) {
  let opening;
  const browser = () => (opening ??= launch(args));
  after(async () => (await opening)?.close());
  return {
    /** A page in a context of its own, as a reader who has never been here, and what it must not have done. */
    async fresh({ own = SERVER, patience = PATIENCE } = {}) {
      const page = await (await (await browser()).newContext({ viewport: { width: 1440, height: 900 } })).newPage();
      page.setDefaultTimeout(patience);
      return { page, faults: guard(page, own) };
    },
    context: async () => (await browser()).newContext(),
  };
}

export async function rest(method, path, body, type = "application/json", headers = {}) {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(SERVER + path, { method, body: text, headers: { ...(text === undefined ? {} : { "Content-Type": type }), ...headers } });
  const answer = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${answer}`);
  return answer ? JSON.parse(answer) : undefined;
}

export const start = (name, more = {}) => rest("POST", "/v2/executions", { workflow_name: name, ...more });

export async function until(path, fits, patience = PATIENCE) {
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await rest("GET", path);
    if (fits(answer)) return answer;
    assert.ok(Date.now() < deadline, `${path}: ${JSON.stringify(answer)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Complaints and foreign requests of a page; both are faults. */
export function guard(page, own = SERVER) {
  const faults = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(own) && !/^(data|blob):/.test(request.url())) faults.push(`foreign request: ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource|net::ERR/.test(message.text())) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  return faults;
}

const RULES = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] };

/** Holds what is shown against axe's rules, in both themes: all of them in one, and what colours have to do with in the other. */
export async function accessible(page, what) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  for (const [theme, runOnly] of [["light", RULES], ["dark", { type: "rule", values: ["color-contrast", "link-in-text-block"] }]]) {
    const faults = await page.evaluate(async ([name, runOnly]) => {
      document.documentElement.dataset.theme = name;
      const { violations } = await window.axe.run({ runOnly, resultTypes: ["violations"] });
      return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3)}`);
    }, [theme, runOnly]);
    assert.deepEqual(faults, [], `${what}, ${theme}`);
  }
}

/** A proxy before the server: counts streams, answers what it is told to, and can play dead. `cut`: it serves the service below this path. */
export async function proxy({ cut = "" } = {}) {
  const target = new URL(SERVER);
  const state = { streams: 0, opened: 0, answers: [], isDead: false };
  const sockets = new Set();
  const server = http.createServer((request, response) => {
    if (state.isDead) return request.socket.destroy();
    const rule = state.answers.find(([pattern]) => pattern.test(request.url));
    if (rule) {
      response.writeHead(rule[1], { "Content-Type": "application/json" });
      return response.end(JSON.stringify({ faultstring: rule[2] }));
    }
    if (!request.url.startsWith(cut)) {
      response.writeHead(404);
      return response.end();
    }
    const path = request.url.slice(cut.length);
    const isStream = path.startsWith("/v2/events");
    if (isStream) {
      state.streams += 1;
      state.opened += 1;
      response.on("close", () => (state.streams -= 1));
    }
    const onward = http.request({ host: target.hostname, port: target.port, method: request.method, path, headers: { ...request.headers, host: target.host } }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    response.on("close", () => onward.destroy());
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  state.url = `http://127.0.0.1:${server.address().port}`;
  state.die = () => {
    state.isDead = true;
    for (const socket of sockets) socket.destroy();
  };
  state.live = () => (state.isDead = false);
  state.close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return state;
}

/** The text of the editor, as far as its lines are made: of a short document, all of it. */
export async function textOf(page) {
  const lines = page.getByLabel("Document").locator(".cm-line");
  await lines.first().waitFor();
  return (await lines.allTextContents()).join("\n");
}

/** Puts a text into the editor in the place of what is there, as somebody pastes it. */
export async function paste(page, text) {
  const area = page.getByLabel("Document");
  await area.focus();
  await page.keyboard.press("Control+a");
  await area.evaluate((element, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

const measured = [];

/** Notes a figure: what, the value, what it should be. Fails at twice that. */
export function figure(what, value, aim, unit = "ms") {
  measured.push([what, value, aim, unit]);
  console.log(`FIGURE ${what}: ${Math.round(value * 10) / 10} ${unit} (aim ${aim} ${unit})`);
  // Where tests run beside others on slow cores a figure shows blunders only; who asks for these tests measures.
  const factor = process.env.CONSOLE_TESTS === "require" ? 2 : 6;
  assert.ok(value <= aim * factor, `${what}: ${value} ${unit}, more than ${factor} times ${aim}`);
}

export const percentile = (values, percent) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor((values.length * percent) / 100))];
