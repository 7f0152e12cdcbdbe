// What starts by itself: by the clock, and by events.
import { useEffect, useState } from "preact/hooks";
import { api, ApiError, query, segment } from "../data/client";
import { useLoad } from "../data/load";
import { change, go, href, usePlace } from "../shell/router";
import { parseDate } from "../parts/format";
import { parsed } from "../parts/value";
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
  workflow_params?: string | null;
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
  workflow_input?: string | null;
}

interface Named {
  id: string;
  name: string;
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
  const [dropped, drop] = useState<EventTrigger>();
  const [makes, make] = useState(false);
  const name = place.get("name");
  const workflows = useLoad<{ workflows: Named[] }>("/v2/workflows?limit=1000&fields=id,name&sort_keys=name&sort_dirs=asc");
  const nameOf = (id: string) => workflows.data?.workflows.find((one) => one.id === id)?.name ?? id;
  const run = async (one: Cron) => {
    const made = await api<{ id: string }>("/v2/executions", { method: "POST", json: { workflow_id: one.workflow_id, input: valueOf(one.workflow_input), params: parsed(one.workflow_params) ?? {}, description: `by hand, as cron trigger ${one.name}` } });
    go(`/executions/${segment(made.id)}`);
  };
  return (
    <>
      <div class="title"><h1>Triggers</h1></div>
      <div class="title below"><h2>By the clock</h2><May rule="cron_triggers:create"><button aria-keyshortcuts="c" onClick={() => edit("new")}>New…</button></May></div>
      <View of={crons}>
        {(data) =>
          data.cron_triggers.length ? (
            <div class="scroll"><table class="stack">
              <thead><tr><th>Name</th><th>Pattern (UTC)</th><th>Workflow</th><th>Next</th><th>Runs left</th><th>Last runs</th><th><span class="hidden">What to do</span></th></tr></thead>
              <tbody>{data.cron_triggers.map((one) => (
                <tr key={one.id} class={name === one.name || name === one.id ? "chosen" : undefined}><td>{one.name}</td><td><Pattern pattern={one.pattern} /></td><td data-l="Workflow"><a href={href(`/workflows/${segment(one.workflow_id)}`)}>{one.workflow_name}</a></td>
                  <td class="nowrap" data-l="Next"><TimeOf time={parseDate(one.next_execution_time)} /></td><td data-l="Runs left">{one.remaining_executions ?? "∞"}</td><td class="nowrap" data-l="Last runs"><Runs trigger={one} /></td>
                  <td class="nowrap"><May rule="executions:create"><button class="small" onClick={() => run(one)} aria-label={`Run ${one.name} now`}>Run now</button></May> <May rule="cron_triggers:delete"><May rule="cron_triggers:create"><button class="small" onClick={() => edit(one)} aria-label={`Edit ${one.name}`}>Edit…</button></May> <button class="small" onClick={() => ask(one)} aria-label={`Delete ${one.name}`}>Delete…</button></May></td></tr>
              ))}</tbody>
            </table></div>
          ) : (
            <Empty><p>A cron trigger starts a workflow again and again. None has been made.</p><May rule="cron_triggers:create"><button class="primary" onClick={() => edit("new")}>Make one…</button></May></Empty>
          )
        }
      </View>
      <div class="title below"><h2>By events</h2><May rule="event_triggers:create"><button onClick={() => make(true)}>New for events…</button></May></div>
      <View of={events}>
        {(data) =>
          data.event_triggers.length ? (
            <div class="scroll"><table class="stack">
              <thead><tr><th>Name</th><th>Event</th><th>Exchange</th><th>Topic</th><th>Workflow</th><th><span class="hidden">What to do</span></th></tr></thead>
              <tbody>{data.event_triggers.map((one) => (
                <tr key={one.id} class={name === one.name ? "chosen" : undefined}><td>{one.name}</td><td data-l="Event">{one.event}</td><td data-l="Exchange">{one.exchange}</td><td data-l="Topic">{one.topic}</td><td data-l="Workflow"><a href={href(`/workflows/${segment(one.workflow_id)}`)}>{nameOf(one.workflow_id)}</a></td><td class="nowrap"><May rule="event_triggers:delete"><button class="small" onClick={() => drop(one)} aria-label={`Delete ${one.name}`}>Delete…</button></May></td></tr>
              ))}</tbody>
            </table></div>
          ) : (
            <Empty><p>An event trigger starts a workflow when a notification arrives. None has been made.</p><May rule="event_triggers:create"><button class="primary" onClick={() => make(true)}>Make one for events…</button></May></Empty>
          )
        }
      </View>
      {makes && <MakeEvent workflows={workflows.data?.workflows ?? []} close={() => make(false)} done={events.again} />}
      {dropped && <Confirm title={`Delete ${dropped.name}?`} label="Delete" close={() => drop(undefined)} act={async () => { await api(`/v2/event_triggers/${segment(dropped.id)}`, { method: "DELETE" }); events.again(); }}><p>Its events start nothing any more; runs that have begun go on.</p></Confirm>}
      {edited && <Edit of={edited === "new" ? undefined : edited} close={() => edit(undefined)} done={crons.again} />}
      {asked && <Confirm title={`Delete ${asked.name}?`} label="Delete" close={() => ask(undefined)} act={async () => { await api(`/v2/cron_triggers/${segment(asked.name)}`, { method: "DELETE" }); crons.again(); change({ name: undefined }, true); }}><p>It will not start {asked.workflow_name} any more; runs that have begun go on.</p></Confirm>}
    </>
  );
}

