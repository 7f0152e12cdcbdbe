// Tasks of a run as a table of which only what is visible exists, and one of them in detail.
import type { Ref } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { api, segment } from "../data/client";
import { useHeld, useLoad, useNews } from "../data/load";
import { snapshot } from "../data/snapshot";
import { change, href, usePlace } from "../shell/router";
import { duration, parseDate } from "../parts/format";
import { Data } from "../parts/Json";
import { Confirm, Empty, Info, State, TimeOf, View } from "../parts/views";
import { isLeft, itemsOf, LEFT, type TaskRow } from "./Execution";
import { Ahead } from "../parts/Ahead";
import { May } from "../parts/May";
import { perName, type PerName } from "../parts/perName";

const ROW = 34;
const VISIBLE = 16;

interface Props {
  rows: TaskRow[];
  truncated: boolean;
  /** Only the details of this task, without the table. */
  only?: string;
  /** The run's state, if all of it is shown: not as it was at some moment. */
  outcome?: string;
  again: () => void;
}

const length = (row: TaskRow) => (row.finished_us ?? Infinity) - (row.started_us ?? row.created_us);

function sorted(names: PerName<TaskRow>[], order: string) {
  if (order === "took") names.sort((a, b) => (b.longest ?? Infinity) - (a.longest ?? Infinity) || a.began_us - b.began_us);
  return names;
}

