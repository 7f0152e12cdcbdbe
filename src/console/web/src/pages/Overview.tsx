// Is something wrong: numbers, what happened, what failed, what is open longest, what fires next, the cluster.
import { useRef } from "preact/hooks";
import { query, segment } from "../data/client";
import { useLive } from "../data/live";
import { useLoad } from "../data/load";
import { change, go, href, usePlace } from "../shell/router";
import { brief, count, duration, parseDate, showTime } from "../parts/format";
import { Empty, State, TimeOf, View } from "../parts/views";
import type { Execution } from "./Executions";
import { partOf, useStretch } from "../time/Range";
import { useWaiting, waitingNumber, WaitingList } from "./Waiting";

interface Counts {
  counts: { state?: string; workflow_name?: string; count: number | null; capped: boolean }[];
}

interface Bucket {
  at_us: number;
  started: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  tasks: number;
  p95_us: number | null;
}

const RANGES: [string, number, number][] = [["1h", 3600, 60], ["6h", 6 * 3600, 60], ["24h", 86_400, 3600], ["7d", 7 * 86_400, 3600]];

/** The moment, rounded so that the address of a question stays the same for a while. */
const rounded = (step: number) => Math.floor(Date.now() / 1000 / step) * step;

export function Overview() {
  const hour = rounded(600) - 86_400;
  const day = `gte:${new Date(hour * 1000).toISOString().slice(0, 16).replace("T", " ")}`;
  const open = useLoad<Counts>("/v2/statistics/executions?state=RUNNING,PAUSED", 10_000);
  const failed = useLoad<Counts>(`/v2/statistics/executions${query({ state: "ERROR", created_at: day })}`, 10_000);
  const waiting = useWaiting();
  useLive("executions", () => undefined);
  const number = (of: Counts | undefined, state: string) => of?.counts.find((one) => one.state === state);
  const cards: [string, string, string, ReturnType<typeof number>][] = [
    ["Running", "running", "/executions?state=RUNNING", number(open.data, "RUNNING")],
    ["Paused", "paused", "/executions?state=PAUSED", number(open.data, "PAUSED")],
    ["Failed in 24 hours", "error", `/executions${query({ state: "ERROR", created_at: day })}`, number(failed.data, "ERROR")],
  ];
  return (
    <>
      <div class="title"><h1>Overview</h1></div>
      {open.error && !open.data ? <View of={open}>{() => null}</View> : (
        <div class="cards">{cards.map(([label, colour, to, found], i) => (
          <a class="card" aria-keyshortcuts={String(i + 1)} href={href(to)}><span class={`big state-${found?.count ? colour : "idle"}`}>{found ? `${count(found.count ?? 0)}${found.capped ? "+" : ""}` : "…"}</span> {label}{colour === "error" && <WeekAgo until={hour + 86_400} />}</a>
        ))}
          <button class="card" aria-keyshortcuts="4" onClick={() => document.getElementById("waiting")?.focus()}><span class={`big state-${waiting.waits?.length ? "delayed" : "idle"}`}>{waitingNumber(waiting)}</span> Waiting for people</button>
        </div>
      )}
      <First />
      <div class="board">
        <Activity />
        <Failing since={day} />
        <WaitingList of={waiting} />
        <Longest />
        <Next />
        <Processes />
      </div>
    </>
  );
}

/** How many had failed in as long a time a week before, as far as it was counted. */
function WeekAgo({ until }: { until: number }) {
  const to = until - 7 * 86_400;
  const before = useLoad<{ buckets: Bucket[] }>(`/v2/statistics/activity${query({ from: (to - 86_400) * 1e6, to: to * 1e6, step: 3600 })}`);
  const failed = before.data?.buckets.reduce((sum, one) => sum + one.failed, 0);
  return failed ? <span class="muted"> · {count(failed)} a week ago</span> : null;
}

/** What to do where nothing is there yet. */
function First() {
  const some = useLoad<{ workflows: unknown[] }>("/v2/workflows?limit=1&fields=id");
  if (some.data?.workflows.length !== 0) return null;
  return <Empty><p>Three steps to a first run: <button class="link" onClick={() => go("/workflows/new/edit")}>upload the example</button>, press Run, and look at it.</p></Empty>;
}

