// The processes, who owns which shard, what waits for whom, maintenance. For administrators.
import { useState } from "preact/hooks";
import { api } from "../data/client";
import { useLoad } from "../data/load";
import { change, usePlace } from "../shell/router";
import { bytes, count, duration } from "../parts/format";
import { Confirm, View } from "../parts/views";
import { May } from "../parts/May";

interface ClusterData {
  now_us: number;
  nodes: { id: string; name: string; roles: string[]; version: string; started_us: number; lease_until_us: number; is_alive: boolean; shards: number; slots: number | null; slots_busy: number | null; actions: number }[];
  shards: { shard: number; owner: string | null; epoch: number; inbox: number }[];
  queues: { target: string; waiting: number; capped: boolean; oldest_us: number | null }[];
  timers: { due: number; late_us: number };
  database: { sizes: Record<string, number> };
}

/** Colours that are told apart; the letter says the same. */
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export function Cluster() {
  const cluster = useLoad<ClusterData>("/v2/cluster", 2000, true);
  return (
    <>
      <div class="title"><h1>Cluster</h1></div>
      <Maintenance />
      <View of={cluster}>{(data) => <Shown data={data} />}</View>
    </>
  );
}

function Shown({ data }: { data: ClusterData }) {
  const { query } = usePlace();
  const alive = data.nodes.filter((node) => node.is_alive);
  const versions = new Set(alive.map((node) => node.version));
  const letter = new Map(data.nodes.map((node, i) => [node.id, LETTERS[i % LETTERS.length]]));
  const chosen = data.shards[Number(query.get("shard") ?? NaN)];
  const executors = new Set(alive.filter((node) => node.roles.includes("executor")).map((node) => node.name));
  const orphaned = data.shards.filter((shard) => !alive.some((node) => node.id === shard.owner)).length;
  const move = (event: KeyboardEvent) => {
    const columns = getComputedStyle(event.currentTarget as Element).gridTemplateColumns.split(" ").length;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (!step) return;
    const cells = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>("button")];
    cells[(cells.indexOf(document.activeElement as HTMLElement) + step + 256) % 256]?.focus();
    event.preventDefault();
  };
  return (
    <>
      {versions.size > 1 && <p class="info state-paused">The processes run different versions: {[...versions].join(", ")}.</p>}
      {orphaned > 0 && <p class="info state-error">{orphaned} shards have no owner that is alive: their executions stand still.</p>}
      <h2>Processes</h2>
      <div class="scroll"><table class="stack">
        <thead><tr><th /><th>Host</th><th>Roles</th><th>Shards</th><th>Actions taken</th><th>Slots busy</th><th>Lease</th><th>Version</th><th>Up</th></tr></thead>
        <tbody>{data.nodes.map((node) => (
          <tr><td>{letter.get(node.id)}</td><td><span class={node.is_alive ? "state-success" : "state-error"}>{node.is_alive ? "●" : "✖"}</span> {node.name} <code>{node.id.slice(0, 13)}…</code></td><td data-l="Roles">{node.roles.join(", ")}</td><td data-l="Shards">{node.shards}</td><td data-l="Actions taken">{count(node.actions)}</td><td class="nowrap" data-l="Slots busy">{node.slots === null ? "–" : <>{node.slots_busy ?? 0} of {node.slots} <meter aria-label="Busy slots" max={node.slots} high={node.slots * 0.9} value={node.slots_busy ?? 0} /></>}</td>
            <td class="nowrap" data-l="Lease">{node.is_alive ? duration(node.lease_until_us - data.now_us) : "over"}</td><td data-l="Version">{node.version || "–"}</td><td class="nowrap" data-l="Up">{duration(data.now_us - node.started_us)}</td></tr>
        ))}</tbody>
      </table></div>
      <h2>Shards</h2>
      <div class="shards" role="group" aria-label="Shards; arrow keys move" onKeyDown={move}>
        {data.shards.map((shard) => {
          const owner = data.nodes.find((node) => node.id === shard.owner);
          const words = `Shard ${shard.shard}: ${owner ? `${owner.name}${owner.is_alive ? "" : ", lost"}` : "no owner"}${shard.inbox ? `, ${shard.inbox} messages wait` : ""}`;
          return <button tabIndex={shard.shard === (chosen?.shard ?? 0) ? 0 : -1} class={`cell${shard.inbox ? " busy" : ""}${owner?.is_alive ? ` owner-${(LETTERS.indexOf(letter.get(owner.id)!) % 6)}` : " lost"}`} title={words} aria-label={words} aria-pressed={chosen?.shard === shard.shard} onClick={() => change({ shard: String(shard.shard) }, true)}>{owner?.is_alive ? letter.get(owner.id) : "✖"}</button>;
        })}
      </div>
      {chosen && <p>Shard {chosen.shard}: owner <code>{chosen.owner ?? "none"}</code>, epoch {chosen.epoch}, {chosen.inbox} messages wait.</p>}
      <div class="columns uneven">
        <div class="piled">
        <section class="panel"><h2>Waiting actions</h2>
          {data.queues.length ? <ul class="plain">{data.queues.map((queue) => (
            <li><strong>{queue.target || "(any executor)"}</strong> {count(queue.waiting)}{queue.capped ? "+" : ""}{queue.oldest_us !== null && <span class="muted"> oldest {duration(data.now_us - queue.oldest_us)}</span>}
              {queue.target && !executors.has(queue.target) && !queue.target.startsWith("action:") && <span class="state-error"> ✖ no executor serves it</span>}</li>
          ))}</ul> : <p class="state-success">● None.</p>}
        </section>
        <section class="panel"><h2>Timers</h2><p class={data.timers.late_us > 5e6 ? "state-error" : undefined}>{data.timers.due > 0 ? <>{count(data.timers.due)} due, the first {duration(data.timers.late_us)} late</> : "None is due."}</p></section>
        </div>
        <section class="panel"><h2>Database</h2><ul class="plain sizes">{Object.entries(data.database.sizes).map(([name, size]) => <li><span>{name}</span> <span>{bytes(size)}</span></li>)}</ul></section>
      </div>
    </>
  );
}

function Maintenance() {
  const mode = useLoad<{ status: string }>("/maintenance", 5000);
  const [asked, ask] = useState(false);
  const [typed, setTyped] = useState("");
  const status = mode.data?.status;
  const put = async (wanted: string) => {
    await api("/maintenance", { method: "PUT", json: { status: wanted }, asAdmin: true });
    mode.again();
  };
  if (!status) return null;
  return (
    <p class="buttons">
      <span>Service: <strong class={status === "RUNNING" ? "state-success" : "state-paused"}>{status === "RUNNING" ? "●" : "‖"} {status}</strong></span>
      <May rule="maintenance:update">{status === "RUNNING" ? <button onClick={() => ask(true)}>Pause the service…</button> : <button class="primary" onClick={() => put("RUNNING")}>Resume the service</button>}</May>
      {asked && (
        <Confirm title="Pause the whole service?" label="Pause" close={() => { ask(false); setTyped(""); }} act={async () => { if (typed !== "pause") throw new Error("Type the word pause."); await put("PAUSED"); }}>
          <p>All executions are paused, and nothing can be changed until it is resumed.</p>
          <label class="block">Type <kbd>pause</kbd><input value={typed} onInput={(event) => setTyped(event.currentTarget.value)} /></label>
        </Confirm>
      )}
    </p>
  );
}
