// How long things take. Each figure is printed beside its aim; twice the aim fails where the tests are asked for, six times elsewhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bed, figure, paste, percentile, rest, SERVER, start, until } from "./bed.mjs";

const { fresh: opened } = bed(["--enable-precise-memory-info"]);
const fresh = async () => (await opened({ patience: 60_000 })).page;

const ROUNDS = 5;

/** Notes in the page when it first showed a row: the frame after it is there. What asks from outside would be measured too. */
const noteFirstRow = () => {
  const observer = new MutationObserver(() => {
    if (!document.querySelector("main tbody tr")) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.firstRow = performance.now())));
  });
  observer.observe(document, { childList: true, subtree: true });
};

test("first paint and first rows, cold cache", async () => {
  const [paints, rows] = [[], []];
  for (let i = 0; i < ROUNDS; i++) {
    const page = await fresh();
    await page.addInitScript(noteFirstRow);
    await page.goto(`${SERVER}/console/executions`);
    rows.push(await (await page.waitForFunction(() => window.firstRow, undefined, { polling: 100 })).jsonValue());
    paints.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0));
    await page.context().close();
  }
  figure("first paint of the frame, cold cache", percentile(paints, 50), 300);
  figure("list of 50 visible, cold cache", percentile(rows, 50), 600);
});

test("pages of a large list", async () => {
  const page = await fresh();
  await page.goto(`${SERVER}/console/executions`);
  await page.locator("main tbody tr, main .empty").first().waitFor();
  const [{ count }] = [await page.evaluate(async () => {
    const answer = await fetch("/v2/statistics/executions?state=SUCCESS&created_at=gte:2000-01-01%2000:00");
    return (await answer.json()).counts[0];
  })];
  const first = "/v2/executions?limit=50&sort_keys=created_at&sort_dirs=desc&fields=id,workflow_name,state,state_info,created_at,updated_at";
  const deep = process.env.CONSOLE_DEEP ? `&marker=${process.env.CONSOLE_DEEP}` : "";
  for (const [what, filters] of [["first page", ""], ["first page of a state", "&state=ERROR"], ["first page of a workflow", "&workflow_name=wf7"], ["page at 90 %", deep]]) {
    if (what === "page at 90 %" && !deep) continue;
    const times = await page.evaluate(async ([path, rounds]) => {
      const taken = [];
      for (let i = 0; i < rounds; i++) {
        const begun = performance.now();
        await (await fetch(path)).json();
        taken.push(performance.now() - begun);
      }
      return taken.slice(1);
    }, [first + filters, 12]);
    figure(`${what} of ${process.env.CONSOLE_ROWS ?? count} executions, request in the browser`, percentile(times, 95), 100);
  }
  await page.context().close();
});

