// One run: what happened, why, what next.
import { useMemo, useState } from "preact/hooks";
import { api, segment } from "../data/client";
import { useLoad } from "../data/load";
import { change, go, href, usePlace } from "../shell/router";
import { duration, isFinal, parseDate } from "../parts/format";
import { Confirm, Copy, Data, Empty, State, TimeOf, View } from "../parts/views";
import { GraphView, type Graph, type NodeState } from "../graph/GraphView";
import { TimeLine } from "../time/TimeLine";
import { RunDialog } from "./RunDialog";
import { Tasks } from "./Tasks";
import { Why } from "./Why";
import type { Execution as Row } from "./Executions";

interface Full extends Row {
  input: string;
  output: string | null;
  params: string;
  workflow_id: string;
  workflow_namespace: string;
  root_execution_id: string | null;
}

/** Answer of `/v2/executions/{id}/timeline`. */
export interface Timeline {
  execution: { state: string; created_us: number; updated_us: number | null };
  now_us: number;
  columns: string[];
  rows: unknown[][];
  truncated: boolean;
}

/** A row of it by name; times are microseconds after the execution's creation. */
export interface TaskRow {
  id: string;
  name: string;
  kind: string;
  state: string;
  created_us: number;
  started_us: number | null;
  finished_us: number | null;
  by: string | null;
  event: string | null;
  attempts: number;
  items: number | null;
}

const TABS = [["graph", "Graph"], ["time", "Time line"], ["tasks", "Tasks"], ["data", "Data"], ["tree", "Tree"]] as const;

export function Execution({ id }: { id: string }) {
  const base = `/v2/executions/${segment(id)}`;
  const [isOver, setOver] = useState(false);
  const execution = useLoad<Full>(base, isOver ? 10_000 : 2000);
  const state = execution.data?.state;
  const over = state !== undefined && isFinal(state);
  if (over !== isOver) setOver(over);
  return <View of={execution}>{(data) => <Loaded execution={data} base={base} again={execution.again} />}</View>;
}

function Loaded({ execution, base, again }: { execution: Full; base: string; again: () => void }) {
  const { query } = usePlace();
  const tab = query.get("view") ?? "graph";
  const task = query.get("task") ?? undefined;
  const isOpen = !isFinal(execution.state);
  const timeline = useLoad<Timeline>(tab === "data" || tab === "tree" ? undefined : `${base}/timeline`, isOpen ? 2000 : 10_000);
  const rows = useMemo(() => (timeline.data ? rowsOf(timeline.data) : []), [timeline.data]);
  const parent = execution.root_execution_id;
  return (
    <>
      <div class="title">
        <h1>{execution.workflow_name}</h1> <State state={execution.state} />
        <code>{execution.id}</code> <Copy text={execution.id} label="Copy id" />
      </div>
      <p class="facts">
        started <TimeOf time={parseDate(execution.created_at)} />
        {isOpen ? "" : <> · ended <TimeOf time={parseDate(execution.updated_at)} /></>}
        {execution.description && <> · {execution.description}</>}
        {parent && <> · part of <a href={href(`/executions/${segment(parent)}`)}>the run that started it</a></>}
        {" · "}<a href={href(`/workflows/${segment(execution.workflow_id)}`)}>definition</a>
        {" · "}<a href={href(`/executions?workflow_name=${segment(execution.workflow_name)}`)}>other runs</a>
      </p>
      <Actions execution={execution} base={base} again={again} />
      {execution.state_info && <div class={`info state-${execution.state === "ERROR" ? "error" : "idle"}`}><pre>{execution.state_info}</pre></div>}
      {(isOpen || execution.state === "ERROR") && <Why isOpen={isOpen} base={base} select={(name) => change({ task: name })} />}
      <div class="tabs" role="tablist">
        {TABS.map(([name, label]) => (
          <button role="tab" aria-selected={tab === name} onClick={() => change({ view: name })}>{label}</button>
        ))}
      </div>
      {tab === "data" && <Payloads execution={execution} />}
      {tab === "tree" && <Tree base={base} id={execution.id} />}
      {tab === "graph" && <GraphTab base={base} rows={rows} task={task} />}
      {tab === "time" && <View of={timeline}>{(data) => <TimeLine timeline={data} rows={rows} task={task} />}</View>}
      {(tab === "tasks" || (task && tab !== "data" && tab !== "tree")) && (
        <View of={timeline}>{(data) => <Tasks rows={rows} truncated={data.truncated} only={tab === "tasks" ? undefined : task} again={() => { again(); timeline.again(); }} />}</View>
      )}
    </>
  );
}

