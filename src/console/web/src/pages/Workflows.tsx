// Definitions: list, upload, one of them with graph, text and runs.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { api, query, segment } from "../data/client";
import { useLoad } from "../data/load";
import { change, go, href, usePlace } from "../shell/router";
import { count, duration, isFinal, parseDate } from "../parts/format";
import { usual, USUAL_AGAIN, usualPath, type Day } from "../parts/usual";
import { Diff } from "../parts/Diff";
import { Confirm, Copy, Empty, State, TimeOf, View } from "../parts/views";
import { rowsOf, type TaskRow, type Timeline } from "./Execution";
import { GraphView, type Graph } from "../graph/GraphView";
import { fieldsOf, RunDialog } from "./RunDialog";
import { May, useMay } from "../parts/May";

export interface Workflow {
  id: string;
  name: string;
  namespace: string;
  input: string;
  scope: string;
  tags: string[] | null;
  definition: string;
  interface?: unknown;
  checksum: string | null;
  created_at: string;
  updated_at: string | null;
}

const NO_STATES = new Map();

export function Workflows() {
  const { query: place } = usePlace();
  const [text, setText] = useState(place.get("q") ?? "");
  const list = useLoad<{ workflows: Workflow[]; next?: string }>(`/v2/workflows${query({ fields: "id,name,namespace,input,scope,tags,created_at,updated_at", limit: 1000, sort_keys: "name", sort_dirs: "asc" })}`);
  const [running, run] = useState<Workflow>();
  const ran = useRan();
  const mayUpload = useMay("workflows:create");
  return (
    <>
      <div class="title"><h1>Workflows</h1>{mayUpload && <a class="button" aria-keyshortcuts="c" href={href("/workflows/new/edit")}>Upload…</a>}</div>
      <View of={list}>
        {(data) => {
          // Columns of what nobody uses are left out.
          const hasNamespaces = data.workflows.some((one) => one.namespace);
          const hasTags = data.workflows.some((one) => one.tags?.length);
          const shown = data.workflows.filter((one) => one.name.includes(text) || (one.tags ?? []).some((tag) => tag.includes(text)));
          if (!data.workflows.length) return <Empty><p>No workflow has been uploaded yet.</p>{mayUpload && <p><a href={href("/workflows/new/edit")}>Upload the first one</a>: an example is there to begin with.</p>}</Empty>;
          return (
            <>
              <div class="filters"><label>Name or tag contains <input data-filter value={text} onInput={(event) => { setText(event.currentTarget.value); change({ q: event.currentTarget.value }, true); }} /></label>
                {data.next && <span class="muted">The first 1,000 by name are searched.</span>}</div>
              <div class="scroll"><table class="stack">
                <thead><tr><th>Name</th>{hasNamespaces && <th>Namespace</th>}<th>Input</th>{hasTags && <th>Tags</th>}<th>Last 24 hours</th><th>Usually takes</th><th>Changed</th><th><span class="hidden">What to do</span></th></tr></thead>
                <tbody>{shown.map((one) => (
                  <tr key={one.id}>
                    <td><a class="row" href={href(`/workflows/${segment(one.id)}`)}>{one.name}</a></td>{hasNamespaces && <td data-l="Namespace">{one.namespace}</td>}<td class="wide" data-l="Input"><code>{one.input}</code></td>
                    {hasTags && <td data-l="Tags">{(one.tags ?? []).join(", ")}</td>}<td class="nowrap" data-l="Last 24 hours"><Ran of={ran.get(one.name)?.day} /></td><td class="nowrap" data-l="Usually takes">{duration(ran.get(one.name)?.p50)}</td><td class="nowrap" data-l="Changed"><TimeOf time={parseDate(one.updated_at ?? one.created_at)} /></td>
                    <td><May rule="executions:create"><button class="small" onClick={() => run(one)} aria-label={`Run ${one.name}`}>Run…</button></May></td>
                  </tr>
                ))}</tbody>
              </table></div>
              {!shown.length && <Empty><p>No name or tag contains “{text}”.</p></Empty>}
            </>
          );
        }}
      </View>
      {running && <RunDialog workflow={running.id} name={running.name} close={() => run(undefined)} />}
    </>
  );
}

interface Day24 {
  succeeded: number;
  failed: number;
  cancelled: number;
}