test("ten thousand tasks, uploaded, run and drawn", async () => {
  const lines = ["version: '2.0'", "figures_large:", "  tasks:"];
  for (let row = 0; row < 100; row++) {
    for (let column = 0; column < 100; column++) {
      const next = column < 99 ? `, on-success: [t${row}_${column + 1}]` : "";
      lines.push(`    t${row}_${column}: {action: std.noop${next}}`);
    }
  }
  await rest("POST", "/v2/workflows", lines.join("\n"), "text/plain");
  const { id } = await start("figures_large");
  await until(`/v2/executions/${id}?fields=state`, (one) => one.state === "SUCCESS", 60_000);
  const page = await fresh();
  await page.goto(`${SERVER}/console/executions`);
  await page.locator("main h1").waitFor();
  const answers = [];
  for (let i = 0; i < ROUNDS; i++) {
    answers.push(await page.evaluate(async (id) => {
      const begun = performance.now();
      await Promise.all(["graph", "timeline"].map(async (name) => (await fetch(`/v2/executions/${id}/${name}`, { cache: "no-store" })).json()));
      return performance.now() - begun;
    }, id));
  }
  console.log(`FIGURE graph and time line of 10,000 tasks, the first time: ${Math.round(answers[0])} ms`);
  figure("graph and time line of 10,000 tasks, answers", percentile(answers, 50), 400);
  await page.goto(`${SERVER}/console/executions/${id}`);
  // Twins and chains are one node first; everything is drawn when somebody opens it.
  await page.locator("canvas[data-painted='1']").waitFor();
  const sinceAnswer = () => page.evaluate(() => {
    const of = (part) => performance.getEntriesByType("resource").filter((one) => one.name.endsWith(part)).pop()?.responseEnd ?? 0;
    return performance.now() - Math.max(of("/graph"), of("/timeline"));
  });
  figure("10,000 tasks, from the answer to the first picture, grouped", await sinceAnswer(), 1200);
  const opened = await page.evaluate(() => performance.now());
  await page.getByRole("button", { name: "Open all 10,000" }).click();
  await page.locator("canvas[data-painted='10000']").waitFor();
  figure("10,000 tasks, from the wish to the picture of each", (await page.evaluate(() => performance.now())) - opened, 1200);
  // The picture of all of it, which is behind the other, comes a moment later.
  await page.waitForFunction(() => document.querySelector("canvas[data-whole]"));
  // Frames of two seconds of zooming and two of panning; what a page at rest takes more than 16.7 ms is the machine's.
  const frames = (act) => page.evaluate((act) => new Promise((done) => {
    const times = [];
    const canvas = document.querySelector(".graph-stage");
    const begun = performance.now();
    let last = begun;
    let panned = false;
    const step = (now) => {
      times.push(now - last);
      last = now;
      if (act && canvas) {
        const phase = (now - begun) / 4000;
        const box = canvas.getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const pointer = (type, dx) => canvas.dispatchEvent(new PointerEvent(type, { clientX: x + dx, clientY: y + dx / 2, bubbles: true, pointerId: 1 }));
        if (phase < 0.5) canvas.dispatchEvent(new WheelEvent("wheel", { deltaY: phase < 0.25 ? -12 : 12, clientX: x, clientY: y, bubbles: true, cancelable: true }));
        else if (!panned) {
          canvas.setPointerCapture = () => undefined;
          pointer("pointerdown", 0);
          panned = true;
        } else pointer("pointermove", 200 * Math.sin(phase * 20));
      }
      if (now - begun < 4000) requestAnimationFrame(step);
      else done(times.slice(2));
    };
    requestAnimationFrame(step);
  }), act);
  const quiet = percentile(await frames(false), 95);
  const busy = await frames(true);
  console.log(`FIGURE zoom and pan over 10,000 tasks: frame p50 ${percentile(busy, 50).toFixed(1)} ms, p95 ${percentile(busy, 95).toFixed(1)} ms; quiet page p95 ${quiet.toFixed(1)} ms`);
  figure("zoom and pan over 10,000 tasks, frame p95 beyond that of a page at rest", percentile(busy, 95) - Math.max(0, quiet - 16.7), 20);
  // It keeps that pace since a gesture moves finished pictures, which is seen: they are blurred. Afterwards it is sharp again.
  const picture = page.locator("canvas[data-painted]");
  const moved = Number(await picture.getAttribute("data-moving"));
  assert.ok(moved > busy.length / 2, `${moved} of ${busy.length} frames moved finished pictures`);
  await picture.focus();
  await page.keyboard.press("ArrowRight");
  await page.locator(".navigator strong").waitFor();
  for (const [tab, wanted] of [["Time line", ".bar-row"], ["Tasks", ".window tbody tr[aria-rowindex]"]]) {
    const begun = await page.evaluate(() => performance.now());
    await page.getByRole("tab", { name: tab, exact: true }).click();
    await page.locator(wanted).first().waitFor();
    figure(`${tab} of 10,000`, (await page.evaluate(() => performance.now())) - begun, 300);
  }
  await page.context().close();
});

test("the list, live, does not grow", async () => {
  const page = await fresh();
  await page.goto(`${SERVER}/console/executions`);
  await page.locator("main tbody tr, main .empty").first().waitFor();
  const heap = () => page.evaluate(() => performance.memory.usedJSHeapSize / (1 << 20));
  for (let i = 0; i < 20; i++) await start("figures_large").catch(() => undefined).then((one) => one && rest("PUT", `/v2/executions/${one.id}`, { state: "CANCELLED" }).catch(() => undefined));
  await page.waitForTimeout(2000);
  figure("heap of the list after changes", await heap(), 80, "MB");
  await page.context().close();
});