function Activity() {
  const { query: place } = usePlace();
  const range = RANGES.find(([name]) => name === place.get("range")) ?? RANGES[0];
  const [, seconds, step] = range;
  const now = rounded(60) + 60;
  const path = `/v2/statistics/activity${query({ from: (now - seconds) * 1e6, to: now * 1e6, step })}`;
  const activity = useLoad<{ buckets: Bucket[] }>(path, 30_000);
  return (
    <section class="panel broad" aria-label="Executions over time">
      <div class="title"><h2>{step === 60 ? "Per minute" : "Per hour"}</h2>
        <div class="chips" role="group" aria-label="Range">{RANGES.map(([name]) => <button class="small" aria-pressed={name === range[0]} onClick={() => change({ range: name }, true)}>{name}</button>)}</div></div>
      <View of={activity}>{(data) => <Bars buckets={data.buckets} from={now - seconds} until={now} step={step} />}</View>
    </section>
  );
}

function Bars({ buckets, from, until, step }: { buckets: Bucket[]; from: number; until: number; step: number }) {
  const slots = Math.ceil((until - from) / step);
  const group = Math.ceil(slots / 90);
  const bars = Array.from({ length: Math.ceil(slots / group) }, () => ({ ok: 0, failed: 0, cancelled: 0, started: 0, tasks: 0 }));
  for (const one of buckets) {
    const bar = bars[Math.floor((one.at_us / 1e6 - from) / step / group)];
    if (!bar) continue;
    bar.ok += one.succeeded;
    bar.failed += one.failed;
    bar.cancelled += one.cancelled;
    bar.started += one.started;
    bar.tasks += one.tasks;
  }
  const most = Math.max(1, ...bars.map((bar) => bar.ok + bar.failed + bar.cancelled));
  const sum = (name: "ok" | "failed" | "cancelled" | "started" | "tasks") => bars.reduce((all, bar) => all + bar[name], 0);
  const words = `${count(sum("started"))} started, ${count(sum("ok"))} succeeded, ${count(sum("failed"))} failed, ${count(sum("cancelled"))} cancelled, ${count(sum("tasks"))} tasks ended`;
  const width = 900 / bars.length;
  const height = (value: number) => (value / most) * 110;
  /** The list of what was made in so many of the bars. */
  const list = (first: number, last: number) => {
    const at = (bar: number) => new Date((from + Math.min(bars.length, bar) * step * group) * 1000).toISOString().slice(0, 16).replace("T", " ");
    return `/executions${query({ created_at: `gte:${at(first)},lt:${at(last)}` })}`;
  };
  const chart = useRef<HTMLDivElement>(null);
  const { now: pulled, listeners } = useStretch((event) => partOf(chart.current!, event), (part) => go(list(Math.floor(part.from * bars.length), Math.ceil(part.to * bars.length))));
  return (
    <>
      <div class="pulls" ref={chart} {...listeners}>
      <svg class="chart" viewBox="0 0 900 120" preserveAspectRatio="none" role="img" aria-label={words}>
        {pulled && <rect class="stretch" x={Math.floor(pulled.from * bars.length) * width} width={(Math.ceil(pulled.to * bars.length) - Math.floor(pulled.from * bars.length)) * width} y="0" height="120" />}
        {bars.map((bar, i) => {
          const heights = [height(bar.ok), height(bar.cancelled), height(bar.failed)];
          let top = 118;
          return heights.map((size, kind) => {
            top -= size;
            return size > 0 && <rect class={["fill-success", "fill-cancelled", "fill-error"][kind]} x={i * width + 0.5} width={Math.max(1, width - 1)} y={top} height={size} />;
          });
        })}
        <line x1="0" x2="900" y1="119" y2="119" class="axis" />
      </svg>
      </div>
      <p class="ends muted">{[from, until].map((time) => <span title={showTime(time * 1000)}>{showTime(time * 1000).slice(5, 16)}</span>)}</p>
      <p><span class="state-success">■ succeeded</span> <span class="state-cancelled">■ cancelled</span> <span class="state-error">■ failed</span> {most > 1 && <span class="muted">· up to {count(most)} {group > 1 || step > 60 ? "a bar" : "a minute"}</span>}</p>
      <p class="muted">{sum("started") + sum("ok") + sum("failed") + sum("cancelled") + sum("tasks") ? words : "Nothing was counted in this time"}. Counted once a minute. Drag over a part for <a href={href(list(0, bars.length))}>the list</a> of what was made then.</p>
    </>
  );
}

