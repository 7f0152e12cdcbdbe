// What failed at the bottom of a run, equal messages together.
import { query, segment } from "../data/client";
import { useLoad, useNews } from "../data/load";
import { href } from "../shell/router";
import { count, isFinal } from "../parts/format";
import { Copy, Empty, Info, TimeOf, View } from "../parts/views";

interface Group {
  count: number;
  message: string;
  first_us: number;
  last_us: number;
  path: { execution_id: string; workflow_name: string; task_id: string; task_name: string }[];
  action_execution_id: string | null;
}

/** While the run goes on, milliseconds. */
const AGAIN = 5000;

export function Errors({ base, state, workflow }: { base: string; state: string; workflow: string }) {
  const errors = useLoad<{ groups: Group[]; truncated: boolean }>(`${base}/errors`, isFinal(state) ? 0 : AGAIN);
  useNews(errors, state, 0);
  return (
    <View of={errors}>
      {(data) => {
        if (!data.groups.length) return <Empty><p>{state === "ERROR" ? "No task failed: the workflow itself did, or a request ended it." : "Nothing has failed that the workflow has not dealt with."}</p></Empty>;
        return (
          <>
            {data.groups.map((group) => (
              <section class="panel">
                <p><strong class="state-error">✖ {count(group.count)} {group.count === 1 ? "time" : "times"}</strong> <TimeOf time={group.first_us / 1000} />{Math.floor(group.last_us / 1e6) > Math.floor(group.first_us / 1e6) && <> to <TimeOf time={group.last_us / 1000} /></>} <Copy text={group.message} /></p>
                <Info look="error">{group.message}</Info>
                <p>{group.path.map((step, i) => <>{i > 0 && " ▸ "}<a href={href(`/executions/${segment(step.execution_id)}?view=tasks&task=${segment(step.task_name)}&run=${step.task_id}`)}>{step.workflow_name} · {step.task_name}</a></>)}</p>
                <p><a href={href(`/executions${query({ state: "ERROR", workflow_name: workflow, state_info: `has:${group.message.split("\n")[0].slice(0, 60)}` })}`)}>Other runs with this message</a></p>
              </section>
            ))}
            {data.truncated && <p class="muted">More failed than is shown.</p>}
          </>
        );
      }}
    </View>
  );
}
