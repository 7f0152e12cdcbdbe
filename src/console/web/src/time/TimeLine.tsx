// When which task waited and ran. Rows that are visible are the only ones that exist.
import { useMemo, useState } from "preact/hooks";
import { change } from "../shell/router";
import { segment } from "../data/client";
import { useLoad } from "../data/load";
import { duration, lookOf } from "../parts/format";
import { axis, foldable, ticks, unfolded } from "./gaps";
import { Empty } from "../parts/views";
import type { TaskRow, Timeline } from "../pages/Execution";

const ROW = 26;
const VISIBLE = 22;
type Order = "begun" | "took" | "failed";

/** What the server finds about the critical path: it knows all that a join has waited for. */
interface Found {
  rows: unknown[][];
  critical_path: { tasks: string[]; run_us: number; wait_us: number; slack_us: number[]; without_us?: number };
}

export function TimeLine({ timeline, rows, task, run, path }: { timeline: Timeline; rows: TaskRow[]; task?: string; run?: string; path?: string }) {
  const [order, setOrder] = useState<Order>("begun");
  const [hidesDone, setHides] = useState(false);
  const [zoom, setZoom] = useState(1);
  const [folds, setFolds] = useState(true);
  const [top, setTop] = useState(0);
  const now = timeline.now_us - timeline.execution.created_us;
  const endOf = (row: TaskRow) => row.finished_us ?? now;
  const total = useMemo(() => Math.max(1, ...chunked(rows.map(endOf))), [rows, now]);
  const chosen = task === undefined ? undefined : rows.find((row) => row.id === run && row.name === task) ?? rows.filter((row) => row.name === task).pop();
  const ask = chosen ? `&without=${segment(chosen.id)}` : "";
  const found = useLoad<Found>(path && `${path}?critical_path=true&columns=id${ask}`, timeline.execution.state === "RUNNING" ? 5000 : 0).data;
  const critical = useMemo(() => (found?.critical_path ? new Set(found.critical_path.tasks) : criticalPath(rows)), [rows, found]);
  const slack = useMemo(() => new Map(found?.critical_path ? found.rows.map((row, i) => [row[0] as string, found.critical_path.slack_us[i]]) : []), [found]);
  const gaps = useMemo(() => foldable(rows.flatMap((row) => [row.created_us, row.started_us ?? row.created_us, endOf(row)]), total), [rows, total]);
  const { place, width } = useMemo(() => axis(total, folds ? gaps : []), [total, folds, gaps]);
  const shown = useMemo(() => {
    const kept = rows.filter((row) => !hidesDone || row.state !== "SUCCESS");
    if (order === "took") kept.sort((a, b) => endOf(b) - begun(b) - (endOf(a) - begun(a)));
    if (order === "failed") kept.sort((a, b) => Number(b.state === "ERROR") - Number(a.state === "ERROR") || a.created_us - b.created_us);
    return kept;
  }, [rows, order, hidesDone]);
  if (!rows.length) return <Empty><p>No task has been made yet.</p></Empty>;
  const first = Math.max(0, Math.floor(top / ROW) - 4);
  const percent = (from: number, to: number) => `${((place(to) - place(from)) / width) * 100}%`;
  const without = chosen && found?.critical_path?.without_us;
  return (
    <div class="timeline">
      <div class="filters">
        <label>Order <select value={order} onChange={(event) => setOrder(event.currentTarget.value as Order)}>
          <option value="begun">creation</option><option value="took">longest first</option><option value="failed">failed first</option></select></label>
        <label><input type="checkbox" checked={hidesDone} onChange={(event) => setHides(event.currentTarget.checked)} /> hide SUCCESS</label>
        <span class="nowrap"><button onClick={() => setZoom(Math.min(64, zoom * 2))} aria-label="Stretch the time">+</button>{" "}
          <button onClick={() => setZoom(Math.max(1, zoom / 2))} aria-label="Squeeze the time">−</button></span>
        {gaps.length > 0 && <label><input type="checkbox" checked={folds} onChange={(event) => setFolds(event.currentTarget.checked)} /> fold idle time</label>}
        <span class="muted">{duration(total)} in all · outlined: the critical path, {critical.size} tasks</span>
      </div>
      {chosen && without !== undefined && (
        <p class="facts" role="status">Had {chosen.name} taken no time, the run would have taken {duration(without)}{total - without > 0 ? `: ${duration(total - without)} less` : ", as it did"}{slack.get(chosen.id) ? `; it could have ended ${duration(slack.get(chosen.id)!)} later without making it longer` : ""}.</p>
      )}
      <div class="window" tabIndex={0} aria-label="Time line" onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
        <div class="bar-axis" aria-hidden="true" style={{ width: `${zoom * 100}%` }}>
          <span class="bar-name muted">after</span>
          <span class="bar-space">{ticks(folds ? gaps.reduce((left, gap) => left - (gap.to - gap.from), total) : total, zoom).map((time) => (
            <span class="bar-tick" style={{ left: percent(0, unfolded(time, folds ? gaps : [])) }}>{time === 0 ? "0" : duration(unfolded(time, folds ? gaps : []))}</span>
          ))}</span>
        </div>
        <div class="bars" style={{ height: `${shown.length * ROW}px`, width: `${zoom * 100}%` }}>
          {folds && gaps.map((gap) => (
            <span class="bar-gap" style={{ left: `calc(var(--name) + (100% - var(--name)) * ${place(gap.from) / width})` }} title={`nothing happened for ${duration(gap.to - gap.from)}`}>⫽ {duration(gap.to - gap.from)}</span>
          ))}
          {shown.slice(first, first + VISIBLE + 8).map((row, i) => {
            const [from, to] = [begun(row), endOf(row)];
            const words = `${row.name}, ${row.state}: waited ${duration(from - row.created_us)}, ran ${duration(to - from)}${slack.get(row.id) ? `, ${duration(slack.get(row.id)!)} to spare` : ""}`;
            return (
              <button key={row.id} class={`bar-row${row.name === task ? " chosen" : ""}`} style={{ top: `${(first + i) * ROW}px` }} title={words} aria-label={words} onClick={() => change({ task: row.name, run: row.id })}>
                <span class="bar-name"><span class={`state-${lookOf(row.state).colour}`} aria-hidden="true">{lookOf(row.state).sign}</span> {row.name}</span>
                <span class="bar-space">
                  <span class="bar-wait" style={{ left: percent(0, row.created_us), width: percent(row.created_us, from) }} />
                  <span class={`bar bar-${lookOf(row.state).colour}${critical.has(row.id) ? " critical" : ""}`} style={{ left: percent(0, from), width: percent(from, to) }} />
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
