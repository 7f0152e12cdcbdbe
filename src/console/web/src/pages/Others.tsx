// Actions, triggers, environments: what there is of each.
import { useState } from "preact/hooks";
import { api, query, segment } from "../data/client";
import { useLoad } from "../data/load";
import { change, href, usePlace } from "../shell/router";
import { parseDate } from "../parts/format";
import { Confirm, Data, Empty, TimeOf, View } from "../parts/views";

interface Action {
  id: string;
  name: string;
  input: string;
  is_system: boolean;
  description: string | null;
  definition: string | null;
}

export function Actions() {
  const { query: place } = usePlace();
  const text = place.get("q") ?? "";
  const list = useLoad<{ actions: Action[]; next?: string }>(`/v2/actions${query({ limit: 1000, sort_keys: "name", sort_dirs: "asc" })}`);
  return (
    <>
      <div class="title"><h1>Actions</h1></div>
      <div class="filters"><label>Name contains <input data-filter value={text} onInput={(event) => change({ q: event.currentTarget.value }, true)} /></label></div>
      <View of={list}>
        {(data) => {
          const shown = data.actions.filter((one) => one.name.includes(text));
          if (!shown.length) return <Empty><p>{text ? `No action's name contains “${text}”.` : "There are no actions."}</p></Empty>;
          return (
            <div class="scroll"><table>
              <thead><tr><th>Name</th><th>Made by</th><th>Parameters</th><th>Description</th></tr></thead>
              <tbody>{shown.map((one) => (
                <tr key={one.id}><td><strong>{one.name}</strong></td><td>{one.is_system ? "the service" : "users"}</td><td class="wide"><code>{one.input}</code></td><td class="wide">{(one.description ?? "").slice(0, 300)}</td></tr>
              ))}</tbody>
            </table>{data.next && <p class="muted">Only the first 1,000 are shown.</p>}</div>
          );
        }}
      </View>
    </>
  );
}

interface Cron {
  id: string;
  name: string;
  pattern: string | null;
  workflow_name: string;
  workflow_id: string;
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

export function Triggers() {
  const crons = useLoad<{ cron_triggers: Cron[] }>("/v2/cron_triggers?limit=1000", 10_000);
  const events = useLoad<{ event_triggers: EventTrigger[] }>("/v2/event_triggers?limit=1000");
  const [asked, ask] = useState<Cron>();
  return (
    <>
      <div class="title"><h1>Triggers</h1></div>
      <h2>By the clock</h2>
      <View of={crons}>
        {(data) =>
          data.cron_triggers.length ? (
            <div class="scroll"><table>
              <thead><tr><th>Name</th><th>Pattern (UTC)</th><th>Workflow</th><th>Next</th><th>Left</th><th><span class="hidden">What to do</span></th></tr></thead>
              <tbody>{data.cron_triggers.map((one) => (
                <tr key={one.id}><td>{one.name}</td><td><code>{one.pattern ?? "once"}</code></td><td><a href={href(`/workflows/${segment(one.workflow_id)}`)}>{one.workflow_name}</a></td>
                  <td class="nowrap"><TimeOf time={parseDate(one.next_execution_time)} /></td><td>{one.remaining_executions ?? "∞"}</td>
                  <td><button onClick={() => ask(one)} aria-label={`Delete ${one.name}`}>Delete…</button></td></tr>
              ))}</tbody>
            </table></div>
          ) : (
            <Empty><p>A cron trigger starts a workflow again and again. None has been made: see <code>POST /v2/cron_triggers</code>.</p></Empty>
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
            <Empty><p>An event trigger starts a workflow when a notification arrives. None has been made.</p></Empty>
          )
        }
      </View>
      {asked && <Confirm title={`Delete ${asked.name}?`} label="Delete" close={() => ask(undefined)} act={async () => { await api(`/v2/cron_triggers/${segment(asked.name)}`, { method: "DELETE" }); crons.again(); }}><p>It will not start {asked.workflow_name} any more; runs that have begun go on.</p></Confirm>}
    </>
  );
}

interface Environment {
  id: string;
  name: string;
  description: string | null;
  scope: string;
  created_at: string;
  updated_at: string | null;
}

export function Environments() {
  const { query: place } = usePlace();
  const name = place.get("name") ?? undefined;
  const list = useLoad<{ environments: Environment[] }>("/v2/environments?limit=1000");
  const one = useLoad<{ variables: string }>(name === undefined ? undefined : `/v2/environments/${segment(name)}`);
  return (
    <>
      <div class="title"><h1>Environments</h1></div>
      <View of={list}>
        {(data) =>
          data.environments.length ? (
            <div class="scroll"><table>
              <thead><tr><th>Name</th><th>Description</th><th>Scope</th><th>Changed</th></tr></thead>
              <tbody>{data.environments.map((env) => (
                <tr key={env.id} class={env.name === name ? "chosen" : undefined}><td><button class="link" onClick={() => change({ name: env.name })}>{env.name}</button></td><td class="wide">{env.description ?? ""}</td><td>{env.scope}</td>
                  <td class="nowrap"><TimeOf time={parseDate(env.updated_at ?? env.created_at)} /></td></tr>
              ))}</tbody>
            </table></div>
          ) : (
            <Empty><p>An environment holds variables that runs share. None has been made: see <code>POST /v2/environments</code>.</p></Empty>
          )
        }
      </View>
      {name !== undefined && <View of={one}>{(data) => <Data title={`Variables of ${name}`} value={data.variables} />}</View>}
    </>
  );
}