export function Tasks({ rows, truncated, only, outcome, again }: Props) {
  const { query } = usePlace();
  const [top, setTop] = useState(0);
  const text = query.get("q") ?? "";
  const order = (["took", "name", "state"] as const).find((one) => one === query.get("order")) ?? "begun";
  const state = query.get("state") ?? "";
  const task = query.get("task") ?? undefined;
  const run = query.get("run") ?? undefined;
  const shown = useMemo(() => {
    const kept = rows.filter((row) => (!text || row.name.includes(text)) && (!state || row.state === state));
    if (order === "took") kept.sort((a, b) => length(b) - length(a) || a.created_us - b.created_us);
    if (order === "name") kept.sort((a, b) => a.name.localeCompare(b.name));
    if (order === "state") kept.sort((a, b) => a.state.localeCompare(b.state));
    return kept;
  }, [rows, text, state, order]);
  const isPerName = query.get("group") === "name";
  const names = useMemo(() => (isPerName ? sorted(perName(shown), order) : undefined), [shown, order, isPerName]);
  const chosen = rows.filter((row) => row.name === task);
  // The newest run of a task takes the place of the one before, but not while somebody is busy with that.
  const panel = useRef<HTMLElement>(null);
  const last = useRef<string>(undefined);
  const busy = panel.current?.contains(document.activeElement) ? last.current : undefined;
  const detail = chosen.find((row) => row.id === run) ?? chosen.find((row) => row.id === busy) ?? chosen[chosen.length - 1];
  last.current = detail?.id;
  const details = detail && <Detail key={detail.id} panel={panel} row={detail} outcome={outcome} runs={chosen} again={again} />;
  if (only !== undefined) return details ?? <p class="muted">{only} has not run.</p>;
  const states = [...new Set(rows.map((row) => row.state))];
  const first = Math.max(0, Math.floor(top / ROW) - 4);
  const all: (TaskRow | PerName<TaskRow>)[] = names ?? shown;
  const visible = all.slice(first, first + VISIBLE + 8);
  return (
    <>
      <div class="filters">
        <label>Name contains <input data-filter value={text} onInput={(event) => change({ q: event.currentTarget.value }, true)} /></label>
        <label>State <select value={state} onChange={(event) => change({ state: event.currentTarget.value })}><option value="">all</option>{states.map((name) => <option>{name}</option>)}</select></label>
        <label>Order <select value={order} onChange={(event) => change({ order: event.currentTarget.value === "begun" ? undefined : event.currentTarget.value })}>
          <option value="begun">creation</option><option value="took">longest first</option><option value="name">name</option><option value="state">state</option></select></label>
        <label><input type="checkbox" checked={isPerName} onChange={(event) => change({ group: event.currentTarget.checked ? "name" : undefined })} /> one row for each name</label>
        <span class="muted">{names && `${names.length.toLocaleString("en")} ${names.length === 1 ? "name" : "names"}, `}{shown.length.toLocaleString("en")} of {rows.length.toLocaleString("en")}{truncated ? "; the run has more, which are left out" : ""}</span>
      </div>
      {shown.length === 0 && <Empty><p>{rows.length ? "No task matches." : "No task has been made yet."}</p></Empty>}
      {shown.length > 0 && (
        <div class="window" tabIndex={0} aria-label="Tasks" onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
          <table aria-rowcount={all.length}>
            <thead><tr><th>State</th><th>Task</th><th>Began</th><th>{names ? "Longest" : "Took"}</th><th>Attempts</th></tr></thead>
            <tbody>
              <tr aria-hidden="true" style={{ height: `${first * ROW}px` }} />
              {visible.map((row, i) => "states" in row ? (
                <tr key={row.name} class={row.name === task ? "chosen" : undefined} aria-rowindex={first + i + 1}>
                  <td>{row.states.map(([name, count]) => <span class="nowrap"><State state={name} />{row.count > 1 && <> {count.toLocaleString("en")}</>} </span>)}</td>
                  <td><button class="link" onClick={() => change({ task: row.name, run: row.last.id })}>{row.name}</button>{row.count > 1 && <span class="muted"> × {row.count.toLocaleString("en")}</span>}</td>
                  <td>{duration(row.began_us).replace(/^\d/, "+$&")}</td>
                  <td>{row.longest === null ? "–" : duration(row.longest)}</td>
                  <td>{row.attempts.toLocaleString("en")}</td>
                </tr>
              ) : (
                <tr key={row.id} class={row.name === task ? "chosen" : undefined} aria-rowindex={first + i + 1}>
                  <td><State state={row.state} /></td>
                  <td><button class="link" onClick={() => change({ task: row.name, run: row.id })}>{row.name}</button></td>
                  <td>{duration(row.started_us ?? row.created_us).replace(/^\d/, "+$&")}</td>
                  <td>{row.finished_us !== null ? duration(length(row)) : isLeft(row, outcome) ? <span class="muted" title={LEFT}>left open</span> : "–"}</td>
                  <td>{row.attempts}{row.items !== null && ` · ${itemsOf(row)}`}{row.child && <> · <a href={href(`/executions/${segment(row.child)}`)}>sub-workflow</a></>}</td>
                </tr>
              ))}
              <tr aria-hidden="true" style={{ height: `${Math.max(0, all.length - first - visible.length) * ROW}px` }} />
            </tbody>
          </table>
        </div>
      )}
      {details}
    </>
  );
}

interface FullTask {
  id: string;
  name: string;
  state: string;
  state_info: string | null;
  result: unknown;
  published: unknown;
  type: string;
  created_at: string;
}

interface Action {
  id: string;
  name: string;
  state: string;
  state_info: string | null;
  input: unknown;
  output: unknown;
  created_at: string;
}

interface DetailProps {
  panel: Ref<HTMLElement>;
  row: TaskRow;
  outcome?: string;
  runs: TaskRow[];
  again: () => void;
}

