// What waits for people: open runs of which an action is completed from outside only.
import { useEffect, useState } from "preact/hooks";
import { api, query, segment } from "../data/client";
import { useLoad } from "../data/load";
import { href } from "../shell/router";
import { count, duration, parseDate } from "../parts/format";
import type { Execution } from "./Executions";

/** Of so many of the oldest open runs it is asked why they have not finished, so many at a time, and every so many milliseconds. */
const OLDEST = 50;
const AT_A_TIME = 2;
const AGAIN = 60_000;
const SHOWN = 8;

interface Reason {
  kind: string;
  task_name?: string;
  action_execution_id?: string;
}

export interface Waits {
  execution: Execution;
  task?: string;
  action: string;
}

/** What waits, as far as it is known; `more`: there are open runs that were not asked. None until all that are asked have answered. */
export function useWaiting(): { waits?: Waits[]; more: boolean } {
  const path = `/v2/executions${query({ state: "in:RUNNING,PAUSED", limit: OLDEST, sort_keys: "created_at", sort_dirs: "asc", fields: "id,workflow_name,state,created_at" })}`;
  const open = useLoad<{ executions: Execution[]; next?: string }>(path, AGAIN);
  const [waits, set] = useState<Waits[]>();
  useEffect(() => {
    const runs = open.data?.executions;
    if (!runs) return;
    const abort = new AbortController();
    const found: Waits[][] = [];
    let next = 0;
    const ask = async () => {
      for (let at = next++; at < runs.length; at = next++) {
        const execution = runs[at];
        // One that has ended meanwhile, or may not be seen, does not wait.
        const { reasons } = await api<{ reasons: Reason[] }>(`/v2/executions/${segment(execution.id)}/why`, { signal: abort.signal }).catch(() => ({ reasons: [] as Reason[] }));
        found[at] = reasons.filter((one) => one.kind === "action_waiting_for_completion" && one.action_execution_id).map((one) => ({ execution, task: one.task_name, action: one.action_execution_id! }));
        if (abort.signal.aborted) return;
      }
    };
    void Promise.all(Array.from({ length: AT_A_TIME }, ask)).then(() => {
      if (abort.signal.aborted) return;
      // What a sub-workflow waits for, those above it wait for: the oldest of them stands for all.
      const once = new Map<string, Waits>();
      for (const one of found.flat()) if (!once.has(one.action)) once.set(one.action, one);
      set([...once.values()]);
    });
    return () => abort.abort();
  }, [open.data]);
  return { waits, more: (open.data?.executions.length ?? 0) >= OLDEST && !!open.data?.next };
}

export const waitingNumber = ({ waits, more }: ReturnType<typeof useWaiting>) => (waits ? `${more ? "≥ " : ""}${count(waits.length)}` : "…");

export function WaitingList({ of }: { of: ReturnType<typeof useWaiting> }) {
  if (!of.waits?.length) return null;
  return (
    <section class="panel" id="waiting" tabIndex={-1} aria-label="Waiting for people">
      <h2>Waiting for people</h2>
      <ul class="plain">{of.waits.slice(0, SHOWN).map((one) => (
        <li><a href={href(`/executions/${segment(one.execution.id)}`)}>{one.execution.workflow_name}</a> <span class="muted">{one.task && `at ${one.task} · `}<span title="since the run has begun">{duration((Date.now() - (parseDate(one.execution.created_at) ?? Date.now())) * 1000)}</span></span></li>
      ))}</ul>
      {of.waits.length > SHOWN && <p class="muted">and {count(of.waits.length - SHOWN)} more</p>}
      {of.more && <p class="muted">Of the {OLDEST} oldest open runs.</p>}
    </section>
  );
}
