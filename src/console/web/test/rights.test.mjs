// Who may only look sees everything and no button; what the policy forbids is disabled and says which rule.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { accessible, guard, launch, rest, SERVER } from "./bed.mjs";

const { VIEWER, MEMBER, AUDITOR, TOKENS } = process.env;

let browser;
let id;

before(async () => {
  browser = await launch();
  const who = { "X-Auth-Token": MEMBER };
  await rest("POST", "/v2/workflows", "version: '2.0'\nrights_demo:\n  tasks:\n    waits: {action: std.async_noop}\n", "text/plain", who);
  id = (await rest("POST", "/v2/executions", { workflow_name: "rights_demo" }, "application/json", who)).id;
});
after(() => browser?.close());

async function signedIn(token, path) {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(30_000);
  const faults = guard(page);
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
