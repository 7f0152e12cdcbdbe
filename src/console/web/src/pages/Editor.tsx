// Writes definitions: problems with places and mends, what can stand where the caret is, expressions tried on what a task of a run saw.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { api, ApiError, query, segment } from "../data/client";
import { useLoad } from "../data/load";
import { go, href } from "../shell/router";
import { tab } from "../shell/store";
import { expressionAt, offers, parentsOf, type Item, type Known, type Offer } from "../edit/complete";
import { TextArea, type Area } from "../edit/TextArea";
import { Conflict } from "../edit/Conflict";
import { Diff } from "../parts/Diff";
import { Coded, Confirm, Failure, View } from "../parts/views";
import { GraphView, type Graph } from "../graph/GraphView";
import { May, useMay } from "../parts/May";
import type { Workflow } from "./Workflows";

const EXAMPLE = `version: '2.0'

greet:
  input: [name: Mistral]
  output:
    greeting: <% task(say).result %>
  tasks:
    say:
      action: std.echo output=<% 'Hello ' + $.name %>
      on-success: [pause_a_moment]
    pause_a_moment:
      action: std.sleep seconds=2
`;

const NO_STATES = new Map();

export function EditWorkflow({ id }: { id: string }) {
  const isNew = id === "new";
  const workflow = useLoad<Workflow>(isNew ? undefined : `/v2/workflows/${segment(id)}`);
  if (isNew) return <Editor text={EXAMPLE} />;
  return <View of={workflow}>{(data) => <Editor text={data.definition} namespace={data.namespace} workflow={data} />}</View>;
}

interface Diagnostic {
  line: number;
  column: number;
  end_line?: number;
  end_column?: number;
  severity: string;
  code: string;
  message: string;
  help?: string;
  replacement?: string;
}

/** Time after the last key until the document is looked at, milliseconds; of a large one, whose check takes a second. */
const PAUSE = 250;
const LONG_PAUSE = 1000;
const LARGE = 200_000;

interface Diagnosis {
  valid?: boolean;
  message?: string;
  diagnostics: Diagnostic[];
  graph?: Graph;
  /** Why the server has said nothing of the text as it stands. */
  failed?: string;
}

/** Time until a document is looked at again that could not be. */
const AGAIN = 5000;

/** What the server says of a document while it is written: one question at a time, the newest counts. */
function useDiagnosis(text: string, isCompleting: boolean): Diagnosis {
  const [state, set] = useState<Diagnosis>({ diagnostics: [] });
  useEffect(() => {
    // Nobody wants to be told that a word is wrong which is just being chosen.
    if (isCompleting) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      try {
        const answer = await api<{ valid: boolean; error?: string; diagnostics?: Diagnostic[] }>("/v2/workflows/validate?diagnostics=true", { method: "POST", text, signal: abort.signal });
        set((old) => ({ ...old, valid: answer.valid, message: answer.error, diagnostics: answer.diagnostics ?? [], failed: undefined }));
      } catch (failure) {
        if ((failure as Error).name === "AbortError") return;
        set((old) => ({ ...old, valid: undefined, failed: (failure as Error).message }));
        timer = setTimeout(look, AGAIN);
        return;
      }
      try {
        const graph = await api<Graph>("/v2/graphs", { method: "POST", text, signal: abort.signal });
        set((old) => ({ ...old, graph }));
      } catch {
        // A graph that cannot be read: the last one stays.
      }
    };
    timer = setTimeout(look, text.length > LARGE ? LONG_PAUSE : PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, isCompleting]);
  return state;
}

