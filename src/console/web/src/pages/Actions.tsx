// What tasks can call: list, and one to try.
import { useState } from "preact/hooks";
import { api, ApiError, query, segment } from "../data/client";
import { useLoad } from "../data/load";
import { change, href, usePlace } from "../shell/router";
import { tab } from "../shell/store";
import { duration } from "../parts/format";
import { Json } from "../parts/Json";
import { parsed } from "../parts/value";
import { Coded, Copy, Empty, Failure, State, View } from "../parts/views";
import { valueOf } from "./RunDialog";
import { May, useMay } from "../parts/May";

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
  const name = place.get("name");
  const list = useLoad<{ actions: Action[]; next?: string }>(`/v2/actions${query({ limit: 1000, sort_keys: "name", sort_dirs: "asc" })}`);
  const chosen = list.data?.actions.find((one) => one.name === name);
  return (
    <>
      <div class="title"><h1>Actions</h1><a class="button" href={href("/code")}>Code sources</a></div>
      <div class="filters"><label>Name contains <input data-filter value={text} onInput={(event) => change({ q: event.currentTarget.value }, true)} /></label></div>
      {chosen && <One key={chosen.name} action={chosen} />}
      {name && list.data && !chosen && <Empty><p>There is no action {name}.</p></Empty>}
      <View of={list}>
        {(data) => {
          const shown = data.actions.filter((one) => one.name.includes(text));
          if (!shown.length) return <Empty><p>{text ? `No action's name contains “${text}”.` : "There are no actions."}</p></Empty>;
          return (
            <div class="scroll"><table class="stack">
              <thead><tr><th>Name</th><th>Made by</th><th>Parameters</th><th>Description</th></tr></thead>
              <tbody>{shown.map((one) => (
                <tr key={one.id} class={one.name === name ? "chosen" : undefined}><td><button class="link" onClick={() => { change({ name: one.name }); scrollTo(0, 0); }}>{one.name}</button></td><td data-l="Made by">{one.definition ? "users" : "the service"}</td><td class="wide" data-l="Parameters"><code>{one.input}</code></td><td class="wide"><span class="clamp"><Coded text={(one.description ?? "").split(":param")[0]} /></span></td></tr>
              ))}</tbody>
            </table>{data.next && <p class="muted">Only the first 1,000 are shown.</p>}</div>
          );
        }}
      </View>
    </>
  );
}

/** Names of the parameters in `url, method="GET"`, with what they are without being given. */
function parameters(input: string): { name: string; otherwise?: string }[] {
  return input
    .split(/,\s*(?=[A-Za-z_]\w*(?:=|,|$))/)
    .filter(Boolean)
    .map((one) => {
      const at = one.indexOf("=");
      return at < 0 ? { name: one.trim() } : { name: one.slice(0, at).trim(), otherwise: one.slice(at + 1) };
    });
}

interface Answer {
  state: string;
  output: string;
}

interface Try {
  at: number;
  took: number;
  input: Record<string, unknown>;
  state: string;
  result: unknown;
}

const KEPT = 20;

