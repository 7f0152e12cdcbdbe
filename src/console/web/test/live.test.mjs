// Changes reach the page without being asked for: one stream for all tabs, a server that goes and comes back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, bed, figure, proxy, rest, SERVER, start, until } from "./bed.mjs";

const { fresh, context: opened } = bed();
let between;

before(async () => {
  between = await proxy();
  await rest("POST", "/v2/workflows", "version: '2.0'\nlive_demo:\n  tasks:\n    waits: {action: std.async_noop, on-success: [next]}\n    next: {action: std.noop}\n", "text/plain");
});

after(() => between?.close());

const complete = async (id) => {
  const { tasks } = await rest("GET", `/v2/executions/${id}/tasks`);
  const { action_executions: actions } = await rest("GET", `/v2/tasks/${tasks[0].id}/action_executions`);
  await rest("PUT", `/v2/action_executions/${actions[0].id}`, { state: "SUCCESS", output: null });
};

test("a change reaches the screen, eight tabs share one stream", async () => {
  const { id } = await start("live_demo");
  const context = await opened();
  const tabs = [];
  for (let i = 0; i < 8; i++) {
    const page = await context.newPage();
    await page.goto(`${between.url}/console/executions/${id}?view=tasks`);
    tabs.push(page);
  }
  for (const page of tabs) await page.locator("header [role=status]", { hasText: "live" }).waitFor();
  await new Promise((done) => setTimeout(done, 1000));
  assert.equal(between.streams, 1);
  await tabs[0].bringToFront();
  const shown = tabs[0].evaluate(() => new Promise((done) => {
    const look = () => (document.querySelector("tbody .state-success") ? done(Date.now()) : requestAnimationFrame(look));
    look();
  }));
  await complete(id);
  const committed = Date.now();
  figure("event from commit to screen, same process", Math.max(0, (await shown) - committed), 250);
  await context.close();
});

