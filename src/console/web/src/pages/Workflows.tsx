// Definitions: list, upload, one of them with graph, text and runs.
import { useState } from "preact/hooks";
import { api, ApiError, query, segment } from "../data/client";
import { useLoad } from "../data/load";
import { change, go, href, usePlace } from "../shell/router";
import { parseDate } from "../parts/format";
import { Confirm, Copy, Empty, Failure, TimeOf, View } from "../parts/views";
import { GraphView, type Graph } from "../graph/GraphView";
import { RunDialog } from "./RunDialog";

interface Workflow {
  id: string;
  name: string;
  namespace: string;
  input: string;
  scope: string;
  tags: string[] | null;
  definition: string;
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
  return (
    <>
      <div class="title"><h1>Workflows</h1><a class="button" href={href("/workflows/new/edit")}>Upload…</a></div>
      <View of={list}>
        {(data) => {
          const shown = data.workflows.filter((one) => one.name.includes(text) || (one.tags ?? []).some((tag) => tag.includes(text)));
          if (!data.workflows.length) return <Empty><p>No workflow has been uploaded yet.</p><p><a href={href("/workflows/new/edit")}>Upload the first one</a>: an example is there to begin with.</p></Empty>;
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
                    <td><button onClick={() => run(one)} aria-label={`Run ${one.name}`}>Run…</button></td>
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
  const close = () => ask(undefined);
  const remove = async () => {
    await api(`/v2/workflows/${segment(workflow.id)}`, { method: "DELETE" });
    go("/workflows");
  };
  return (
    <>
      <div class="title"><h1>{workflow.name}</h1>{workflow.namespace && <span class="muted">in {workflow.namespace}</span>}<code>{workflow.id}</code></div>
      <div class="buttons">
        <button class="primary" onClick={() => ask("run")}>Run…</button>
        <a class="button" href={href(`/workflows/${segment(workflow.id)}/edit`)}>Edit</a>
        <a class="button" href={href(`/executions?workflow_name=${segment(workflow.name)}`)}>Its runs</a>
        <button onClick={() => ask("delete")}>Delete…</button>
      </div>
      <View of={graph}>{(data) => <GraphView graph={data} states={NO_STATES} selected={place.get("task") ?? undefined} onSelect={(name) => change({ task: name })} />}</View>
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

function Editor({ text: first, namespace, workflow }: { text: string; namespace?: string; workflow?: Workflow }) {
  const [text, setText] = useState(first);
  const [verdict, setVerdict] = useState<{ isValid: boolean; message: string }>();
  const [error, setError] = useState<ApiError>();
  const attempt = async (work: () => Promise<void>) => {
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      setError(failure as ApiError);
    }
  };
  const validate = () =>
    attempt(async () => {
      const answer = await api<{ valid: boolean; error?: string }>("/v2/workflows/validate", { method: "POST", text });
      setVerdict({ isValid: answer.valid, message: answer.valid ? "The document is valid." : (answer.error ?? "The document is not valid.") });
    });
  const save = () =>
    attempt(async () => {
      const answer = await api<{ workflows: Workflow[] }>(`/v2/workflows${query({ namespace })}`, { method: workflow ? "PUT" : "POST", text });
      go(`/workflows/${segment(answer.workflows[0].id)}`);
    });
  const keys = (event: KeyboardEvent) => {
    if ((event.metaKey || event.ctrlKey) && event.key === "s") {
      event.preventDefault();
      void validate();
    }
  };
  return (
    <>
      <div class="title"><h1>{workflow ? `Edit ${workflow.name}` : "Upload workflows"}</h1></div>
      <label class="block">Document<textarea class="editor" spellcheck={false} value={text} onKeyDown={keys} onInput={(event) => { setText(event.currentTarget.value); setVerdict(undefined); }} /></label>
      <div class="buttons"><button onClick={validate}>Validate (Ctrl S)</button><button class="primary" onClick={save}>{workflow ? "Save" : "Upload"}</button><a class="button" href={href(workflow ? `/workflows/${segment(workflow.id)}` : "/workflows")}>Leave it</a></div>
      {verdict && <p role="status" class={verdict.isValid ? "state-success" : "state-error"}>{verdict.isValid ? "● " : "✖ "}{verdict.message}</p>}
      {error && <Failure error={error} />}
    </>
  );
}