/** A new trigger by events; the exchange and the topic are those of the service that notifies. */
function MakeEvent({ workflows, close, done }: { workflows: Named[]; close: () => void; done: () => void }) {
  const [values, set] = useState<Record<string, string>>({ name: "", workflow: "", exchange: "", topic: "notifications", event: "", input: "{}" });
  const [error, setError] = useState<ApiError>();
  const save = async (event: Event) => {
    event.preventDefault();
    setError(undefined);
    const { name, workflow, exchange, topic, event: wanted, input } = values;
    const id = workflows.find((one) => one.name === workflow)?.id ?? workflow;
    try {
      await api("/v2/event_triggers", { method: "POST", json: { name, workflow_id: id, exchange, topic, event: wanted, workflow_input: valueOf(input) } });
      done();
      close();
    } catch (failure) {
      setError(failure as ApiError);
    }
  };
  const field = (name: string, label: string, note = "", list?: string) => <label class="block">{label} <span class="muted">{note}</span><input required list={list} value={values[name]} onInput={(event) => set({ ...values, [name]: event.currentTarget.value })} /></label>;
  return (
    <Dialog title="A new trigger by events" close={close}>
      <form onSubmit={save}>
        {field("name", "Name")}
        {field("workflow", "Workflow", "", "event-workflows")}
        <datalist id="event-workflows">{workflows.map((one) => <option value={one.name} />)}</datalist>
        {field("exchange", "Exchange", "nova, cinder, …")}
        {field("topic", "Topic")}
        {field("event", "Event", "compute.instance.create.end; * for any part")}
        <label class="block">Input, JSON<textarea rows={3} class="code" value={values.input} onInput={(event) => set({ ...values, input: event.currentTarget.value })} /></label>
        <p class="muted">Notifications reach this service if a process with the role <code>event-engine</code> listens to the message bus.</p>
        {error && <Failure error={error} />}
        <div class="buttons"><button class="primary">Make it</button><button type="button" onClick={close}>Leave it</button></div>
      </form>
    </Dialog>
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
    const json = { name, workflow_name: workflow, workflow_input: valueOf(input), workflow_params: parsed(of?.workflow_params) ?? {}, pattern: pattern || null, first_execution_time: first || null, remaining_executions: left ? Number(left) : null };
    const make = (json: unknown) => api("/v2/cron_triggers", { method: "POST", json });
    try {
      // There is no update: the old one goes, and comes back if the new one is refused.
      if (of) await api(`/v2/cron_triggers/${segment(of.name)}`, { method: "DELETE" });
      try {
        await make(json);
      } catch (failure) {
        if (of) await make({ name: of.name, workflow_id: of.workflow_id, workflow_input: valueOf(of.workflow_input), workflow_params: json.workflow_params, pattern: of.pattern, first_execution_time: of.pattern ? null : of.next_execution_time?.slice(0, 16) ?? null, remaining_executions: of.remaining_executions });
        throw failure;
      }
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
        <label class="block">First time <span class="muted">like 2026-12-31 23:59, UTC; without a pattern it is the only one</span><input value={first} onInput={(event) => setFirst(event.currentTarget.value)} /></label>
        <div role="status">
          {shown.error && <p class="state-error">✖ {shown.error.message}</p>}
          {shown.preview && <><p><strong>{shown.preview.text}</strong></p>{shown.preview.times_us.length ? <ul class="plain chips">{shown.preview.times_us.map((time) => <li><TimeOf time={time / 1000} /></li>)}</ul> : <p class="state-error">✖ It never fires.</p>}{often && <p class="state-paused">It fires more than once a minute.</p>}</>}
        </div>
        <label class="block">How often <span class="muted">empty: without end</span><input inputMode="numeric" value={left} onInput={(event) => setLeft(event.currentTarget.value)} /></label>
        <label class="block">Input, JSON<textarea rows={3} class="code" value={input} onInput={(event) => setInput(event.currentTarget.value)} /></label>
        {of && <p class="muted">The API cannot change a trigger: this one is deleted and made anew.</p>}
        {error && <Failure error={error} />}
        <div class="buttons"><button class="primary" disabled={!!shown.error}>{of ? "Delete and make anew" : "Make it"}</button><button type="button" onClick={close}>Leave it</button></div>
      </form>
    </Dialog>
  );
}
