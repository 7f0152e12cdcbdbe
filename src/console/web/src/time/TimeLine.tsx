// When which task waited and ran. Rows that are visible are the only ones that exist.
import { useMemo, useRef, useState } from "preact/hooks";
import { change, usePlace } from "../shell/router";
import { segment } from "../data/client";
import { useLoad, useNews } from "../data/load";
import { duration, isFinal, lookOf } from "../parts/format";
import { axis, foldable, momentAt, ticks, unfolded } from "./gaps";
import { partOf, useStretch } from "./Range";
import { Empty } from "../parts/views";
import { Written } from "../parts/Written";
import { isLeft, type TaskRow, type Timeline } from "../pages/Execution";

const ROW = 26;
const VISIBLE = 22;

/** What the server finds about the critical path: it knows all that a join has waited for. */
interface Found {
  rows: unknown[][];
  critical_path: { tasks: string[]; run_us: number; wait_us: number; slack_us: number[]; without_us?: number };
}

interface Props {
  timeline: Timeline;
  rows: TaskRow[];
  /** The run's state, if all of it is shown: not as it was at some moment. */
  outcome?: string;
  task?: string;
  run?: string;
  path?: string;
}

export function TimeLine({ timeline, rows, outcome, task, run, path }: Props) {
  const { query } = usePlace();
  const order = (["took", "failed"] as const).find((one) => one === query.get("order")) ?? "begun";
  const hidesDone = query.has("hide");
  const [zoom, setZoom] = useState(1);
  const [folds, setFolds] = useState(true);
  const [top, setTop] = useState(0);
  const { created_us: begin, updated_us: last, state } = timeline.execution;
  // What is left open in a run that has ended goes on to its end.
  const now = (isFinal(state) && last !== null ? last : timeline.now_us) - begin;
  const endOf = (row: TaskRow) => row.finished_us ?? now;
  const total = useMemo(() => Math.max(1, ...chunked(rows.map(endOf))), [rows, now]);
  const chosen = task === undefined ? undefined : rows.find((row) => row.id === run && row.name === task) ?? rows.filter((row) => row.name === task).pop();
  const ask = chosen ? `&without=${segment(chosen.id)}` : "";
  const asked = useLoad<Found>(path && `${path}?critical_path=true&columns=id${ask}`, timeline.execution.state === "RUNNING" ? 5000 : 0);
  // The path to the end is another one than that to where it was.
  useNews(asked, state, 0);
  const found = asked.data;
  // A file has no server behind it.
  const critical = useMemo(() => (found?.critical_path ? new Set(found.critical_path.tasks) : path ? new Set<string>() : criticalPath(rows)), [rows, found, path]);
  const slack = useMemo(() => new Map(found?.critical_path ? found.rows.map((row, i) => [row[0] as string, found.critical_path.slack_us[i]]) : []), [found]);
  const gaps = useMemo(() => foldable(() => rows.flatMap((row) => [row.created_us, row.started_us ?? row.created_us, endOf(row)]), total), [rows, total]);
  const { place, width } = useMemo(() => axis(total, folds ? gaps : []), [total, folds, gaps]);
  const left = useMemo(() => rows.filter((row) => isLeft(row, outcome)).length, [rows, outcome]);
  const range = rangeOf(query.get("from"), query.get("until"));
  const scale = useRef<HTMLSpanElement>(null);
  const { now: pulled, listeners } = useStretch((event) => (scale.current ? partOf(scale.current, event) : 0), ({ from, to }) => {
    const [begin, end] = [from, to].map((part) => momentAt(part * width, total, { place }));
    change({ from: String(begin), until: String(Math.max(end, begin + 1)) });
  });
  const shown = useMemo(() => {
    const kept = rows.filter((row) => (!hidesDone || row.state !== "SUCCESS") && (!range || (row.created_us < range.until && endOf(row) >= range.from)));
    if (order === "took") kept.sort((a, b) => endOf(b) - begun(b) - (endOf(a) - begun(a)));
    if (order === "failed") kept.sort((a, b) => Number(b.state === "ERROR") - Number(a.state === "ERROR") || a.created_us - b.created_us);
    return kept;
  }, [rows, order, hidesDone, range?.from, range?.until]);
  if (!rows.length) return <Empty><p>No task has been made yet.</p></Empty>;
  const first = Math.max(0, Math.floor(top / ROW) - 4);
  const percent = (from: number, to: number) => `${((place(to) - place(from)) / width) * 100}%`;
  const band = (from: number, to: number) => ({ left: `calc(var(--name) + (100% - var(--name) - 8px) * ${from})`, width: `calc((100% - var(--name) - 8px) * ${Math.max(0, to - from)})` });
  const without = chosen && found?.critical_path?.without_us;
  return (
    <div class="timeline">
      <div class="filters">
        <label>Order <select value={order} onChange={(event) => change({ order: event.currentTarget.value === "begun" ? undefined : event.currentTarget.value })}>
          <option value="begun">creation</option><option value="took">longest first</option><option value="failed">failed first</option></select></label>
        <label><input type="checkbox" checked={hidesDone} onChange={(event) => change({ hide: event.currentTarget.checked ? "SUCCESS" : undefined })} /> hide SUCCESS</label>
        <span class="nowrap"><button onClick={() => setZoom(Math.min(64, zoom * 2))} aria-label="Stretch the time">+</button>{" "}
          <button onClick={() => setZoom(Math.max(1, zoom / 2))} aria-label="Squeeze the time">−</button></span>
        {gaps.length > 0 && <label><input type="checkbox" checked={folds} onChange={(event) => setFolds(event.currentTarget.checked)} /> fold idle time</label>}
        <Fields range={range} />
        <span class="muted">{duration(total)} in all{critical.size > 0 && ` · outlined: the critical path, ${critical.size.toLocaleString("en")} ${critical.size === 1 ? "task" : "tasks"}`}{left > 0 && ` · notched: ${left.toLocaleString("en")} ${left === 1 ? "task" : "tasks"} that had not ended when the run did`}</span>
      </div>
      {range && (
        <p class="facts" role="status">Between {range.from > 0 ? duration(range.from) : "the beginning"} and {duration(Math.min(range.until, total))}: {shown.length.toLocaleString("en")} of {rows.length.toLocaleString("en")} tasks. <button class="small" onClick={() => change({ from: undefined, until: undefined })}>Show all</button></p>
      )}
      {chosen && without !== undefined && (
        <p class="facts" role="status">Had {chosen.name} taken no time, the run would have taken {duration(without)}{total - without > 0 ? `: ${duration(total - without)} less` : ", as it did"}{slack.get(chosen.id) ? `; it could have ended ${duration(slack.get(chosen.id)!)} later without making it longer` : ""}.</p>
      )}
      <div class="window bars-window" tabIndex={0} aria-label="Time line" {...listeners} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
        <div class="bar-axis" aria-hidden="true" style={{ width: `${zoom * 100}%` }}>
          <span class="bar-name muted">after</span>
          <span class="bar-space" ref={scale}>{ticks(folds ? gaps.reduce((left, gap) => left - (gap.to - gap.from), total) : total, zoom).map((time) => (
            <span class="bar-tick" style={{ left: percent(0, unfolded(time, folds ? gaps : [])) }}>{time === 0 ? "0" : duration(unfolded(time, folds ? gaps : []))}</span>
          ))}</span>
        </div>
        <div class="bars" style={{ height: `${shown.length * ROW}px`, width: `${zoom * 100}%` }}>
          {folds && gaps.map((gap) => (
            <span class="bar-gap" style={{ left: `calc(var(--name) + (100% - var(--name)) * ${place(gap.from) / width})` }} title={`nothing happened for ${duration(gap.to - gap.from)}`}>⋯ {duration(gap.to - gap.from)}</span>
          ))}
          {pulled ? <span class="bar-band" style={band(pulled.from, pulled.to)} /> : range && <span class="bar-band" style={band(place(Math.min(range.from, total)) / width, place(Math.min(range.until, total)) / width)} />}
          {shown.slice(first, first + VISIBLE + 8).map((row, i) => {
            const [from, to] = [begun(row), endOf(row)];
            const wasLeft = isLeft(row, outcome);
            const words = `${row.name}, ${row.state}${wasLeft ? " when the run ended" : ""}: waited ${duration(from - row.created_us)}, ran ${duration(to - from)}${slack.get(row.id) ? `, ${duration(slack.get(row.id)!)} to spare` : ""}`;
            return (
              <button key={row.id} class={`bar-row${row.name === task ? " chosen" : ""}`} style={{ top: `${(first + i) * ROW}px` }} title={words} aria-label={words} onClick={() => change({ task: row.name, run: row.id })}>
                <span class="bar-name"><span class={`state-${lookOf(row.state).colour}`} aria-hidden="true">{lookOf(row.state).sign}</span> {row.name}</span>
                <span class="bar-space">
                  <span class="bar-wait" style={{ left: percent(0, row.created_us), width: percent(row.created_us, from) }} />
                  <span class={`bar bar-${lookOf(row.state).colour}${critical.has(row.id) ? " critical" : ""}${wasLeft ? " bar-left" : ""}`} style={{ left: percent(0, from), width: percent(from, to) }} />
                </span>
              </button>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The part of the run that is looked at, microseconds after its beginning. */
interface Range {
  from: number;
  until: number;
}

function rangeOf(from: string | null, until: string | null): Range | undefined {
  const range = { from: from ? Number(from) : 0, until: until ? Number(until) : Infinity };
  return (from || until) && range.from < range.until ? range : undefined;
}

/** The same without dragging. */
function Fields({ range }: { range?: Range }) {
  const field = (name: "from" | "until", words: string) => {
    const stands = range && Number.isFinite(range[name]) ? String(range[name] / 1e6) : "";
    return (
      <label>{words} <Written class="small seconds" inputMode="decimal" stands={stands} take={(written) => {
        const seconds = parseFloat(written);
        change({ [name]: seconds >= 0 ? String(Math.round(seconds * 1e6)) : undefined });
      }} /></label>
    );
  };
  return <span class="nowrap" title="Dragging over the time line does the same.">{field("from", "from")} {field("until", "to")} s</span>;
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
