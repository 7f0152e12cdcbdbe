// The console in a browser against a real server. CONSOLE_URL: where the server is; CHROMIUM: the browser.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { accessible as check, bed, paste, rest, SERVER, start, textOf, until } from "./bed.mjs";

const WORKFLOWS = `
version: '2.0'
console_demo:
  input: [who: you, count: 3]
  tasks:
    hello: {action: std.echo output='Hello', publish: {said: Hello}, on-success: [left, right]}
    left: {action: std.noop, on-success: [both]}
    right: {with-items: 'i in [1, 2, 3]', action: std.echo output=<% $.i %>, on-success: [both]}
    both: {join: all, action: std.fail, on-error: [mend], on-success: [never]}
    mend: {action: std.noop, wait-before: 1, on-success: [waits]}
    never: {action: std.noop}
    waits: {action: std.async_noop}
console_fails:
  tasks:
    breaks: {action: std.fail}
console_rows:
  input: [rows]
  tasks:
    gives: {action: std.echo output=<% $.rows %>}
console_above:
  tasks:
    below: {workflow: console_fails}
`;

const { fresh } = bed();
let page;
let faults;
before(async () => {
  ({ page, faults } = await fresh());
  await rest("POST", "/v2/workflows", WORKFLOWS, "text/plain");
});

const accessible = (what) => check(page, what);
const open = (path) => page.goto(`${SERVER}/console${path}`);
const text = (wanted) => page.getByText(wanted).first().waitFor();

test("an execution from the list to its reasons", async () => {
  const { id } = await start("console_demo");
  await open("/executions");
  await page.getByRole("link", { name: "console_demo" }).first().click();
  await text("Why it has not finished");
  await text("waits");
  await page.locator("canvas[data-painted='7']").waitFor();
  assert.ok(page.url().endsWith(`/console/executions/${id}`));
  await accessible("graph");
  for (const [tab, wanted] of [["Time line", "critical path"], ["Tasks", "hello"], ["Data", "Input"], ["Errors", "Nothing has failed"], ["Tree", "no other workflows"], ["Expressions", "What the task saw"]]) {
    await page.getByRole("tab", { name: tab, exact: true }).click();
    await text(wanted);
    await accessible(tab);
  }
  // An expression on what a task saw.
  await page.getByLabel("What the task saw").selectOption({ label: "mend (SUCCESS)" });
  await page.getByLabel("Expression, YAQL or Jinja2").fill("<% $.said + '!' %>");
  await page.keyboard.press("Control+Enter");
  await text("Hello!");
  // The state of the view survives a new browser, and the history leads back.
  await open(`/executions/${id}?view=tasks&task=both`);
  await text("Run it again…");
  await page.getByRole("tab", { name: "Data" }).click();
  await page.goBack();
  await text("Run it again…");
  // At a moment of the past: nothing had run.
  await open(`/executions/${id}?view=tasks&at=0`);
  await text("back to now");
  await page.getByRole("button", { name: "Event after" }).click();
  await page.waitForURL(/at=[1-9]/);
  await page.getByRole("button", { name: "back to now" }).click();
  await page.getByRole("button", { name: "Complete…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Complete" }).click();
  await page.locator("h1 + .state-success").waitFor();
  assert.equal((await rest("GET", `/v2/executions/${id}`)).state, "SUCCESS");
});

test("what a change would do is told before it is done", async () => {
  const { id } = await start("console_demo");
  await until(`/v2/executions/${id}`, (one) => one.state === "RUNNING");
  await open(`/executions/${id}`);
  await page.getByRole("button", { name: "Cancel the run…" }).click();
  const ahead = page.getByRole("dialog").getByLabel("What would follow");
  await ahead.getByText("RUNNING").first().waitFor();
  await ahead.getByText("CANCELLED").first().waitFor();
  await accessible("a preview");
  await page.getByRole("button", { name: "Leave it" }).click();
  assert.equal((await rest("GET", `/v2/executions/${id}`)).state, "RUNNING");
  const failed = await start("console_fails");
  await until(`/v2/executions/${failed.id}`, (one) => one.state === "ERROR");
  await open(`/executions/${failed.id}?view=tasks&task=breaks`);
  await page.getByRole("button", { name: "Skip it…" }).click();
  await ahead.getByText("breaks ends").waitFor();
  await ahead.getByText("SKIPPED").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Skip it" }).click();
  await page.locator("h1 + .state-success").waitFor();
  // What the page does not know yet: somebody has been faster.
  const itself = new RegExp(`/v2/executions/${id}\\?`);
  await page.route(itself, (route) => route.fulfill({ json: { ...JSON.parse('{"state": "RUNNING"}'), id, workflow_name: "console_demo", workflow_id: "x", workflow_namespace: "", input: "{}", output: null, params: "{}", created_at: "2026-01-01 00:00:00", updated_at: null, description: "", state_info: null, root_execution_id: null } }));
  await rest("PUT", `/v2/executions/${id}`, { state: "CANCELLED" });
  await open(`/executions/${id}`);
  await page.getByRole("button", { name: "Pause…" }).click();
  await ahead.getByText("It would be refused").waitFor();
  await page.unroute(itself);
  await page.getByRole("button", { name: "Leave it" }).click();
});

