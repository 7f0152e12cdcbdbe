// When which task waited and ran. Rows that are visible are the only ones that exist.
import { useMemo, useState } from "preact/hooks";
import { change } from "../shell/router";
import { duration, lookOf } from "../parts/format";
import { Empty } from "../parts/views";
import type { TaskRow, Timeline } from "../pages/Execution";

const ROW = 26;
const VISIBLE = 22;
type Order = "begun" | "took" | "failed";

export function TimeLine({ timeline, rows, task }: { timeline: Timeline; rows: TaskRow[]; task?: string }) {
  const [order, setOrder] = useState<Order>("begun");
  const [hidesDone, setHides] = useState(false);
  const [zoom, setZoom] = useState(1);
  const [top, setTop] = useState(0);
  const now = timeline.now_us - timeline.execution.created_us;
  const endOf = (row: TaskRow) => row.finished_us ?? now;
  const total = useMemo(() => Math.max(1, ...chunked(rows.map(endOf))), [rows, now]);
  const critical = useMemo(() => criticalPath(rows), [rows]);
  const shown = useMemo(() => {
    const kept = rows.filter((row) => !hidesDone || row.state !== "SUCCESS");
    if (order === "took") kept.sort((a, b) => endOf(b) - begun(b) - (endOf(a) - begun(a)));
    if (order === "failed") kept.sort((a, b) => Number(b.state === "ERROR") - Number(a.state === "ERROR") || a.created_us - b.created_us);
    return kept;
  }, [rows, order, hidesDone]);
  if (!rows.length) return <Empty><p>No task has been made yet.</p></Empty>;
  const first = Math.max(0, Math.floor(top / ROW) - 4);
  const percent = (us: number) => `${(us / total) * 100}%`;
  return (
    <div class="timeline">
      <div class="filters">
        <label>Order <select value={order} onChange={(event) => setOrder(event.currentTarget.value as Order)}>
          <option value="begun">creation</option><option value="took">longest first</option><option value="failed">failed first</option></select></label>
        <label><input type="checkbox" checked={hidesDone} onChange={(event) => setHides(event.currentTarget.checked)} /> hide SUCCESS</label>
        <button onClick={() => setZoom(Math.min(64, zoom * 2))} aria-label="Stretch the time">+</button>
        <button onClick={() => setZoom(Math.max(1, zoom / 2))} aria-label="Squeeze the time">−</button>
        <span class="muted">{duration(total)} in all · outlined: the critical path, {critical.size} tasks</span>
      </div>
      <div class="window" tabIndex={0} aria-label="Time line" onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
        <div class="bars" style={{ height: `${shown.length * ROW}px`, width: `${zoom * 100}%` }}>
          {shown.slice(first, first + VISIBLE + 8).map((row, i) => {
            const [from, to] = [begun(row), endOf(row)];
            const words = `${row.name}, ${row.state}: waited ${duration(from - row.created_us)}, ran ${duration(to - from)}`;
            return (
              <button key={row.id} class={`bar-row${row.name === task ? " chosen" : ""}`} style={{ top: `${(first + i) * ROW}px` }} title={words} aria-label={words} onClick={() => change({ task: row.name, run: row.id })}>
                <span class="bar-name"><span class={`state-${lookOf(row.state).colour}`} aria-hidden="true">{lookOf(row.state).sign}</span> {row.name}</span>
                <span class="bar-space">
                  <span class="bar-wait" style={{ left: percent(row.created_us), width: percent(from - row.created_us) }} />
                  <span class={`bar bar-${lookOf(row.state).colour}${critical.has(row.id) ? " critical" : ""}`} style={{ left: percent(from), width: percent(to - from) }} />
                </span>
              </button>
            );
          })}
        </div>
      </div>
    </div>
  );
}

const begun = (row: TaskRow) => row.started_us ?? row.created_us;

/** `Math.max` takes no unlimited number of arguments. */
function chunked(numbers: number[]): number[] {
  const most: number[] = [];
  for (let i = 0; i < numbers.length; i += 10_000) most.push(Math.max(...numbers.slice(i, i + 10_000)));
  return most;
}

/** From the task that ended last back through what triggered each. */
export function criticalPath(rows: TaskRow[]): Set<string> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  // What is still open ends last of all.
  const end = (row: TaskRow) => row.finished_us ?? Infinity;
  let at: TaskRow | undefined;
  for (const row of rows) if (!at || end(row) >= end(at)) at = row;
  const path = new Set<string>();
  while (at && !path.has(at.id)) {
    path.add(at.id);
    at = at.by ? byId.get(at.by) : undefined;
  }
  return path;
}
