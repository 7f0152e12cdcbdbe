// What needs no browser: layouts and differences, on generated input.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = mkdtempSync(`${tmpdir()}/console-units-`);
let layout, HEIGHT, WIDTH, diff, axis, foldable, grouped, offers, parentsOf, tasksOf, variablesOf, pieces, textLines, merge, merged, usual, rested, find, print, columnsOf, dotted, answer, search, ticks, unfolded, momentAt, perName;

before(async () => {
  const web = fileURLToPath(new URL("..", import.meta.url));
  await build({ absWorkingDir: web, entryPoints: ["src/graph/layout.ts", "src/parts/Diff.tsx", "src/time/gaps.ts", "src/graph/group.ts", "src/edit/complete.ts", "src/edit/colours.ts", "src/edit/merge.ts", "src/parts/usual.ts", "src/parts/perName.ts", "src/data/rested.ts", "src/parts/value.ts"], outdir: folder, bundle: true, format: "esm", outExtension: { ".js": ".mjs" }, jsx: "automatic", jsxImportSource: "preact", logLevel: "error" });
  ({ layout, HEIGHT, WIDTH } = await import(`${folder}/graph/layout.mjs`));
  ({ diff } = await import(`${folder}/parts/Diff.mjs`));
  ({ axis, foldable, ticks, unfolded, momentAt } = await import(`${folder}/time/gaps.mjs`));
  ({ grouped } = await import(`${folder}/graph/group.mjs`));
  ({ offers, parentsOf, tasksOf, variablesOf } = await import(`${folder}/edit/complete.mjs`));
  ({ pieces, textLines } = await import(`${folder}/edit/colours.mjs`));
  ({ perName } = await import(`${folder}/parts/perName.mjs`));
  ({ usual } = await import(`${folder}/parts/usual.mjs`));
  ({ find, print, columnsOf, dotted, answer, search } = await import(`${folder}/parts/value.mjs`));
  ({ rested } = await import(`${folder}/data/rested.mjs`));
  ({ merge, merged } = await import(`${folder}/edit/merge.mjs`));
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
  const gaps = foldable(() => events, total);
  assert.deepEqual(gaps, [{ from: 5 * minute, to: 2 * day + 5 * minute }]);
  const { place, width } = axis(total, gaps);
  for (const at of [0, 17, 5 * minute, 6 * minute, day, 2 * day + 6 * minute, total]) assert.ok(Math.abs(place(momentAt(place(at), total, { place })) - place(at)) <= 1, `${at}`);
  assert.ok(width < 11 * minute, "two days take no room");
  for (let at = 0, last = -1; at <= total; at += total / 997) {
    assert.ok(place(at) > last);
    last = place(at);
  }
  assert.ok(Math.abs(place(2 * day + 9 * minute) - place(2 * day + 5 * minute) - 4 * minute) < 1, "what happened keeps its size");
  // Short pauses stay, and so does everything where nothing is folded.
  assert.deepEqual(foldable(() => assert.fail("too short to be folded"), 25e6), []);
  assert.equal(axis(total, []).width, total);
});

test("a group stands for chains and twins, and nothing gets lost in it", () => {
  const node = (name, calls = "std.noop") => ({ name, kind: "action", calls, join: null, with_items: false, start: false, line: null, policies: {} });
  const edge = (from, to) => ({ from, to, on: "success", condition: null });
  // Two equal chains between a beginning and an end; a third one calls something else.
  const nodes = ["begin", "a1", "a2", "b1", "b2", "c1", "c2", "end"].map((name) => node(name, name === "c2" ? "std.echo" : "std.noop"));
  const edges = [[0, 1], [1, 2], [2, 7], [0, 3], [3, 4], [4, 7], [0, 5], [5, 6], [6, 7]].map(([from, to]) => edge(from, to));
  const graph = { spec_hash: "x", name: "g", kind: "direct", nodes, edges, truncated: false };
  const names = (made) => made.members.map((tasks) => tasks.map((task) => nodes[task].name).sort().join(" ")).sort();
  assert.deepEqual(names(grouped(graph, () => false)), ["a1 a2 b1 b2", "begin", "c1 c2", "end"]);
  // What somebody will look for stays apart.
  assert.deepEqual(names(grouped(graph, (name) => name === "b1")), ["a1 a2", "b1", "b2", "begin", "c1 c2", "end"]);
  for (const seed of [1, 2, 3, 4, 5]) {
    const next = random(seed);
    const count = 200;
    const some = { ...graph, nodes: Array.from({ length: count }, (_, i) => node(`t${i}`, `std.${next(2)}`)), edges: Array.from({ length: 260 }, () => edge(next(count), next(8) ? next(count) : -1 - next(4))) };
    const made = grouped(some, (name) => name.endsWith("7"));
    assert.deepEqual(made.members.flat().sort((a, b) => a - b), [...Array(count).keys()]);
    made.members.forEach((tasks, i) => tasks.forEach((task) => assert.equal(made.shownAs[task], i)));
    for (const { from, to } of some.edges) {
      const isInside = to >= 0 && made.shownAs[from] === made.shownAs[to];
      assert.ok(isInside || made.graph.edges.some((one) => one.from === made.shownAs[from] && one.to === (to < 0 ? to : made.shownAs[to])), "every way between groups is there");
    }
  }
});

