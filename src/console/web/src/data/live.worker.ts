// Holds the one stream of this browser for all its tabs (a SharedWorker), or that of one tab where there is none of these.
// What the tabs watch is collected, then the stream is opened anew, from where each watch was.

interface Tab {
  port: MessagePort;
  watches: Map<string, number>;
  token?: string;
}

type State = "idle" | "live" | "lost";

/** Time in which changes of what is watched are collected, and without a sign of life after which a stream counts as dead. */
const COLLECT = 200;
const SILENCE = 40_000;
/** Longest wait between two attempts. */
const SLOWEST = 15_000;

/** What a proxy has put before the paths of the service: what stands before those of this file. */
const BASE = location.pathname.slice(0, location.pathname.lastIndexOf("/console/a/"));

const tabs = new Set<Tab>();
let wanted = "";
let stream: AbortController | undefined;
let state: State = "idle";
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let cursor = 0;

function tell(message: unknown, watch?: string) {
  for (const tab of tabs) if (watch === undefined || tab.watches.has(watch)) tab.port.postMessage(message);
}

function become(next: State) {
  state = next;
  tell({ state });
}

function later(wait: number) {
  clearTimeout(timer);
  timer = setTimeout(open, wait);
}

function open() {
  const watches = new Set<string>();
  for (const tab of tabs) for (const watch of tab.watches.keys()) watches.add(watch);
  const text = [...watches].sort().join(",");
  const token = [...tabs].find((tab) => tab.token)?.token;
  if (text === wanted && stream && !(state === "lost")) return;
  stream?.abort();
  wanted = text;
  if (!text) return become("idle");
  const abort = new AbortController();
  stream = abort;
  void read(text, abort, token);
}

async function read(watches: string, abort: AbortController, token?: string) {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(() => abort.abort(), SILENCE);
  };
  try {
    const since = cursor ? `&since=${cursor}` : "";
    const headers: Record<string, string> = { Accept: "text/event-stream" };
    if (token) headers["X-Auth-Token"] = token;
    const answer = await fetch(`${BASE}/v2/events?watch=${encodeURIComponent(watches)}${since}`, { headers, signal: abort.signal });
    if (!answer.ok || !answer.body) throw new Error(String(answer.status));
    failures = 0;
    become("live");
    // Something may have changed between what the tabs have read and now.
    tell({ event: "gap", data: { watch: "" } });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let buffer = "";
    alive();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      alive();
      buffer += value;
      for (let end = buffer.indexOf("\n\n"); end >= 0; end = buffer.indexOf("\n\n")) {
        pass(buffer.slice(0, end));
        buffer = buffer.slice(end + 2);
      }
    }
  } catch {
    // Told below.
  }
  clearTimeout(silence);
  if (stream !== abort) return;
  stream = undefined;
  failures += 1;
  become("lost");
  later(Math.min(SLOWEST, 500 * 2 ** failures));
}

function pass(text: string) {
  let event = "";
  let data = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("event: ")) event = line.slice(7);
    else if (line.startsWith("data: ")) data += line.slice(6);
    else if (line.startsWith("id: ")) cursor = Number(line.slice(4)) || cursor;
  }
  if (!event) return;
  const made = JSON.parse(data);
  if (event === "tasks") tell({ event, data: made }, `execution:${made.execution}`);
  else if (event === "execution") tell({ event, data: made }, `execution:${made.row[0]}`);
  else if (event === "executions") tell({ event, data: made }, "executions");
  else tell({ event, data: made });
}

function connect(port: MessagePort) {
  const tab: Tab = { port, watches: new Map() };
  tabs.add(tab);
  port.onmessage = ({ data }) => {
    if (data.token !== undefined) tab.token = data.token || undefined;
    if (data.watch) tab.watches.set(data.watch, (tab.watches.get(data.watch) ?? 0) + 1);
    if (data.drop) {
      const left = (tab.watches.get(data.drop) ?? 1) - 1;
      if (left > 0) tab.watches.set(data.drop, left);
      else tab.watches.delete(data.drop);
    }
    if (data.bye) tabs.delete(tab);
    later(COLLECT);
  };
  port.postMessage({ state });
}

const scope = globalThis as unknown as { onconnect?: (event: MessageEvent) => void; onmessage?: (event: MessageEvent) => void };
const take = (event: MessageEvent) => connect(event.ports[0]);
if ("SharedWorkerGlobalScope" in globalThis) scope.onconnect = take;
else scope.onmessage = take;
