// Changes reach the page without being asked for: one stream for all tabs, a server that goes and comes back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, bed, figure, proxy, rest, start } from "./bed.mjs";

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