test("what failed below, saved as a file and opened again", async () => {
  const { id } = await start("console_above");
  await until(`/v2/executions/${id}`, (one) => one.state === "ERROR");
  await open(`/executions/${id}?view=errors`);
  await text("console_fails · breaks");
  await accessible("errors");
  await page.getByRole("tab", { name: "Tree" }).click();
  await page.getByRole("link", { name: "console_fails", exact: true }).waitFor();
  await accessible("tree");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as file" }).click()]);
  const file = await download.path();
  await open("/file");
  await accessible("open a file");
  await page.getByLabel("File").setInputFiles(file);
  await text("Snapshot of");
  await page.locator("canvas[data-painted='1']").waitFor();
  assert.equal(await page.getByRole("button", { name: "Run again…" }).count(), 0);
  await accessible("snapshot");
  await page.getByRole("button", { name: "Close the file" }).click();
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
  // What no index knows goes back in time step by step.
  await open("/executions?state_info=has:console-none");
  await text("Searched to the end");
  await accessible("searched");
});

test("what is chosen in the views of a run stands in the address, and the page that comes has the focus", async () => {
  const { id } = await start("console_demo");
  await until(`/v2/executions/${id}/tasks`, ({ tasks }) => tasks.some((one) => one.name === "waits"));
  await open(`/executions/${id}?view=tasks`);
  await page.getByLabel("Name contains").fill("t");
  await page.getByLabel("Order").selectOption("name");
  const names = () => page.locator(".window tbody button").allTextContents();
  const wanted = ["both", "left", "right", "waits"];
  await page.waitForFunction((number) => document.querySelectorAll(".window tbody button").length === number, wanted.length);
  assert.deepEqual(await names(), wanted);
  await page.reload();
  await page.locator(".window tbody button").first().waitFor();
  assert.deepEqual(await names(), wanted);
  assert.equal(await page.getByLabel("Name contains").inputValue(), "t");
  // Tasks of one name in one row: none has run twice here.
  await page.getByLabel("one row for each name").check();
  await page.waitForURL(/group=name/);
  await text("4 names, ");
  assert.deepEqual(await names(), wanted);
  await page.locator(".window tbody button").first().click();
  await page.getByLabel("Task both").waitFor();
  await open(`/executions/${id}?view=time`);
  const rows = page.locator(".bar-row");
  await rows.first().waitFor();
  const all = await rows.count();
  await page.getByLabel("hide SUCCESS").check();
  await page.waitForURL(/hide=SUCCESS/);
  await page.getByLabel("Order").selectOption("took");
  await page.reload();
  await rows.first().waitFor();
  assert.ok((await rows.count()) < all);
  assert.equal(await page.getByLabel("Order").inputValue(), "took");
  // In the graph what has succeeded is dimmed likewise.
  await page.keyboard.press("1");
  await page.locator("canvas[data-painted='7']").waitFor();
  assert.equal(await page.getByLabel("dim SUCCESS").isChecked(), true);
  await page.locator("canvas[data-painted]").focus();
  await page.keyboard.press("c");
  await page.waitForURL(/critical=1/);
  assert.equal(await page.getByLabel("critical path").isChecked(), true);
  // Browsers let a page write so many addresses only: the moment follows a hand that goes to and fro for long.
  const slider = page.getByLabel("Moment", { exact: true });
  const last = await slider.evaluate(async (field) => {
    for (let i = 1; i <= 150; i++) {
      field.value = String(Math.round((Number(field.max) * (1 + (i % 50))) / 100));
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(done));
    }
    return field.value;
  });
  await page.waitForURL(new RegExp(`at=${last}(&|$)`));
  assert.equal(await slider.inputValue(), last);
  await page.goBack();
  await page.waitForURL((url) => !url.searchParams.has("critical"));
  await page.goForward();
  await page.waitForURL(new RegExp(`at=${last}(&|$)`));
  // Whoever follows a link is on the page behind it, not before all pages.
  await page.getByRole("link", { name: "other runs" }).click();
  await page.waitForURL(/workflow_name=console_demo/);
  await page.locator("tbody tr").first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
  await rest("PUT", `/v2/executions/${id}`, { state: "CANCELLED" });
});

