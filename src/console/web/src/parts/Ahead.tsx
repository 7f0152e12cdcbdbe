// What a change would do, told by the server before anybody does it: the real decision, on a copy of the run.
import { segment } from "../data/client";
import { useLoad } from "../data/load";
import { href } from "../shell/router";
import { State } from "./views";

interface Change {
  task_id: string | null;
  workflow_execution_id: string;
  task_name: string;
  change: "start" | "run_again" | "wait" | "end";
  from: string | null;
  to: string;
}

/** Answer of `/v2/executions/{id}/preview` and `/v2/tasks/{id}/preview`. */
interface Preview {
  allowed: boolean;
  message: string | null;
  would: Change[];
  executions: { id: string | null; workflow_name: string; from: string | null; to: string }[];
  actions: number;
  dropped_actions: number;
  truncated: boolean;
}

const WORDS: Record<Change["change"], string> = { start: "runs", run_again: "runs again", wait: "waits", end: "ends" };
const SHOWN = 12;

const count = (n: number, one: string, many: string) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

function Changes({ of }: { of: Preview }) {
  const above = of.executions.filter((one) => one.from !== null);
  const started = of.executions.length - above.length;
  if (!of.would.length && !of.executions.length) return <p>Nothing changes at once.</p>;
  return (
    <>
      {!!above.length && (
        <p>
          {above.slice(0, 3).map((one) => <>{one.workflow_name} <State state={one.from!} /> → <State state={one.to} />; </>)}
          {above.length > 3 && count(above.length - 3, "other execution changes; ", "other executions change; ")}
          {!!started && count(started, "sub-workflow is started; ", "sub-workflows are started; ")}
          {of.actions ? count(of.actions, "action is started", "actions are started") : "no action is started"}{!!of.dropped_actions && `, ${count(of.dropped_actions, "running one is given up", "running ones are given up")}`}.
        </p>
      )}
      <ul class="plain">
        {of.would.slice(0, SHOWN).map((one) => (
          <li>
            {one.task_id ? <a href={href(`/executions/${segment(one.workflow_execution_id)}?view=tasks&task=${segment(one.task_name)}`)}>{one.task_name}</a> : one.task_name} {WORDS[one.change]}: {one.from && <><State state={one.from} /> → </>}<State state={one.to} />
          </li>
        ))}
      </ul>
      {(of.would.length > SHOWN || of.truncated) && <p class="muted">… and {of.truncated ? "more" : count(of.would.length - SHOWN, "other task", "other tasks")}.</p>}
    </>
  );
}

/** In a dialog that asks whether something is to be done: what would follow at once. */
export function Ahead({ path, json }: { path: string; json: unknown }) {
  const ahead = useLoad<Preview>(`${path}/preview`, 0, false, json);
  const { data, error } = ahead;
  return (
    <section class="ahead" aria-label="What would follow" aria-live="polite">
      {!data && !error && <p class="muted">Looking ahead…</p>}
      {error && <p class="muted">What would follow cannot be told: {error.message}</p>}
      {data && !data.allowed && <p class="state-error">✖ It would be refused: {data.message}</p>}
      {data?.allowed && <><h3>What would follow at once</h3><Changes of={data} /></>}
    </section>
  );
}
