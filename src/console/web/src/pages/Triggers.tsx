// What starts by itself: by the clock, and by events.
import { useEffect, useState } from "preact/hooks";
import { api, ApiError, query, segment } from "../data/client";
import { useLoad } from "../data/load";
import { change, go, href, usePlace } from "../shell/router";
import { parseDate } from "../parts/format";
import { Confirm, Dialog, Empty, Failure, State, TimeOf, View } from "../parts/views";
import { valueOf } from "./RunDialog";
import { May } from "../parts/May";

interface Cron {
  id: string;
  name: string;
  pattern: string | null;
  workflow_name: string;
  workflow_id: string;
  workflow_input: string;
  remaining_executions: number | null;
  next_execution_time: string | null;
}

interface EventTrigger {
  id: string;
  name: string;
  event: string;
  exchange: string;
  topic: string;
  workflow_id: string;
}

interface Preview {
  times_us: number[];
  text: string;
}

export function Triggers() {
  const { query: place } = usePlace();
  const crons = useLoad<{ cron_triggers: Cron[] }>("/v2/cron_triggers?limit=1000", 10_000);
  const events = useLoad<{ event_triggers: EventTrigger[] }>("/v2/event_triggers?limit=1000");
  const [asked, ask] = useState<Cron>();
  const [edited, edit] = useState<Cron | "new">();
  const name = place.get("name");
  const run = async (one: Cron) => {
    const made = await api<{ id: string }>("/v2/executions", { method: "POST", json: { workflow_id: one.workflow_id, input: valueOf(one.workflow_input), description: `by hand, as cron trigger ${one.name}` } });
    go(`/executions/${segment(made.id)}`);
  };
  return (
    <>
      <div class="title"><h1>Triggers</h1><May rule="cron_triggers:create"><button onClick={() => edit("new")}>New…</button></May></div>
      <h2>By the clock</h2>
      <View of={crons}>
        {(data) =>
          data.cron_triggers.length ? (
            <div class="scroll"><table>
              <thead><tr><th>Name</th><th>Pattern (UTC)</th><th>Workflow</th><th>Next</th><th>Left</th><th>Last runs</th><th><span class="hidden">What to do</span></th></tr></thead>
              <tbody>{data.cron_triggers.map((one) => (
                <tr key={one.id} class={one.name === name ? "chosen" : undefined}><td>{one.name}</td><td><Pattern pattern={one.pattern} /></td><td><a href={href(`/workflows/${segment(one.workflow_id)}`)}>{one.workflow_name}</a></td>
                  <td class="nowrap"><TimeOf time={parseDate(one.next_execution_time)} /></td><td>{one.remaining_executions ?? "∞"}</td><td class="nowrap"><Runs trigger={one} /></td>
                  <td class="nowrap"><May rule="executions:create"><button class="small" onClick={() => run(one)} aria-label={`Run ${one.name} now`}>Run now</button></May> <May rule="cron_triggers:delete"><May rule="cron_triggers:create"><button class="small" onClick={() => edit(one)} aria-label={`Edit ${one.name}`}>Edit…</button></May> <button class="small" onClick={() => ask(one)} aria-label={`Delete ${one.name}`}>Delete…</button></May></td></tr>
              ))}</tbody>
            </table></div>
          ) : (
            <Empty><p>A cron trigger starts a workflow again and again. None has been made.</p><May rule="cron_triggers:create"><button class="primary" onClick={() => edit("new")}>Make one…</button></May></Empty>
          )
        }
      </View>
      <h2>By events</h2>
      <View of={events}>
        {(data) =>
          data.event_triggers.length ? (
            <div class="scroll"><table>
              <thead><tr><th>Name</th><th>Event</th><th>Exchange</th><th>Topic</th><th>Workflow</th></tr></thead>
              <tbody>{data.event_triggers.map((one) => (
                <tr key={one.id}><td>{one.name}</td><td>{one.event}</td><td>{one.exchange}</td><td>{one.topic}</td><td><a href={href(`/workflows/${segment(one.workflow_id)}`)}>{one.workflow_id}</a></td></tr>
              ))}</tbody>
            </table></div>
          ) : (
            <Empty><p>An event trigger starts a workflow when a notification arrives. None has been made: see <code>POST /v2/event_triggers</code>.</p></Empty>
          )
        }
      </View>
      {edited && <Edit of={edited === "new" ? undefined : edited} close={() => edit(undefined)} done={crons.again} />}
      {asked && <Confirm title={`Delete ${asked.name}?`} label="Delete" close={() => ask(undefined)} act={async () => { await api(`/v2/cron_triggers/${segment(asked.name)}`, { method: "DELETE" }); crons.again(); change({ name: undefined }, true); }}><p>It will not start {asked.workflow_name} any more; runs that have begun go on.</p></Confirm>}
    </>
  );
}