function One({ action }: { action: Action }) {
  const fields = parameters(action.input ?? "");
  const [values, setValues] = useState<Record<string, string>>({});
  const [target, setTarget] = useState("");
  const [timeout, setLimit] = useState("");
  const [error, setError] = useState<ApiError>();
  const [abort, setAbort] = useState<AbortController>();
  const store = `tries.${action.name}`;
  const [tries, setTries] = useState<Try[]>(() => JSON.parse(tab.get(store) ?? "[]"));
  const input = Object.fromEntries(Object.entries(values).filter(([, text]) => text !== "").map(([name, text]) => [name, valueOf(text)]));
  const mayTry = useMay("action_executions:create");
  const attempt = async (event: Event) => {
    event.preventDefault();
    if (!mayTry) return;
    setError(undefined);
    const controller = new AbortController();
    setAbort(controller);
    const begun = performance.now();
    const params: Record<string, unknown> = {};
    if (target) params.target = target;
    if (timeout) params.timeout = Number(timeout);
    try {
      const made = await api<Answer>("/v2/action_executions", { method: "POST", json: { name: action.name, input, params }, signal: controller.signal });
      const output = parsed(made.output) as { result?: unknown } | null;
      const next = [{ at: Date.now(), took: performance.now() - begun, input, state: made.state, result: output?.result ?? output }, ...tries].slice(0, KEPT);
      setTries(next);
      tab.set(store, JSON.stringify(next));
    } catch (failure) {
      if (failure instanceof ApiError) setError(failure);
    }
    setAbort(undefined);
  };
  const lines = Object.entries(input).map(([name, value]) => `    ${name}: ${JSON.stringify(value)}\n`);
  const task = `my_task:\n  action: ${action.name}\n${lines.length ? `  input:\n${lines.join("")}` : ""}`;
  return (
    <section class="panel" aria-label={`Action ${action.name}`}>
      <div class="title"><h2>{action.name}</h2><Copy text={task} label="Copy as task" /><button class="small" onClick={() => change({ name: undefined })}>Close</button></div>
      {action.description && <details><summary>Description</summary><pre>{action.description}</pre></details>}
      {action.definition && <details><summary>Definition</summary><pre class="source" tabIndex={0}>{action.definition}</pre></details>}
      <form onSubmit={attempt} onKeyDown={(event) => { if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void attempt(event); }}>
        <div class="columns">
          {fields.map((field) => (
            <label class="block" key={field.name}>{field.name} {field.otherwise === undefined && <span class="muted">required</span>}
              <textarea rows={1} required={field.otherwise === undefined} placeholder={field.otherwise ?? "text or JSON"} value={values[field.name] ?? ""} onInput={(event) => setValues({ ...values, [field.name]: event.currentTarget.value })} /></label>
          ))}
          <label class="block">Executor <span class="muted">any, if empty</span><input value={target} onInput={(event) => setTarget(event.currentTarget.value)} /></label>
          <label class="block">Time limit, seconds<input inputMode="numeric" value={timeout} onInput={(event) => setLimit(event.currentTarget.value)} /></label>
        </div>
        <p class="muted">The action really runs. Nothing is stored.</p>
        <div class="buttons"><May rule="action_executions:create"><button class="primary" disabled={!!abort}>{abort ? "Running…" : "Try it (Ctrl Enter)"}</button></May>{abort && <button type="button" onClick={() => abort.abort()}>Give up</button>}</div>
      </form>
      {error && <Failure error={error} />}
      {tries.map((one, i) => (
        <details open={i === 0} class="call"><summary><State state={one.state} /> after {duration(one.took * 1000)} <code>{JSON.stringify(one.input).slice(0, 80)}</code></summary><Json value={one.result} /></details>
      ))}
    </section>
  );
}

interface Source {
  id: string;
  name: string;
  namespace: string;
  version: number;
  content: string;
  updated_at: string | null;
}

export function Code() {
  const { query: place } = usePlace();
  const name = place.get("name");
  const list = useLoad<{ code_sources: Source[] }>("/v2/code_sources?limit=1000", 0, true);
  const one = useLoad<Source>(name ? `/v2/code_sources/${segment(name)}` : undefined, 0, true);
  const dynamic = useLoad<{ dynamic_actions: { id: string; name: string; class_name: string; code_source_name: string }[] }>("/v2/dynamic_actions?limit=1000", 0, true);
  return (
    <>
      <div class="title"><h1>Code sources</h1><a class="button" href={href("/actions")}>Actions</a></div>
      <View of={list}>
        {(data) => data.code_sources.length ? (
          <div class="scroll"><table><thead><tr><th>Name</th><th>Namespace</th><th>Version</th></tr></thead>
            <tbody>{data.code_sources.map((source) => <tr class={source.name === name ? "chosen" : undefined}><td><button class="link" onClick={() => change({ name: source.name })}>{source.name}</button></td><td>{source.namespace}</td><td>{source.version}</td></tr>)}</tbody></table></div>
        ) : <Empty><p>A code source holds Python for dynamic actions. None has been uploaded: see <code>POST /v2/code_sources</code>.</p></Empty>}
      </View>
      {name && <View of={one}>{(data) => <section class="data"><h2>{data.name} <Copy text={data.content} /></h2><pre class="source" tabIndex={0}>{data.content}</pre></section>}</View>}
      <h2>Dynamic actions</h2>
      <View of={dynamic}>
        {(data) => data.dynamic_actions.length ? <ul>{data.dynamic_actions.map((one) => <li>{one.name} <span class="muted">class {one.class_name} of {one.code_source_name}</span></li>)}</ul> : <p class="muted">None.</p>}
      </View>
    </>
  );
}