/** Where a place of a text is. */
function offset(text: string, line: number, column: number): number {
  let at = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf("\n", at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at + column - 1;
}

/** What completion knows of the service, and of a task of the run that was chosen as a sample. */
function useKnown(sample: Record<string, unknown> | undefined): Known {
  const actions = useLoad<{ actions: { name: string; input: string }[] }>("/v2/actions?limit=1000&fields=name,input");
  const workflows = useLoad<{ workflows: { name: string }[] }>("/v2/workflows?limit=1000&fields=name");
  const functions = useLoad<{ functions: Known["functions"] }>("/v2/expressions/functions");
  return {
    actions: actions.data?.actions ?? [],
    workflows: workflows.data?.workflows.map((one) => one.name) ?? [],
    functions: functions.data?.functions ?? [],
    sample,
  };
}

interface Sampled {
  run: string;
  context?: Record<string, unknown>;
  task?: string;
}

/** A run whose tasks say what expressions see. */
function useSample(text: string, caret: number): { sampled: Sampled; choose: (run: string) => void; taskId?: string } {
  const [run, choose] = useState("");
  const tasks = useLoad<{ tasks: { id: string; name: string }[] }>(run ? `/v2/executions/${segment(run)}/tasks?limit=1000&fields=id,name` : undefined);
  const parents = parentsOf(text, caret);
  const at = parents.lastIndexOf("tasks");
  const line = text.slice(text.lastIndexOf("\n", caret - 1) + 1).split("\n")[0];
  const name = at >= 0 ? parents[at + 1] ?? /^\s*([\w.-]+):/.exec(line)?.[1] : undefined;
  const task = tasks.data?.tasks.find((one) => one.name === name);
  const context = useLoad<{ context: Record<string, unknown> }>(task && `/v2/tasks/${segment(task.id)}/context`);
  return { sampled: { run, context: context.data?.context, task: task?.name }, choose, taskId: task?.id };
}

/** What fits where the caret is; the text keeps the focus. */
function Offers({ offer, at, place, take }: { offer: Offer; at: number; place: { left: number; top: number }; take: (item: Item) => void }) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: "nearest" }), [at]);
  return (
    <ul ref={list} id="offers" class="offers" role="listbox" aria-label="What fits here" style={{ left: `${place.left}px`, top: `${place.top}px` }}>
      {offer.items.map((item, i) => (
        <li id={`offer-${i}`} role="option" aria-selected={i === at} onPointerDown={(event) => { event.preventDefault(); take(item); }}><strong>{item.text}</strong> <span class="muted">{item.note}</span></li>
      ))}
    </ul>
  );
}

interface Tried {
  result?: unknown;
  error?: string;
  took_us: number;
}

/** What somebody has written and not saved, and what it was written against. */
interface Draft {
  text: string;
  base: string;
  checksum?: string | null;
}

