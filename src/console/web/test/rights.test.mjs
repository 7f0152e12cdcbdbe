// Who may only look sees everything and no button; what the policy forbids is disabled and says which rule.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { before, test } from "node:test";
import { accessible, bed, proxy, rest, SERVER } from "./bed.mjs";

const { VIEWER, MEMBER, AUDITOR, TOKENS } = process.env;
/** `[console] base_path`; and the site of `trusted_origins`, which a test plays. */
const BASE = "/mistral";
const HORIZON = "http://horizon.example";

const { fresh } = bed();
let id;

before(async () => {
  const who = { "X-Auth-Token": MEMBER };
  await rest("POST", "/v2/workflows", "version: '2.0'\nrights_demo:\n  tasks:\n    waits: {action: std.async_noop}\n", "text/plain", who);
  id = (await rest("POST", "/v2/executions", { workflow_name: "rights_demo" }, "application/json", who)).id;
});

async function signedIn(token, path) {
  const { page, faults } = await fresh();
  await page.goto(`${SERVER}/console${path}`);
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  return { page, faults };
}

const button = (page, name) => page.getByRole("button", { name, exact: true });

test("a viewer sees everything and changes nothing", async () => {
  const { page, faults } = await signedIn(VIEWER, `/executions/${id}`);
  await page.getByText("Read-only: this console shows everything").waitFor();
  await page.getByText("vera · p").waitFor();
  await page.getByText("Why it has not finished").waitFor();
  await page.locator("canvas[data-painted='1']").waitFor();
  for (const name of ["Pause…", "Cancel the run…", "Run again…", "Delete…", "Complete…"]) assert.equal(await button(page, name).count(), 0, name);
  assert.equal(await button(page, "Save as file").count(), 1);
  await accessible(page, "an execution, read-only");
  for (const [path, content, names] of [
    ["workflows", "rights_demo", ["Run rights_demo"]],
    ["triggers", "None has been made", ["New…", "Make one…"]],
    ["environments", "None has been made", ["New…", "Make one…"]],
  ]) {
    await page.goto(`${SERVER}/console/${path}`);
    await page.getByText("Read-only:").waitFor();
    await page.getByText(content).first().waitFor();
    for (const name of names) assert.equal(await button(page, name).count(), 0, `${path}: ${name}`);
  }
  await page.goto(`${SERVER}/console/workflows`);
  await page.getByRole("link", { name: "rights_demo" }).waitFor();
  assert.equal(await page.getByRole("link", { name: /Upload/ }).count(), 0);
  await page.goto(`${SERVER}/console/executions?workflow_name=rights_demo`);
  await page.getByLabel(`Choose ${id}`).check();
  await page.getByText("Read-only:").waitFor();
  assert.equal(await page.getByText("1 chosen").count(), 0);
  // Nor from a tab that does not know it yet; the API itself goes by the policy.
  const put = (headers) => page.evaluate(async ([path, headers]) => {
    const answer = await fetch(path, { method: "PUT", headers: { "Content-Type": "application/json", ...headers }, body: '{"description": "seen"}' });
    return [answer.status, (await answer.json()).faultstring ?? ""];
  }, [`/v2/workflows/${id}`, { "X-Auth-Token": VIEWER, ...headers }]);
  const [status, message] = await put({ "X-Mistral-Console": "1" });
  assert.equal(status, 403);
  assert.match(message, /read-only/);
  assert.doesNotMatch((await put({}))[1], /read-only/);
  assert.deepEqual(faults, []);
});

/** Clicks through the console below a path: everything that it asks is there, too. */
async function walk(page, root) {
  await page.getByRole("link", { name: "rights_demo" }).first().click();
  await page.getByText("Why it has not finished").waitFor();
  assert.equal(page.url(), `${root}/executions/${id}`);
  await page.locator("canvas[data-painted='1']").waitFor();
  await page.getByText("● live").waitFor();
  await page.reload();
  await page.getByText("Why it has not finished").waitFor();
  await page.getByRole("link", { name: "definition" }).click();
  await page.waitForURL(`${root}/workflows/**`);
}

