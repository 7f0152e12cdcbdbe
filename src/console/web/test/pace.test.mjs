// How long a page keeps its reader waiting, while it is used and while much happens on it. Figures are printed beside their aims.
// CONSOLE_MINUTES: how long the list is looked at for what it keeps of memory (docs/console.md has the figures of 6 and 30).
import assert from "node:assert/strict";
import { test } from "node:test";
import { bed, figure, paste, percentile, rest, SERVER, start, until } from "./bed.mjs";

const { fresh: opened } = bed(["--enable-precise-memory-info"]);

/** Notes what the reader does with the time until it is seen, and tasks that keep the page busy for longer than fifty milliseconds. */
const notes = () => {
  window.pace = { events: [], long: [] };
  new PerformanceObserver((list) => window.pace.events.push(...list.getEntries().filter((one) => one.interactionId).map((one) => [one.interactionId, one.name, one.duration]))).observe({ type: "event", durationThreshold: 16 });
  new PerformanceObserver((list) => window.pace.long.push(...list.getEntries().map((one) => one.duration))).observe({ type: "longtask" });
};

async function fresh() {
  const { page } = await opened({ patience: 60_000 });
  await page.addInitScript(notes);
  return page;
}

/** What was noted since the last time: of each thing done, until it was seen; long tasks. */
async function noted(page) {
  await page.waitForTimeout(300);
  const { events, long } = await page.evaluate(() => {
    const { pace } = window;
    window.pace = { events: [], long: [] };
    return pace;
  });
  const seen = new Map();
  for (const [id, , duration] of events) seen.set(id, Math.max(seen.get(id) ?? 0, duration));
  return { waits: [...seen.values()], keys: events.filter(([, name]) => name === "keydown").map(([, , duration]) => duration), long };
}

const moment = (page) => page.waitForTimeout(120);

const chain = (name, rows, columns, action) => ["version: '2.0'", `${name}:`, "  tasks:", ...Array.from({ length: rows * columns }, (_, i) => {
  const [row, column] = [Math.floor(i / columns), i % columns];
  return `    t${row}_${column}: {action: ${action}${column < columns - 1 ? `, on-success: [t${row}_${column + 1}]` : ""}}`;
})].join("\n");

let large;

test("what somebody does is seen soon, on every page", async () => {
  await rest("POST", "/v2/workflows", chain("pace_large", 100, 100, "std.noop"), "text/plain");
  await rest("POST", "/v2/workflows", "version: '2.0'\npace_small:\n  tasks:\n    a: {action: std.noop, on-success: [b]}\n    b: {action: std.async_noop}\n", "text/plain");
  large = (await start("pace_large")).id;
  const small = (await start("pace_small")).id;
  for (let i = 0; i < 60; i++) await start("pace_small", { input: {} });
  await until(`/v2/executions/${large}?fields=state`, (one) => one.state === "SUCCESS", 120_000);
  const page = await fresh();
  const worst = [];
  const measured = async (what, act) => {
    await noted(page);
    await act();
    const { waits } = await noted(page);
    worst.push(...waits);
    console.log(`FIGURE ${what}: ${waits.length} interactions, the longest ${Math.max(0, ...waits)} ms`);
  };
  const press = async (...keys) => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await moment(page);
    }
  };
  const heading = (name) => page.getByRole("heading", { level: 1, name }).waitFor();
  await page.goto(`${SERVER}/console/executions`);
  await page.locator("tbody tr").first().waitFor();
  await measured("executions", async () => {
    await press("j", "j", "x", "k", "x", "x", "]", "t", "t", "l", "l");
    await page.getByRole("button", { name: "RUNNING" }).first().click();
    await page.waitForURL(/state=RUNNING/);
    await moment(page);
    await press("Control+k", ..."pace", "Escape", "?", "Escape");
  });
  await measured("pages one after the other", async () => {
    for (const [key, title] of [["o", "Overview"], ["w", "Workflows"], ["a", "Actions"], ["t", "Triggers"], ["v", "Environments"], ["c", "Cluster"], ["e", "Executions"]]) {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await heading(title);
      await moment(page);
    }
  });
  await page.goto(`${SERVER}/console/executions/${small}`);
  await page.locator("canvas[data-painted]").waitFor();
  await measured("a small run", async () => press("2", "3", "4", "5", "6", "7", "1", "w", ".", "i", "o", "1"));
  await page.goto(`${SERVER}/console/executions/${large}`);
  await page.locator("canvas[data-painted]").waitFor();
  await measured("views of a run of 10,000 tasks", async () => press("2", "3", "4", "5", "6", "7", "1", "2", "1"));
  await page.locator("canvas[data-painted]").waitFor();
  await measured("the graph of 10,000 tasks, grouped", async () => {
    await page.locator("canvas[data-painted]").focus();
    await press("ArrowRight", "ArrowRight", "ArrowDown", "+", "+", "-", "f", "h", "h");
  });
  await page.keyboard.press("3");
  const filter = page.getByLabel("Name contains");
  await filter.waitFor();
  await measured("a word typed over 10,000 tasks", async () => {
    await filter.focus();
    await press(..."t9_9", "Backspace", "Backspace");
    await page.getByLabel("Order").selectOption("took");
    await moment(page);
  });
  figure("interaction to what is seen of it, 98 of 100", percentile(worst, 98), 200);
  await page.context().close();
});