function Detail({ panel, row, outcome, runs, again }: DetailProps) {
  const [asked, ask] = useState<"RUNNING" | "SKIPPED">();
  const path = `/v2/tasks/${segment(row.id)}`;
  const task = useHeld<FullTask>(`${path}?fields=id,name,state,state_info,result,published,type,created_at`, row.finished_us === null && !isLeft(row, outcome) ? 3000 : 0);
  // What it gave, and what it has called, change with it.
  const news = `${row.state} ${row.finished_us} ${row.attempts} ${row.items_done}`;
  useNews(task, news, REST);
  const [keeps, keep] = useState(false);
  const isFile = snapshot.use() !== undefined;
  const wanted = asked === "RUNNING" ? { state: "RUNNING", reset: !keeps } : { state: "SKIPPED" };
  const steer = async () => {
    await api(path, { method: "PUT", json: wanted });
    again();
    task.again();
  };
  return (
    <section class="panel" ref={panel} aria-label={`Task ${row.name}`}>
      <div class="title">
        <h2>{row.name}</h2> <State state={row.state} />
        {row.state === "ERROR" && <May rule="tasks:update"><button aria-keyshortcuts="R" onClick={() => ask("RUNNING")}>Run it again…</button><button aria-keyshortcuts="S" onClick={() => ask("SKIPPED")}>Skip it…</button></May>}
        {!isFile && <button onClick={() => change({ view: "bench", task: row.name, run: row.id })}>What it saw</button>}
        <button onClick={() => change({ task: undefined, run: undefined })}>Close</button>
      </div>
      {isLeft(row, outcome) && <p class="facts">{LEFT}</p>}
      {runs.length > 1 && <p class="facts">Runs: {runs.slice(-20).map((one, i) => <><button class="small" aria-pressed={one.id === row.id} onClick={() => change({ run: one.id })}>{i + 1 + Math.max(0, runs.length - 20)} <State state={one.state} /></button> </>)}</p>}
      <View of={task}>
        {(data) => (
          <>
            {data.state_info && <Info>{data.state_info}</Info>}
            <div class="columns"><Data title="Result" value={data.result} /><Data title="Published" value={data.published} /></div>
            {data.type === "WORKFLOW" ? <Children path={path} news={news} /> : <Calls path={path} news={news} />}
          </>
        )}
      </View>
      {asked && (
        <Confirm title={asked === "RUNNING" ? `Run ${row.name} again?` : `Skip ${row.name}?`} label={asked === "RUNNING" ? "Run it again" : "Skip it"} act={steer} close={() => ask(undefined)}>
          <p>{asked === "SKIPPED" ? "The run goes on with what follows when it is skipped." : keeps ? "The run goes on from here; items that succeeded keep their results." : "The run goes on from here, with all items of the task."}</p>
          {asked === "RUNNING" && row.items !== null && <p><label><input type="checkbox" checked={keeps} onChange={(event) => keep(event.currentTarget.checked)} /> only the items that failed</label></p>}
          <Ahead path={path} json={wanted} />
        </Confirm>
      )}
    </section>
  );
}

const CALLS = 50;

/** Rest between two questions about a task that changes, milliseconds. */
const REST = 1000;

function Calls({ path, news }: { path: string; news: string }) {
  const calls = useHeld<{ action_executions: Action[]; next?: string }>(`${path}/action_executions?limit=${CALLS}&include_output=true`);
  useNews(calls, news, REST);
  return (
    <View of={calls}>
      {(data) => (
        <>
          <h3>Actions</h3>
          {data.action_executions.map((action) => (
            <details key={action.id} class="call">
              <summary><State state={action.state} /> {action.name} <TimeOf time={parseDate(action.created_at)} /> <code>{action.id}</code></summary>
              {action.state_info && <Info>{action.state_info}</Info>}
              <div class="columns"><Data title="Input" value={action.input} /><Data title="Output" value={action.output} /></div>
            </details>
          ))}
          {data.next && <p class="muted">Only the first {CALLS} are shown.</p>}
          {!data.action_executions.length && <p class="muted">No action has been called.</p>}
        </>
      )}
    </View>
  );
}

function Children({ path, news }: { path: string; news: string }) {
  const children = useLoad<{ executions: { id: string; workflow_name: string; state: string }[]; next?: string }>(`${path}/workflow_executions?limit=${CALLS}`);
  useNews(children, news, REST);
  return (
    <View of={children}>
      {(data) => (
        <>
          <h3>Sub-workflows</h3>
          <ul>{data.executions.map((one) => <li key={one.id}><State state={one.state} /> <a href={href(`/executions/${segment(one.id)}`)}>{one.workflow_name}</a> <code>{one.id}</code></li>)}</ul>
          {data.next && <p class="muted">Only the first {CALLS} are shown.</p>}
        </>
      )}
    </View>
  );
}