/** What ran of each workflow in 24 hours, and what half of its runs of a month took at most. */
function useRan(): Map<string, { day?: Day24; p50?: number }> {
  const from = Math.floor(Date.now() / 3600_000 - 23) * 3600_000_000;
  const hours = useLoad<{ buckets: (Day & Day24)[] }>(`/v2/statistics/activity${query({ group_by: "workflow_name", step: 3600, from })}`, 60_000);
  const month = useLoad<{ buckets: Day[] }>(usualPath(), USUAL_AGAIN);
  return useMemo(() => {
    const made = new Map<string, { day?: Day24; p50?: number }>();
    for (const [name, { p50 }] of usual(month.data?.buckets ?? [])) made.set(name, { p50 });
    for (const { workflow_name: name, succeeded, failed, cancelled } of hours.data?.buckets ?? []) {
      const known = made.get(name) ?? {};
      const { day } = known;
      made.set(name, { ...known, day: { succeeded: succeeded + (day?.succeeded ?? 0), failed: failed + (day?.failed ?? 0), cancelled: cancelled + (day?.cancelled ?? 0) } });
    }
    return made;
  }, [hours.data, month.data]);
}

function Ran({ of }: { of?: Day24 }) {
  const parts = of ? ([["SUCCESS", of.succeeded], ["ERROR", of.failed], ["CANCELLED", of.cancelled]] as const).filter(([, number]) => number > 0) : [];
  if (!parts.length) return <span class="muted">–</span>;
  return <>{parts.map(([state, number]) => <span class="fact" title={`${number} ${state}`}><State state={state} short /> {count(number)}</span>)}</>;
}

export function WorkflowPage({ id }: { id: string }) {
  const workflow = useLoad<Workflow>(`/v2/workflows/${segment(id)}`);
  return <>{workflow.error && !workflow.data && <div class="title"><h1>Workflow</h1><code>{id}</code></div>}<View of={workflow}>{(data) => <One workflow={data} />}</View></>;
}

function One({ workflow }: { workflow: Workflow }) {
  const { query: place } = usePlace();
  const graph = useLoad<Graph>(`/v2/workflows/${segment(workflow.id)}/graph`);
  const [asked, ask] = useState<"run" | "delete">();
  const mayEdit = useMay("workflows:update");
  const close = () => ask(undefined);
  const remove = async () => {
    await api(`/v2/workflows/${segment(workflow.id)}`, { method: "DELETE" });
    go("/workflows");
  };
  return (
    <>
      <div class="title"><h1>{workflow.name}</h1>{workflow.namespace && <span class="muted">in {workflow.namespace}</span>}<code>{workflow.id}</code></div>
      <div class="buttons">
        <May rule="executions:create"><button class="primary" aria-keyshortcuts="r" onClick={() => ask("run")}>Run…</button></May>
        {mayEdit && <a class="button" aria-keyshortcuts="e" href={href(`/workflows/${segment(workflow.id)}/edit`)}>Edit</a>}
        <a class="button" href={href(`/executions?workflow_name=${segment(workflow.name)}`)}>Its runs</a>
        <May rule="workflows:delete"><button onClick={() => ask("delete")}>Delete…</button></May>
      </div>
      <Inputs of={workflow} />
      <StartedBy id={workflow.id} />
      <View of={graph}>{(data) => <GraphView graph={data} states={NO_STATES} selected={place.get("task") ?? undefined} onSelect={(name) => change({ task: name })} />}</View>
      <Versions id={workflow.id} current={workflow.definition} />
      <Runs name={workflow.name} />
      <section class="data"><h2>Definition <Copy text={workflow.definition} /></h2><pre class="source" tabIndex={0}>{workflow.definition}</pre></section>
      {asked === "run" && <RunDialog workflow={workflow.id} name={workflow.name} close={close} />}
      {asked === "delete" && <Confirm title={`Delete ${workflow.name}?`} label="Delete" act={remove} close={close}><p>Runs that have begun go on; new ones cannot begin.</p></Confirm>}
    </>
  );
}

/** What it takes, and what each is without being given. */
function Inputs({ of }: { of: Workflow }) {
  const fields = fieldsOf(of);
  return <p class="facts">Takes {fields.length ? fields.map((field, i) => <>{i > 0 && ", "}<strong>{field.name}</strong>{field.isRequired ? "" : <> = <code>{field.text.slice(0, 80)}</code></>}</>) : "no input"}</p>;
}

