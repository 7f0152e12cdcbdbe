// One run: what happened, why, what next.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { api, segment, token } from "../data/client";
import { useLive } from "../data/live";
import { useHeld, useLoad, useNews, type Loaded as LoadedData } from "../data/load";
import { rested } from "../data/rested";
import { snapshot } from "../data/snapshot";
import { BASE } from "../shell/build";
import { paused } from "../shell/link";
import { change, go, href, usePlace } from "../shell/router";
import { described, duration, isFinal, parseDate } from "../parts/format";
import { usual, USUAL_AGAIN, usualPath, type Day } from "../parts/usual";
import { Data } from "../parts/Json";
import { Confirm, Copy, Info, State, TimeOf, View } from "../parts/views";
import { GraphView, type Graph, type NodeState } from "../graph/GraphView";
import { criticalPath, TimeLine } from "../time/TimeLine";
import { RunDialog } from "./RunDialog";
import { Tasks } from "./Tasks";
import { Bench } from "./Bench";
import { Errors } from "./Errors";
import { Slider, statesAt } from "./Slider";
import { Tree } from "./Tree";
import { Why } from "./Why";
import { HowUsual, type Execution as Row } from "./Executions";
import { Ahead } from "../parts/Ahead";
import { May } from "../parts/May";

/** What a run was given and has given, which may be megabytes. */
interface Payload {
  input: unknown;
  output: unknown;
  params: unknown;
}

interface Full extends Row {
  workflow_id: string;
  workflow_namespace: string;
  root_execution_id: string | null;
}

/** Answer of `/v2/executions/{id}/timeline`. */
export interface Timeline {
  execution: { state: string; created_us: number; updated_us: number | null };
  now_us: number;
  /** The latest change that is shown. */
  cursor: number;
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
  /** How many of them have ended; null: not counted. */
  items_done: number | null;
  /** The sub-workflow execution of a task that runs one. */
  child: string | null;
}

/** What the page says of a run; what it was given is asked for where it is shown. */
const FIELDS = "?fields=id,workflow_name,state,state_info,description,created_at,updated_at,tags,workflow_id,workflow_namespace,root_execution_id,task_execution_id";
const TABS = [["graph", "Graph"], ["time", "Time line"], ["tasks", "Tasks"], ["data", "Data"], ["errors", "Errors"], ["tree", "Tree"], ["bench", "Expressions"]] as const;
/** Views that need the time line. */
const WITH_TASKS = ["graph", "time", "tasks"];
/** Tasks of a run of which is asked why it has not finished when one of them has changed; of larger ones less often. */
const FEW = 1000;
/** How often is asked: while the stream tells, without it, and after the end. */
const RARELY = 20_000;
const OFTEN = 2_000;

/** How much earlier than the latest change is asked for changes: clocks differ. */
const OVERLAP = 5_000_000;

/** Where the rows of a time line are, by their ids: handed on from one time line to the next. */
const places = new WeakMap<unknown[][], Map<unknown, number>>();

/** The time line with rows that are newer; times of `news` are `later` microseconds after those of the time line. */
function merged(timeline: Timeline, news: { columns: string[]; rows: unknown[][] }, later: number): Timeline {
  const at = (name: string) => timeline.columns.indexOf(name);
  const from = timeline.columns.map((name) => news.columns.indexOf(name));
  const rows = [...timeline.rows];
  const id = at("id");
  const known = places.get(timeline.rows) ?? new Map(rows.map((row, i) => [row[id], i]));
  for (const row of news.rows) {
    const place = known.get(row[from[id]]);
    const before = place === undefined ? undefined : rows[place];
    const made = timeline.columns.map((name, i) => {
      const value = row[from[i]] ?? null;
      // What a message does not say stays as it was.
      if (value === null && (name === "child" || name === "items_done")) return before?.[i] ?? null;
      return name.endsWith("_us") && typeof value === "number" ? value - later : value;
    });
    if (place === undefined) known.set(made[id], rows.push(made) - 1);
    else rows[place] = made;
  }
  places.set(rows, known);
  return { ...timeline, rows };
}