function usePreview(pattern: string | null, first?: string): { preview?: Preview; error?: ApiError } {
  const [state, set] = useState<{ preview?: Preview; error?: ApiError }>({});
  useEffect(() => {
    if (!pattern && !first) return set({});
    const timer = setTimeout(() => {
      api<Preview>("/v2/cron_previews", { method: "POST", json: { pattern: pattern || null, first_execution_time: first || null, count: 5 } }).then((preview) => set({ preview }), (error) => set({ error }));
    }, 300);
    return () => clearTimeout(timer);
  }, [pattern, first]);
  return state;
}

function Pattern({ pattern }: { pattern: string | null }) {
  const { preview } = usePreview(pattern);
  return <><code>{pattern ?? "once"}</code>{preview && <div class="muted">{preview.text}</div>}</>;
}

/** The last runs that a trigger has started, by their description. */
function Runs({ trigger }: { trigger: Cron }) {
  // As the service writes it; equality has an index.
  const description = `{"description": "Workflow execution created by cron trigger '(${trigger.id})'.", "triggered_by": {"type": "cron_trigger", "id": "${trigger.id}"}}`;
  const runs = useLoad<{ executions: { id: string; state: string }[] }>(`/v2/executions${query({ description, limit: 10, sort_keys: "created_at", sort_dirs: "desc", fields: "id,state" })}`);
  if (!runs.data?.executions.length) return <span class="muted">–</span>;
  return <>{runs.data.executions.map((one) => <a class="dot" href={href(`/executions/${segment(one.id)}`)} title={one.state} aria-label={one.state}><State state={one.state} short /></a>)}</>;
}

function Edit({ of, close, done }: { of?: Cron; close: () => void; done: () => void }) {
  const workflows = useLoad<{ workflows: { id: string; name: string }[] }>("/v2/workflows?limit=1000&fields=id,name&sort_keys=name&sort_dirs=asc");
  const [name, setName] = useState(of?.name ?? "");
  const [workflow, setWorkflow] = useState(of?.workflow_name ?? "");
  const [pattern, setPattern] = useState(of?.pattern ?? "0 3 * * *");
  const [first, setFirst] = useState("");
  const [left, setLeft] = useState(of?.remaining_executions === null || !of ? "" : String(of.remaining_executions));
  const [input, setInput] = useState(of?.workflow_input ?? "{}");
  const [error, setError] = useState<ApiError>();
  const shown = usePreview(pattern, first);
  const save = async (event: Event) => {
    event.preventDefault();
    setError(undefined);
    const json = { name, workflow_name: workflow, workflow_input: valueOf(input), pattern: pattern || null, first_execution_time: first || null, remaining_executions: left ? Number(left) : null };
    try {
      // There is no update: the old one goes when it is certain that the pattern can be read.
      if (of) await api(`/v2/cron_triggers/${segment(of.name)}`, { method: "DELETE" });
      await api("/v2/cron_triggers", { method: "POST", json });
      done();
      close();
    } catch (failure) {
      setError(failure as ApiError);
    }
  };
  const often = shown.preview && shown.preview.times_us.length > 1 && shown.preview.times_us[1] - shown.preview.times_us[0] < 60e6;
  return (
    <Dialog title={of ? `Edit ${of.name}` : "A new trigger by the clock"} close={close}>
      <form onSubmit={save}>
        <label class="block">Name<input required value={name} onInput={(event) => setName(event.currentTarget.value)} /></label>
        <label class="block">Workflow<input required list="workflows" value={workflow} onInput={(event) => setWorkflow(event.currentTarget.value)} /></label>
        <datalist id="workflows">{workflows.data?.workflows.map((one) => <option value={one.name} />)}</datalist>
        <label class="block">Pattern <span class="muted">minute hour day month weekday, UTC</span><input value={pattern} onInput={(event) => setPattern(event.currentTarget.value)} /></label>
        <label class="block">First time <span class="muted">2026-12-31 23:59, UTC; alone: once</span><input value={first} onInput={(event) => setFirst(event.currentTarget.value)} /></label>
        <div role="status">
          {shown.error && <p class="state-error">✖ {shown.error.message}</p>}
          {shown.preview && <><p><strong>{shown.preview.text}</strong></p>{shown.preview.times_us.length ? <ul class="plain">{shown.preview.times_us.map((time) => <li><TimeOf time={time / 1000} /></li>)}</ul> : <p class="state-error">✖ It never fires.</p>}{often && <p class="state-paused">It fires more than once a minute.</p>}</>}
        </div>
        <label class="block">How often <span class="muted">without end, if empty</span><input inputMode="numeric" value={left} onInput={(event) => setLeft(event.currentTarget.value)} /></label>
        <label class="block">Input, JSON<textarea rows={3} class="code" value={input} onInput={(event) => setInput(event.currentTarget.value)} /></label>
        {of && <p class="muted">The API cannot change a trigger: this one is deleted and made anew.</p>}
        {error && <Failure error={error} />}
        <div class="buttons"><button class="primary" disabled={!!shown.error}>{of ? "Delete and make anew" : "Make it"}</button><button type="button" onClick={close}>Leave it</button></div>
      </form>
    </Dialog>
  );
}
