// What watching costs: `node watchers.mjs` against the server CONSOLE_URL. A tree of ten thousand tasks runs, by turns with nobody and with
// a hundred watching it; printed is the median time of each. WATCHERS, ROUNDS and COLUMNS (of a hundred tasks each) change the numbers. With SERVER_PID, the server's process
// on this machine, the processor time that it takes for each is printed too: that is steady where others use the machine as well.
import { readFileSync } from "node:fs";
import http from "node:http";
import { rest, SERVER, start, until } from "./test/bed.mjs";

const WATCHERS = Number(process.env.WATCHERS ?? 100);
const ROUNDS = Number(process.env.ROUNDS ?? 7);
const COLUMNS = Number(process.env.COLUMNS ?? 100);

const lines = ["version: '2.0'", "watched_large:", "  tasks:", "    begin: {action: std.async_noop, on-success: ["];
for (let row = 0; row < 100; row++) lines[3] += `${row ? ", " : ""}t${row}_0`;
lines[3] += "]}";
for (let row = 0; row < 100; row++) {
  for (let column = 0; column < COLUMNS; column++) {
    const next = column < COLUMNS - 1 ? `, on-success: [t${row}_${column + 1}]` : "";
    lines.push(`    t${row}_${column}: {action: std.noop${next}}`);
  }
}
await rest("POST", "/v2/workflows", lines.join("\n"), "text/plain").catch(() => undefined);

const agent = new http.Agent({ maxSockets: Infinity });
const watch = (id) =>
  new Promise((done, failed) => {
    const request = http.get(`${SERVER}/v2/events?watch=execution:${id}`, { agent, headers: { Accept: "text/event-stream" } }, (answer) => {
      if (answer.statusCode !== 200) return failed(new Error(`status ${answer.statusCode}`));
      let bytes = 0;
      answer.on("data", (part) => (bytes += part.length));
      answer.on("error", () => undefined);
      done({ end: () => request.destroy(), bytes: () => bytes });
    });
    request.on("error", failed);
  });

/** Processor time that the server has taken, milliseconds; the kernel counts in hundredths of a second. */
function spent() {
  if (!process.env.SERVER_PID) return NaN;
  const fields = readFileSync(`/proc/${process.env.SERVER_PID}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Milliseconds from the completion of the first task to the end of the tree, by the server's clock. */
async function once(watchers) {
  const { id } = await start("watched_large");
  const { tasks } = await rest("GET", `/v2/executions/${id}/tasks?fields=id`);
  const { action_executions: actions } = await rest("GET", `/v2/tasks/${tasks[0].id}/action_executions`);
  const streams = await Promise.all(Array.from({ length: watchers }, () => watch(id)));
  await new Promise((done) => setTimeout(done, 300));
  const before = spent();
  await rest("PUT", `/v2/action_executions/${actions[0].id}`, { state: "SUCCESS", output: null });
  await until(`/v2/executions/${id}?fields=state`, (one) => one.state === "SUCCESS", 60_000);
  // What is still to be told comes within the pause between two messages.
  await new Promise((done) => setTimeout(done, 300));
  const cpu = spent() - before;
  const line = await rest("GET", `/v2/executions/${id}/timeline?limit=1`);
  const told = streams.reduce((sum, stream) => sum + stream.bytes(), 0);
  streams.forEach((stream) => stream.end());
  await rest("DELETE", `/v2/executions/${id}`);
  return { took: (line.execution.updated_us - line.execution.created_us - line.rows[0][line.columns.indexOf("finished_us")]) / 1000, told, cpu };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const [without, with_] = [[], []];
const [cpuWithout, cpuWith] = [[], []];
let told = 0;
await once(0);
for (let i = 0; i < ROUNDS; i++) {
  // Each comes first every second time: the more rows there are, the dearer is the next run.
  for (const watchers of i % 2 ? [WATCHERS, 0] : [0, WATCHERS]) {
    const run = await once(watchers);
    (watchers ? with_ : without).push(run.took);
    (watchers ? cpuWith : cpuWithout).push(run.cpu);
    told += run.told;
  }
}
console.log(`nobody: ${median(without).toFixed(0)} ms of ${without.map((ms) => ms.toFixed(0))}`);
console.log(`${WATCHERS} watchers: ${median(with_).toFixed(0)} ms of ${with_.map((ms) => ms.toFixed(0))}; they were told ${(told / ROUNDS / 1e6).toFixed(1)} MB a run`);
console.log(`difference: ${((median(with_) / median(without) - 1) * 100).toFixed(1)} %`);
if (process.env.SERVER_PID) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  console.log(`processor time of the server a run: ${mean(cpuWithout).toFixed(0)} ms with nobody (${cpuWithout}), ${mean(cpuWith).toFixed(0)} ms with ${WATCHERS} watchers (${cpuWith}): ${((mean(cpuWith) / mean(cpuWithout) - 1) * 100).toFixed(1)} %`);
}
process.exit(0);