/** The time line of a run: all of it once, then what has changed, told by the stream or asked for. */
function useTimeline(path: string | undefined, every: number): { timeline: LoadedData<Timeline>; catchUp: () => void } {
  const timeline = useLoad<Timeline>(path);
  const latest = useRef(timeline);
  latest.current = timeline;
  // Much changes in a busy run, and its time line is large: it is asked for after a rest, and never twice at once.
  const catchUp = useMemo(() => rested(async () => {
    const { data, again, patch } = latest.current;
    if (!path || !data) return;
    try {
      const news = await api<Timeline>(`${path}?since=${data.cursor - OVERLAP}`);
      if (news.truncated) again();
      else patch((old) => ({ ...merged(old, news, 0), execution: news.execution, now_us: news.now_us, cursor: Math.max(old.cursor, news.cursor) }));
    } catch {
      // The execution itself is asked for as often, and says what is wrong.
    }
  }), [path]);
  const [isFile, isPaused] = [snapshot.use() !== undefined, paused.use()];
  const wasPaused = useRef(isPaused);
  useEffect(() => {
    if (wasPaused.current && !isPaused) catchUp();
    wasPaused.current = isPaused;
    if (!path || isFile || isPaused) return;
    const timer = setInterval(() => document.hidden || catchUp(), every);
    return () => clearInterval(timer);
  }, [path, every, isFile, isPaused]);
  return { timeline, catchUp };
}

export function Execution({ id }: { id: string }) {
  const base = `/v2/executions/${segment(id)}`;
  const { query } = usePlace();
  const tab = query.get("view") ?? "graph";
  const isFile = snapshot.use() !== undefined;
  const [isOver, setOver] = useState(false);
  const hasTasks = WITH_TASKS.includes(tab);
  const isLive = useLive(isFile ? undefined : `execution:${id}`, (news) => {
    if (news.event === "gap") {
      execution.again();
      catchUp();
    } else if (news.event === "execution") execution.again();
    else if (news.event === "tasks") timeline.patch((data) => merged(data, news.data, data.execution.created_us));
  });
  const every = isLive || isOver ? RARELY : OFTEN;
  const execution = useLoad<Full>(base + FIELDS, every);
  // Asked for at once, not when the execution is there.
  const { timeline, catchUp } = useTimeline(hasTasks || tab === "bench" ? `${base}/timeline` : undefined, every);
  const graph = useLoad<Graph>(tab === "graph" ? `${base}/graph` : undefined);
  const state = execution.data?.state;
  const over = state !== undefined && isFinal(state);
  if (over !== isOver) setOver(over);
  return <>{execution.error && !execution.data && <div class="title"><h1>Execution</h1><code>{id}</code></div>}<View of={execution}>{(data) => <Loaded execution={data} base={base} again={() => { execution.again(); catchUp(); }} isLive={isLive} timeline={timeline} graph={graph} />}</View></>;
}

interface LoadedProps {
  execution: Full;
  base: string;
  again: () => void;
  isLive: boolean;
  timeline: LoadedData<Timeline>;
  graph: LoadedData<Graph>;
}