test("what fits where the caret stands", () => {
  const known = { actions: [{ name: "std.echo", input: 'output, delay="0"' }, { name: "std.email", input: "to" }], workflows: ["other", "onward"], functions: [{ name: "len", signature: "len(list)", text: "" }], sample: { host: "h1" } };
  // The caret is where the bar stands.
  const at = (marked, isAsked = false) => {
    const place = marked.indexOf("|");
    const found = offers(marked.replace("|", ""), place, known, isAsked);
    return found && found.items.map((item) => item.text);
  };
  const head = "version: '2.0'\nwf:\n  input: [vm, size: 1]\n  vars:\n    zone: one\n  tasks:\n    first: {action: std.noop, publish: {made: <% 1 %>}}\n    second:\n";
  assert.deepEqual(at(`${head}      act|`), ["action"]);
  assert.ok(at(`${head}      |`, true).includes("on-success"));
  assert.equal(at(`${head}      |`), undefined);
  assert.deepEqual(at(`${head}      action: std.e|`), ["std.echo", "std.email"]);
  assert.deepEqual(at(`${head}      action: std.echo o|`), ["output"]);
  assert.deepEqual(at(`${head}      workflow: o|`), ["other", "onward"]);
  assert.deepEqual(at(`${head}      on-success: [fi|]`), ["first"]);
  assert.deepEqual(at(`${head}      on-error:\n        - fa|`), ["fail"]);
  assert.deepEqual(at(`${head}      retry:\n        c|`), ["count", "continue-on"]);
  assert.deepEqual(at(`${head}      input: {x: <% le|`), ["len"]);
  assert.deepEqual(at(`${head}      input: {x: <% $.| %>}`), ["host", "vm", "size", "zone", "made"]);
  assert.deepEqual(at(`${head}      input: {x: "{{ _.z| }}"}`), ["zone"]);
  assert.deepEqual(at(`${head}      input: {x: <% task(sec|`), ["second"]);
  assert.deepEqual(at("version: '2.0'\nwf:\n  tas|"), ["tasks", "task-defaults"].sort((a) => (a === "tasks" ? 1 : -1)));
  assert.deepEqual(parentsOf(`${head}      retry:\n        `, head.length + 22), ["wf", "tasks", "second", "retry"]);
  assert.deepEqual([tasksOf(head), variablesOf(head)], [["first", "second"], ["vm", "size", "zone", "made"]]);
  // Whatever stands there, nothing breaks.
  const next = random(11);
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: next(40) }, () => "ab:- \n\n  {[,<%>$._'"[next(20)]).join("");
    offers(text, next(text.length + 1), known, next(2) === 1);
  }
});

test("what one has changed is taken, what both have is asked", () => {
  const parts = merge("a\nb\nc\nd\ne", "a\nB\nc\nd\ne\nf", "x\na\nb'\nc\ne");
  assert.deepEqual(parts.map(({ kind }) => kind), ["theirs", "same", "conflict", "same", "theirs", "same", "mine"]);
  assert.equal(merged(parts, ["mine"]), "x\na\nB\nc\ne\nf");
  assert.equal(merged(parts, ["both"]), "x\na\nb'\nB\nc\ne\nf");
  const next = random(5);
  const text = (length) => Array.from({ length }, () => "abcd"[next(4)]).join("\n");
  for (let round = 0; round < 300; round++) {
    const [base, mine, theirs] = [text(next(12)), text(next(12)), text(next(12))];
    const all = merge(base, mine, theirs);
    for (const [name, whole] of [["base", base], ["mine", mine], ["theirs", theirs]]) {
      assert.equal(all.flatMap((part) => (part.kind === "same" ? part.base : part[name])).join("\n"), whole, `${name} of ${JSON.stringify([base, mine, theirs])}`);
    }
    assert.equal(merged(merge(base, mine, base), []), mine);
    assert.equal(merged(merge(base, base, theirs), []), theirs);
    assert.equal(merged(merge(base, mine, mine), []), mine);
  }
});

