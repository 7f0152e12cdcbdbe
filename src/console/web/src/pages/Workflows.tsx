// Definitions: list, upload, one of them with graph, text and runs.
import { useEffect, useRef, useState } from "preact/hooks";
import { api, ApiError, query, segment } from "../data/client";
import { useLoad } from "../data/load";
import { change, go, href, usePlace } from "../shell/router";
import { parseDate } from "../parts/format";
import { Diff } from "../parts/Diff";
import { Confirm, Copy, Empty, Failure, State, TimeOf, View } from "../parts/views";
import { rowsOf, type TaskRow, type Timeline } from "./Execution";
import { GraphView, type Graph } from "../graph/GraphView";
import { RunDialog } from "./RunDialog";
import { May, useMay } from "../parts/May";

interface Workflow {
  id: string;
  name: string;
  namespace: string;
  input: string;
  scope: string;
  tags: string[] | null;
  definition: string;
  checksum: string | null;
  created_at: string;
  updated_at: string | null;
}

const EXAMPLE = `version: '2.0'

greet:
  input: [name: Mistral]
  output:
    greeting: <% task(say).result %>
  tasks:
    say:
      action: std.echo output=<% 'Hello ' + $.name %>
      on-success: [pause_a_moment]
    pause_a_moment:
      action: std.sleep seconds=2
`;

const NO_STATES = new Map();