test("below a path, whether the proxy cuts it off or not", async () => {
  const cutting = await proxy({ cut: BASE });
  for (const origin of [cutting.url, SERVER]) {
    const root = `${origin}${BASE}/console`;
    const { page, faults } = await fresh({ own: `${origin}${BASE}/` });
    await page.goto(`${root}/executions`);
    await page.getByLabel("Token").fill(VIEWER);
    await page.getByRole("button", { name: "Sign in" }).click();
    await walk(page, root);
    assert.deepEqual(faults, []);
    await page.context().close();
  }
  assert.equal(cutting.streams > 0 || cutting.opened > 0, true, "the stream went through the proxy");
  cutting.close();
});

/** A page of some site. */
async function site(address, html) {
  const { page } = await fresh();
  await page.route(`${address}/**`, (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><title>Elsewhere</title>${html}` }));
  await page.goto(`${address}/`);
  return page;
}

test("a page of a trusted site hands a reader over, once; one of another site does not", async () => {
  const form = `<form method="post" action="${SERVER}${BASE}/console/login/token"><input name="token" value="${VIEWER}"><input name="next" value="/executions/${id}?view=tasks"><button>Workflows</button></form>`;
  const page = await site(HORIZON, form);
  await page.getByRole("button", { name: "Workflows" }).click();
  await page.getByText("vera · p").waitFor();
  await page.locator("tbody").getByText("waits").waitFor();
  assert.equal(page.url(), `${SERVER}${BASE}/console/executions/${id}?view=tasks`);
  assert.equal(await page.evaluate(() => document.cookie), "");
  // The token was fetched; nothing of it is left for another tab.
  assert.deepEqual(await page.context().cookies(), []);
  const second = await page.context().newPage();
  await second.goto(`${SERVER}${BASE}/console/executions#handed=1`);
  await second.getByText("Nothing was handed over").waitFor();
  await page.context().close();
  const other = await site("http://evil.example", form);
  await other.getByRole("button", { name: "Workflows" }).click();
  await other.getByText("trusted_origins").waitFor();
  await other.context().close();
});

test("in a frame of who may show it, and of nobody else", async () => {
  const frame = `<!doctype html><title>Elsewhere</title><iframe width="1200" height="800" title="Workflows" src="${SERVER}${BASE}/console/executions"></iframe>`;
  const server = http.createServer((_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(frame));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  const { page } = await fresh();
  await page.goto(`http://localhost:${port}/`);
  const inside = page.frameLocator("iframe");
  await inside.getByLabel("Token").fill(VIEWER);
  await inside.getByRole("button", { name: "Sign in" }).click();
  await inside.getByText("vera · p").waitFor();
  await inside.getByRole("link", { name: "rights_demo" }).first().waitFor();
  await page.context().close();
  // The same page under a name that is not among them.
  const other = (await fresh()).page;
  const refused = other.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
  await other.goto(`http://127.0.0.1:${port}/`);
  await refused;
  assert.equal(await other.frameLocator("iframe").locator("main").count(), 0);
  await other.context().close();
  server.close();
});

/** A bulk operation that runs and has failures, as no real one stays for long. */
const OPERATION = {
  id: "00000000-0000-4000-8000-000000000001", action: "cancel", state: "RUNNING", total: 10, done: 4, failed: 1, filter: { state: "RUNNING" },
  failures: [{ id: "00000000-0000-4000-8000-000000000002", message: "it has ended" }], reason: null, user_id: null, created_at: "2026-01-01 00:00:00",
};

test("read-only: the pages of bulk operations and of the cluster, too", async () => {
  const mocked = async (page) => {
    const read = (json) => (route) => (route.request().method() === "GET" ? route.fulfill({ json }) : route.continue());
    await page.route(/v2\/bulk_operations$/, read({ bulk_operations: [OPERATION] }));
    await page.route(/v2\/bulk_operations\/./, read(OPERATION));
  };
  const { page, faults } = await signedIn(AUDITOR, "/cluster");
  await page.getByText("Read-only:").waitFor();
  await page.getByText("Service:").waitFor();
  await page.getByRole("heading", { name: "Processes" }).waitFor();
  await page.getByLabel("Shard 0:").waitFor();
  assert.equal(await page.getByRole("button", { name: /Pause the service|Resume the service/ }).count(), 0);
  await accessible(page, "cluster, read-only");
  await mocked(page);
  await page.goto(`${SERVER}/console/bulk`);
  await page.getByText("Read-only:").waitFor();
  await page.getByRole("link", { name: "cancel", exact: true }).click();
  await page.getByText("it has ended").waitFor();
  for (const name of ["Stop", "Repeat for the failures…"]) assert.equal(await button(page, name).count(), 0, name);
  await accessible(page, "a bulk operation, read-only");
  // Nor does the server do it for a console that draws them all the same.
  for (const [method, path, json] of [["POST", "/v2/bulk_operations", { action: "cancel", ids: [id] }], ["PUT", "/maintenance", { status: "PAUSED" }]]) {
    const status = await page.evaluate(async ([method, path, json, token]) => (await fetch(path, { method, headers: { "Content-Type": "application/json", "X-Mistral-Console": "1", "X-Auth-Token": token }, body: JSON.stringify(json) })).status, [method, path, json, AUDITOR]);
    assert.equal(status, 403, path);
  }
  assert.deepEqual(faults, []);
  // The same pages of somebody who may: the buttons are there.
  const other = await signedIn(MEMBER, "/overview");
  await mocked(other.page);
  await other.page.getByText("max · p").waitFor();
  await other.page.goto(`${SERVER}/console/bulk/${OPERATION.id}`);
  for (const name of ["Stop", "Repeat for the failures…"]) await button(other.page, name).waitFor();
});

test("what the policy forbids is disabled, with the rule", async () => {
  const { page, faults } = await signedIn(MEMBER, `/executions/${id}`);
  await page.getByText("max · p").waitFor();
  const pause = button(page, "Pause…");
  await pause.waitFor();
  assert.equal(await pause.isDisabled(), true);
  assert.match(await page.locator("fieldset.may", { has: pause }).getAttribute("title"), /executions:update/);
  assert.equal(await button(page, "Delete…").isDisabled(), false);
  await accessible(page, "an execution, without some rights");
  await button(page, "Run again…").click();
  await page.getByRole("dialog").getByRole("button", { name: "Run", exact: true }).click();
  await page.waitForURL((url) => /executions\/[0-9a-f-]{36}$/.test(url.pathname) && !url.pathname.endsWith(id));
  assert.equal(await page.getByText("Read-only").count(), 0);
  assert.deepEqual(faults, []);
});

test("a token that ends under a live page: the data stay, the place stays, and another token goes on", async () => {
  const { page } = await signedIn(MEMBER, `/executions/${id}?view=tasks`);
  await page.locator("tbody").getByText("waits").waitFor();
  const kept = readFileSync(TOKENS, "utf8");
  writeFileSync(TOKENS, kept.split("\n").filter((line) => !line.includes("max")).join("\n"));
  await page.getByText("This token is not accepted").waitFor({ timeout: 40_000 });
  assert.ok(page.url().endsWith(`/executions/${id}?view=tasks`));
  await page.locator("tbody").getByText("waits").waitFor();
  await accessible(page, "a token that has ended");
  await page.getByLabel("Token").fill(VIEWER);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("vera · p").waitFor();
  assert.ok(page.url().endsWith(`/executions/${id}?view=tasks`));
  // Views ask anew one after the other.
  await page.locator(".stale").first().waitFor({ state: "detached" });
  writeFileSync(TOKENS, kept);
});