test("a list changes in place, and says what is new", async () => {
  const { page, faults } = await fresh({ own: between.url });
  const { id } = await start("live_demo");
  await page.goto(`${between.url}/console/executions?workflow_name=live_demo`);
  const row = page.locator(`tr[data-id="${id}"]`);
  await row.locator(".state-running").waitFor();
  await page.locator("header [role=status]", { hasText: "live" }).waitFor();
  await complete(id);
  await row.locator(".state-success").waitFor();
  await row.hover();
  await start("live_demo");
  await page.getByText("new or changed elsewhere").waitFor();
  await page.getByText("new or changed elsewhere").click();
  await page.locator("tbody .state-running").first().waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test("a server that goes is told, and found again", async () => {
  const { page } = await fresh({ own: between.url });
  const { id } = await start("live_demo");
  await page.goto(`${between.url}/console/executions/${id}`);
  await page.locator("header [role=status]", { hasText: "live" }).waitFor();
  between.die();
  await page.getByText("no answer since").waitFor({ timeout: 30_000 });
  assert.ok((await page.locator(".stale").count()) > 0, "old data stays, greyed");
  await accessible(page, "server gone");
  await complete(id);
  between.live();
  await page.locator("header [role=status]", { hasText: "live" }).waitFor({ timeout: 40_000 });
  await page.locator("h1 + .state-success").waitFor({ timeout: 40_000 });
  await page.close();
});

test("refusals say what to do", async () => {
  const { page } = await fresh({ own: between.url });
  for (const [status, message, advice] of [
    [401, "Authentication required", "This service asks who you are"],
    [403, "Operation forbidden", "policy does not let you"],
    [404, "not found", "It has been deleted"],
    [500, "a defect", "a defect"],
    [503, "too slow", "The service is busy"],
  ]) {
    between.answers = [[/^\/v2\/executions\?/, status, message]];
    await page.goto(`${between.url}/console/executions`);
    await page.getByText(advice).first().waitFor();
    await accessible(page, `status ${status}`);
  }
  between.answers = [];
  await page.close();
});

test("what somebody writes stays while the page is drawn anew", async () => {
  const { page, faults } = await fresh();
  const happens = async (id) => {
    await complete(id);
    await start("live_demo");
  };
  // Dates of a list whose rows change: the year is written digit by digit, each of which makes another year.
  const first = (await start("live_demo")).id;
  await page.goto(`${SERVER}/console/executions?workflow_name=live_demo&created_at=gte:2026-01-01 00:00,lt:2099-01-01 00:00`);
  const row = page.locator(`tr[data-id="${first}"]`);
  await row.locator(".state-running").waitFor();
  await page.locator("header [role=status]", { hasText: "live" }).waitFor();
  const from = page.getByLabel("Created from, UTC");
  await from.click({ position: { x: 12, y: 12 } });
  await page.keyboard.press("Delete");
  await happens(first);
  await row.locator(".state-success").waitFor();
  assert.equal(await from.evaluate((field) => field.validity.badInput), true, "half a date is left as it is");
  await page.keyboard.type("02032025");
  assert.equal((await from.inputValue()).slice(0, 10), "2025-02-03");
  assert.match(decodeURIComponent(page.url()), /gte:2026-01-01/, "half a date is no filter");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("created_at")?.startsWith("gte:2025-02-03") ?? false);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Created from, UTC");
  // Why something is done to all that match, when none does any more.
  const second = (await start("live_demo", { description: "live_only" })).id;
  await page.goto(`${SERVER}/console/executions?description=live_only&state=RUNNING`);
  await page.locator(`tr[data-id="${second}"]`).waitFor();
  await page.locator(`tr[data-id="${second}"] input`).check();
  await page.getByLabel("1 chosen:").selectOption("cancel");
  const reason = page.getByRole("dialog").getByLabel("Why");
  await reason.fill("nobody needs it");
  await complete(second);
  // The list is asked again, as it is now and then.
  await page.evaluate(() => document.querySelector("header .dot-button").click());
  await page.evaluate(() => document.querySelector("header .dot-button").click());
  await page.locator("main .empty").waitFor({ state: "attached" });
  assert.equal(await reason.inputValue(), "nobody needs it");
  await page.keyboard.press("Escape");
  // An answer that is being written when the run ends.
  const third = (await start("live_demo")).id;
  await page.goto(`${SERVER}/console/executions/${third}`);
  await page.getByRole("button", { name: "Complete…" }).click();
  const answer = page.getByRole("dialog").getByLabel("Result, a JSON object");
  await answer.fill('{"written": true}');
  await rest("PUT", `/v2/executions/${third}`, { state: "CANCELLED" });
  await page.locator("h1 + .state-cancelled").waitFor({ state: "attached" });
  assert.equal(await answer.inputValue(), '{"written": true}');
  await page.keyboard.press("Escape");
  // A part of the time: Enter takes it, and the field is still where one is.
  await page.goto(`${SERVER}/console/executions/${third}?view=time`);
  const begin = page.getByLabel("from", { exact: true });
  await begin.fill("0.001");
  await begin.press("Enter");
  await page.waitForURL(/from=1000/);
  assert.equal(await begin.evaluate((field) => field === document.activeElement), true);
  assert.deepEqual(faults, []);
  await page.close();
});

test("expressions are tried on the task that was chosen, and a task stays while somebody is busy with it", async () => {
  const { page } = await fresh();
  await rest("POST", "/v2/workflows", "version: '2.0'\nlive_steps:\n  tasks:\n    begin: {action: std.noop, on-success: [one]}\n    one: {action: std.async_noop, on-success: [two]}\n    two: {action: std.async_noop, on-success: [one]}\n", "text/plain");
  const { id } = await start("live_steps");
  const { id: task } = (await until(`/v2/executions/${id}/tasks`, ({ tasks }) => tasks.length === 2)).tasks.find(({ name }) => name === "one");
  const next = async (number) => {
    const { tasks } = await until(`/v2/executions/${id}/tasks?sort_keys=created_at`, ({ tasks }) => tasks.length === number);
    const { action_executions: [action] } = await until(`/v2/tasks/${tasks.find(({ state }) => state === "RUNNING").id}/action_executions`, ({ action_executions: made }) => made.length > 0);
    await rest("PUT", `/v2/action_executions/${action.id}`, { state: "SUCCESS", output: {} });
    await until(`/v2/executions/${id}/tasks`, ({ tasks }) => tasks.length === number + 1);
  };
  await page.goto(`${SERVER}/console/executions/${id}?view=bench`);
  const seen = page.getByLabel("What the task saw");
  await seen.waitFor();
  await page.locator("header [role=status]", { hasText: "live" }).waitFor();
  await next(2);
  await seen.locator("option", { hasText: "two" }).waitFor({ state: "attached" });
  assert.equal(await seen.inputValue(), task);
  // In a circle: the same task runs again while its first action is read.
  await page.goto(`${SERVER}/console/executions/${id}?view=graph&task=one`);
  const panel = page.locator("section.panel[aria-label='Task one']");
  await panel.locator(".call summary").click();
  await next(3);
  await panel.getByText("Runs:").waitFor();
  assert.equal(await panel.locator(".call[open]").count(), 1);
  await rest("PUT", `/v2/executions/${id}`, { state: "CANCELLED" });
  await page.close();
});

test("what a run has left open when it ended is told", async () => {
  const { page, faults } = await fresh();
  const { id } = await start("live_demo");
  await page.goto(`${SERVER}/console/executions/${id}?view=time`);
  await page.locator(".bar-row .bar-running").waitFor();
  assert.equal(await page.locator(".bar-left").count(), 0);
  await rest("PUT", `/v2/executions/${id}`, { state: "CANCELLED" });
  const bar = page.locator(".bar-row", { has: page.locator(".bar-left") });
  await bar.waitFor();
  assert.match(await bar.getAttribute("aria-label"), /^waits, RUNNING when the run ended/);
  await page.getByText("notched: 1 task that had not ended when the run did").waitFor();
  await bar.click();
  await page.getByText("It was open when the run ended").waitFor();
  await accessible(page, "a task that was left open");
  await page.keyboard.press("3");
  await page.locator(".window").getByText("left open").waitFor();
  // As it was before, it was running.
  await page.goto(`${SERVER}/console/executions/${id}?view=time&at=1`);
  await page.locator(".bar-row .bar-running").waitFor();
  assert.equal(await page.locator(".bar-left").count(), 0);
  assert.deepEqual(faults, []);
  await page.close();
});

test("what is shown of a task, of errors and of two runs follows what happens", async () => {
  const { page, faults } = await fresh();
  await rest("POST", "/v2/workflows", "version: '2.0'\nlive_answer:\n  tasks:\n    asks: {action: std.async_noop, on-error: [after]}\n    after: {action: std.async_noop}\n", "text/plain");
  const answer = async (id, name, wanted) => {
    const { tasks } = await rest("GET", `/v2/executions/${id}/tasks?name=${name}`);
    const { action_executions: [action] } = await rest("GET", `/v2/tasks/${tasks[0].id}/action_executions`);
    await rest("PUT", `/v2/action_executions/${action.id}`, wanted);
  };
  // The result of a task that ends while one looks at it, and the state of what it has called.
  const { id } = await start("live_answer");
  await page.goto(`${SERVER}/console/executions/${id}?view=tasks&task=asks`);
  const panel = page.locator("section.panel[aria-label='Task asks']");
  await panel.locator(".call .state-running").waitFor();
  await page.locator("header [role=status]", { hasText: "live" }).waitFor();
  await answer(id, "asks", { state: "SUCCESS", output: { said: "the answer" } });
  await panel.locator(".call .state-success").waitFor({ timeout: 10_000 });
  await panel.locator("section.data[aria-label=Result]").getByText("the answer").waitFor({ timeout: 10_000 });
  // Why, and the way that took the longest: of the whole run, when it is over.
  const { id: fails } = await start("live_answer");
  await page.goto(`${SERVER}/console/executions/${fails}?view=time`);
  const why = page.locator("section.why");
  await why.getByRole("button", { name: "Look at asks" }).waitFor();
  await page.getByText("outlined: the critical path, 1 task").waitFor();
  await answer(fails, "asks", { state: "ERROR", output: { said: "no" } });
  await why.getByRole("button", { name: "Look at after" }).waitFor({ timeout: 4000 });
  await answer(fails, "after", { state: "ERROR", output: { said: "no again" } });
  await page.getByRole("heading", { name: "Why it failed" }).waitFor();
  await why.getByText("no again").first().waitFor({ timeout: 4000 });
  await page.getByText("outlined: the critical path, 2 tasks").waitFor({ timeout: 4000 });
  // Two runs, one of which still goes on.
  const { id: other } = await start("live_answer");
  await page.goto(`${SERVER}/console/compare?a=${id}&b=${other}`);
  await page.locator("tbody .state-running").waitFor();
  await answer(other, "asks", { state: "ERROR", output: { said: "no" } });
  await page.locator("tbody .state-error").waitFor({ timeout: 15_000 });
  await answer(other, "after", { state: "ERROR", output: { said: "no again" } });
  await page.locator("section.panel .state-error").first().waitFor({ timeout: 15_000 });
  await page.locator("tbody tr", { hasText: "after" }).locator(".state-error").waitFor({ timeout: 15_000 });
  // Errors, while they happen.
  const { id: third } = await start("live_answer");
  await page.goto(`${SERVER}/console/executions/${third}?view=errors`);
  await page.getByText("Nothing has failed").waitFor();
  await answer(third, "asks", { state: "ERROR", output: { said: "no" } });
  await until(`/v2/executions/${third}/tasks`, ({ tasks }) => tasks.length === 2);
  await answer(third, "after", { state: "ERROR", output: { said: "no again" } });
  await page.getByText("Other runs with this message").first().waitFor({ timeout: 15_000 });
  assert.deepEqual(faults, []);
  await page.close();
});
