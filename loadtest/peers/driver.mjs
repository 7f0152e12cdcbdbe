// What the drivers have in common. A driver runs one workload: it says "ready" when it is set up, begins at the next line of its
// input, and prints what it did as one line of JSON: seconds, steps, latencies in milliseconds.

import { createInterface } from 'node:readline';

export const [workload, size] = [process.argv[2], JSON.parse(process.argv[3])];
export const url = process.env.DATABASE_URL;

/** Runs the workload of this name, once it is asked for. */
export async function run(workloads) {
  console.log('ready');
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  await lines.next();
  try {
    const done = JSON.stringify(await workloads[workload](size));
    // Tens of thousands of latencies are more than a pipe holds at once.
    process.stdout.write(`${done}\n`, () => process.exit(0));
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}

export function check(holds, what) {
  if (!holds) throw new Error(`wrong: ${what}`);
}

/** `body(0)` to `body(count - 1)`, some at a time. */
export async function atATime(count, width, body) {
  let next = 0;
  const one = async () => {
    while (next < count) await body(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, one));
}

/** Measures `count` calls of `body`, some at a time; each does `steps` steps. */
export async function measured(count, width, steps, body) {
  const latencies = [];
  const began = performance.now();
  await atATime(count, width, async n => {
    const at = performance.now();
    await body(n);
    latencies.push(performance.now() - at);
  });
  return { seconds: (performance.now() - began) / 1000, steps: count * steps, latencies };
}

export const pause = milliseconds => new Promise(wake => setTimeout(wake, milliseconds));

/** Waits until `left()` is zero. */
export async function empty(left) {
  const deadline = performance.now() + 60_000;
  while ((await left()) > 0) {
    check(performance.now() < deadline, 'work is left after a minute');
    await pause(2);
  }
}

/** A promise that somebody else keeps. */
export function signal() {
  const it = {};
  it.promise = new Promise(resolve => (it.resolve = resolve));
  return it;
}
