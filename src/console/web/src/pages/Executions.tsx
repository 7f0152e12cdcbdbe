// Finds runs. Filters have the names and operators of the REST API and stand in the address.
import { useEffect, useRef, useState } from "preact/hooks";
import { query, segment } from "../data/client";
import { useLoad } from "../data/load";
import { change, go, href, usePlace } from "../shell/router";
import { duration, EXECUTION_STATES, isFinal, parseDate } from "../parts/format";
import { Empty, State, TimeOf, View } from "../parts/views";

export interface Execution {
  id: string;
  workflow_name: string;
  state: string;
  state_info: string | null;
  description: string | null;
  created_at: string;
  updated_at: string | null;
  tags?: string[] | null;
  task_execution_id?: string | null;
}

const FIELDS = "id,workflow_name,state,state_info,description,created_at,updated_at,tags,task_execution_id";
const PAGE = 50;
/** Filters that the bar offers; others that stand in the address are sent as well. */
const OWN = ["marker", "fields", "limit", "sort_keys", "sort_dirs"];

export function Executions() {
  const { query: place } = usePlace();
  const filters: Record<string, string> = {};
  for (const [name, value] of place) if (!OWN.includes(name)) filters[name] = value;
  const marker = place.get("marker") ?? undefined;
  const path = `/v2/executions${query({ ...filters, fields: FIELDS, limit: PAGE, sort_keys: "created_at", sort_dirs: "desc", marker })}`;
  const list = useLoad<{ executions: Execution[]; next?: string }>(path, marker ? 0 : 3000);
  const hasFilters = Object.keys(filters).length > 0;
  return (
    <>
      <div class="title"><h1>Executions</h1></div>
      <Filters filters={filters} />
      <View of={list}>
        {(data) =>
          data.executions.length ? (
            <Rows executions={data.executions} next={data.next} isFirst={!marker} />
          ) : (
            <Empty>
              {hasFilters ? (
                <>
                  <p>No execution matches these filters.</p>
                  <button onClick={() => go("/executions")}>Show all</button>
                </>
              ) : (
                <>
                  <p>Nothing has run yet.</p>
                  <p><a href={href("/workflows")}>Go to the workflows</a>, upload one, and run it.</p>
                </>
              )}
            </Empty>
          )
        }
      </View>
    </>
  );
}

function Filters({ filters }: { filters: Record<string, string> }) {
  const [workflow, setWorkflow] = useState(filters.workflow_name ?? "");
  useEffect(() => setWorkflow(filters.workflow_name ?? ""), [filters.workflow_name]);
  const others = Object.entries(filters).filter(([name]) => name !== "state" && name !== "workflow_name" && name !== "created_at");
  const since = (hours: number) => `gte:${new Date(Date.now() - hours * 3600_000).toISOString().slice(0, 16).replace("T", " ")}`;
  return (
    <div class="filters" role="search">
      <div class="chips" role="group" aria-label="State">
        {["", ...EXECUTION_STATES].map((state) => (
          <button class="chip" aria-pressed={(filters.state ?? "") === state} onClick={() => change({ state, marker: undefined })}>
            {state ? <State state={state} /> : "All"}
          </button>
        ))}
      </div>
      <form onSubmit={(event) => { event.preventDefault(); change({ workflow_name: workflow.trim(), marker: undefined }); }}>
        <label>Workflow <input data-filter value={workflow} placeholder="exact name" onInput={(event) => setWorkflow(event.currentTarget.value)} /></label>
        <label>Created{" "}
          <select value={filters.created_at ?? ""} onChange={(event) => change({ created_at: event.currentTarget.value, marker: undefined })}>
            <option value="">any time</option>
            <option value={since(1)}>last hour</option>
            <option value={since(24)}>last 24 hours</option>
            <option value={since(24 * 7)}>last 7 days</option>
            {filters.created_at && <option value={filters.created_at}>{filters.created_at}</option>}
          </select>
        </label>
        <button>Filter</button>
      </form>
      {others.map(([name, value]) => (
        <button class="chip" onClick={() => change({ [name]: undefined, marker: undefined })} aria-label={`Remove the filter ${name}`}>{name}={value} ✕</button>
      ))}
    </div>
  );
}

function Rows({ executions, next, isFirst }: { executions: Execution[]; next?: string; isFirst: boolean }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const marker = next && new URL(next, location.origin).searchParams.get("marker");
  const move = (event: KeyboardEvent) => {
    const step = event.key === "j" || event.key === "ArrowDown" ? 1 : event.key === "k" || event.key === "ArrowUp" ? -1 : 0;
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>("a.row") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
    event.preventDefault();
  };
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if ((event.target as Element).closest("input, textarea, select, dialog")) return;
      if (event.key === "j" || event.key === "k") move(event);
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  });
  return (
    <>
      <div class="scroll">
        <table>
          <thead><tr><th>State</th><th>Workflow</th><th>Created</th><th>Took</th><th>Why or what</th><th>Id</th></tr></thead>
          <tbody ref={body} onKeyDown={move}>
            {executions.map((execution) => {
              const [created, updated] = [parseDate(execution.created_at), parseDate(execution.updated_at)];
              const end = isFinal(execution.state) ? updated : Date.now();
              return (
                <tr key={execution.id}>
                  <td><State state={execution.state} /></td>
                  <td><a class="row" href={href(`/executions/${segment(execution.id)}`)}>{execution.workflow_name}</a></td>
                  <td class="nowrap"><TimeOf time={created} /></td>
                  <td class="nowrap">{created !== undefined && end !== undefined ? (end - created < 1000 ? "< 1 s" : duration((end - created) * 1000)) : "–"}</td>
                  <td class="wide">{execution.state_info ?? execution.description ?? ""}</td>
                  <td><code>{execution.id}</code></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div class="pager">
        {!isFirst && <button onClick={() => history.back()}>Newer</button>}
        {!isFirst && <button onClick={() => change({ marker: undefined })}>Newest</button>}
        {marker && <button onClick={() => change({ marker })}>Older</button>}
      </div>
    </>
  );
}