/** Triggers that start it. */
function StartedBy({ id }: { id: string }) {
  const crons = useLoad<{ cron_triggers: { name: string; workflow_id: string }[] }>(`/v2/cron_triggers${query({ workflow_id: id, limit: 20, fields: "name,workflow_id" })}`);
  const events = useLoad<{ event_triggers: { name: string; workflow_id: string }[] }>(`/v2/event_triggers${query({ workflow_id: id, limit: 20, fields: "name,workflow_id" })}`);
  const all = [...(crons.data?.cron_triggers ?? []), ...(events.data?.event_triggers ?? [])];
  if (!all.length) return null;
  return <p class="facts">Started by {all.map((one, i) => <>{i > 0 && ", "}<a href={href(`/triggers?name=${segment(one.name)}`)}>{one.name}</a></>)}</p>;
}

/** The last runs as a grid: a row a task, a column a run. */
function Runs({ name }: { name: string }) {
  const runs = useLoad<{ executions: { id: string; state: string; created_at: string }[] }>(`/v2/executions${query({ workflow_name: name, limit: 12, sort_keys: "created_at", sort_dirs: "desc", fields: "id,state,created_at" })}`, 15_000);
  const [lines, setLines] = useState<Map<string, TaskRow[]>>(new Map());
  /** Runs that had ended when their tasks were asked for: these change no more. */
  const ended = useRef(new Set<string>());
  useEffect(() => {
    const abort = new AbortController();
    for (const { id, state } of runs.data?.executions ?? []) {
      if (ended.current.has(id)) continue;
      api<Timeline>(`/v2/executions/${segment(id)}/timeline?limit=200`, { signal: abort.signal }).then((line) => {
        if (isFinal(state)) ended.current.add(id);
        setLines((old) => new Map(old).set(id, rowsOf(line)));
      }, () => undefined);
    }
    return () => abort.abort();
  }, [runs.data]);
  const all = (runs.data?.executions ?? []).slice().reverse();
  if (!all.length) return null;
  const names = [...new Set(all.flatMap((run) => (lines.get(run.id) ?? []).map((row) => row.name)))].slice(0, 200);
  return (
    <section class="panel" aria-label="Last runs"><h2>Last runs</h2>
      <div class="scroll"><table class="grid"><thead><tr><th>Task</th>{all.map((run) => <th><a href={href(`/executions/${segment(run.id)}`)} title={run.created_at} aria-label={`Run of ${run.created_at}, ${run.state}`}><State state={run.state} short /></a></th>)}</tr></thead>
        <tbody>{names.map((task) => <tr><td>{task}</td>{all.map((run) => { const row = lines.get(run.id)?.findLast((one) => one.name === task); return <td title={row?.state}>{row ? <State state={row.state} short /> : <span class="muted">·</span>}</td>; })}</tr>)}</tbody></table></div>
    </section>
  );
}

interface Version {
  version: number;
  checksum: string | null;
  created_at: string;
  user_id: string | null;
  definition?: string;
}

/** What earlier uploads said. */
function Versions({ id, current }: { id: string; current: string }) {
  const { query: place } = usePlace();
  const path = `/v2/workflows/${segment(id)}/versions`;
  const list = useLoad<{ versions: Version[] }>(path);
  const chosen = place.get("v") ?? undefined;
  const one = useLoad<Version>(chosen ? `${path}/${segment(chosen)}` : undefined);
  return (
    <section class="panel" aria-label="Versions">
      <h2>Versions</h2>
      <View of={list}>
        {(data) => data.versions.length ? (
          <p class="chips">{data.versions.map((version, i) => <button class="chip" aria-pressed={chosen === String(version.version)} onClick={() => change({ v: chosen === String(version.version) ? undefined : String(version.version) })}>{version.version}{i === 0 && " (now)"} · <TimeOf time={parseDate(version.created_at)} />{version.user_id && ` · ${version.user_id}`}</button>)}</p>
        ) : <p class="muted">The first change begins the list.</p>}
      </View>
      {chosen && <View of={one}>{(data) => (data.definition === current ? <p class="muted">This is what it says now.</p> : <Diff title={`Version ${chosen} and now`} names={[chosen, "now"]} left={data.definition ?? ""} right={current} />)}</View>}
    </section>
  );
}