function Failing({ since }: { since: string }) {
  const path = `/v2/executions${query({ state: "ERROR", created_at: since, limit: 100, sort_keys: "created_at", sort_dirs: "desc", fields: "id,workflow_name,state_info,created_at" })}`;
  const failures = useLoad<{ executions: Execution[] }>(path, 15_000);
  return (
    <section class="panel" aria-label="Failing now">
      <h2>Failing</h2>
      <View of={failures}>
        {(data) => {
          const groups = new Map<string, Execution[]>();
          for (const one of data.executions) {
            const message = brief(one.state_info).replace(/[0-9a-f-]{8,}|\d+/g, "#").slice(0, 160);
            const key = `${one.workflow_name}\n${message}`;
            groups.set(key, [...(groups.get(key) ?? []), one]);
          }
          const shown = [...groups].sort((a, b) => b[1].length - a[1].length).slice(0, 8);
          if (!shown.length) return <p class="state-success">● Nothing has failed in 24 hours.</p>;
          return <ul class="plain">{shown.map(([key, all]) => (
            <li><span class="state-error">✖ {all.length}</span> <a href={href(`/executions${query({ state: "ERROR", workflow_name: all[0].workflow_name })}`)}>{all[0].workflow_name}</a>{" "}
              <span class="clamp">{key.split("\n")[1]}</span> <a class="small" href={href(`/executions/${segment(all[0].id)}`)}>newest</a></li>
          ))}</ul>;
        }}
      </View>
    </section>
  );
}

function Longest() {
  const path = `/v2/executions${query({ state: "in:RUNNING,PAUSED", limit: 8, sort_keys: "created_at", sort_dirs: "asc", fields: "id,workflow_name,state,created_at" })}`;
  const open = useLoad<{ executions: Execution[] }>(path, 10_000);
  return (
    <section class="panel" aria-label="Open longest">
      <h2>Open longest</h2>
      <View of={open}>
        {(data) => data.executions.length ? (
          <ul class="plain">{data.executions.map((one) => (
            <li><State state={one.state} /> <a href={href(`/executions/${segment(one.id)}`)}>{one.workflow_name}</a> <span class="muted">{duration((Date.now() - (parseDate(one.created_at) ?? Date.now())) * 1000)}</span></li>
          ))}</ul>
        ) : <p class="muted">Nothing is running or paused.</p>}
      </View>
    </section>
  );
}

function Next() {
  const crons = useLoad<{ cron_triggers: { name: string; pattern: string | null; workflow_name: string; next_execution_time: string }[] }>("/v2/cron_triggers?limit=8&sort_keys=next_execution_time&sort_dirs=asc", 15_000);
  return (
    <section class="panel" aria-label="Next to fire">
      <h2>Next to fire</h2>
      <View of={crons}>
        {(data) => data.cron_triggers.length ? (
          <ul class="plain">{data.cron_triggers.map((one) => <li><TimeOf time={parseDate(one.next_execution_time)} /> <a href={href(`/triggers?name=${segment(one.name)}`)}>{one.name}</a> <span class="muted">{one.workflow_name}</span></li>)}</ul>
        ) : <p class="muted">No trigger is set: <a href={href("/triggers")}>make one</a>.</p>}
      </View>
    </section>
  );
}

/** The cluster in three lines, for those who may see it. */
function Processes() {
  const cluster = useLoad<{ now_us: number; nodes: { is_alive: boolean }[]; shards: { owner: string | null }[]; queues: { waiting: number; oldest_us: number | null }[] }>("/v2/cluster", 10_000, true);
  if (!cluster.data) return null;
  const { nodes, shards, queues, now_us: now } = cluster.data;
  const alive = nodes.filter((node) => node.is_alive).length;
  const lost = shards.filter((shard) => shard.owner === null).length;
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const oldest = Math.min(...queues.map((queue) => queue.oldest_us ?? Infinity));
  return (
    <section class="panel" aria-label="Cluster">
      <h2>Cluster</h2>
      <ul class="plain">
        <li><span class={alive === nodes.length ? "state-success" : "state-paused"}>● {count(alive)}</span> {alive === 1 ? "process" : "processes"}{alive < nodes.length && `, ${nodes.length - alive} gone`}</li>
        <li><span class={lost ? "state-error" : "state-success"}>{lost ? "✖" : "●"} {count(shards.length - lost)}</span> shards with an owner{lost > 0 && `, ${lost} without`}</li>
        <li>{count(waiting)} actions wait for an executor{waiting > 0 && `, the oldest for ${duration(now - oldest)}`}</li>
      </ul>
      <p><a href={href("/cluster")}>All about the cluster</a></p>
    </section>
  );
}
