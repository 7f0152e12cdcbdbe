// Finds runs. Filters have the names and operators of the REST API and stand in the address.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { query, segment } from "../data/client";
import { useLive } from "../data/live";
import { useLoad } from "../data/load";
import { SERVICE } from "../shell/build";
import { change, go, href, usePlace } from "../shell/router";
import { executionsPath, SLOW } from "../shell/paths";
import { browser } from "../shell/store";
import { brief, described, duration, EXECUTION_STATES, isFinal, parseDate, count } from "../parts/format";
import { Copy, Empty, State, TimeOf, View } from "../parts/views";
import { ACTIONS, BulkDialog } from "./Bulk";
import { May, me } from "../parts/May";
import { Written } from "../parts/Written";
import { usual, USUAL_AGAIN, usualPath, type Day, type Usual } from "../parts/usual";

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

interface List {
  executions: Execution[];
  next?: string;
  scanned?: number | null;
  scanned_to_us?: number | null;
}

/** Changes by the stream, and without it. */
const RARELY = 30_000;
const OFTEN = 3_000;

export function Executions() {
  const { query: place } = usePlace();
  const { path, filters, marker, isSlow } = executionsPath(place);
  const [fresh, setFresh] = useState(0);
  const follows = !marker && !isSlow;
  const isLive = useLive(follows ? "executions" : undefined, (told) => {
    if (told.event === "gap" && (!told.data.watch || told.data.watch === "executions")) return list.again();
    if (told.event !== "executions") return;
    const rows = new Map(told.data.rows.map((row) => [row[0], row]));
    const known = new Set(list.data?.executions.map((one) => one.id));
    setFresh((n) => n + [...rows.keys()].filter((id) => !known.has(id)).length);
    list.patch((data) => ({
      ...data,
      executions: data.executions.map((one) => {
        const row = rows.get(one.id);
        return row ? { ...one, state: row[2], updated_at: row[4] === null ? one.updated_at : new Date(row[4] / 1000).toISOString() } : one;
      }),
    }));
  });
  const list = useLoad<List>(path, follows ? (isLive ? RARELY : OFTEN) : 0);
  useEffect(() => setFresh(0), [list.at, path]);
  /** Stays while the rows below it go. */
  const [asked, ask] = useState<Asked>();
  // What is new comes by itself while nobody reads; else it waits.
  const inside = useRef(false);
  useEffect(() => {
    if (!fresh || inside.current || document.getSelection()?.toString()) return;
    const timer = setTimeout(list.again, 500);
    return () => clearTimeout(timer);
  }, [fresh]);
  return (
    <>
      <div class="title"><h1>Executions</h1><Copy text={SERVICE + path} label="Copy as REST address" /></div>
      <Filters filters={filters} />
      {fresh > 0 && <p role="status"><button onClick={list.again}>{count(fresh)} new or changed elsewhere – show</button></p>}
      <div onPointerEnter={() => (inside.current = true)} onPointerLeave={() => (inside.current = false)}>
        <View of={list}>
          {(data) => (
            <>
              {isSlow && <Searched list={data} />}
              {data.executions.length ? (
                <Rows executions={data.executions} next={data.next} isFirst={!marker} filters={filters} ask={ask} />
              ) : (
                <Nothing filters={filters} isSlow={isSlow} next={data.next} />
              )}
            </>
          )}
        </View>
      </div>
      {asked && <BulkDialog action={asked.action} filter={asked.filter} ids={asked.ids} close={() => ask(undefined)} done={list.again} />}
    </>
  );
}

/** Filters as they are called on the page. */
const CALLED: Record<string, string> = { state: "the state", workflow_name: "the workflow", created_at: "the time", state_info: "the message", input: "the input", description: "the description", tags: "the tag" };

function Nothing({ filters, isSlow, next }: { filters: Record<string, string>; isSlow: boolean; next?: string }) {
  const hasFilters = Object.keys(filters).length > 0;
  if (isSlow && next) return <Empty><p>Nothing among these.</p><button class="primary" onClick={() => change({ marker: markerOf(next) })}>Go on with older ones</button></Empty>;
  if (hasFilters) return (
    <Empty>
      <p>No execution matches {Object.keys(filters).length > 1 ? "all of these filters" : "this filter"}.</p>
      <p class="buttons middle">{Object.keys(filters).length > 1 && Object.keys(filters).map((name) => <button onClick={() => change({ [name]: undefined, marker: undefined })}>Without {CALLED[name] ?? name}</button>)}<button onClick={() => go("/executions")}>Show all</button></p>
    </Empty>
  );
  return <Empty><p>Nothing has run yet.</p><p><a href={href("/workflows")}>Go to the workflows</a>, upload one, and run it.</p></Empty>;
}

const markerOf = (next: string) => new URL(next, location.origin).searchParams.get("marker") ?? undefined;