export function rowsOf(timeline: Timeline): TaskRow[] {
  return timeline.rows.map((row) => Object.fromEntries(timeline.columns.map((name, i) => [name, row[i]])) as unknown as TaskRow);
}

function GraphTab({ base, rows, task }: { base: string; rows: TaskRow[]; task?: string }) {
  const graph = useLoad<Graph>(`${base}/graph`);
  const states = useMemo(() => {
    const made = new Map<string, NodeState>();
    for (const row of rows) {
      const end = row.finished_us ?? undefined;
      const took = end !== undefined ? duration(end - (row.started_us ?? row.created_us)) : row.state.toLowerCase();
      const items = row.items !== null ? ` · ${row.items} items` : "";
      const note = `${took}${row.attempts > 1 ? ` · attempt ${row.attempts}` : ""}${items}`;
      made.set(row.name, { state: row.state, runs: (made.get(row.name)?.runs ?? 0) + 1, note });
    }
    return made;
  }, [rows]);
  return <View of={graph}>{(data) => <GraphView graph={data} states={states} selected={task} onSelect={(name) => change({ task: name })} />}</View>;
}

function Payloads({ execution }: { execution: Full }) {
  const input = useLoad<Full>(`/v2/executions/${segment(execution.id)}`);
  return (
    <View of={input}>
      {(data) => (
        <div class="columns">
          <Data title="Input" value={data.input} />
          <Data title="Output" value={data.output} />
          <Data title="Parameters" value={data.params} />
        </div>
      )}
    </View>
  );
}

function Tree({ base, id }: { base: string; id: string }) {
  const tree = useLoad<{ executions: Row[] }>(`${base}/executions?max_depth=10`, 5000);
  return (
    <View of={tree}>
      {(data) => {
        const below = data.executions.filter((execution) => execution.id !== id);
        if (!below.length) return <Empty><p>This run has started no other workflows.</p></Empty>;
        return (
          <div class="scroll"><table>
            <thead><tr><th>State</th><th>Workflow</th><th>Created</th><th>Id</th></tr></thead>
            <tbody>{below.slice(0, 1000).map((execution) => (
              <tr><td><State state={execution.state} /></td><td><a href={href(`/executions/${segment(execution.id)}`)}>{execution.workflow_name}</a></td>
                <td><TimeOf time={parseDate(execution.created_at)} /></td><td><code>{execution.id}</code></td></tr>
            ))}</tbody>
          </table>{below.length > 1000 && <p class="muted">{below.length - 1000} more are not shown.</p>}</div>
        );
      }}
    </View>
  );
}

type Step = { title: string; text: string; label: string; state?: string; path?: string };

function Actions({ execution, base, again }: { execution: Full; base: string; again: () => void }) {
  const [asked, ask] = useState<Step>();
  const [runs, setRuns] = useState(false);
  const { state } = execution;
  const put = async (step: Step) => {
    if (step.state) await api(base, { method: "PUT", json: { state: step.state } });
    else {
      await api(`${base}${isFinal(state) ? "" : "?force=true"}`, { method: "DELETE" });
      go("/executions");
    }
    again();
  };
  const pause: Step = { title: "Pause this run?", text: "Actions that are running go on to their end; nothing new begins.", label: "Pause", state: "PAUSED" };
  const resume: Step = { title: "Resume this run?", text: "It goes on where it was stopped; failed tasks run again.", label: "Resume", state: "RUNNING" };
  const cancel: Step = { title: "Cancel this run?", text: "It ends as CANCELLED, with everything that it has started.", label: "Cancel the run", state: "CANCELLED" };
  const remove: Step = { title: "Delete this run?", text: "It and everything below it are gone for good.", label: "Delete" };
  const fitting = [state === "RUNNING" && pause, ["PAUSED", "ERROR"].includes(state) && resume, !isFinal(state) && cancel].filter(Boolean) as Step[];
  return (
    <div class="buttons">
      {fitting.map((step) => <button onClick={() => ask(step)}>{step.label}…</button>)}
      <button onClick={() => setRuns(true)}>Run again…</button>
      <button onClick={() => ask(remove)}>Delete…</button>
      {asked && <Confirm title={asked.title} label={asked.label} act={() => put(asked)} close={() => ask(undefined)}><p>{asked.text}</p></Confirm>}
      {runs && <RunDialog workflow={execution.workflow_id} name={execution.workflow_name} input={execution.input} close={() => setRuns(false)} />}
    </div>
  );
}