test("what is usual is the middle of the days, each as often as something ran", () => {
  const day = (workflow_name, succeeded, p50_us, p95_us) => ({ workflow_name, succeeded, failed: 1, cancelled: 0, p50_us, p95_us });
  const found = usual([day("a", 9, 8, 64), day("a", 1, 2, 1024), day("a", 3, 4, 128), day("b", 0, 1, 1), day("c", 5, null, null)]);
  assert.deepEqual([...found], [["a", { p50: 8, p95: 64 }], ["b", { p50: 1, p95: 1 }]]);
});

test("colours change no letter, and are of the right pieces", () => {
  const of = (line, isText = false) => pieces(line, isText).filter(([kind]) => kind);
  assert.deepEqual(of("    say: # why"), [["key", "say"], ["comment", "# why"]]);
  assert.deepEqual(of("      action: std.echo output=<% 'a: ' + $.b %> delay=2"), [["key", "action"], ["expression", "<% 'a: ' + $.b %>"], ["literal", "2"]]);
  assert.deepEqual(of("  - {join: all, 'on-success': [a, b], x: true, y: \"{{ _.z }}!\"}").map(([kind, text]) => `${kind} ${text}`), ["key join", "key 'on-success'", "key x", "literal true", "key y", 'string "', "expression {{ _.z }}", 'string !"']);
  assert.deepEqual(of("description: don't"), [["key", "description"]]);
  assert.deepEqual(of("  it is a: text", true), [["string", "  it is a: text"]]);
  assert.deepEqual(textLines(["a: |", "  b: c", "", "  d", "e: f", "g: >-", " h"], 0, 9), [false, true, true, true, false, false, true]);
  const next = random(3);
  for (let round = 0; round < 3000; round++) {
    const line = Array.from({ length: next(30) }, () => "ab:- #{[,<%>$._'\"}1"[next(19)]).join("");
    assert.equal(pieces(line, next(2) === 1).map(([, text]) => text).join(""), line);
  }
});

test("the page that is there before the script has the same ways to go", async () => {
  const { readFileSync } = await import("node:fs");
  const read = (name) => readFileSync(new URL(`../src/${name}`, import.meta.url), "utf8");
  const pages = [...read("main.tsx").matchAll(/^ {2}\["(\w+)", "(\w+)", "\w"\],$/gm)].map(([, name, label]) => `<a href="%BASE%/console/${name}">${label}</a>`);
  assert.equal(pages.length, 7);
  assert.ok(read("index.html").includes(pages.join("")));
});

test("what is wished while something is done is done once, after a rest", async () => {
  let [now, done] = [0, 0];
  let end;
  const rests = [];
  const wish = rested(() => new Promise((ended) => (end = ended)).then(() => (done += 1)), () => now, (act, wait) => rests.push([act, wait]));
  const ends = async (took) => {
    now += took;
    end();
    await new Promise((turn) => setTimeout(turn));
    return rests.pop();
  };
  for (let i = 0; i < 3; i++) wish();
  let [act, wait] = await ends(100);
  assert.deepEqual([done, wait], [1, 500]);
  wish();
  // Wished three times meanwhile, begun once.
  act();
  [act, wait] = await ends(10);
  assert.deepEqual([done, wait], [2, 250]);
  act();
  wish();
  await ends(1);
  assert.equal(done, 3);
});

test("members are found by name and by value, with their paths; secrets only by name", () => {
  const value = { servers: [{ name: "web-1", "pre fix": 7, password: "web" }, { name: "db", ports: [80, 8080] }], note: null };
  const paths = (word) => [...find(value, word)].filter(Boolean).map((one) => one.path);
  assert.deepEqual(paths("WEB"), ["$.servers[0].name"]);
  assert.deepEqual(paths("80"), ["$.servers[1].ports[0]", "$.servers[1].ports[1]"]);
  assert.deepEqual(paths("pre"), ['$.servers[0].get("pre fix")']);
  assert.deepEqual(paths("passw"), ["$.servers[0].password"]);
  assert.deepEqual(paths("note"), ["$.note"]);
  assert.deepEqual([...find("word", "or")].map((one) => one.path), ["$"]);
  // It gives others a turn.
  assert.ok([...find(Array.from({ length: 5000 }, (_, i) => i), "none")].length >= 9);
});

