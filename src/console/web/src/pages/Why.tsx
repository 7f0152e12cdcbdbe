// Why a run has not finished, or why it failed, one sentence per reason, each with the task to look at.
import { useState } from "preact/hooks";
import { api, segment } from "../data/client";
import { useLoad, useNews } from "../data/load";
import { href } from "../shell/router";
import { parseDate } from "../parts/format";
import { Confirm, Until, View } from "../parts/views";
import { May } from "../parts/May";

interface Reason {
  kind: string;
  message: string;
  task_name?: string;
  action_execution_id?: string;
  execution_id?: string;
  workflow_name?: string;
  fire_at?: string | null;
}

interface Explanation {
  summary: string;
  reasons: Reason[];
  truncated: boolean;
}

const SHOWN = 10;

/** Rest between two questions, milliseconds. */
const REST = 2000;

/** Reasons with the same words about the same task, together. */
function together(reasons: Reason[]): [Reason, number][] {
  const made = new Map<string, [Reason, number]>();
  for (const reason of reasons) {
    // What can be completed, or waits for a time, is each for itself.
    const key = `${reason.kind} ${reason.message} ${reason.task_name} ${reason.fire_at ?? ""} ${reason.kind === "action_waiting_for_completion" ? reason.action_execution_id : ""}`;
    const known = made.get(key);
    if (known) known[1] += 1;
    else made.set(key, [reason, 1]);
  }
  return [...made.values()];
}

interface Props {
  base: string;
  /** Whether there is a why: of what has gone well there is none. */
  isAsked: boolean;
  isOpen: boolean;
  isLive: boolean;
  /** Is another one when something has changed: then it is asked anew. */
  news?: unknown;
  select: (task: string) => void;
}

export function Why({ base, isAsked, isOpen, isLive, news, select }: Props) {
  const why = useLoad<Explanation>(isAsked ? `${base}/why` : undefined, isOpen ? (isLive ? 5000 : 3000) : 0);
  const title = isOpen ? "Why it has not finished" : "Why it failed";
  useNews(why, news, REST);
  /** Stays while reasons come and go, and when the run ends. */
  const [completed, complete] = useState<Reason>();
  return (
    <>
      {isAsked && <View of={why}>{(data) => <Reasons of={data} title={title} isOpen={isOpen} select={select} complete={complete} />}</View>}
      {completed && <Complete reason={completed} close={() => complete(undefined)} again={why.again} />}
    </>
  );
}

interface ReasonsProps {
  of: Explanation;
  title: string;
  isOpen: boolean;
  select: (task: string) => void;
  complete: (reason: Reason) => void;
}

function Reasons({ of, title, isOpen, select, complete }: ReasonsProps) {
  return (
    <section class={`why${isOpen ? "" : " failed"}`} aria-label={title} tabIndex={-1} aria-keyshortcuts="w">
      <h2>{title}</h2>
      {!(of.reasons[0] && of.summary.includes(of.reasons[0].message)) && <p>{of.summary}</p>}
      <ul>
        {together(of.reasons).slice(0, SHOWN).map(([reason, times]) => (
          <li key={`${reason.kind} ${reason.action_execution_id} ${reason.task_name}`}>
            {times > 1 && <strong>{times} × </strong>}{reason.message}{reason.fire_at && <> (<Until time={parseDate(reason.fire_at)} />)</>}{" "}
            {reason.task_name && <button class="small" onClick={() => select(reason.task_name!)}>Look at {reason.task_name}</button>}{" "}
            {reason.kind === "action_waiting_for_completion" && reason.action_execution_id && (
              <May rule="action_executions:update"><button class="small" onClick={() => complete(reason)}>Complete…</button></May>
            )}
            {reason.execution_id && <a class="button small" href={href(`/executions/${segment(reason.execution_id)}`)}>Open {reason.workflow_name ?? "it"}</a>}
            {reason.kind === "action_queued" && <a class="button small" href={href("/cluster")}>Look at the executors</a>}
          </li>
        ))}
      </ul>
      {(together(of.reasons).length > SHOWN || of.truncated) && <p class="muted">There are more reasons.</p>}
    </section>
  );
}

/** Completes an action that waits for somebody. */
function Complete({ reason, close, again }: { reason: Reason; close: () => void; again: () => void }) {
  const [state, setState] = useState("SUCCESS");
  const [output, setOutput] = useState("{}");
  const act = async () => {
    const made: unknown = JSON.parse(output);
    // Results of others are objects here, as in upstream's API.
    if (made === null || typeof made !== "object" || Array.isArray(made)) throw new Error("The result has to be a JSON object: {\"name\": …}.");
    const json = { state, output: made };
    await api(`/v2/action_executions/${segment(reason.action_execution_id!)}`, { method: "PUT", json });
    again();
  };
  return (
    <Confirm title={`Complete the action of ${reason.task_name}`} label="Complete" act={act} close={close}>
      <label>State <select value={state} onChange={(event) => setState(event.currentTarget.value)}><option>SUCCESS</option><option>ERROR</option></select></label>
      <label class="block">Result, a JSON object<textarea class="code" rows={5} value={output} onInput={(event) => setOutput(event.currentTarget.value)} /></label>
    </Confirm>
  );
}