test("a workflow is uploaded, refused, mended and run", async () => {
  await open("/workflows/new/edit");
  await paste(page, "version: '2.0'\nconsole_new:\n  tasks:\n    cleanup: {action: std.noop}\n    a: {action: std.noop, on-success: [clenup]}\n");
  await page.locator("[role=status].state-error").filter({ hasText: "clenup" }).waitFor();
  await page.locator("canvas[data-painted='2']").waitFor();
  assert.equal(await page.locator(".is-wrong").innerText(), "clenup");
  await accessible("editor with problems");
  await page.getByRole("button", { name: "Mend" }).first().click();
  await page.locator("[role=status].state-success").filter({ hasText: "is valid" }).waitFor();
  assert.equal(await page.locator(".is-wrong").count(), 0);
  // What fits is offered while somebody writes, and an expression is tried where it stands.
  await paste(page, "version: '2.0'\nconsole_new:\n  tasks:\n    a:\n      ");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("act");
  await page.getByRole("option", { name: "action" }).waitFor();
  await accessible("what fits");
  await page.keyboard.press("Enter");
  await page.keyboard.type("std.ech");
  await page.getByRole("option", { name: /^std\.echo/ }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.type(" output=<% 20 + 3 %>");
  assert.match(await textOf(page), /\n {6}action: std\.echo output=<% 20 \+ 3 %>$/);
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Control+e");
  await page.locator("p.info strong", { hasText: "23" }).waitFor();
  await paste(page, "version: '2.0'\nconsole_new:\n  input: [who, greeting: Hello]\n  output: {said: <% $.who %>}\n  tasks:\n    a: {action: std.noop}\n");
  await page.getByRole("button", { name: /Upload/ }).click();
  await page.waitForURL(/workflows\/[0-9a-f-]{36}$/);
  await page.locator("canvas[data-painted='1']").waitFor();
  await accessible("workflow");
  await page.getByRole("button", { name: "Run…" }).click();
  await page.getByLabel("who").fill("a <b>bold</b> one");
  await accessible("run dialog");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.waitForURL(/executions\/[0-9a-f-]{36}$/);
  await page.locator("h1 + .state-success").waitFor();
  await page.getByRole("tab", { name: "Data" }).click();
  await text("a <b>bold</b> one");
  assert.equal(await page.locator("main b").count(), 0);
  // A second version, with what differs.
  const { id } = await rest("GET", "/v2/workflows/console_new");
  await open(`/workflows/${id}/edit`);
  await paste(page, "version: '2.0'\nconsole_new:\n  tasks:\n    b: {action: std.noop}\n");
  await page.keyboard.press("Control+s");
  await text("What changes");
  await page.getByRole("button", { name: "Save as a new version" }).click();
  await page.waitForURL(new RegExp(`workflows/${id}$`));
  await page.getByRole("button", { name: /^1 · / }).click();
  await page.locator("pre.diff .state-error", { hasText: "- " }).first().waitFor();
});

test("what two people have changed at a time comes together, and nothing is overwritten", async () => {
  const written = (tasks) => `version: '2.0'\nconsole_shared:\n  tasks:\n${Object.entries(tasks).map(([name, action]) => `    ${name}: {action: ${action}} # why\n`).join("")}`;
  const [{ id }] = (await rest("POST", "/v2/workflows", written({ a: "std.noop", b: "std.noop", c: "std.noop", d: "std.noop" }), "text/plain")).workflows;
  await open(`/workflows/${id}/edit`);
  const area = page.getByLabel("Document");
  await paste(page, written({ a: "std.fail", b: "std.noop", c: "std.echo output=1", d: "std.noop" }));
  await area.locator(".of-key", { hasText: "console_shared" }).waitFor();
  await area.locator(".of-comment").first().waitFor();
  await page.locator("[role=status].state-success").filter({ hasText: "is valid" }).waitFor();
  await accessible("editor in colours");
  await area.press("Control+f");
  await page.keyboard.type("std.fail");
  await page.keyboard.press("Enter");
  await area.locator(".cm-searchMatch-selected", { hasText: "std.fail" }).waitFor();
  await accessible("find in the editor");
  await page.keyboard.press("Escape");
  await rest("PUT", "/v2/workflows", written({ a: "std.echo output=2", b: "std.noop", c: "std.noop", d: "std.noop", e: "std.noop" }), "text/plain");
  await page.keyboard.press("Control+s");
  await page.getByRole("button", { name: "Save as a new version" }).click();
  const dialog = page.getByRole("dialog", { name: "Somebody else has saved console_shared" });
  await dialog.waitFor();
  await accessible("three ways");
  // One place was changed by both, others by one of them.
  assert.equal(await dialog.getByRole("button", { name: "Choose at 1 place" }).isDisabled(), true);
  await dialog.getByLabel("mine", { exact: true }).check();
  await dialog.getByRole("button", { name: "Take the merged text" }).click();
  await dialog.waitFor({ state: "detached" });
  await area.press("Control+s");
  await page.getByRole("dialog").getByRole("button", { name: "Save as a new version" }).click();
  await page.waitForURL(new RegExp(`workflows/${id}$`));
  const saved = (await rest("GET", `/v2/workflows/${id}`)).definition;
  assert.match(saved, /a: \{action: std\.fail\}/);
  assert.match(saved, /c: \{action: std\.echo output=1\}/);
  assert.match(saved, /e: \{action: std\.noop\}/);
});

test("what is chosen is what is done", async () => {
  const first = await start("console_demo");
  const second = await start("console_demo");
  const day = { workflow_name: "console_demo", succeeded: 9, failed: 1, cancelled: 0, p50_us: 2_000, p95_us: 64_000 };
  await page.route(/statistics\/activity.*group_by/, (route) => route.fulfill({ json: { buckets: [day], step: 86_400, truncated: false } }));
  await open("/executions?workflow_name=console_demo&state=RUNNING");
  await page.locator("tbody tr").first().getByText("2.0 ms – 64.0 ms").waitFor();
  await page.getByLabel(`Choose ${first.id}`).check();
  await page.getByLabel(/1 chosen/).selectOption("cancel");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("in a fitting state").waitFor();
  await accessible("bulk dialog");
  await dialog.getByRole("button", { name: "cancel 1" }).click();
  await page.waitForURL(/console\/bulk\//);
  await page.locator("h1 + .state-success").waitFor();
  await accessible("bulk operation");
  assert.equal((await rest("GET", `/v2/executions/${first.id}`)).state, "CANCELLED");
  assert.equal((await rest("GET", `/v2/executions/${second.id}`)).state, "RUNNING");
  await open(`/compare?a=${first.id}&b=${second.id}`);
  await text("Two runs");
  await text("The same input.");
  await accessible("compare");
  // What is left waits for somebody.
  await until(`/v2/executions/${second.id}/tasks`, ({ tasks }) => tasks.some((task) => task.name === "waits" && task.state === "RUNNING"));
  await open("/overview");
  await page.getByRole("region", { name: "Waiting for people" }).getByText("at waits").first().waitFor();
  await page.getByRole("button", { name: /^[1-9]\d* Waiting for people$/ }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "waiting");
});

test("triggers, environments and actions are made and tried", async () => {
  await open("/triggers");
  await page.getByRole("button", { name: "New…" }).click();
  await page.getByLabel("Name").fill("console_nightly");
  await page.getByLabel("Workflow", { exact: true }).fill("console_fails");
  await page.getByLabel(/Pattern/).fill("0 3 * * *");
  await text("every day at 03:00 UTC");
  await accessible("new trigger");
  await page.getByRole("button", { name: "Make it" }).click();
  await page.getByRole("button", { name: "Delete console_nightly" }).waitFor();
  await accessible("triggers");
  await open("/environments");
  await page.getByRole("button", { name: "New…" }).click();
  await page.getByLabel("Name").fill("console_env");
  await page.getByLabel("Variables, JSON").fill('{"region": "one", "password": "secret"}');
  await accessible("new environment");
  await page.getByRole("button", { name: "Save" }).click();
  await text("•••• show");
  await accessible("environment");
  await open("/actions?name=std.echo");
  await page.getByLabel(/^output/).fill("tried");
  await page.getByRole("button", { name: /Try it/ }).click();
  await page.locator("details.call .json-string", { hasText: "tried" }).waitFor();
  await accessible("action");
  await open("/code");
  await text("Dynamic actions");
  await accessible("code sources");
});

test("every page is reached by keyboard and has no fault that axe knows", async () => {
  await open("/executions");
  await page.locator("main h1").waitFor();
  for (const [key, title] of [["o", "Overview"], ["w", "Workflows"], ["a", "Actions"], ["t", "Triggers"], ["v", "Environments"], ["c", "Cluster"], ["e", "Executions"]]) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.locator("main table, main .empty, main .card").first().waitFor();
    await accessible(title);
  }
  await page.locator("main tbody tr").first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  assert.equal(await page.locator("tbody input:checked").count(), 1);
  await page.keyboard.press("x");
  await page.keyboard.press("Enter");
  await page.waitForURL(/executions\/./);
  // The palette finds what was defined, and goes there.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("console_abo");
  await page.getByRole("option", { name: /console_above/ }).first().waitFor();
  await accessible("palette");
  await page.keyboard.press("Enter");
  await page.waitForURL(/workflows\/|executions\//);
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await accessible("keys");
  await page.keyboard.press("Escape");
});

test("zones change what is shown and nothing else", async () => {
  await open("/executions");
  await page.locator("tbody time").first().waitFor();
  const seen = [];
  for (const zone of ["UTC", "Asia/Tokyo", "America/New_York"]) {
    await page.locator(".zone").selectOption(zone);
    seen.push(await page.locator("tbody time").first().textContent());
  }
  assert.equal(new Set(seen).size, 3, String(seen));
  assert.match(seen[0], /Z$/);
  assert.match(await page.locator("tbody time").first().getAttribute("title"), /UTC[\s\S]*local[\s\S]*New_York/);
  await page.locator(".zone").selectOption("local");
});

test("failures say what to do, and old data stays", async () => {
  await open("/executions/no-such-run");
  await text("It has been deleted");
  await accessible("not found");
  await open("/nowhere");
  await text("There is no such page");
  await open("/executions");
  await page.locator("tbody tr").first().waitFor();
  await page.route("**/v2/executions?*", (route) => route.abort());
  await page.getByRole("button", { name: "RUNNING" }).click();
  await text("no answer since");
  await accessible("no answer");
  await page.unroute("**/v2/executions?*");
  await page.locator("header [role=status].state-success").waitFor();
});

test("keys of the page that is shown press its buttons, and ? tells them", async () => {
  const { id } = await start("console_demo");
  await open(`/executions/${id}`);
  await text("Why it has not finished");
  await page.locator("canvas[data-painted]").waitFor();
  await page.keyboard.press("w");
  await page.waitForFunction(() => document.activeElement?.classList.contains("why"));
  await page.keyboard.press("4");
  await page.waitForURL(/view=data/);
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByRole("region", { name: "On this page" }).getByText("time line").waitFor();
  await accessible("keys");
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await page.getByRole("dialog", { name: "Run console_demo" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("1");
  for (const [key, name] of [["o", "Output"], ["i", "Input"]]) {
    await page.keyboard.press(key);
    await page.waitForFunction((name) => document.activeElement?.getAttribute("aria-label") === name, name);
    assert.match(page.url(), new RegExp(`view=data&part=${name.toLowerCase()}`));
  }
  await page.keyboard.press(".");
  await page.waitForFunction(() => document.activeElement?.textContent === "Pause…");
  // Paused, it shows nothing that has not been asked for; then all that it has missed.
  await page.keyboard.press("l");
  await page.locator("header [role=status]", { hasText: "paused" }).waitFor();
  await accessible("paused");
  await rest("PUT", `/v2/executions/${id}`, { state: "CANCELLED" });
  await page.waitForTimeout(3000);
  assert.equal(await page.locator("h1 + .state-running").count(), 1);
  await page.keyboard.press("l");
  await page.locator("h1 + .state-cancelled").waitFor();
  // Where somebody has been last is offered again.
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByText(id.slice(0, 30)).waitFor();
  await page.keyboard.press("Escape");
});

test("large values: found in, as a table, as text, without secrets", async () => {
  const who = Array.from({ length: 200 }, (_, i) => ({ name: `vm-${i}`, password: `hidden-${i}`, ports: [i, 80] }));
  const { id } = await start("console_demo", { input: { who } });
  await open(`/executions/${id}?view=data`);
  const input = page.locator("section.data", { has: page.getByRole("heading", { name: "Input" }) });
  await input.getByLabel("Find in Input").fill("VM-177");
  await input.getByText("$.who[177].name", { exact: true }).waitFor();
  await input.getByText("1 found").waitFor();
  await accessible("found in a value");
  await input.getByLabel("Find in Input").fill("hidden");
  await input.getByText("0 found").waitFor();
  await input.getByLabel("Find in Input").fill("");
  await input.getByRole("button", { name: "Text" }).click();
  await input.locator("pre").waitFor();
  assert.match(await input.locator("pre").textContent(), /"name": "vm-199",\n\s*"password": "••••"/);
  await accessible("a value as text");
  await rest("PUT", `/v2/executions/${id}`, { state: "CANCELLED" });
  // A list of mappings can be a table: what was published is one here.
  const rows = await start("console_rows", { input: { rows: who } });
  await until(`/v2/executions/${rows.id}`, (one) => one.state === "SUCCESS");
  await open(`/executions/${rows.id}?view=tasks&task=gives`);
  const result = page.locator("section.data", { has: page.getByRole("heading", { name: "Result" }) });
  await result.getByRole("button", { name: "Table" }).click();
  await result.getByRole("cell", { name: "vm-99", exact: true }).waitFor();
  assert.equal(await result.getByText("hidden-1").count(), 0);
  await accessible("a value as a table");
});

test("a value of a megabyte is held by a worker, and everything is there", async () => {
  const rows = Array.from({ length: 9000 }, (_, i) => ({ name: `vm-${i}`, password: `hidden-${i}`, note: "x".repeat(40), deep: { ports: [i, 80] } }));
  rows[7].note = "y".repeat(3000);
  const { id } = await start("console_demo", { input: { who: rows } });
  assert.ok(JSON.stringify(await rest("GET", `/v2/executions/${id}?fields=id,input,output,params`)).length > 1 << 20, "so much that a worker holds it");
  const held = page.waitForEvent("worker", (worker) => worker.url().endsWith("/held.js"));
  await open(`/executions/${id}?view=data`);
  await held;
  const input = page.locator("section.data", { has: page.getByRole("heading", { name: "Input" }) });
  await input.getByRole("button", { name: "8,900 more" }).waitFor();
  await input.getByRole("button", { name: "▸ 7: {4}", exact: true }).click();
  await input.getByRole("button", { name: "all 3,000 characters" }).click();
  await input.getByText("y".repeat(3000)).waitFor();
  assert.equal(await input.getByText("hidden-7").count(), 0);
  await input.getByRole("button", { name: "•••• show" }).click();
  await input.getByText("hidden-7").waitFor();
  await input.getByRole("button", { name: "▸ deep: {1}", exact: true }).click();
  await input.getByRole("button", { name: "▸ ports: [2]", exact: true }).click();
  await accessible("a large value as a tree");
  await input.getByRole("button", { name: "8,900 more" }).click();
  await input.getByRole("button", { name: "▸ 1099: {4}", exact: true }).waitFor();
  await input.getByLabel("Find in Input").fill("vm-8999");
  await input.getByText("$.who[8999].name", { exact: true }).waitFor();
  await input.getByText("1 found").waitFor();
  await input.getByLabel("Find in Input").fill("vm-");
  await input.getByText("the first 100").waitFor();
  await input.getByLabel("Find in Input").fill("");
  await input.getByRole("button", { name: "Text" }).click();
  await input.getByText("The first 200,000 characters").waitFor();
  assert.match(await input.locator("pre").textContent(), /"name": "vm-3",\n\s*"password": "••••"/);
  const saved = page.waitForEvent("download");
  await input.getByRole("button", { name: "Save" }).click();
  const file = await (await saved).createReadStream();
  let text = "";
  for await (const piece of file) text += piece;
  assert.deepEqual(JSON.parse(text), { who: rows, count: 3 });
  // What was published is a list of mappings, and the result too: as a table.
  await rest("PUT", `/v2/executions/${id}`, { state: "CANCELLED" });
  const made = await start("console_rows", { input: { rows } });
  await until(`/v2/executions/${made.id}`, (one) => one.state === "SUCCESS");
  await open(`/executions/${made.id}?view=tasks&task=gives`);
  const result = page.locator("section.data", { has: page.getByRole("heading", { name: "Result" }) });
  await result.getByRole("button", { name: "Table" }).click();
  await result.getByRole("cell", { name: "vm-99", exact: true }).waitFor();
  assert.equal(await result.getByText("hidden-1").count(), 0);
});

test("a part of the time is chosen by dragging, or without it", async () => {
  const { executions: [{ id }] } = await rest("GET", "/v2/executions?workflow_name=console_demo&state=CANCELLED&limit=1&sort_keys=created_at&sort_dirs=asc&fields=id");
  await open(`/executions/${id}?view=time`);
  await page.locator(".bar-row").first().waitFor();
  const all = await page.locator(".bar-row").count();
  const axis = await page.locator(".bar-axis .bar-space").boundingBox();
  const y = axis.y + 60;
  await page.mouse.move(axis.x + axis.width * 0.02, y);
  await page.mouse.down();
  await page.mouse.move(axis.x + axis.width * 0.01, y, { steps: 5 });
  await page.mouse.move(axis.x, y, { steps: 5 });
  await page.locator(".bar-band").waitFor();
  await page.mouse.up();
  await page.waitForURL(/from=0&until=\d+/);
  await text("Between the beginning");
  assert.ok((await page.locator(".bar-row").count()) < all, "what began later is not shown");
  await accessible("a part of the time");
  await page.reload();
  await text("Between the beginning");
  await page.getByRole("button", { name: "Show all" }).click();
  await page.waitForFunction((all) => document.querySelectorAll(".bar-row").length === all, all);
  await page.getByLabel("to", { exact: true }).fill("0.000001");
  await page.keyboard.press("Enter");
  await page.waitForURL(/until=1$/);
  // A click on a row is a click.
  await page.getByRole("button", { name: "Show all" }).click();
  await page.locator(".bar-row").first().click();
  await page.waitForURL(/task=hello/);
  // The overview leads to the list of a part.
  await open("/overview");
  const chart = page.locator(".pulls");
  await chart.waitFor();
  const box = await chart.boundingBox();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 1, box.y + 50, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/executions\?created_at=gte/);
  await page.getByLabel("Created from, UTC").waitFor();
  await accessible("executions of a part of the time");
  await page.getByRole("link", { name: "console_demo" }).first().waitFor();
  await page.getByLabel("Created to, UTC").fill("2020-01-01T00:00");
  await page.keyboard.press("Enter");
  await text("No execution matches this filter");
});

test("a trigger that is made anew keeps its parameters, and comes back when the new one is refused", async () => {
  await rest("POST", "/v2/cron_triggers", { name: "console_kept", workflow_name: "console_fails", workflow_input: {}, workflow_params: { env: { a: 1 } }, pattern: "0 3 * * *" });
  await open("/triggers?name=console_kept");
  const edit = page.getByRole("button", { name: "Edit console_kept" });
  await edit.click();
  await page.getByRole("dialog").getByLabel("Workflow").fill("console_no_such_workflow");
  await page.getByRole("button", { name: "Delete and make anew" }).click();
  await page.getByRole("dialog").getByRole("alert").waitFor();
  const kept = async () => (await rest("GET", "/v2/cron_triggers?name=console_kept")).cron_triggers[0];
  assert.deepEqual(JSON.parse((await kept()).workflow_params), { env: { a: 1 } });
  await page.getByRole("dialog").getByLabel("Workflow").fill("console_above");
  await page.getByRole("button", { name: "Delete and make anew" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const made = await kept();
  assert.deepEqual([made.workflow_name, JSON.parse(made.workflow_params)], ["console_above", { env: { a: 1 } }]);
  await rest("DELETE", "/v2/cron_triggers/console_kept");
  // By events.
  await page.getByRole("button", { name: "New for events…" }).click();
  await accessible("a new trigger by events");
  for (const [label, value] of [[/^Name/, "console_event"], [/^Workflow/, "console_fails"], [/^Exchange/, "nova"], [/^Event/, "console.event"]]) await page.getByRole("dialog").getByLabel(label).fill(value);
  await page.getByRole("button", { name: "Make it" }).click();
  await page.getByRole("button", { name: "Delete console_event" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete console_event" }).waitFor({ state: "detached" });
});

test("nothing came from elsewhere, nothing was refused or thrown", () => assert.deepEqual(faults, []));