/** How far a search by what no index knows has come. */
function Searched({ list }: { list: List }) {
  const found = `${list.executions.length} found`;
  if (list.scanned_to_us) return <p class="muted">Searched {count(list.scanned ?? 0)} executions, back to <TimeOf time={list.scanned_to_us / 1000} />: {found}. This filter has no index, so it goes on step by step.</p>;
  return <p class="muted">Searched to the end: {found}.</p>;
}

interface Counts {
  counts: { state: string; count: number | null; capped: boolean }[];
}

function Filters({ filters }: { filters: Record<string, string> }) {
  const [workflow, setWorkflow] = useState(filters.workflow_name ?? "");
  const [name, setName] = useState("state_info");
  const [value, setValue] = useState("");
  useEffect(() => setWorkflow(filters.workflow_name ?? ""), [filters.workflow_name]);
  const others = Object.entries(filters).filter(([name]) => !["state", "workflow_name", "created_at"].includes(name));
  const moment = (hours: number) => new Date(Date.now() - hours * 3600_000).toISOString().slice(0, 16).replace("T", " ");
  const since = (hours: number) => `gte:${moment(hours)}`;
  const range = /^gte:([^,]{16})[^,]*,lt:(.{16})/.exec(filters.created_at ?? "");
  const counted = useLoad<Counts>(`/v2/statistics/executions${query({ workflow_name: filters.workflow_name, created_at: filters.created_at })}`, 10_000);
  const number = (state: string) => {
    const known = counted.data?.counts.find((one) => one.state === state);
    return known?.count === null || known === undefined ? "" : ` ${count(known.count)}${known.capped ? "+" : ""}`;
  };
  const indexed = me.use()?.indexed_inputs ?? [];
  const add = (event: Event) => {
    event.preventDefault();
    if (value.trim()) change({ [name]: name === "input" || name === "state_info" ? `has:${value.trim()}` : value.trim(), marker: undefined });
    setValue("");
  };
  return (
    <div class="filters" role="search">
      <div class="chips" role="group" aria-label="State">
        {["", ...EXECUTION_STATES].map((state) => (
          <button class="chip" aria-pressed={(filters.state ?? "") === state} onClick={() => change({ state, marker: undefined })}>
            {state ? <><State state={state} /><span class="muted">{number(state)}</span></> : "All"}
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
            {filters.created_at && <option value={filters.created_at}>{range ? "from … to …" : filters.created_at.replace(/^gte:/, "since ")}</option>}
            {!range && <option value={`gte:${moment(24)},lt:${moment(0)}`}>from … to …</option>}
          </select>
        </label>
        {range && ([["from", 1], ["to", 2]] as const).map(([word, i]) => (
          <label>{word} <Written isMoment stands={range[i].replace(" ", "T")} title="UTC" aria-label={`Created ${word}, UTC`} take={(written) => {
            const moved = written.replace("T", " ");
            if (moved) change({ created_at: i === 1 ? `gte:${moved},lt:${range[2]}` : `gte:${range[1]},lt:${moved}`, marker: undefined });
          }} /></label>
        ))}
        <button>Filter</button>
      </form>
      <form onSubmit={add}>
        <label><span class="hidden">Filter by</span><select value={name} onChange={(event) => setName(event.currentTarget.value)}>
          <option value="state_info">message contains</option><option value="input">input contains</option><option value="description">description is</option><option value="tags">has tag</option>{indexed.map((member) => <option value={`input.${member}`}>input {member} is</option>)}
        </select></label>
        <label><span class="hidden">Value</span><input value={value} placeholder={name === "input" || name === "state_info" ? "a part of it" : "exactly"} onInput={(event) => setValue(event.currentTarget.value)} /></label>
        <button>Add</button>
      </form>
      {others.map(([name, value]) => (
        <button class="chip" onClick={() => change({ [name]: undefined, marker: undefined })} aria-label={`Remove the filter ${name}`}>{name}={value} ✕</button>
      ))}
      <Saved />
    </div>
  );
}

/** Filters that this browser remembers. */
function Saved() {
  const { query: place } = usePlace();
  const [saved, set] = useState<[string, string][]>(() => JSON.parse(browser.get("saved") ?? "[]"));
  const here = place.toString();
  const store = (next: [string, string][]) => {
    browser.set("saved", JSON.stringify(next));
    set(next);
  };
  if (!here && !saved.length) return null;
  const known = saved.find(([, text]) => text === here);
  return (
    <label><span class="hidden">Saved filters</span>
      <select value="" onChange={(event) => {
        const chosen = event.currentTarget.value;
        event.currentTarget.value = "";
        if (chosen === "+") store([...saved, [prompt("Name of this filter") || here, here]]);
        else if (chosen === "-") store(saved.filter(([, text]) => text !== here));
        else go(`/executions?${chosen}`);
      }}>
        <option value="">saved filters</option>
        {saved.map(([name, text]) => <option value={text}>{name}</option>)}
        {here && !known && <option value="+">save this one…</option>}
        {known && <option value="-">forget “{known[0]}”</option>}
      </select>
    </label>
  );
}

/** How long runs of this workflow take, and whether this one took, or takes, longer than nearly all. */
export function HowUsual({ of, took }: { of: Usual | undefined; took: number }) {
  if (!of) return <span class="muted none">–</span>;
  return <span class="muted nowrap" title={`Half of the runs of the last month took up to ${duration(of.p50)}, 95 % up to ${duration(of.p95)}, within a factor of two.`}>{duration(of.p50) === duration(of.p95) ? `about ${duration(of.p50)}` : `${duration(of.p50)} – ${duration(of.p95)}`}{took > of.p95 && took > 1e6 && <strong class="state-paused"> ◂ slower</strong>}</span>;
}

interface RowsProps {
  executions: Execution[];
  next?: string;
  isFirst: boolean;
  filters: Record<string, string>;
  ask: (asked: Asked) => void;
}

/** What is to be done to which: as they were when it was asked for. */
interface Asked {
  action: string;
  filter?: Record<string, string>;
  ids?: string[];
}

function Rows({ executions, next, isFirst, filters, ask }: RowsProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [chosen, choose] = useState<Set<string>>(new Set());
  const marker = next && markerOf(next);
  // Asked after the rows are there.
  const counted = useLoad<{ buckets: Day[] }>(usualPath(), USUAL_AGAIN);
  const known = useMemo(() => usual(counted.data?.buckets ?? []), [counted.data]);
  const toggle = (id: string) => {
    const copy = new Set(chosen);
    if (!copy.delete(id)) copy.add(id);
    choose(copy);
  };
  const focused = () => (document.activeElement as HTMLElement | null)?.closest("tr")?.dataset.id;
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest("input:not([type=checkbox]), textarea, select, dialog")) return;
      const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      const id = focused();
      if (step) {
        const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>("a.row") ?? [])];
        const at = links.findIndex((link) => link.closest("tr")?.dataset.id === id);
        links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
      } else if (event.key === "x" && id) toggle(id);
      else if (event.key === "]" && marker) change({ marker });
      else if (event.key === "[" && !isFirst) history.back();
      else if (event.key === "=" && chosen.size === 2) compare();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  });
  const compare = () => {
    const [a, b] = [...chosen];
    go(`/compare?a=${segment(a)}&b=${segment(b)}`);
  };
  const canBeAll = Object.keys(filters).length > 0 && !SLOW.some((name) => name in filters);
  return (
    <>
      <div class="scroll">
        <table class="runs">
          <thead><tr><th><input type="checkbox" aria-label="All on this page" checked={executions.every((one) => chosen.has(one.id))} onChange={(event) => choose(new Set(event.currentTarget.checked ? executions.map((one) => one.id) : []))} /></th><th>State</th><th>Workflow</th><th>Created</th><th>Took</th><th>Usual</th><th>Why or what</th><th>Id</th></tr></thead>
          <tbody ref={body}>
            {executions.map((execution) => {
              const [created, updated] = [parseDate(execution.created_at), parseDate(execution.updated_at)];
              const end = isFinal(execution.state) ? updated : Date.now();
              return (
                <tr key={execution.id} data-id={execution.id} class={chosen.has(execution.id) ? "chosen" : undefined}>
                  <td><input type="checkbox" aria-label={`Choose ${execution.id}`} checked={chosen.has(execution.id)} onChange={() => toggle(execution.id)} /></td>
                  <td><State state={execution.state} /></td>
                  <td><a class="row" href={href(`/executions/${segment(execution.id)}`)}>{execution.workflow_name}</a></td>
                  <td class="nowrap"><TimeOf time={created} /></td>
                  <td class="nowrap">{created !== undefined && end !== undefined ? (end - created < 1000 ? "< 1 s" : duration((end - created) * 1000)) : "–"}</td>
                  <td class="nowrap"><HowUsual of={known.get(execution.workflow_name)} took={created !== undefined && end !== undefined ? (end - created) * 1000 : 0} /></td>
                  <td class="wide">{(execution.state_info ?? execution.description) && <span class="clamp" title={execution.state_info ?? undefined}>{execution.state_info ? brief(execution.state_info) : described(execution.description).words}</span>}</td>
                  <td><code title={execution.id}>{execution.id}</code></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div class="pager">
        {(chosen.size > 0 || canBeAll) && (
          <May rule="bulk_operations:create"><label class="left">{chosen.size ? `${chosen.size} chosen: ` : "All that match: "}
            <select value="" onChange={(event) => { ask({ action: event.currentTarget.value, ...(chosen.size ? { ids: [...chosen] } : { filter: filters }) }); event.currentTarget.value = ""; }}>
              <option value="">do…</option>{ACTIONS.map(([action, words]) => <option value={action}>{words}</option>)}
            </select>
          </label></May>
        )}
        {chosen.size === 2 && <button onClick={compare}>Compare the two</button>}
        {!isFirst && <button onClick={() => history.back()}>Newer</button>}
        {!isFirst && <button onClick={() => change({ marker: undefined })}>Newest</button>}
        {marker && <button onClick={() => change({ marker })}>Older</button>}
      </div>
    </>
  );
}
