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
            ? "The service is busy or has no database, or the search took too long. Narrow it by state, workflow or time, or try again."
            : error.status === 0
              ? "It is tried again by itself."
              : "";
  return (
    <div class="failure" role="alert">
      <p>
        <strong>{error.status || "No answer"}</strong> {error.message}
      </p>
      {advice && <p>{advice}</p>}
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
        <button class="primary" disabled={busy} onClick={run}>{label}</button>
        <button onClick={close}>Leave it</button>
      </div>
    </Dialog>
  );
}

export function Copy({ text, label = "Copy" }: { text: string; label?: string }) {
  const [done, set] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    set(true);
    setTimeout(() => set(false), 1500);
  };
  return <button class="small" onClick={copy}>{done ? "Copied" : label}</button>;
}

const SECRET = /pass(word|wd|phrase)?$|secret|token|api_?key|private_?key|credential/i;
const FIRST = 100;
const LONG = 2_000;

/** A JSON value: members are made when they are opened, long texts are folded, what looks like a secret is dotted. */
export function Json({ value, name, depth = 0 }: { value: unknown; name?: string; depth?: number }) {
  const [open, setOpen] = useState(depth < 2);
  const [shown, setShown] = useState(FIRST);
  const [bare, setBare] = useState(!(name && SECRET.test(name)));
  const label = name !== undefined && <span class="json-key">{name}: </span>;
  if (!bare) return <div>{label}<button class="small" onClick={() => setBare(true)}>•••• show</button></div>;
  if (value === null || typeof value !== "object") {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const isFolded = text.length > LONG && !open;
    return (
      <div>
        {label}
        <span class={`json-${value === null ? "null" : typeof value}`}>{text.length > LONG && (isFolded || depth < 2) && shown === FIRST ? `${text.slice(0, LONG)}…` : text}</span>
        {text.length > LONG && shown === FIRST && <button class="small" onClick={() => { setShown(Infinity); setOpen(true); }}>all {text.length.toLocaleString("en")} characters</button>}
      </div>
    );
  }
  const isList = Array.isArray(value);
  const entries: [string, unknown][] = isList ? value.map((item, i) => [String(i), item]) : Object.entries(value);
  const size = isList ? `[${entries.length}]` : `{${entries.length}}`;
  if (!entries.length) return <div>{label}<span class="muted">{isList ? "[]" : "{}"}</span></div>;
  return (
    <div>
      <button class="json-fold" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? "▾" : "▸"} {label}<span class="muted">{size}</span></button>
      {open && (
        <div class="json-members">
          {entries.slice(0, shown).map(([key, item]) => <Json key={key} name={key} value={item} depth={depth + 1} />)}
          {entries.length > shown && <button class="small" onClick={() => setShown(shown + 1000)}>{entries.length - shown} more</button>}
        </div>
      )}
    </div>
  );
}

/** A value that REST gives as JSON inside of a text. */
export function parsed(text: unknown): unknown {
  if (typeof text !== "string") return text ?? null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function Data({ title, value }: { title: string; value: unknown }) {
  const made = parsed(value);
  return (
    <section class="data">
      <h3>{title} <Copy text={typeof made === "string" ? made : JSON.stringify(made, null, 2)} /></h3>
      <Json value={made} />
    </section>
  );
}