test("ten thousand tasks are written in", async () => {
  const page = await fresh();
  const tasks = Number(process.env.CONSOLE_TASKS ?? 10_000);
  const document = ["version: '2.0'", "pace_written:", "  tasks:", ...Array.from({ length: tasks }, (_, i) => `    t${i}:\n      action: std.noop\n      on-success: [t${Math.min(i + 1, tasks - 1)}]`)].join("\n");
  await page.goto(`${SERVER}/console/workflows/new/edit`);
  await page.getByLabel("Document").waitFor();
  await paste(page, document);
  await page.getByText(`${tasks.toLocaleString("en")} tasks`).waitFor();
  await page.getByText("The document is valid").waitFor();
  const waits = [];
  for (const [where, words] of [["Control+Home", "# so many words"], ["Control+End", " # so many words"]]) {
    await page.keyboard.press(where);
    await page.waitForTimeout(1000);
    await noted(page);
    for (const letter of words) {
      await page.keyboard.type(letter);
      await page.waitForTimeout(110);
    }
    waits.push(...(await noted(page)).keys);
    await page.keyboard.press("Enter");
  }
  // What took less than 16 ms is not noted at all.
  figure("a key in a document of 10,000 tasks, 95 of 100", percentile(waits.length ? waits : [16], 95), 50);
  // What was typed last is looked at before the next thing is.
  await page.waitForTimeout(4000);
  await page.getByText("The document is valid").waitFor();
  const last = Date.now();
  await page.keyboard.type("x");
  await page.locator(".title .state-error").waitFor();
  figure("diagnosis of 10,000 tasks after the last key", Date.now() - last, 3000);
  await page.context().close();
});

