// A run as it was at any moment, from the times that its tasks have.
import { useEffect, useMemo, useState } from "preact/hooks";
import { change, usePlace } from "../shell/router";
import { duration } from "../parts/format";
import type { TaskRow } from "./Execution";

/** Tasks as they were: those that there were, in the state that follows from their times. */
export function statesAt(rows: TaskRow[], at: number): TaskRow[] {
  return rows
    .filter((row) => row.created_us <= at)
    .map((row) => {
      if (row.finished_us !== null && row.finished_us <= at) return row;
      const hasBegun = row.started_us !== null && row.started_us <= at;
      return { ...row, finished_us: null, state: hasBegun ? "RUNNING" : row.started_us === null ? row.state : "WAITING" };
    });
}

const SPEEDS = [1, 10, 100, 1000];

export function Slider({ rows, end, isOpen }: { rows: TaskRow[]; end: number; isOpen: boolean }) {
  const { query } = usePlace();
  const given = query.get("at");
  const asked = given === null ? undefined : Number(given);
  const [speed, setSpeed] = useState(0);
  /** The moment of an event that is nearest to zero by a measure: what it refuses (Infinity) is none. */
  const nearest = (far: (time: number) => number): number | undefined => {
    let found: number | undefined;
    for (const row of rows) for (const time of [row.created_us, row.started_us, row.finished_us]) if (time !== null && far(time) < (found === undefined ? Infinity : far(found))) found = time;
    return found;
  };
  const last = useMemo(() => Math.max(nearest((time) => -time) ?? 0, isOpen ? end : 0, 1), [rows, isOpen, end]);
  // What lies behind the end is the end.
  const at = asked === undefined || (asked >= last && !isOpen) ? undefined : asked;
  const go = (to: number | undefined) => change({ at: to === undefined ? undefined : String(Math.round(to)) }, true);
  const step = (back: boolean) => {
    const here = at ?? last;
    go(back ? nearest((time) => (time < here ? here - time : Infinity)) ?? 0 : nearest((time) => (time > here ? time - here : Infinity)));
  };
  useEffect(() => {
    if (!speed) return;
    let here = at ?? 0;
    const timer = setInterval(() => {
      here += 50_000 * speed;
      if (here >= last) {
        setSpeed(0);
        return go(undefined);
      }
      go(here);
    }, 50);
    return () => clearInterval(timer);
  }, [speed]);
  if (!rows.length) return null;
  const matches = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return (
    <div class="slider" role="group" aria-label="The run at a moment">
      <button class="small" onClick={() => step(true)} aria-label="Event before">◀</button>
      <input type="range" min={0} max={last} step={1} value={at ?? last} aria-label="Moment" aria-valuetext={at === undefined ? "now" : duration(at)}
        onInput={(event) => { const to = Number(event.currentTarget.value); go(to >= last ? undefined : to); }}
        onKeyDown={(event) => { if (event.key === "ArrowLeft" || event.key === "ArrowRight") { step(event.key === "ArrowLeft"); event.preventDefault(); } }} />
      <button class="small" onClick={() => step(false)} aria-label="Event after">▶</button>
      {!matches && <label><span class="hidden">Play</span><select value={String(speed)} onChange={(event) => setSpeed(Number(event.currentTarget.value))}><option value="0">play…</option>{SPEEDS.map((one) => <option value={String(one)}>× {one}</option>)}</select></label>}
      <span class="muted">{at === undefined ? (isOpen ? "now" : "at its end") : <><strong>at {duration(at)}</strong> of {duration(last)} <button class="small" onClick={() => go(undefined)}>back to {isOpen ? "now" : "the end"}</button></>}</span>
      {at !== undefined && <span class="muted">A task that ran again is shown as its last run was.</span>}
    </div>
  );
}
