// What a view shows: asked for, kept while it is asked for again, and how old it is when that fails.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { api, ApiError, token } from "./client";
import { snapshot } from "./snapshot";
import { link, paused } from "../shell/link";

export interface Loaded<T> {
  data?: T;
  error?: ApiError;
  /** When the data came, milliseconds since 1970. */
  at: number;
  again: () => void;
  /** Changes what is shown until it is loaded again. */
  patch: (change: (data: T) => T) => void;
}

/** Longest wait between two attempts after failures, milliseconds; and before a question that was put while another was under way. */
const SLOWEST = 30_000;
const SOON = 50;

/**
 * Loads `path` (nothing while it is undefined), and again every `every` milliseconds while the page is visible. With `json` that is
 * posted: for questions that need a body. `holds`: what is large stays in a worker, as `Held`, until something newer has come.
 */
export function useLoad<T>(path: string | undefined, every = 0, asAdmin = false, json?: unknown, holds = false): Loaded<T> {
  const [state, set] = useState<{ path?: string; data?: T; error?: ApiError; at: number }>({ at: 0 });
  const [turn, next] = useState(0);
  const failures = useRef(0);
  const who = token.use();
  const isPaused = paused.use();
  const body = json === undefined ? undefined : JSON.stringify(json);
  /** What is under way: whether a question has no answer yet, and was put again meanwhile. */
  const under = useRef<{ isAsking: boolean; isAskedAgain: boolean; schedule?: (wait: number) => void }>({ isAsking: false, isAskedAgain: false });
  const again = useCallback(() => {
    // A first answer is not thrown away for a second question: it is shown, then asked again.
    if (under.current.isAsking) under.current.isAskedAgain = true;
    else next((n) => n + 1);
  }, []);
  const patch = useCallback((change: (data: T) => T) => set((old) => (old.data === undefined ? old : { ...old, data: change(old.data) })), []);
  /** Lets go of what a worker holds. */
  const close = useRef<() => void>(undefined);
  useEffect(() => () => close.current?.(), []);
  const period = useRef(every);
  const wasPaused = useRef(isPaused);
  useEffect(() => {
    period.current = isPaused ? 0 : every;
    // What has been missed is asked for at once.
    const missed = wasPaused.current && !isPaused && every > 0;
    wasPaused.current = isPaused;
    if (missed) again();
    else if (!under.current.isAsking && failures.current === 0) under.current.schedule?.(period.current);
  }, [every, isPaused]);
  // Asked before it is painted: the answer is under way meanwhile.
  useLayoutEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    let timer = 0;
    let first = true;
    const schedule = (wait: number) => {
      clearTimeout(timer);
      if (wait > 0 && !abort.signal.aborted && !snapshot.get()) timer = window.setTimeout(run, wait);
    };
    under.current = { isAsking: false, isAskedAgain: false, schedule };
    const run = async () => {
      if (document.hidden && !first) return schedule(period.current || 2000);
      first = false;
      under.current.isAsking = true;
      under.current.isAskedAgain = false;
      let letGo: (() => void) | undefined;
      try {
        const data = await api<T>(path, { signal: abort.signal, asAdmin, ...(body === undefined ? {} : { method: "POST", json: JSON.parse(body) }), ...(holds ? { holds: (close: () => void) => (letGo = close) } : {}) });
        if (abort.signal.aborted) return letGo?.();
        close.current?.();
        close.current = letGo;
        under.current.isAsking = false;
        failures.current = 0;
        link.reached();
        set({ path, data, at: Date.now() });
        schedule(under.current.isAskedAgain ? SOON : period.current);
      } catch (error) {
        if ((error as Error).name === "AbortError") return;
        under.current.isAsking = false;
        const failure = error instanceof ApiError ? error : new ApiError(0, `The answer cannot be read: ${error}`, path);
        failures.current += 1;
        if (failure.status === 0) link.lost();
        else link.reached();
        set((old) => ({ path, data: old.path === path ? old.data : undefined, error: failure, at: old.at }));
        // What may heal by itself is tried again; what will not, is not.
        if (failure.status === 0 || failure.status >= 500) schedule(Math.min(SLOWEST, 1000 * 2 ** failures.current));
      }
    };
    void run();
    return () => {
      abort.abort();
      clearTimeout(timer);
      under.current = { isAsking: false, isAskedAgain: false };
    };
  }, [path, turn, who, asAdmin, body]);
  const isCurrent = state.path === path;
  return { data: isCurrent ? state.data : undefined, error: isCurrent ? state.error : undefined, at: state.at, again, patch };
}

/** Asks again when `news` is another one: something has changed that the answer follows from. Not sooner than `rest` milliseconds after the last answer. */
export function useNews(of: Pick<Loaded<unknown>, "again" | "at">, news: unknown, rest: number) {
  const before = useRef(news);
  useEffect(() => {
    before.current ??= news;
    if (before.current === news) return;
    const timer = setTimeout(() => {
      before.current = news;
      of.again();
    }, Math.max(0, of.at + rest - Date.now()));
    return () => clearTimeout(timer);
  }, [news]);
}

/** The same for what can be shown while a worker keeps it. */
export const useHeld = <T>(path: string | undefined, every = 0) => useLoad<T>(path, every, false, undefined, true);
