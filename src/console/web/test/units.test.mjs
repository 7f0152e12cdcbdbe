// What needs no browser: layouts and differences, on generated input.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = mkdtempSync(`${tmpdir()}/console-units-`);
let layout, HEIGHT, WIDTH, diff, statesAt;

before(async () => {
  const web = fileURLToPath(new URL("..", import.meta.url));
  await build({ absWorkingDir: web, entryPoints: ["src/graph/layout.ts", "src/parts/Diff.tsx"], outdir: folder, bundle: true, format: "esm", outExtension: { ".js": ".mjs" }, jsx: "automatic", jsxImportSource: "preact", logLevel: "error" });
  ({ layout, HEIGHT, WIDTH } = await import(`${folder}/graph/layout.mjs`));
  ({ diff } = await import(`${folder}/parts/Diff.mjs`));
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