function Loaded({ execution, base, again, isLive, timeline, graph }: LoadedProps) {
  const { query } = usePlace();
  const tab = query.get("view") ?? "graph";
  const task = query.get("task") ?? undefined;
  const at = query.get("at");
  const isOpen = !isFinal(execution.state);
  const isFile = snapshot.use() !== undefined;
  const hasTasks = WITH_TASKS.includes(tab);
  const all = useMemo(() => (timeline.data ? rowsOf(timeline.data) : []), [timeline.data]);
  const moment = at === null ? undefined : Number(at);
  const rows = useMemo(() => (moment === undefined ? all : statesAt(all, moment)), [all, moment]);
  const outcome = moment === undefined ? execution.state : undefined;
  const parent = execution.root_execution_id;
  const about = described(execution.description);
  const ran = timeline.data?.execution;
  const took = ran?.updated_us ? ran.updated_us - ran.created_us : undefined;
  return (
    <>
      <div class="title">
        <h1>{execution.workflow_name}</h1> <State state={execution.state} />
        <code>{execution.id}</code> <Copy text={execution.id} label="Copy id" />
      </div>
      <p class="facts">
        started <TimeOf time={parseDate(execution.created_at)} />
        {isOpen ? "" : <> · ended <TimeOf time={parseDate(execution.updated_at)} /> · took {took !== undefined ? duration(took) : roughly(execution)}</>}
        <Usually workflow={execution.workflow_name} took={took} />
        {about.cron ? <> · by <a href={href(`/triggers?name=${segment(about.cron)}`)}>a cron trigger</a></> : about.words && <> · {about.words}</>}
        {parent && <> · part of <a aria-keyshortcuts="p" href={href(`/executions/${segment(parent)}`)}>the run that started it</a></>}
        {" · "}<Part name="input" letter="i" /> · <Part name="output" letter="o" />
        {" · "}<a href={href(`/workflows/${segment(execution.workflow_id)}`)}>definition</a>
        <Which workflow={execution.workflow_id} hash={graph.data?.spec_hash} />
        {" · "}<a href={href(`/executions?workflow_name=${segment(execution.workflow_name)}`)}>other runs</a>
      </p>
      {!isFile && <Actions execution={execution} base={base} again={again} />}
      <Why isAsked={isOpen || execution.state === "ERROR"} isOpen={isOpen} isLive={isLive} news={isOpen && all.length <= FEW ? timeline.data?.rows : execution.state} base={base} select={(name) => change({ task: name })} />
      {execution.state_info && (execution.state === "ERROR" ? <details><summary>The message in full</summary><Info look="error">{execution.state_info}</Info></details> : <Info look="idle">{execution.state_info}</Info>)}
      <div class="tabs" role="tablist">
        {TABS.map(([name, label], i) => (
          <button role="tab" aria-keyshortcuts={String(i + 1)} aria-selected={tab === name} onClick={() => change({ view: name, part: undefined })}>{label}</button>
        ))}
      </div>
      {hasTasks && <Slider rows={all} end={timeline.data ? Math.max(timeline.data.now_us - timeline.data.execution.created_us, 0) : 0} isOpen={isOpen} />}
      {tab === "data" && <Payloads execution={execution} />}
      {tab === "errors" && <Errors base={base} state={execution.state} workflow={execution.workflow_name} />}
      {tab === "tree" && <Tree id={execution.id} />}
      {tab === "bench" && <Bench rows={all} />}
      {tab === "graph" && <GraphTab graph={graph} rows={rows} outcome={outcome} isReady={timeline.data !== undefined || timeline.error !== undefined} task={task} />}
      {tab === "time" && <View of={timeline}>{(data) => <TimeLine timeline={data} rows={rows} outcome={outcome} task={task} run={query.get("run") ?? undefined} path={isFile ? undefined : `${base}/timeline`} />}</View>}
      {(tab === "tasks" || (task && hasTasks)) && (
        <View of={timeline}>{(data) => <Tasks rows={rows} outcome={outcome} truncated={data.truncated} only={tab === "tasks" ? undefined : task} again={again} />}</View>
      )}
    </>
  );
}

/** How long it took by the whole seconds that REST tells, until the time line is there. */
function roughly({ created_at: from, updated_at: to }: Full): string {
  const took = (parseDate(to) ?? 0) - (parseDate(from) ?? 0);
  return took < 1000 ? "< 1 s" : duration(took * 1000);
}

/** Leads to what went in, or came out. */
const Part = ({ name, letter }: { name: string; letter: string }) => <button class="link" aria-keyshortcuts={letter} onClick={() => change({ view: "data", part: name })}>{name}</button>;

/** How long runs of this workflow take. */
function Usually({ workflow, took }: { workflow: string; took?: number }) {
  const counted = useLoad<{ buckets: Day[] }>(usualPath(), USUAL_AGAIN);
  const of = useMemo(() => usual(counted.data?.buckets ?? []).get(workflow), [counted.data, workflow]);
  return of ? <> (usually <HowUsual of={of} took={took ?? 0} />)</> : null;
}

