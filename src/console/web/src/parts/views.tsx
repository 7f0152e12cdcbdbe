// What all pages are made of.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { duration, lookOf, showTime, allZones } from "./format";
import type { Loaded } from "../data/load";
import { ApiError } from "../data/client";
import { zone } from "../shell/settings";

/** A state is a shape, a word and a colour; short, where the word stands beside. */
export function State({ state, short }: { state: string; short?: boolean }) {
  const { sign, colour } = lookOf(state);
  return (
    <span class={`state state-${colour}`}>
      <span aria-hidden="true">{sign}</span>{short ? "" : ` ${state}`}
    </span>
  );
}

export function TimeOf({ time }: { time: number | undefined }) {
  zone.use();
  return <time title={allZones(time)}>{showTime(time)}</time>;
}

/** How long until then, ticking. */
export function Until({ time }: { time: number | undefined }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (time === undefined) return null;
  const left = time - Date.now();
  return <time title={allZones(time)}>{left > 0 ? `in ${duration(left * 1000)}` : "now"}</time>;
}

/** A question that takes the longer the more it looks through. */
const SEARCH = /\/v2\/(executions|tasks|action_executions)\?/;

/** What went wrong and what to do about it. */
export function Failure({ error, again, at }: { error: ApiError; again?: () => void; at?: number }) {
  const advice =
    error.status === 401
      ? "This service asks who you are: sign in with a token, above."
      : error.status === 403
        ? "The service's policy does not let you see or do this."
        : error.status === 404
          ? "It has been deleted, has expired, or belongs to another project."
          : error.status === 503
            ? `The service is busy or has no database${SEARCH.test(error.request) ? ", or the search took too long: narrow it by state, workflow or time" : ""}. Try again in a moment.`
            : error.status === 0
              ? "It is tried again by itself."
              : "";
  return (
    <div class="failure" role="alert">
      <p>
        <strong>{error.status || "No answer"}</strong> {error.message}
      </p>
      {advice && <p class="advice">{advice}</p>}
      {!!at && <p class="muted">What is shown is from {showTime(at)}.</p>}
      <details>
        <summary>The request</summary>
        <pre>{error.request}</pre>
      </details>
      {again && <button onClick={again}>Try again</button>}
    </div>
  );
}

/** A view of something that is loaded: old data stays, greyed, when it cannot be brought up to date. */
export function View<T>({ of, children }: { of: Loaded<T>; children: (data: T) => ComponentChildren }) {
  const { data, error, at, again } = of;
  const [isLate, setLate] = useState(false);
  const isWaiting = data === undefined && !error;
  useEffect(() => {
    if (!isWaiting) return setLate(false);
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return (
    <>
      {error && <Failure error={error} again={again} at={data === undefined ? undefined : at} />}
      {isWaiting && isLate && (
        <div class="skeleton" role="status" aria-label="Loading">
          <i /><i /><i />
        </div>
      )}
      {data !== undefined && <div class={error ? "stale" : undefined}>{children(data)}</div>}
    </>
  );
}

/** A message in full; one that is longer than its box can be scrolled by keyboard too. */
export function Info({ look, isNews, children }: { look?: string; isNews?: boolean; children: ComponentChildren }) {
  const element = useRef<HTMLPreElement>(null);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const box = element.current!;
    const measure = () => setLong(box.scrollHeight > box.clientHeight);
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    measure();
    return () => observer.disconnect();
  }, [children]);
  return <pre ref={element} class={`info${look ? ` state-${look}` : ""}`} role={isNews ? "status" : undefined} tabIndex={isLong ? 0 : undefined}>{children}</pre>;
}

/** Words of the service, what stands between backticks as code. */
export function Coded({ text }: { text: string }) {
  const parts = text.split("`");
  return <>{parts.length % 2 ? parts.map((part, i) => (i % 2 ? <code>{part}</code> : part)) : text}</>;
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <div class="empty">{children}</div>;
}

/** A dialog over the page; focus returns to where it was. */
export function Dialog({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current!;
    const before = document.activeElement as HTMLElement | null;
    dialog.showModal();
    return () => {
      dialog.close();
      before?.focus?.();
    };
  }, []);
  return (
    <dialog ref={element} aria-label={title} onCancel={(event) => { event.preventDefault(); close(); }}>
      <h2>{title}</h2>
      {children}
    </dialog>
  );
}

/** Asks before something is done, does it, and says what came of it. */
export function Confirm({ title, children, label, act, close }: { title: string; children?: ComponentChildren; label: string; act: () => Promise<void>; close: () => void }) {
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await act();
      close();
    } catch (failure) {
      setError(failure instanceof ApiError ? failure : new ApiError(0, String(failure), ""));
    }
    setBusy(false);
  };
  return (
    <Dialog title={title} close={close}>
      {children}
      {error && <Failure error={error} />}
      <div class="buttons">
        <button class={label.startsWith("Delete") ? "primary grave" : "primary"} disabled={busy} onClick={run}>{label}</button>
        <button onClick={close}>Leave it</button>
      </div>
    </Dialog>
  );
}

export function Copy({ text, label = "Copy" }: { text: string | (() => string | Promise<string>); label?: string }) {
  const [done, set] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(typeof text === "string" ? text : await text());
    set(true);
    setTimeout(() => set(false), 1500);
  };
  return <button class="small" onClick={copy}>{done ? "Copied" : label}</button>;
}
