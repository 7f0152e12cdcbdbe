// What needs no browser: layouts and differences, on generated input.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = mkdtempSync(`${tmpdir()}/console-units-`);
let layout, HEIGHT, WIDTH, diff, axis, foldable;

before(async () => {
  const web = fileURLToPath(new URL("..", import.meta.url));
  await build({ absWorkingDir: web, entryPoints: ["src/graph/layout.ts", "src/parts/Diff.tsx", "src/time/gaps.ts"], outdir: folder, bundle: true, format: "esm", outExtension: { ".js": ".mjs" }, jsx: "automatic", jsxImportSource: "preact", logLevel: "error" });
  ({ layout, HEIGHT, WIDTH } = await import(`${folder}/graph/layout.mjs`));
  ({ diff } = await import(`${folder}/parts/Diff.mjs`));
  ({ axis, foldable } = await import(`${folder}/time/gaps.mjs`));
});
after(() => rmSync(folder, { recursive: true }));

function random(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state % below;
  };
}

test("no two nodes overlap, edges go forward unless marked, the same comes twice", () => {
  for (const [count, edges, seed] of [[1, 0, 1], [2, 3, 2], [50, 80, 3], [300, 700, 4], [20_000, 30_000, 5]]) {
    const next = random(seed);
    const from = Int32Array.from({ length: edges }, () => next(count));
    const to = Int32Array.from({ length: edges }, () => next(count));
    const begun = performance.now();
    const made = layout(count, from, to);
    assert.ok(performance.now() - begun < 8000);
    const again = layout(count, from, to);
    assert.deepEqual([made.x, made.y], [again.x, again.y]);
    for (let i = 0; i < edges; i++) if (!made.back[i] && from[i] !== to[i]) assert.ok(made.x[to[i]] > made.x[from[i]], `edge ${i} of ${count}`);
    const columns = new Map();
    for (let i = 0; i < count; i++) columns.set(made.x[i], [...(columns.get(made.x[i]) ?? []), made.y[i]]);
    for (const places of columns.values()) {
      places.sort((a, b) => a - b);
      for (let i = 1; i < places.length; i++) assert.ok(places[i] - places[i - 1] >= HEIGHT - 1e-6);
    }
    const gaps = [...columns.keys()].sort((a, b) => a - b);
    for (let i = 1; i < gaps.length; i++) assert.ok(gaps[i] - gaps[i - 1] >= WIDTH);
  }
});

test("a difference gives both texts back", () => {
  const next = random(7);
  for (let round = 0; round < 200; round++) {
    const lines = () => Array.from({ length: next(30) }, () => "abc"[next(3)]).join("\n");
    const [left, right] = [lines(), lines()];
    const made = diff(left, right);
    const side = (sign) => made.filter(([kind]) => kind === " " || kind === sign).map(([, line]) => line).join("\n");
    assert.equal(side("-"), left);
    assert.equal(side("+"), right);
  }
});

test("time in which nothing happens is folded, and nothing changes its order", () => {
  const [minute, day] = [60e6, 86_400e6];
  const total = 2 * day + 10 * minute;
  const events = [0, minute, 5 * minute, 2 * day + 5 * minute, 2 * day + 9 * minute];
  const gaps = foldable(events, total);
  assert.deepEqual(gaps, [{ from: 5 * minute, to: 2 * day + 5 * minute }]);
  const { place, width } = axis(total, gaps);
  assert.ok(width < 11 * minute, "two days take no room");
  for (let at = 0, last = -1; at <= total; at += total / 997) {
    assert.ok(place(at) > last);
    last = place(at);
  }
  assert.ok(Math.abs(place(2 * day + 9 * minute) - place(2 * day + 5 * minute) - 4 * minute) < 1, "what happened keeps its size");
  // Short pauses stay, and so does everything where nothing is folded.
  assert.deepEqual(foldable([0, 20e6], 25e6), []);
  assert.equal(axis(total, []).width, total);
});