/** Which version of the definition a run has, where another is the newest. */
function Which({ workflow, hash }: { workflow: string; hash?: string }) {
  const list = useLoad<{ versions: { version: number; spec_hash: string }[] }>(hash && `/v2/workflows/${segment(workflow)}/versions`);
  const versions = list.data?.versions ?? [];
  const own = versions.find((one) => one.spec_hash === hash);
  if (!own) return null;
  const newest = versions[0];
  return <>, version {own.version}{newest.spec_hash !== hash && <strong class="state-paused"> (now {newest.version})</strong>}</>;
}

/** Rows by name that have been made of rows: those that have not changed are not made anew. */
const known = new WeakMap<unknown[], TaskRow>();

export function rowsOf(timeline: Timeline): TaskRow[] {
  return timeline.rows.map((row) => {
    let made = known.get(row);
    if (!made) known.set(row, (made = Object.fromEntries(timeline.columns.map((name, i) => [name, row[i]])) as unknown as TaskRow));
    return made;
  });
}

function GraphTab({ graph, rows, outcome, isReady, task }: { graph: LoadedData<Graph>; rows: TaskRow[]; outcome?: string; isReady: boolean; task?: string }) {
  const { query } = usePlace();
  const marksPath = query.has("critical");
  const mark = (marks: boolean) => change({ critical: marks ? "1" : undefined });
  const critical = useMemo(() => {
    if (!marksPath) return undefined;
    const path = criticalPath(rows);
    return new Set(rows.filter((row) => path.has(row.id)).map((row) => row.name));
  }, [rows, marksPath]);
  const states = useMemo(() => {
    const made = new Map<string, NodeState>();
    for (const row of rows) {
      const before = made.get(row.name);
      const node = nodeOf(row, outcome);
      made.set(row.name, before ? { ...node, runs: before.runs + 1 } : node);
    }
    return made;
  }, [rows, outcome]);
  return (
    <View of={graph}>
      {(data) => (
        <div onKeyDown={(event) => { if (event.key === "c" && (event.target as Element).tagName === "CANVAS" && !event.ctrlKey && !event.metaKey && !event.altKey) mark(!marksPath); }}>
          <GraphView tools={rows.length > 1 && <label><input type="checkbox" checked={marksPath} onChange={(event) => mark(event.currentTarget.checked)} /> critical path</label>} graph={data} states={states} isReady={isReady} critical={critical} dims={query.has("hide")} dim={(dims) => change({ hide: dims ? "SUCCESS" : undefined })} selected={task} onSelect={(name) => change({ task: name })} />
        </div>
      )}
    </View>
  );
}

/** What a node says of a run, made once of each row: while its run goes on, and if it was left open. */
const nodes = [new WeakMap<TaskRow, NodeState>(), new WeakMap<TaskRow, NodeState>()];

function nodeOf(row: TaskRow, outcome: string | undefined): NodeState {
  const wasLeft = isLeft(row, outcome);
  const known = nodes[Number(wasLeft)];
  let node = known.get(row);
  if (!node) {
    const took = row.finished_us !== null ? duration(row.finished_us - (row.started_us ?? row.created_us)) : wasLeft ? `left ${row.state.toLowerCase()}` : row.state.toLowerCase();
    const items = row.items !== null ? ` · ${itemsOf(row)}` : "";
    const note = `${took}${row.attempts > 1 ? ` · attempt ${row.attempts}` : ""}${items}`;
    known.set(row, (node = { state: row.state, runs: 1, note, part: row.items && row.items_done !== null ? row.items_done / row.items : undefined }));
  }
  return node;
}

/** What is said of such a task. */
export const LEFT = "It was open when the run ended: nothing follows from it any more, whatever its action may still answer.";

/** Whether a task has not ended though its run has: actions of others are not waited for. */
export const isLeft = (row: TaskRow, outcome: string | undefined) => row.finished_us === null && outcome !== undefined && isFinal(outcome) && !isFinal(row.state);

/** Items of a task in words. */
export const itemsOf = (row: TaskRow) => (row.items_done === null || row.items_done === row.items ? `${row.items} ${row.items === 1 ? "item" : "items"}` : `${row.items_done} of ${row.items} items`);

