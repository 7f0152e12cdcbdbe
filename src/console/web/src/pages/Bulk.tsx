// The same done to many executions: a look at which, then exactly those.
import { useEffect, useState } from "preact/hooks";
import { api, ApiError, segment } from "../data/client";
import { useLoad } from "../data/load";
import { go, href } from "../shell/router";
import { count, parseDate } from "../parts/format";
import { Dialog, Empty, Failure, State, TimeOf, View } from "../parts/views";
import { May } from "../parts/May";

export const ACTIONS: [string, string][] = [
  ["pause", "pause"],
  ["resume", "resume"],
  ["cancel", "cancel"],
  ["rerun_failed", "run failed tasks again"],
  ["skip_failed", "skip failed tasks"],
  ["delete", "delete (ended ones)"],
];

const wordsOf = (action: string) => ACTIONS.find(([name]) => name === action)?.[1] ?? action;

/** Beyond so many the number has to be typed. */
const TYPED = 100;

interface Preview {
  preview: string;
  count: number;
  capped: boolean;
  by_state: Record<string, number>;
  sample: { id: string; workflow_name: string; state: string; created_at: string }[];
}

interface Props {
  action: string;
  filter?: Record<string, string>;
  ids?: string[];
  close: () => void;
  done: () => void;
}

export function BulkDialog({ action, filter, ids, close, done }: Props) {
  const [preview, setPreview] = useState<Preview>();
  const [error, setError] = useState<ApiError>();
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  useEffect(() => {
    api<Preview>("/v2/bulk_operations", { method: "POST", json: ids ? { action, ids } : { action, filter } }).then(setPreview, setError);
  }, []);
  const run = async () => {
    try {
      const made = await api<{ id: string }>("/v2/bulk_operations", { method: "POST", json: { preview: preview!.preview, reason: reason || null } });
      close();
      done();
      go(`/bulk/${segment(made.id)}`);
    } catch (failure) {
      setError(failure as ApiError);
    }
  };
  const words = wordsOf(action).replace(/ \(.*/, "");
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  const isSafe = preview && (preview.count <= TYPED || typed === String(preview.count));
  return (
    <Dialog title={`${title}: which executions?`} close={close}>
      {error && <Failure error={error} />}
      {!preview && !error && <p class="muted" role="status">Looking which match…</p>}
      {preview && (
        <>
          <p><strong>{count(preview.count)}</strong> in a fitting state{preview.capped ? "; more match than can be taken at once" : ""}. It is done to exactly these, whatever begins or ends meanwhile.</p>
          <p>{Object.entries(preview.by_state).map(([state, number]) => <span class="fact"><State state={state} /> {count(number)}</span>)}</p>
          {preview.sample.length > 0 && <ul class="plain">{preview.sample.map((one) => <li><State state={one.state} short /> {one.workflow_name} <code>{one.id}</code></li>)}{preview.count > preview.sample.length && <li class="muted">and {count(preview.count - preview.sample.length)} more</li>}</ul>}
          {filter && <p class="muted">Filter: <code>{new URLSearchParams(filter).toString()}</code></p>}
          <label class="block">Why <span class="muted">shown with the operation{action === "cancel" ? " and in each execution" : ""}</span><input value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>
          {preview.count > TYPED && <label class="block">Type the number to go on<input inputMode="numeric" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} /></label>}
        </>
      )}
      <div class="buttons">
        <button class={action === "delete" ? "primary grave" : "primary"} disabled={!preview?.count || !isSafe} onClick={run}>{title}{preview ? ` ${count(preview.count)}` : ""}</button>
        <button onClick={close}>Leave it</button>
      </div>
    </Dialog>
  );
}

interface Operation {
  id: string;
  action: string;
  state: string;
  total: number;
  done: number;
  failed: number;
  failures: { id: string; message: string }[];
  filter: Record<string, unknown>;
  reason: string | null;
  user_id: string | null;
  created_at: string;
}

/** As it stands in the address of the list; nothing where ids were given. */
const filterWords = (filter: Record<string, unknown> | null) => Object.entries(filter ?? {}).map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`).join(" ");

function Bar({ of }: { of: Operation }) {
  return <progress max={of.total || 1} value={of.done} aria-label={`${of.done} of ${of.total}`} />;
}

export function BulkList() {
  const list = useLoad<{ bulk_operations: Operation[] }>("/v2/bulk_operations", 3000);
  return (
    <>
      <div class="title"><h1>Bulk operations</h1></div>
      <View of={list}>
        {(data) =>
          data.bulk_operations.length ? (
            <div class="scroll"><table class="stack">
              <thead><tr><th>State</th><th>What</th><th>Progress</th><th>When</th><th>Why</th><th>Filter</th></tr></thead>
              <tbody>{data.bulk_operations.map((one) => (
                <tr><td><State state={one.state} /></td><td class="nowrap"><a class="row" href={href(`/bulk/${segment(one.id)}`)}>{wordsOf(one.action)}</a></td><td><Bar of={one} /> {count(one.done)} of {count(one.total)}{one.failed > 0 && <span class="state-error"> ✖ {one.failed}</span>}</td>
                  <td class="nowrap" data-l="When"><TimeOf time={parseDate(one.created_at)} /></td>{one.reason ? <td class="wide" data-l="Why">{one.reason}</td> : <td />}<td class="wide" data-l="Filter"><code>{filterWords(one.filter)}</code></td></tr>
              ))}</tbody>
            </table></div>
          ) : (
            <Empty><p>Nothing has been done to many executions at once.</p><p>Filter the <a href={href("/executions")}>executions</a>, or choose some, and say what to do.</p></Empty>
          )
        }
      </View>
    </>
  );
}

export function BulkPage({ id }: { id: string }) {
  const path = `/v2/bulk_operations/${segment(id)}`;
  const one = useLoad<Operation>(path, 1000);
  const [again, setAgain] = useState(false);
  return (
    <View of={one}>
      {(data) => (
        <>
          <div class="title"><h1>{wordsOf(data.action)}</h1> <State state={data.state} /> <code>{data.id}</code></div>
          <p class="facts">begun <TimeOf time={parseDate(data.created_at)} />{data.user_id && <> by {data.user_id}</>}{data.reason && <> · {data.reason}</>}{filterWords(data.filter) && <> · <code>{filterWords(data.filter)}</code></>}</p>
          <p><Bar of={data} /> {count(data.done)} of {count(data.total)}, {count(data.failed)} of them not done</p>
          <div class="buttons">
            {data.state === "RUNNING" && <May rule="bulk_operations:update"><button onClick={async () => { await api(path, { method: "PUT", json: { state: "CANCELLED" } }); one.again(); }}>Stop</button></May>}
            {data.failures.length > 0 && <May rule="bulk_operations:create"><button onClick={() => setAgain(true)}>Repeat for the failures…</button></May>}
            <a class="button" href={href("/bulk")}>All bulk operations</a>
          </div>
          {data.failures.length > 0 && (
            <div class="scroll"><table><thead><tr><th>Execution</th><th>Why not</th></tr></thead>
              <tbody>{data.failures.map((failure) => <tr><td><a href={href(`/executions/${segment(failure.id)}`)}><code>{failure.id}</code></a></td><td class="wide">{failure.message}</td></tr>)}</tbody></table></div>
          )}
          {again && <BulkDialog action={data.action} ids={data.failures.map((failure) => failure.id)} close={() => setAgain(false)} done={one.again} />}
        </>
      )}
    </View>
  );
}