test("a value is printed as JSON, as far as it is read, without secrets", () => {
  const value = { a: [1, "x", null, {}, []], b: { c: true } };
  assert.deepEqual(print(value, 10_000), { text: JSON.stringify(value, null, 2), isWhole: true, hides: false });
  const { text, isWhole } = print(Array.from({ length: 100_000 }, (_, i) => i), 500);
  assert.deepEqual([text.length, isWhole], [500, false]);
  assert.deepEqual(print({ api_key: "k", b: 1 }, 100), { text: '{\n  "api_key": "••••",\n  "b": 1\n}', isWhole: true, hides: true });
  assert.deepEqual(columnsOf([{ a: 1 }, { b: 2, a: 3 }]), ["a", "b"]);
  for (const none of [[], [{ a: 1 }], [1, 2], { a: 1 }, "text", null]) assert.deepEqual(columnsOf(none), []);
});

test("what is asked of a value is the same here and in a worker", async () => {
  const value = { list: [{ a: 1, token: "t" }, { a: "x".repeat(300), b: [1] }, null], "a.b": "(Q+)" };
  assert.deepEqual(answer(value, { what: "members", until: 1 }), [["list", value.list]]);
  assert.deepEqual(answer([7, 8], { what: "members", until: 9 }), [["0", 7], ["1", 8]]);
  assert.deepEqual(answer(value.list, { what: "cells", columns: ["a", "b", "token"], until: 9 }), [["1", "", "••••"], ["x".repeat(200), "[ 1 ]", "••••"], ["", "", "••••"]]);
  assert.equal(answer("text", { what: "whole" }), "text");
  assert.deepEqual(answer("text", { what: "print", most: 2 }), { text: "te", isWhole: false, hides: false });
  const found = (word) => new Promise((done) => search(value, word, 5, (hits, isDone) => isDone && done(hits)));
  // Words are words, whatever patterns make of them.
  assert.deepEqual(await found("(q+)"), [{ path: '$.get("a.b")', text: '"(Q+)"' }]);
  assert.deepEqual(await found("token"), [{ path: "$.list[0].token", text: undefined }]);
  assert.deepEqual(await found("q*"), []);
  const many = await new Promise((done) => search(Array.from({ length: 50_000 }, () => "word"), "WORD", 1, (hits, isDone) => isDone && done(hits)));
  assert.equal(many.length, 100);
  // Who has stopped it hears no more.
  let heard = 0;
  search(value, "a", 5, () => heard++)();
  await new Promise((done) => setTimeout(done, 30));
  assert.equal(heard, 0);
});

test("of secrets beside each other only that they differ is said", () => {
  const [left, right] = dotted({ password: "a", same: { token: "t" }, hosts: [{ secret: 1 }], region: "one" }, { password: "b", same: { token: "t" }, hosts: [{ secret: 1 }, { secret: 2 }], region: "two" });
  assert.deepEqual(left, { password: "••••", same: { token: "••••" }, hosts: [{ secret: "••••" }], region: "one" });
  assert.deepEqual(right, { password: "•••• (another)", same: { token: "••••" }, hosts: [{ secret: "••••" }, { secret: "•••• (another)" }], region: "two" });
  assert.deepEqual(dotted(null, [1]), [null, [1]]);
});

test("an axis has a few round moments, beyond folded time too", () => {
  assert.deepEqual(ticks(1_000_000, 1), [0, 200_000, 400_000, 600_000, 800_000]);
  assert.deepEqual(ticks(3, 1), [0, 1, 2]);
  for (const [total, zoom] of [[1, 1], [47_700, 1], [9e11, 64], [123_456, 4]]) {
    const made = ticks(total, zoom);
    assert.ok(made.length >= 1 && made.length <= 10 * zoom + 1 && made[made.length - 1] <= total, `${total} × ${zoom}: ${made.length}`);
  }
  const gaps = [{ from: 10, to: 110 }];
  assert.deepEqual([5, 10, 11, 20].map((time) => unfolded(time, gaps)), [5, 10, 111, 120]);
});

test("tasks of one name are one row, with what failed first and the newest to be opened", () => {
  const row = (id, name, state, created_us, finished_us, attempts = 1) => ({ id, name, state, created_us, started_us: created_us + 1, finished_us, attempts });
  const rows = [row("1", "a", "SUCCESS", 10, 15), row("2", "b", "RUNNING", 20, null), row("4", "a", "ERROR", 40, 61, 3), row("3", "a", "SUCCESS", 30, 32)];
  const [a, b] = perName(rows);
  assert.deepEqual([a.name, a.last.id, a.count, a.states, a.began_us, a.longest, a.attempts], ["a", "4", 3, [["ERROR", 1], ["SUCCESS", 2]], 11, 20, 5]);
  assert.deepEqual([b.name, b.last.id, b.count, b.states, b.longest], ["b", "2", 1, [["RUNNING", 1]], null]);
  assert.deepEqual(perName([]), []);
});
