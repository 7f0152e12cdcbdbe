// Tries expressions on what a task of a run saw.
import { useRef, useState } from "preact/hooks";
import { api, ApiError, segment } from "../data/client";
import { useLoad } from "../data/load";
import { change, usePlace } from "../shell/router";
import { count, duration } from "../parts/format";
import { Json } from "../parts/Json";
import { Empty, Failure, Info, View } from "../parts/views";
import type { TaskRow } from "./Execution";

interface Tried {
  result?: unknown;
  /** Of those that an expression may take. */
  steps?: number;
  error?: string;
  took_us: number;
}

interface Listed {
  name: string;
  signature: string;
  text: string;
  example: string;
}

export function Bench({ rows }: { rows: TaskRow[] }) {
  const { query } = usePlace();
  const [text, setText] = useState("<% $ %>");
  const [tried, setTried] = useState<Tried>();
  const [error, setError] = useState<ApiError>();
  // Tasks that come meanwhile do not put themselves in the place of what is tried on.
  const first = useRef<string>(undefined);
  const chosen = rows.find((row) => row.id === query.get("run")) ?? rows.find((row) => row.name === query.get("task")) ?? rows.find((row) => row.id === first.current) ?? rows[rows.length - 1];
  first.current = chosen?.id;
  const offered = rows.slice(-500);
  if (chosen && !offered.includes(chosen)) offered.unshift(chosen);
  const context = useLoad<{ context: unknown }>(chosen && `/v2/tasks/${segment(chosen.id)}/context`);
  const functions = useLoad<{ functions: Listed[] }>("/v2/expressions/functions");
  if (!chosen) return <Empty><p>No task has been made yet, so there are no data to try expressions on.</p></Empty>;
  const attempt = async (event: Event) => {
    event.preventDefault();
    setError(undefined);
    try {
      setTried(await api<Tried>("/v2/expressions", { method: "POST", json: { expression: text, task_execution_id: chosen.id } }));
    } catch (failure) {
      setError(failure as ApiError);
    }
  };
  const word = /([A-Za-z_]\w*)\W*$/.exec(text.replace(/[%}>\s]+$/, ""))?.[1].toLowerCase();
  const fitting = word ? (functions.data?.functions.filter((one) => one.name.toLowerCase().startsWith(word)).slice(0, 8) ?? []) : [];
  return (
    <div class="columns">
      <section class="panel">
        <form onSubmit={attempt} onKeyDown={(event) => { if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void attempt(event); }}>
          <label class="block">What the task saw <select value={chosen.id} onChange={(event) => { const row = rows.find((one) => one.id === event.currentTarget.value); change({ run: row?.id, task: row?.name }, true); }}>{offered.map((row) => <option value={row.id}>{row.name} ({row.state})</option>)}</select></label>
          <label class="block">Expression, YAQL or Jinja2<textarea class="code" rows={3} spellcheck={false} value={text} onInput={(event) => setText(event.currentTarget.value)} /></label>
          <div class="buttons"><button class="primary">Evaluate (Ctrl Enter)</button></div>
        </form>
        {error && <Failure error={error} />}
        {tried?.error !== undefined && <Info look="error" isNews>{tried.error}</Info>}
        {tried && tried.error === undefined && <div role="status"><p class="muted">after {duration(tried.took_us)}{tried.steps !== undefined && `, ${count(tried.steps)} ${tried.steps === 1 ? "step" : "steps"}`}</p><Json value={tried.result} /></div>}
        {fitting.length > 0 && <dl class="functions">{fitting.map((one) => <><dt><code>{one.signature}</code></dt><dd class="muted">{one.text}</dd></>)}</dl>}
      </section>
      <section class="data"><h3>$</h3><View of={context}>{(data) => <Json value={data.context} />}</View></section>
    </div>
  );
}
