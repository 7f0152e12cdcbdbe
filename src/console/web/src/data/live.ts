// Changes as they happen: what a view watches, and whether the stream is there.
import { useEffect, useRef } from "preact/hooks";
import { signal } from "../shell/signal";
import { token } from "./client";
import { script } from "../shell/build";
import { paused } from "../shell/link";

export type Told =
  | { event: "tasks"; data: { execution: string; columns: string[]; rows: unknown[][] } }
  | { event: "execution"; data: { row: [string, string, string, number, number | null] } }
  | { event: "executions"; data: { rows: [string, string, string, number, number | null][] } }
  | { event: "gap" | "bye"; data: { watch?: string } };

/** `idle`: nothing is watched; `lost`: views ask again and again instead. */
export const liveState = signal<"idle" | "live" | "lost">("idle");

const listeners = new Set<(told: Told) => void>();
let port: MessagePort | undefined;

function connect(): MessagePort | undefined {
  if (port) return port;
  try {
    const address = script("live.js");
    if (typeof SharedWorker === "function") port = new SharedWorker(address, { type: "module", name: "mistral" }).port;
    else {
      const channel = new MessageChannel();
      new Worker(address, { type: "module" }).postMessage(undefined, [channel.port2]);
      port = channel.port1;
    }
  } catch {
    return undefined;
  }
  port.onmessage = ({ data }) => {
    if (data.state) liveState.set(data.state);
    else for (const listener of listeners) listener(data);
  };
  port.postMessage({ token: token.get() ?? "" });
  addEventListener("pagehide", () => port?.postMessage({ bye: true }));
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  return port;
}

token.listen(() => port?.postMessage({ token: token.get() ?? "" }));

/** How long a page that nobody sees goes on watching, milliseconds. */
const UNSEEN = 60_000;

/** Follows `watch` while the view is there and seen; says whether it can. */
export function useLive(watch: string | undefined, told: (told: Told) => void): boolean {
  const latest = useRef(told);
  latest.current = told;
  const isPaused = paused.use();
  useEffect(() => {
    const to = watch && !isPaused ? connect() : undefined;
    if (!watch || !to) return;
    let watching = false;
    let timer = 0;
    const begin = () => {
      if (!watching) to.postMessage({ watch });
      watching = true;
    };
    const end = () => {
      if (watching) to.postMessage({ drop: watch });
      watching = false;
    };
    const seen = () => {
      clearTimeout(timer);
      if (document.hidden) timer = window.setTimeout(end, UNSEEN);
      else begin();
    };
    const listener = (one: Told) => {
      if (watching) latest.current(one);
    };
    listeners.add(listener);
    document.addEventListener("visibilitychange", seen);
    begin();
    return () => {
      listeners.delete(listener);
      document.removeEventListener("visibilitychange", seen);
      clearTimeout(timer);
      end();
    };
  }, [watch, isPaused]);
  return liveState.use() === "live";
}