export function Workflows() {
  const { query: place } = usePlace();
  const [text, setText] = useState(place.get("q") ?? "");
  const list = useLoad<{ workflows: Workflow[]; next?: string }>(`/v2/workflows${query({ fields: "id,name,namespace,input,scope,tags,created_at,updated_at", limit: 1000, sort_keys: "name", sort_dirs: "asc" })}`);
  const [running, run] = useState<Workflow>();
  const mayUpload = useMay("workflows:create");
  return (
    <>
      <div class="title"><h1>Workflows</h1>{mayUpload && <a class="button" href={href("/workflows/new/edit")}>Upload…</a>}</div>
      <View of={list}>
        {(data) => {
          const shown = data.workflows.filter((one) => one.name.includes(text) || (one.tags ?? []).some((tag) => tag.includes(text)));
          if (!data.workflows.length) return <Empty><p>No workflow has been uploaded yet.</p>{mayUpload && <p><a href={href("/workflows/new/edit")}>Upload the first one</a>: an example is there to begin with.</p>}</Empty>;
          return (
            <>
              <div class="filters"><label>Name or tag contains <input data-filter value={text} onInput={(event) => { setText(event.currentTarget.value); change({ q: event.currentTarget.value }, true); }} /></label>
                {data.next && <span class="muted">The first 1,000 by name are searched.</span>}</div>
              <div class="scroll"><table>
                <thead><tr><th>Name</th><th>Namespace</th><th>Input</th><th>Tags</th><th>Changed</th><th><span class="hidden">What to do</span></th></tr></thead>
                <tbody>{shown.map((one) => (
                  <tr key={one.id}>
                    <td><a class="row" href={href(`/workflows/${segment(one.id)}`)}>{one.name}</a></td><td>{one.namespace}</td><td class="wide"><code>{one.input}</code></td>
                    <td>{(one.tags ?? []).join(", ")}</td><td class="nowrap"><TimeOf time={parseDate(one.updated_at ?? one.created_at)} /></td>
                    <td><May rule="executions:create"><button onClick={() => run(one)} aria-label={`Run ${one.name}`}>Run…</button></May></td>
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

export function WorkflowPage({ id }: { id: string }) {
  const workflow = useLoad<Workflow>(`/v2/workflows/${segment(id)}`);
  return <View of={workflow}>{(data) => <One workflow={data} />}</View>;
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
        <May rule="executions:create"><button class="primary" onClick={() => ask("run")}>Run…</button></May>
        {mayEdit && <a class="button" href={href(`/workflows/${segment(workflow.id)}/edit`)}>Edit</a>}
        <a class="button" href={href(`/executions?workflow_name=${segment(workflow.name)}`)}>Its runs</a>
        <May rule="workflows:delete"><button onClick={() => ask("delete")}>Delete…</button></May>
      </div>
      <View of={graph}>{(data) => <GraphView graph={data} states={NO_STATES} selected={place.get("task") ?? undefined} onSelect={(name) => change({ task: name })} />}</View>
      <Versions id={workflow.id} current={workflow.definition} />
      <Runs name={workflow.name} />
      <section class="data"><h2>Definition <Copy text={workflow.definition} /></h2><pre class="source" tabIndex={0}>{workflow.definition}</pre></section>
      {asked === "run" && <RunDialog workflow={workflow.id} name={workflow.name} close={close} />}
      {asked === "delete" && <Confirm title={`Delete ${workflow.name}?`} label="Delete" act={remove} close={close}><p>Runs that have begun go on; new ones cannot begin.</p></Confirm>}
    </>
  );
}

export function EditWorkflow({ id }: { id: string }) {
  const isNew = id === "new";
  const workflow = useLoad<Workflow>(isNew ? undefined : `/v2/workflows/${segment(id)}`);
  if (isNew) return <Editor text={EXAMPLE} />;
  return <View of={workflow}>{(data) => <Editor text={data.definition} namespace={data.namespace} workflow={data} />}</View>;
}

/** The last runs as a grid: a row a task, a column a run. */
function Runs({ name }: { name: string }) {
  const runs = useLoad<{ executions: { id: string; state: string; created_at: string }[] }>(`/v2/executions${query({ workflow_name: name, limit: 12, sort_keys: "created_at", sort_dirs: "desc", fields: "id,state,created_at" })}`, 15_000);
  const [lines, setLines] = useState<Map<string, TaskRow[]>>(new Map());
  const ids = runs.data?.executions.map((one) => one.id).join(" ");
  useEffect(() => {
    const abort = new AbortController();
    for (const id of (ids ?? "").split(" ").filter(Boolean)) {
      api<Timeline>(`/v2/executions/${segment(id)}/timeline?limit=200`, { signal: abort.signal }).then((line) => setLines((old) => new Map(old).set(id, rowsOf(line))), () => undefined);
    }
    return () => abort.abort();
  }, [ids]);
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

interface Diagnostic {
  line: number;
  column: number;
  end_line?: number;
  end_column?: number;
  severity: string;
  code: string;
  message: string;
  help?: string;
  replacement?: string;
}

/** Time after the last key until the document is looked at, milliseconds; of a large one, whose check takes a second. */
const PAUSE = 400;
const LONG_PAUSE = 1500;
const LARGE = 200_000;

/** What the server says of a document while it is written: one question at a time, the newest counts. */
function useDiagnosis(text: string): { valid?: boolean; message?: string; diagnostics: Diagnostic[]; graph?: Graph } {
  const [state, set] = useState<{ valid?: boolean; message?: string; diagnostics: Diagnostic[]; graph?: Graph }>({ diagnostics: [] });
  useEffect(() => {
    const abort = new AbortController();
    const look = async () => {
      try {
        const answer = await api<{ valid: boolean; error?: string; diagnostics?: Diagnostic[] }>("/v2/workflows/validate?diagnostics=true", { method: "POST", text, signal: abort.signal });
        set((old) => ({ ...old, valid: answer.valid, message: answer.error, diagnostics: answer.diagnostics ?? [] }));
        const graph = await api<Graph>("/v2/graphs", { method: "POST", text, signal: abort.signal });
        set((old) => ({ ...old, graph }));
      } catch {
        // A graph that cannot be read: the last one stays.
      }
    };
    const timer = setTimeout(look, text.length > LARGE ? LONG_PAUSE : PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  return state;
}

/** Where a place of a text is. */
function offset(text: string, line: number, column: number): number {
  let at = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf("\n", at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at + column - 1;
}

function Editor({ text: first, namespace, workflow }: { text: string; namespace?: string; workflow?: Workflow }) {
  const draft = `mistral.draft.${workflow?.id ?? "new"}`;
  const [text, setText] = useState(() => sessionStorage.getItem(draft) ?? first);
  const [error, setError] = useState<ApiError>();
  const [isAsked, ask] = useState(false);
  const rule = workflow ? "workflows:update" : "workflows:create";
  const maySave = useMay(rule);
  const area = useRef<HTMLTextAreaElement>(null);
  const found = useDiagnosis(text);
  const [selected, select] = useState<string>();
  const write = (next: string) => {
    setText(next);
    if (next === first) sessionStorage.removeItem(draft);
    else sessionStorage.setItem(draft, next);
  };
  const save = async () => {
    const headers = workflow?.checksum ? { "If-Match": `"${workflow.checksum}"` } : undefined;
    const answer = await api<{ workflows: Workflow[] }>(`/v2/workflows${query({ namespace })}`, { method: workflow ? "PUT" : "POST", text, headers });
    sessionStorage.removeItem(draft);
    go(`/workflows/${segment(answer.workflows[0].id)}`);
  };
  const upload = () => save().catch((failure) => setError(failure as ApiError));
  const show = (line: number, column = 1) => {
    const at = offset(text, line, column);
    area.current?.focus();
    area.current?.setSelectionRange(at, at);
    const height = parseFloat(getComputedStyle(area.current!).lineHeight) || 18;
    area.current!.scrollTop = Math.max(0, (line - 5) * height);
  };
  const mend = (one: Diagnostic) => {
    const [from, to] = [offset(text, one.line, one.column), offset(text, one.end_line ?? one.line, one.end_column ?? one.column)];
    write(text.slice(0, from) + one.replacement + text.slice(to));
  };
  const keys = (event: KeyboardEvent) => {
    if ((event.metaKey || event.ctrlKey) && event.key === "s") {
      if (workflow && maySave) ask(true);
      else if (maySave) void upload();
    } else if (event.key === "F8" && found.diagnostics.length) {
      const here = text.slice(0, area.current!.selectionStart).split("\n").length;
      const next = found.diagnostics.find((one) => one.line > here) ?? found.diagnostics[0];
      show(next.line, next.column);
    } else if ((event.metaKey || event.ctrlKey) && event.key === ".") {
      const one = found.diagnostics.find((one) => one.replacement !== undefined);
      if (one) mend(one);
    } else return;
    event.preventDefault();
  };
  const warnings = found.diagnostics.filter((one) => one.severity !== "error").length;
  return (
    <>
      <div class="title"><h1>{workflow ? `Edit ${workflow.name}` : "Upload workflows"}</h1>
        <span role="status" class={found.valid ? "state-success" : "state-error"}>{found.valid === undefined ? "" : found.valid ? `● The document is valid${warnings ? `, ${warnings} warnings` : ""}.` : `✖ ${(found.message ?? "not valid").split("\n")[0]}`}</span></div>
      <div class="editing">
        <label class="block">Document<textarea ref={area} class="editor" spellcheck={false} value={text} onKeyDown={keys} onInput={(event) => write(event.currentTarget.value)} /></label>
        <div>
          {found.graph && <GraphView graph={found.graph} states={NO_STATES} selected={selected} onSelect={(name) => { select(name); const node = found.graph!.nodes.find((one) => one.name === name); if (node?.line) show(node.line); }} />}
          {found.diagnostics.length > 0 && (
            <section class="panel" aria-label="Problems"><h2>Problems</h2><ul class="plain">{found.diagnostics.slice(0, 100).map((one) => (
              <li><span class={one.severity === "error" ? "state-error" : "state-paused"}>{one.severity === "error" ? "✖" : "⚠"}</span> <button class="link" onClick={() => show(one.line, one.column)}>{one.line}:{one.column}</button> {one.message} <span class="muted">{one.code}{one.help ? ` · ${one.help}` : ""}</span>
                {one.replacement !== undefined && <> <button class="small" onClick={() => mend(one)}>Mend</button></>}</li>
            ))}</ul></section>
          )}
        </div>
      </div>
      <div class="buttons"><May rule={rule}><button class="primary" onClick={() => (workflow ? ask(true) : upload())}>{workflow ? "Save… (Ctrl S)" : "Upload (Ctrl S)"}</button></May><a class="button" href={href(workflow ? `/workflows/${segment(workflow.id)}` : "/workflows")}>Leave it</a>{text !== first && <button onClick={() => write(first)}>Drop the changes</button>}<span class="muted">F8 next problem · Ctrl . mend</span></div>
      {error && <Failure error={error} />}
      {isAsked && workflow && <Confirm title={`Save ${workflow.name}?`} label="Save as a new version" act={save} close={() => ask(false)}><Diff title="What changes" left={workflow.definition} right={text} /><p class="muted">Runs that have begun go on with what they began with.</p></Confirm>}
    </>
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
      {chosen && <View of={one}>{(data) => (data.definition === current ? <p class="muted">This is what it says now.</p> : <Diff title={`Version ${chosen} and now`} left={data.definition ?? ""} right={current} />)}</View>}
    </section>
  );
}
