// Two runs beside each other: what went in, what came out, and each task's state and time.
import { useEffect, useMemo, useState } from "preact/hooks";
import { segment } from "../data/client";
import { useLoad, useNews, type Loaded } from "../data/load";
import { change, href, usePlace } from "../shell/router";
import { duration, isFinal, parseDate } from "../parts/format";
import { dotted, parsed } from "../parts/value";
import { Empty, State, TimeOf, View } from "../parts/views";
import { Diff } from "../parts/Diff";
import { rowsOf, type TaskRow, type Timeline } from "./Execution";

interface Full {
  id: string;
  workflow_name: string;
  state: string;
  input: string;
  output: string | null;
  params: string;
  created_at: string;
}

const length = (row: TaskRow | undefined) => (row && row.finished_us !== null ? row.finished_us - (row.started_us ?? row.created_us) : undefined);
/** Members in order, so that the same reads the same. */
const inOrder = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(inOrder) : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)).map(([name, item]) => [name, inOrder(item)])) : value;
const pretty = (value: unknown) => JSON.stringify(value, null, 2) ?? "";

export function Compare() {
  const { query } = usePlace();
  const [a, b] = [query.get("a") ?? "", query.get("b") ?? ""];
  if (!a || !b) return <Empty><h1>Compare two runs</h1><p>Choose two in the <a href={href("/executions")}>list of executions</a>, or “Compare with…” on the page of one.</p></Empty>;
  return <Both a={a} b={b} />;
}

/** While a run goes on, milliseconds. */
const AGAIN = 5000;

/** A run and its tasks, asked for again as long as it goes on. */
function useRun(id: string): [Loaded<Full>, Loaded<Timeline>] {
  const [every, ask] = useState(0);
  const path = `/v2/executions/${segment(id)}`;
  const run = useLoad<Full>(path, every);
  const line = useLoad<Timeline>(`${path}/timeline`, every);
  const state = run.data?.state;
  useEffect(() => ask(state === undefined || isFinal(state) ? 0 : AGAIN), [state]);
  // How it ended, too.
  useNews(line, every, 0);
  return [run, line];
}

function Both({ a, b }: { a: string; b: string }) {
  const [[runA, lineA], [runB, lineB]] = [useRun(a), useRun(b)];
  const [onlyDifferent, setOnly] = useState(true);
  const rows = useMemo(() => {
    const last = (line: Timeline | undefined) => new Map((line ? rowsOf(line) : []).map((row) => [row.name, row]));
    const [ofA, ofB] = [last(lineA.data), last(lineB.data)];
    return [...new Set([...ofA.keys(), ...ofB.keys()])]
      .map((name) => {
        const [rowA, rowB] = [ofA.get(name), ofB.get(name)];
        const [tookA, tookB] = [length(rowA), length(rowB)];
        return { name, rowA, rowB, delta: tookA !== undefined && tookB !== undefined ? tookB - tookA : undefined };
      })
      .sort((x, y) => Math.abs(y.delta ?? Infinity) - Math.abs(x.delta ?? Infinity));
  }, [lineA.data, lineB.data]);
  const shown = onlyDifferent ? rows.filter((row) => row.rowA?.state !== row.rowB?.state || Math.abs(row.delta ?? 0) > 1000) : rows;
  const common = rows.filter((row) => row.rowA && row.rowB).length;
  return (
    <>
      <div class="title"><h1>Two runs</h1><button aria-keyshortcuts="s" onClick={() => change({ a: b, b: a })}>Swap</button></div>
      <div class="columns">
        {[runA, runB].map((run, i) => (
          <section class="panel"><h2>{"AB"[i]}</h2><View of={run}>{(data) => <p><State state={data.state} /> <a href={href(`/executions/${segment(data.id)}`)}>{data.workflow_name}</a> <TimeOf time={parseDate(data.created_at)} /><br /><code>{data.id}</code></p>}</View></section>
        ))}
      </div>
      {runA.data && runB.data && ([["input", "Input"], ["params", "Parameters"], ["output", "Output"]] as const).map(([name, title]) => {
        const [left, right] = dotted(inOrder(parsed(runA.data![name])), inOrder(parsed(runB.data![name]))).map(pretty);
        return left === right ? <p class="muted">The same {title.toLowerCase()}.</p> : <Diff title={title} names={["A", "B"]} left={left} right={right} />;
      })}
      {lineA.error && !runA.error && <View of={lineA}>{() => null}</View>}
      {lineB.error && !runB.error && <View of={lineB}>{() => null}</View>}
      {lineA.data && lineB.data && (
        <>
          {!common && <p class="info state-paused">They have no task in common.</p>}
          <p><label><input type="checkbox" checked={onlyDifferent} onChange={(event) => setOnly(event.currentTarget.checked)} /> only what differs</label> <span class="muted">{shown.length} of {rows.length} tasks</span></p>
          {shown.length > 0 && <div class="scroll"><table class="stack">
            <thead><tr><th>Task</th><th>A</th><th>A took</th><th>B</th><th>B took</th><th>Difference</th></tr></thead>
            <tbody>{shown.slice(0, 1000).map((row) => (
              <tr><td>{row.name}</td><td data-l="A">{row.rowA ? <State state={row.rowA.state} /> : <span class="muted">not run</span>}</td><td class="nowrap" data-l="A took">{duration(length(row.rowA))}</td>
                <td data-l="B">{row.rowB ? <State state={row.rowB.state} /> : <span class="muted">not run</span>}</td><td class="nowrap" data-l="B took">{duration(length(row.rowB))}</td>
                <td data-l="Difference" class={`nowrap${row.delta !== undefined && row.delta > 0 ? " state-error" : ""}`}>{row.delta === undefined ? "–" : `${row.delta < 0 ? "−" : "+"}${duration(Math.abs(row.delta))}`}</td></tr>
            ))}</tbody>
          </table></div>}
        </>
      )}
    </>
  );
}