/** Tasks longer than fifty milliseconds from now on, as long as the page is there. */
const noteLong = (page) => page.evaluate(() => {
  window.long = [];
  new PerformanceObserver((list) => window.long.push(...list.getEntries().map((one) => one.duration))).observe({ type: "longtask" });
});

test("a value of ten megabytes is opened and searched", async () => {
  const page = await fresh();
  const value = JSON.stringify({ servers: Array.from({ length: 71_000 }, (_, i) => ({ name: `server-${i}`, ports: [i, i + 1], note: "nothing in particular, but so many words that it takes some room: ten megabytes in all" })) });
  await rest("POST", "/v2/workflows", "version: '2.0'\nfigures_value:\n  tasks:\n    one: {action: std.noop}\n", "text/plain");
  const { id } = await start("figures_value");
  const execution = await rest("GET", `/v2/executions/${id}`);
  await page.route(`**/v2/executions/${id}?fields=id,input,*`, (route) => route.fulfill({ json: { ...execution, input: value } }));
  await page.goto(`${SERVER}/console/executions`);
  await page.locator("main h1").waitFor();
  await noteLong(page);
  const begun = Date.now();
  await page.evaluate(() => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector("section.data[aria-label=Input] .json-key")) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => (window.seenAt = performance.now())));
    });
    seen.observe(document, { childList: true, subtree: true });
  });
  await page.evaluate((id) => {
    // As a link does it.
    const link = Object.assign(document.createElement("a"), { href: `/console/executions/${id}?view=data` });
    document.querySelector("main").append(link);
    link.click();
  }, id);
  const input = page.locator("section.data", { has: page.getByRole("heading", { name: "Input" }) });
  await input.locator(".json-key", { hasText: "servers" }).waitFor();
  console.log(`FIGURE ${(value.length / 1e6).toFixed(1)} MB of JSON, with their way through the test: ${Date.now() - begun} ms`);
  const since = await page.evaluate((id) => window.seenAt - performance.getEntriesByType("resource").filter((one) => one.name.includes(`/v2/executions/${id}?fields=id,input`)).pop().responseEnd, id);
  figure("10 MB of JSON, from the answer to the tree", since, 800);
  figure("10 MB of JSON, longest task while it is opened", Math.max(0, ...(await page.evaluate(() => window.long))), 50);
  await page.evaluate(() => (window.long = []));
  await page.evaluate(() => {
    const area = document.querySelector("section.data[aria-label=Input]");
    area.querySelector("input").addEventListener("input", () => (window.typed = performance.now()));
    new MutationObserver(() => {
      if (!window.found && area.textContent.includes("1 found")) window.found = performance.now();
    }).observe(area, { childList: true, subtree: true, characterData: true });
  });
  await input.getByLabel("Find in Input").fill("server-70999");
  await input.getByText("1 found").waitFor();
  // With the 100 ms that the page waits for another key.
  figure("10 MB of JSON, searched to the end", await page.evaluate(() => window.found - window.typed), 300);
  figure("10 MB of JSON, longest task while it is searched", Math.max(0, ...(await page.evaluate(() => window.long))), 50);
  await page.context().close();
});

test("a document of two hundred tasks is looked at while it is written", async () => {
  const page = await fresh();
  const document = (tasks) => ["version: '2.0'", "figures_written:", "  tasks:", ...Array.from({ length: tasks }, (_, i) => `    t${i}:\n      action: std.noop\n      on-success: [t${Math.min(i + 1, tasks - 1)}]`)].join("\n");
  await page.goto(`${SERVER}/console/workflows/new/edit`);
  await page.getByLabel("Document").waitFor();
  await paste(page, document(200));
  await page.getByText("200 tasks").waitFor();
  await page.getByText("The document is valid").waitFor();
  await page.keyboard.press("Control+End");
  // Noted by the page itself, as the frame after it is there.
  await page.evaluate(() => {
    addEventListener("keydown", (event) => event.key === "x" && (window.typed = performance.now()), true);
    new MutationObserver(() => {
      if (!window.told && document.querySelector(".title .state-error")) requestAnimationFrame(() => setTimeout(() => (window.told ??= performance.now())));
    }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  });
  await page.keyboard.type("x");
  figure("diagnosis of 200 tasks after the last key", await (await page.waitForFunction(() => window.told && window.told - window.typed, undefined, { polling: 100 })).jsonValue(), 700);
  await page.context().close();
});