function readDraft(name: string): Draft | undefined {
  try {
    return JSON.parse(tab.get(name) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function Editor({ text: given, namespace, workflow: loaded }: { text: string; namespace?: string; workflow?: Workflow }) {
  const draft = `draft.${loaded?.id ?? "new"}`;
  const [kept] = useState(() => readDraft(draft));
  const [text, setText] = useState(kept?.text ?? given);
  // What the text is written against. Of a draft that is what was there then: whoever has saved since is not overwritten.
  const [workflow, writeAgainst] = useState(() => (kept && loaded ? { ...loaded, definition: kept.base, checksum: kept.checksum ?? undefined } : loaded));
  const [theirs, setTheirs] = useState<Workflow>();
  const first = workflow?.definition ?? given;
  const [error, setError] = useState<ApiError>();
  const [isAsked, ask] = useState(false);
  const rule = workflow ? "workflows:update" : "workflows:create";
  const maySave = useMay(rule);
  const area = useRef<Area>(null);
  const [caret, setCaret] = useState(0);
  const [offer, setOffer] = useState<Offer>();
  const [at, setAt] = useState(0);
  const [tried, setTried] = useState<{ text: string; of?: string; answer: Tried }>();
  const { sampled, choose, taskId } = useSample(text, caret);
  const known = useKnown(sampled.context);
  const found = useDiagnosis(text, offer !== undefined);
  const [selected, select] = useState<string>();
  const keep = (next: string, base: string, checksum?: string | null) => {
    if (next === base) tab.drop(draft);
    else tab.set(draft, JSON.stringify({ text: next, base, checksum }));
  };
  const write = (next: string) => setText(next);
  // Kept a moment later: of a large document that takes longer than a key may; and at once when the page is left.
  const keepNow = useRef<() => void>(undefined);
  const isSaved = useRef(false);
  keepNow.current = () => isSaved.current || keep(text, first, workflow?.checksum);
  useEffect(() => {
    const timer = setTimeout(() => keepNow.current?.(), text.length > LARGE ? LONG_PAUSE : 0);
    return () => clearTimeout(timer);
  }, [text, first]);
  useEffect(() => {
    const leave = () => keepNow.current?.();
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, []);
  const complete = (text: string, place: number, isAsked: boolean) => {
    setCaret(place);
    setOffer(offers(text, place, known, isAsked));
    setAt(0);
  };
  const take = (item: Item) => {
    area.current!.put(offer!.from, area.current!.caret(), item.insert ?? item.text);
    setOffer(undefined);
  };
  const evaluate = async () => {
    const text = area.current!.text();
    const place = expressionAt(text, area.current!.caret());
    if (!place) return;
    const expression = text.slice(place.from, place.to);
    const json = taskId ? { expression, task_execution_id: taskId } : { expression, context: {} };
    try {
      setTried({ text: expression, of: sampled.task, answer: await api<Tried>("/v2/expressions", { method: "POST", json }) });
    } catch (failure) {
      setTried({ text: expression, of: sampled.task, answer: { error: (failure as Error).message, took_us: 0 } });
    }
  };
  const inOffer = (event: KeyboardEvent): boolean => {
    if (!offer) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((at + step + offer.items.length) % offer.items.length);
    else if (event.key === "Enter" || event.key === "Tab") take(offer.items[at]);
    else if (event.key === "Escape") setOffer(undefined);
    else return false;
    event.preventDefault();
    return true;
  };
  const save = async () => {
    const text = area.current!.text();
    const headers = workflow?.checksum ? { "If-Match": `"${workflow.checksum}"` } : undefined;
    let answer: { workflows: Workflow[] };
    try {
      answer = await api(`/v2/workflows${query({ namespace })}`, { method: workflow ? "PUT" : "POST", text, headers });
    } catch (failure) {
      if (!workflow || (failure as ApiError).status !== 412) throw failure;
      return setTheirs(await api<Workflow>(`/v2/workflows/${segment(workflow.id)}`));
    }
    tab.drop(draft);
    isSaved.current = true;
    go(`/workflows/${segment(answer.workflows[0].id)}`);
  };
  const upload = () => save().catch((failure) => setError(failure as ApiError));
  const show = (line: number, column = 1) => area.current?.show(offset(text, line, column));
  const mend = (one: Diagnostic) => {
    const text = area.current!.text();
    const [from, to] = [offset(text, one.line, one.column), offset(text, one.end_line ?? one.line, one.end_column ?? one.column)];
    write(text.slice(0, from) + one.replacement + text.slice(to));
  };
  const keys = (event: KeyboardEvent): boolean => {
    if (inOffer(event)) return true;
    if ((event.metaKey || event.ctrlKey) && event.key === " ") complete(area.current!.text(), area.current!.caret(), true);
    else if ((event.metaKey || event.ctrlKey) && event.key === "e") void evaluate();
    else if ((event.metaKey || event.ctrlKey) && event.key === "s") {
      if (workflow && maySave) ask(true);
      else if (maySave) void upload();
    } else if (event.key === "F8" && found.diagnostics.length) {
      const here = text.slice(0, area.current!.caret()).split("\n").length;
      const next = found.diagnostics.find((one) => one.line > here) ?? found.diagnostics[0];
      show(next.line, next.column);
    } else if ((event.metaKey || event.ctrlKey) && event.key === ".") {
      const one = found.diagnostics.find((one) => one.replacement !== undefined);
      if (one) mend(one);
    } else return false;
    event.preventDefault();
    return true;
  };
  const shown = useMemo(() => found.diagnostics.slice(0, 100), [found.diagnostics]);
  const warnings = found.diagnostics.filter((one) => one.severity !== "error").length;
  return (
    <>
      <div class="title"><h1>{workflow ? `Edit ${workflow.name}` : "Upload workflows"}</h1>
        <span role="status" class={found.valid ? "state-success" : found.failed ? "state-paused" : "state-error"}>{found.failed ? `⚠ Not looked at: ${found.failed} It is tried again.` : found.valid === undefined ? "" : found.valid ? `● The document is valid${warnings ? `, ${warnings} ${warnings === 1 ? "warning" : "warnings"}` : ""}.` : `✖ ${(found.message ?? "not valid").split("\n")[0]}`}</span></div>
      <div class="editing">
        <div class="writing">
          <TextArea area={area} label="Document" value={text} problems={shown} onKey={keys} onInput={(next, place) => { write(next); complete(next, place, false); }} onMove={(place) => { setOffer(undefined); setCaret(place); }} onBlur={() => setOffer(undefined)} active={offer && `offer-${at}`} over={offer && area.current && <Offers offer={offer} at={at} place={area.current.place(offer.from)} take={take} />} />
          {workflow && <Samples name={workflow.name} sampled={sampled} choose={choose} />}
          {tried && (
            <p class="info" role="status"><code>{tried.text}</code> {tried.of ? <span class="muted">as {tried.of} saw it</span> : <span class="muted">with nothing around it</span>}: {tried.answer.error === undefined ? <strong class="state-success">{JSON.stringify(tried.answer.result)}</strong> : <span class="state-error">✖ {tried.answer.error}</span>} <button class="small" onClick={() => setTried(undefined)}>Close</button></p>
          )}
        </div>
        <div>
          {found.graph && <GraphView graph={found.graph} states={NO_STATES} selected={selected} onSelect={(name) => { select(name); const node = found.graph!.nodes.find((one) => one.name === name); if (node?.line) show(node.line); }} />}
          {found.diagnostics.length > 0 && (
            <section class="panel" aria-label="Problems"><h2>Problems</h2><ul class="plain">{shown.map((one) => (
              <li><span class={one.severity === "error" ? "state-error" : "state-paused"}>{one.severity === "error" ? "✖" : "⚠"}</span> <button class="link" onClick={() => show(one.line, one.column)}>{one.line}:{one.column}</button> <Coded text={one.message} /> <span class="muted">{one.code}{one.help && <> · <Coded text={one.help} /></>}</span>
                {one.replacement !== undefined && <> <button class="small" onClick={() => mend(one)}>Mend</button></>}</li>
            ))}</ul></section>
          )}
        </div>
      </div>
      <div class="buttons"><May rule={rule}><button class="primary" onClick={() => (workflow ? ask(true) : upload())}>{workflow ? "Save… (Ctrl S)" : "Upload (Ctrl S)"}</button></May><a class="button" href={href(workflow ? `/workflows/${segment(workflow.id)}` : "/workflows")}>Leave it</a>{text !== first && <button onClick={() => write(first)}>Drop the changes</button>}<span class="muted">Ctrl Space what fits · Ctrl F find · Ctrl E try the expression · F8 next problem · Ctrl . mend · Esc Tab leaves the text</span></div>
      {error && <Failure error={error} />}
      {theirs && workflow && <Conflict name={workflow.name} base={workflow.definition} mine={text} theirs={theirs.definition} at={theirs.updated_at ?? theirs.created_at} close={() => setTheirs(undefined)} take={(next) => { writeAgainst(theirs); setTheirs(undefined); setText(next); keep(next, theirs.definition, theirs.checksum); }} />}
      {isAsked && workflow && <Confirm title={`Save ${workflow.name}?`} label="Save as a new version" act={save} close={() => ask(false)}><Diff title="What changes" left={workflow.definition} right={text} /><p class="muted">Runs that have begun go on with what they began with.</p></Confirm>}
    </>
  );
}

/** Runs of the workflow; what tasks of the chosen one have seen is offered, and expressions are tried on it. */
function Samples({ name, sampled, choose }: { name: string; sampled: Sampled; choose: (run: string) => void }) {
  const runs = useLoad<{ executions: { id: string; state: string; created_at: string }[] }>(`/v2/executions${query({ workflow_name: name, limit: 10, sort_keys: "created_at", sort_dirs: "desc", fields: "id,state,created_at" })}`);
  if (!runs.data?.executions.length) return null;
  return (
    <p class="facts"><label>Sample <select value={sampled.run} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">no run</option>{runs.data.executions.map((one) => <option value={one.id}>{one.state} {one.created_at}</option>)}
    </select></label> {sampled.run && (sampled.task ? <>what <strong>{sampled.task}</strong> saw is offered, and expressions are tried on it</> : "put the caret into a task that has run")}</p>
  );
}