test("five hundred changes a second", async () => {
  const [rows, columns] = [250, 40];
  await rest("POST", "/v2/workflows", chain("pace_busy", rows, columns, "std.sleep seconds=1"), "text/plain");
  const page = await fresh();
  const { id } = await start("pace_busy");
  await page.goto(`${SERVER}/console/executions/${id}`);
  await page.getByRole("button", { name: /^Open all/ }).click();
  await page.locator(`canvas[data-painted='${rows * columns}']`).waitFor();
  await page.locator("header [role=status]", { hasText: "live" }).waitFor();
  await page.evaluate(() => {
    window.drawn = 0;
    new MutationObserver((all) => (window.drawn += all.length)).observe(document.querySelector("canvas[data-painted]"), { attributeFilter: ["data-painted"] });
  });
  await noted(page);
  const changes = async () => (await rest("GET", `/v2/executions/${id}/timeline?columns=id,finished_us&limit=20000`)).rows.reduce((sum, [, finished]) => sum + (finished === null ? 1 : 2), 0);
  const [begun, before, drawn] = [Date.now(), await changes(), await page.evaluate(() => window.drawn)];
  await page.waitForTimeout(3000);
  figure("a live graph that is looked at, longest task, 98 of 100", percentile((await noted(page)).long.concat(0), 98), 50);
  // The reader goes on reading.
  await page.locator("canvas[data-painted]").focus();
  for (const key of ["+", "+", "ArrowRight", "ArrowRight", "-", "f", "ArrowDown", "h", "h"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(400);
  }
  const after = await changes();
  const seconds = (Date.now() - begun) / 1000;
  const { waits, long } = await noted(page);
  const repaints = ((await page.evaluate(() => window.drawn)) - drawn - 9) / seconds;
  console.log(`FIGURE changes while it was watched: ${Math.round((after - before) / seconds)} a second`);
  figure("a live graph, repaints", repaints, 4, "a second");
  figure("a live graph, interaction to what is seen of it", Math.max(0, ...waits), 200);
  figure("a live graph that is moved, dimmed and walked along, longest task, 98 of 100", percentile(long.concat(0), 98), 50);
  await page.keyboard.press("3");
  await page.locator(".window tbody tr[aria-rowindex]").first().waitFor();
  await noted(page);
  await page.waitForTimeout(2000);
  figure("a live table, longest task, 98 of 100", percentile((await noted(page)).long.concat(0), 98), 50);
  await rest("PUT", `/v2/executions/${id}`, { state: "CANCELLED" }).catch(() => undefined);
  await page.context().close();
});

test("a list that is looked at for long keeps nothing", async () => {
  const minutes = Number(process.env.CONSOLE_MINUTES ?? 0.5);
  const page = await fresh();
  await page.goto(`${SERVER}/console/executions`);
  await page.locator("tbody tr").first().waitFor();
  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    // Twice: what is only reached by something that is freed goes the second time.
    for (let i = 0; i < 2; i++) await session.send("HeapProfiler.collectGarbage");
    return (await session.send("Runtime.getHeapUsage")).usedSize / (1 << 20);
  };
  // So much happens that the page changes all the time; its code and caches are there after the first moments.
  let isOver = false;
  const busy = (async () => {
    while (!isOver) {
      const made = await Promise.all(Array.from({ length: 5 }, () => start("pace_small")));
      await new Promise((done) => setTimeout(done, 500));
      await Promise.all(made.map(({ id }) => rest("PUT", `/v2/executions/${id}`, { state: "CANCELLED" })));
      await new Promise((done) => setTimeout(done, 500));
    }
  })();
  const seen = [];
  const parts = 12;
  for (let i = 0; i < parts; i++) {
    await page.waitForTimeout((minutes * 60_000) / parts);
    seen.push(await heap());
  }
  isOver = true;
  await busy;
  console.log(`FIGURE heap of the list, each ${((minutes * 60) / parts).toFixed(1)} s: ${seen.map((one) => one.toFixed(2)).join(" ")} MB`);
  const last = seen.slice(-Math.ceil(parts / 3));
  // The line through the last third, by least squares.
  const middle = (last.length - 1) / 2;
  const mean = last.reduce((sum, one) => sum + one, 0) / last.length;
  const slope = last.reduce((sum, one, i) => sum + (i - middle) * (one - mean), 0) / last.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  figure(`heap of the list after ${minutes} minutes live`, seen[seen.length - 1], 80, "MB");
  const growth = (slope * parts) / minutes;
  // Of half a minute it says nothing.
  if (minutes >= 3) figure("the same, growth a minute in the last third", growth, 0.2, "MB");
  else console.log(`FIGURE growth a minute in the last third of so short a time: ${growth.toFixed(2)} MB`);
  const rows = await page.locator("tbody tr").count();
  assert.ok(rows <= 50, `${rows} rows`);
  await page.context().close();
});
