// Finds things by a few characters, and goes to pages.
import { useEffect, useState } from "preact/hooks";
import { api, segment } from "../data/client";
import { Dialog, State } from "../parts/views";
import { go } from "./router";
import { visited } from "./visited";

interface Hit {
  type: string;
  id: string;
  name: string;
  state: string | null;
  matched: string;
}

interface Entry {
  words: string;
  note: string;
  state?: string | null;
  to: string;
}

const PLACES: Record<string, (hit: Hit) => string> = {
  execution: (hit) => `/executions/${segment(hit.id)}`,
  workflow: (hit) => `/workflows/${segment(hit.id)}`,
  action: (hit) => `/actions?name=${segment(hit.name)}`,
  environment: (hit) => `/environments?name=${segment(hit.name)}`,
  cron_trigger: (hit) => `/triggers?name=${segment(hit.name)}`,
  event_trigger: () => "/triggers",
  code_source: (hit) => `/code?name=${segment(hit.name)}`,
};

/** A task leads to its run. */
async function placeOf(hit: Hit): Promise<string | undefined> {
  if (hit.type === "task") {
    const task = await api<{ workflow_execution_id: string; name: string }>(`/v2/tasks/${segment(hit.id)}?fields=workflow_execution_id,name`);
    return `/executions/${segment(task.workflow_execution_id)}?view=tasks&task=${segment(task.name)}&run=${segment(hit.id)}`;
  }
  if (hit.type === "action_execution") {
    const action = await api<{ task_execution_id: string | null }>(`/v2/action_executions/${segment(hit.id)}`);
    return action.task_execution_id ? placeOf({ ...hit, type: "task", id: action.task_execution_id }) : undefined;
  }
  return PLACES[hit.type]?.(hit);
}

export function Palette({ pages, close }: { pages: readonly (readonly [string, string, string])[]; close: () => void }) {
  const [text, setText] = useState("");
  const [hits, setHits] = useState<Hit[]>([]);
  const [isPartial, setPartial] = useState(false);
  const [at, setAt] = useState(0);
  useEffect(() => {
    setAt(0);
    if (text.trim().length < 2) return setHits([]);
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api<{ results: Hit[]; partial: boolean }>(`/v2/search?q=${segment(text.trim())}`, { signal: abort.signal }).then((found) => {
        // Who has gone down the list already stays where he is, though there is more before it now.
        const [before, now] = [hits, found.results].map((all) => all.filter((hit) => hit.type !== "workbook").length);
        setAt((at) => (at >= before && at > 0 ? at + now - before : 0));
        setHits(found.results);
        setPartial(found.partial);
      }, () => undefined);
    }, 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  const commands: Entry[] = [
    ...pages.map(([name, label, key]) => ({ words: label, note: `g ${key}`, to: `/${name}` })),
    { words: "Upload workflows", note: "", to: "/workflows/new/edit" },
    { words: "Bulk operations", note: "", to: "/bulk" },
    { words: "Open a saved run", note: "", to: "/file" },
    { words: "Failed executions", note: "", to: "/executions?state=ERROR" },
    { words: "Running executions", note: "", to: "/executions?state=RUNNING" },
    ...visited().map(({ to, name }) => ({ words: name, note: `seen last · ${decodeURIComponent(to.split("/")[2]).slice(0, 36)}`, to })),
  ].filter((one) => one.words.toLowerCase().includes(text.trim().toLowerCase()));
  const found = hits.filter((hit) => hit.type !== "workbook");
  // What is found is not offered once more as seen.
  const places = new Set(found.flatMap((hit) => [PLACES[hit.type]?.(hit), hit.type === "workflow" ? `/workflows/${segment(hit.name)}` : undefined]));
  const entries: (Entry | Hit)[] = [...found, ...commands.filter((one) => !places.has(one.to))];
  const choose = async (entry: Entry | Hit | undefined) => {
    if (!entry) return;
    const to = "to" in entry ? entry.to : await placeOf(entry);
    if (!to) return;
    close();
    go(to);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(entries.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter") void choose(entries[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Find" close={close}>
      <input class="find" role="combobox" aria-expanded="true" aria-controls="found" aria-activedescendant={entries.length ? `found-${at}` : undefined} aria-label="Id, name, tag, description, or page" placeholder="id, name, tag, description, or page" value={text} onInput={(event) => setText(event.currentTarget.value)} onKeyDown={keys} />
      <ul class="plain found" id="found" role="listbox" aria-label="Found">
        {entries.slice(0, 40).map((entry, i) => (
          <li id={`found-${i}`} role="option" aria-selected={i === at} onClick={() => choose(entry)} onPointerMove={() => setAt(i)}>
            {"to" in entry ? <>{entry.words} <span class="muted">{entry.note}</span></> : <>{entry.state && <State state={entry.state} short />} {entry.name} <span class="muted">{entry.type.replace("_", " ")} · {entry.matched}</span> <code>{entry.id.slice(0, 36)}</code></>}
          </li>
        ))}
      </ul>
      {!entries.length && <p class="muted">Nothing found.</p>}
      {isPartial && hits.length > 0 && <p class="muted">There may be more: the search was cut short.</p>}
    </Dialog>
  );
}
