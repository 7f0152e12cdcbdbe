import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { Cancelled, Failure, Started, Worker, action, toJson } from "../dist/index.js";

/** A service that hands out these jobs and keeps what comes back. */
async function service(jobs, trouble = () => null) {
  const seen = { registered: [], results: [], left: 0, running: [], cancelled: [] };
  let [next, waiting] = [0, []];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => (text += part));
    request.on("end", () => {
      const answer = (status, value) => {
        if (response.headersSent) return;
        response.writeHead(status, { "Content-Type": "application/json" });
        response.end(value === undefined ? "" : JSON.stringify(value));
      };
      const refused = trouble(request, text);
      if (refused === "hang up") return request.socket.destroy();
      if (refused) return answer(refused, { faultstring: "no" });
      if (request.method === "DELETE") return (seen.left++, answer(204));
      const body = JSON.parse(text);
      if (request.url === "/v2/workers") {
        seen.registered.push(body);
        return answer(201, { id: `w${seen.registered.length}`, lease_seconds: 10, max_wait_seconds: 1 });
      }
      seen.results.push(...(body.results ?? []));
      if (body.running) seen.running.push(body.running);
      if (body.draining) waiting.splice(0).forEach((go) => go());
      const room = body.room ?? 0;
      const given = jobs.slice(next, next + room);
      next += given.length;
      const cancelled = (body.running ?? []).filter((job) => seen.cancelled.includes(job));
      if (given.length > 0 || cancelled.length > 0 || !body.wait_seconds) return answer(200, { jobs: given, cancelled, dropped: [] });
      const timer = setTimeout(() => answer(200, { jobs: [], cancelled: [], dropped: [] }), body.wait_seconds * 1000);
      waiting.push(() => {
        clearTimeout(timer);
        answer(200, { jobs: [], cancelled: [], dropped: [] });
      });
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { seen, url: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
}

const job = (number, name, input = {}, more = {}) => ({
  job: `j${number}`, action: name, input, is_sync: true, safe_rerun: false, attempt: 1, timeout_seconds: null, context: { workflow_name: "w" }, ...more,
});

async function until(what) {
  const deadline = Date.now() + 10_000;
  while (!what()) {
    assert.ok(Date.now() < deadline, "it does not come");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function served(actions, jobs, trouble) {
  const made = await service(jobs, trouble);
  const worker = new Worker(made.url, actions, { capacity: 4, log: () => {} });
  const running = worker.run(2_000);
  return { ...made, worker, async end() { worker.stop(); await running; made.close(); } };
}

test("actions are described and their ends told", async () => {
  const actions = [
    action("t.add", { description: "Adds.", input: { a: "integer", b: { type: "integer", default: 1 } } }, ({ a, b }) => a + b),
    action("t.late", async (input, context) => ({ in: context.workflow_name, at: new Date(0) })),
    action("t.fails", () => { throw new Failure({ code: 7 }); }),
    action("t.breaks", async () => { throw new RangeError("no"); }),
    action("t.starts", { isSync: false }, () => new Started()),
    action("t.cancels", () => { throw new Cancelled("gone"); }),
  ];
  const jobs = [job(1, "t.add", { a: 2 }), job(2, "t.late"), job(3, "t.fails"), job(4, "t.breaks"), job(5, "t.starts"), job(6, "t.cancels"), job(7, "t.add", { a: "x" }), job(8, "t.none")];
  const one = await served(actions, jobs);
  await until(() => one.seen.results.length === 8);
  await one.end();
  const shown = one.seen.registered[0].actions[0];
  assert.deepEqual([shown.name, shown.input, shown.accepts_any], ["t.add", ["a", { b: 1 }], false]);
  const found = Object.fromEntries(one.seen.results.map(({ job, ...rest }) => [job, rest]));
  assert.deepEqual(found, {
    j1: { data: 3 }, j2: { data: { in: "w", at: "1970-01-01T00:00:00.000Z" } }, j3: { error: { code: 7 } }, j4: { error: "RangeError: no" },
    j5: { started: true }, j6: { cancel: "gone" }, j7: { error: "TypeError: parameter 'a' must be integer" }, j8: { error: "Error: this worker has no action t.none" },
  });
  assert.equal(one.seen.left, 1, "it takes leave");
});

test("deadlines are kept and cancellation is heard", async () => {
  const aborted = [];
  const sleeps = action("t.sleeps", (_, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => { aborted.push(1); reject(signal.reason); })));
  const one = await served([sleeps], [job(1, "t.sleeps", {}, { timeout_seconds: 0.2 }), job(2, "t.sleeps")]);
  await until(() => one.seen.results.length === 1);
  assert.deepEqual(one.seen.results, [{ job: "j1", error: "Timeout after 0.2 seconds" }]);
  one.seen.cancelled.push("j2");
  await until(() => aborted.length === 2);
  await one.end();
  assert.equal(one.seen.results.length, 1, "nobody wants the result of what was cancelled");
});

test("no answer, and a lost lease: results are told again, and it registers anew", async () => {
  let count = 0;
  const trouble = (request, text) => {
    if (!request.url.endsWith("/exchange") || !text.includes("results")) return null;
    count++;
    return count === 1 ? "hang up" : count === 2 ? 503 : null;
  };
  const one = await served([action("t.one", () => 1)], [job(1, "t.one")], trouble);
  await until(() => one.seen.results.length === 1);
  await one.end();
  assert.deepEqual([one.seen.results[0].data, count], [1, 3]);

  let lost = true;
  const two = await served([action("t.one", () => 1)], [], (request) => (request.url === "/v2/workers/w1/exchange" && lost ? 404 : null));
  await until(() => two.seen.registered.length === 2);
  lost = false;
  await two.end();
});

test("values become JSON", () => {
  const loop = [];
  loop.push(loop);
  assert.throws(() => toJson(loop), /holds itself/);
  assert.equal(toJson({ a: new Map([[1, new Set([2])]]), b: 5n, c: NaN, d: undefined, e: Buffer.from("é"), f: new Error("no") }), '{"a":{"1":[2]},"b":5,"c":null,"e":"é","f":"no"}');
  assert.equal(toJson(undefined), "null");
});
