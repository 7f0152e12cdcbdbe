// The console in a browser against a real server. CONSOLE_URL: where the server is; CHROMIUM: the browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const SERVER = process.env.CONSOLE_URL;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WORKFLOWS = `
version: '2.0'
console_demo:
  input: [who: you, count: 3]
  tasks:
    hello: {action: std.echo output='Hello', on-success: [left, right]}
    left: {action: std.noop, on-success: [both]}
    right: {with-items: 'i in [1, 2, 3]', action: std.echo output=<% $.i %>, on-success: [both]}
    both: {join: all, action: std.fail, on-error: [mend], on-success: [never]}
    mend: {action: std.noop, on-success: [waits]}
    never: {action: std.noop}
    waits: {action: std.async_noop}
console_fails:
  tasks:
    breaks: {action: std.fail}
`;

let browser;
let page;
const foreign = [];
const complaints = [];

async function rest(method, path, body, type = "application/json") {
  const response = await fetch(SERVER + path, { method, body, headers: body ? { "Content-Type": type } : {} });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${text}`);
  return text ? JSON.parse(text) : undefined;
}

const start = (name) => rest("POST", "/v2/executions", JSON.stringify({ workflow_name: name }));

before(async () => {
  const options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: options });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: false });
  page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on("request", (request) => {
    if (!request.url().startsWith(SERVER) && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await rest("POST", "/v2/workflows", WORKFLOWS, "text/plain");
});

after(() => browser?.close());

const open = (path) => page.goto(`${SERVER}/console${path}`);
const text = (wanted) => page.getByText(wanted).first().waitFor({ timeout: 10_000 });

async function accessible(what) {
  for (const theme of ["light", "dark"]) {
    await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
    await page.evaluate(AXE);
    const found = await page.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
    const faults = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3)}`);
    assert.deepEqual(faults, [], `${what}, ${theme}`);
  }
}

test("an execution from the list to its reasons", async () => {
  const { id } = await start("console_demo");
  await open("/");
  await page.getByRole("link", { name: "console_demo" }).first().click();
  await text("Why it has not finished");
  await text("waits");
  await page.locator("canvas[data-painted='7']").waitFor();
  assert.ok(page.url().endsWith(`/console/executions/${id}`));
  await accessible("graph");
  for (const [tab, wanted] of [["Time line", "critical path"], ["Tasks", "hello"], ["Data", "Input"], ["Tree", "no other workflows"]]) {
    await page.getByRole("tab", { name: tab }).click();
    await text(wanted);
    await accessible(tab);
  }
  // The state of the view survives a new browser, and the history leads back.
  await open(`/executions/${id}?view=tasks&task=both`);
  await text("Run it again…");
  await page.getByRole("tab", { name: "Data" }).click();
  await page.goBack();
  await text("Run it again…");
  await page.getByRole("button", { name: "Complete…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Complete" }).click();
  await page.locator("h1 + .state-success").waitFor({ timeout: 10_000 });
  assert.equal((await rest("GET", `/v2/executions/${id}`)).state, "SUCCESS");
});

test("filters stand in the address", async () => {
  await start("console_fails");
  await open("/executions");
  await page.getByRole("button", { name: "ERROR" }).click();
  await page.waitForURL(/state=ERROR/);
  await text("console_fails");
  await page.getByLabel("Workflow").fill("no such workflow");
  await page.keyboard.press("Enter");
  await page.waitForURL(/workflow_name=no\+such\+workflow/);
  await text("No execution matches");
  await accessible("empty list");
  await page.goBack();
  await text("console_fails");
});

test("a workflow is uploaded, refused, mended and run", async () => {
  await open("/workflows/new/edit");
  await page.getByLabel("Document").fill("version: '2.0'\nconsole_new:\n  tasks:\n    a: {action: std.noop, on-success: [nowhere]}\n");
  await page.getByRole("button", { name: /Validate/ }).click();
  await page.locator("[role=status].state-error").filter({ hasText: "nowhere" }).waitFor();
  await page.getByLabel("Document").fill("version: '2.0'\nconsole_new:\n  input: [who, greeting: Hello]\n  output: {said: <% $.who %>}\n  tasks:\n    a: {action: std.noop}\n");
  await page.getByRole("button", { name: "Upload" }).click();
  await page.locator("canvas[data-painted='1']").waitFor();
  await accessible("workflow");
  await page.getByRole("button", { name: "Run…" }).click();
  await page.getByLabel("who").fill("a <b>bold</b> one");
  await accessible("run dialog");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.waitForURL(/executions\/[0-9a-f-]{36}$/);
  await page.locator("h1 + .state-success").waitFor({ timeout: 10_000 });
  await page.getByRole("tab", { name: "Data" }).click();
  await text("a <b>bold</b> one");
  assert.equal(await page.locator("main b").count(), 0);
});

test("every page is reached by keyboard and has no fault that axe knows", async () => {
  await open("/executions");
  await page.locator("main h1").waitFor();
  for (const [key, title] of [["w", "Workflows"], ["a", "Actions"], ["t", "Triggers"], ["v", "Environments"], ["e", "Executions"]]) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.locator("main table, main .empty").first().waitFor();
    await accessible(title);
  }
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/executions\/./);
});

test("failures say what to do, and old data stays", async () => {
  await open("/executions/no-such-run");
  await text("It has been deleted");
  await accessible("not found");
  await open("/executions");
  await page.locator("tbody tr").first().waitFor();
  await page.route("**/v2/executions?*", (route) => route.abort());
  await text("no answer since");
  assert.ok((await page.locator(".stale tbody tr").count()) > 0);
  await accessible("no answer");
  await page.unroute("**/v2/executions?*");
  await text("● connected");
});

test("ten thousand tasks are drawn", async () => {
  const lines = ["version: '2.0'", "console_large:", "  tasks:"];
  for (let row = 0; row < 100; row++) {
    for (let column = 0; column < 100; column++) {
      const next = column < 99 ? `, on-success: [t${row}_${column + 1}]` : "";
      lines.push(`    t${row}_${column}: {action: std.noop${next}}`);
    }
  }
  await rest("POST", "/v2/workflows", lines.join("\n"), "text/plain");
  const begun = Date.now();
  await open("/workflows/console_large");
  await page.locator("canvas[data-painted='10000']").waitFor({ timeout: 60_000 });
  console.log(`10,000 tasks: first picture after ${Date.now() - begun} ms, page and definition included`);
  await page.locator("canvas").focus();
  await page.keyboard.press("ArrowRight");
  await page.locator(".navigator strong").waitFor();
});

test("nothing came from elsewhere, nothing was refused or thrown", () => {
  assert.deepEqual(foreign, []);
  assert.deepEqual(complaints, []);
});