function Payloads({ execution }: { execution: Full }) {
  const payload = useHeld<Payload>(`/v2/executions/${segment(execution.id)}?fields=id,input,output,params`);
  const { state } = execution;
  const part = usePlace().query.get("part");
  const element = useRef<HTMLDivElement>(null);
  const hasData = payload.data !== undefined;
  useEffect(() => {
    const wanted = part && element.current?.querySelector<HTMLElement>(`:scope > [data-part="${CSS.escape(part)}"]`);
    if (!wanted) return;
    wanted.scrollIntoView({ block: "nearest" });
    wanted.focus({ preventScroll: true });
  }, [part, hasData]);
  useNews(payload, state, 0);
  return (
    <View of={payload}>
      {(data) => (
        <div class="columns" ref={element}>
          <Data title="Input" value={data.input} part="input" />
          <Data title="Output" value={data.output} part="output" />
          <Data title="Parameters" value={data.params} />
        </div>
      )}
    </View>
  );
}

type Step = { title: string; text: string; label: string; state?: string; path?: string };

function Actions({ execution, base, again }: { execution: Full; base: string; again: () => void }) {
  const [asked, ask] = useState<Step>();
  const [runs, setRuns] = useState(false);
  const { state } = execution;
  const given = useLoad<{ input: string }>(runs ? `${base}?fields=id,input` : undefined);
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
    <div class="buttons" role="group" aria-label="What to do with this run" aria-keyshortcuts=".">
      <May rule="executions:update">{fitting.map((step) => <button onClick={() => ask(step)}>{step.label}…</button>)}</May>
      <May rule="executions:create"><button aria-keyshortcuts="r" onClick={() => setRuns(true)}>Run again…</button></May>
      <Others execution={execution} />
      <Save base={base} id={execution.id} />
      <May rule="executions:delete"><button onClick={() => ask(remove)}>Delete…</button></May>
      {asked && <Confirm title={asked.title} label={asked.label} act={() => put(asked)} close={() => ask(undefined)}><p>{asked.text}</p>{asked.state && <Ahead path={base} json={{ state: asked.state }} />}</Confirm>}
      {runs && given.error && <View of={given}>{() => null}</View>}
      {runs && given.data && <RunDialog workflow={execution.workflow_id} name={execution.workflow_name} input={given.data.input} close={() => setRuns(false)} />}
    </div>
  );
}

/** Runs to hold this one against. */
function Others({ execution }: { execution: Full }) {
  const [isOpen, open] = useState(false);
  const name = segment(execution.workflow_name);
  const list = useLoad<{ executions: Row[] }>(isOpen ? `/v2/executions?workflow_name=${name}&limit=12&sort_keys=created_at&sort_dirs=desc&fields=id,state,created_at,workflow_name` : undefined);
  const others = (list.data?.executions ?? []).filter((one) => one.id !== execution.id);
  const best = others.find((one) => one.state === "SUCCESS");
  return (
    <select aria-label="Compare with" value="" onFocus={() => open(true)} onPointerDown={() => open(true)} onChange={(event) => go(`/compare?a=${segment(event.currentTarget.value)}&b=${segment(execution.id)}`)}>
      <option value="">Compare with…</option>
      {best && <option value={best.id}>the last success</option>}
      {others.map((one) => <option value={one.id}>{one.state} {one.created_at}</option>)}
      {isOpen && list.data && !others.length && <option disabled>no other run of this workflow</option>}
    </select>
  );
}

/** Takes the run as a file. */
function Save({ base, id }: { base: string; id: string }) {
  const [busy, set] = useState(false);
  const save = async () => {
    set(true);
    try {
      const answer = await fetch(`${BASE}${base}/snapshot`, { headers: token.get() ? { "X-Auth-Token": token.get()! } : {} });
      if (!answer.ok) throw new Error((await answer.json()).faultstring);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = `execution-${id}.ndjson`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      alert(String(error));
    }
    set(false);
  };
  return <button disabled={busy} onClick={save}>{busy ? "Saving…" : "Save as file"}</button>;
}
