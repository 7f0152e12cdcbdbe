// The frame: navigation, settings, keys, and the page that the address names.
import { Component, render, type ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { go, href, usePlace } from "./shell/router";
import { chooseTheme, chooseZone, theme, zone } from "./shell/settings";
import { useLost } from "./shell/link";
import { Dialog, Empty } from "./parts/views";
import { showTime } from "./parts/format";
import { Executions } from "./pages/Executions";
import { Execution } from "./pages/Execution";
import { EditWorkflow, WorkflowPage, Workflows } from "./pages/Workflows";
import { Actions, Environments, Triggers } from "./pages/Others";

const PAGES = [
  ["executions", "Executions", "e"],
  ["workflows", "Workflows", "w"],
  ["actions", "Actions", "a"],
  ["triggers", "Triggers", "t"],
  ["environments", "Environments", "v"],
] as const;

const KEYS = [
  ["g e, g w, g a, g t, g v", "go to a page"],
  ["/", "filter"],
  ["j k", "next and previous row; Enter opens"],
  ["t", "local time or UTC"],
  ["y", "copy the link to this view"],
  ["f + −", "graph: fit, zoom"],
  ["arrows, n N", "graph: along the edges, failed tasks"],
  ["?", "these keys"],
];

/** Longest time between the two keys of a pair, milliseconds. */
const PAIR = 1000;

function useKeys(help: () => void) {
  const before = useRef(0);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest("input, textarea, select, dialog")) return;
      const isPair = Date.now() - before.current < PAIR;
      before.current = event.key === "g" ? Date.now() : 0;
      const page = isPair && PAGES.find(([, , letter]) => letter === event.key);
      if (page) go(`/${page[0]}`);
      else if (event.key === "/") document.querySelector<HTMLInputElement>("[data-filter]")?.focus();
      else if (event.key === "?") help();
      else if (event.key === "t") chooseZone(zone.get() === "UTC" ? "local" : "UTC");
      else if (event.key === "y") void navigator.clipboard?.writeText(location.href);
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);
}

function Page() {
  const { path } = usePlace();
  const [page, id, more] = path;
  if (page === undefined || (page === "executions" && id === undefined)) return <Executions />;
  if (page === "executions" && more === undefined) return <Execution key={id} id={id} />;
  if (page === "workflows" && id === undefined) return <Workflows />;
  if (page === "workflows" && more === undefined) return <WorkflowPage key={id} id={id} />;
  if (page === "workflows" && more === "edit") return <EditWorkflow key={id} id={id} />;
  if (page === "actions" && id === undefined) return <Actions />;
  if (page === "triggers" && id === undefined) return <Triggers />;
  if (page === "environments" && id === undefined) return <Environments />;
  return <Empty><h1>There is no such page</h1><p><a href={href("/executions")}>Go to the executions</a></p></Empty>;
}

/** A defect in one page does not take the frame with it. */
class Fence extends Component<{ children: ComponentChildren }, { error?: Error }> {
  state: { error?: Error } = {};
  componentDidCatch(error: Error) {
    this.setState({ error });
  }
  render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <div class="failure" role="alert"><p><strong>This page has failed.</strong> {error.message}</p><button onClick={() => location.reload()}>Load it again</button></div>;
  }
}

function App() {
  const place = usePlace();
  const lost = useLost();
  const [helps, setHelps] = useState(false);
  const [shownTheme, shownZone] = [theme.use(), zone.use()];
  useKeys(() => setHelps(true));
  const current = place.path[0] ?? "executions";
  useEffect(() => {
    document.title = `${place.path[1] ?? PAGES.find(([name]) => name === current)?.[1] ?? "Mistral"} – Mistral`;
  });
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>To the content</a>
      <header>
        <strong class="brand">Mistral</strong>
        <nav aria-label="Pages">{PAGES.map(([name, label]) => <a href={href(`/${name}`)} aria-current={current === name ? "page" : undefined}>{label}</a>)}</nav>
        <span class="settings">
          <span role="status" class={lost === undefined ? "state-success" : "state-error"}>{lost === undefined ? "● connected" : `✖ no answer since ${showTime(lost)}`}</span>
          <label><span class="hidden">Time zone</span><select value={shownZone} onChange={(event) => chooseZone(event.currentTarget.value)}><option value="local">local time</option><option>UTC</option></select></label>
          <label><span class="hidden">Theme</span><select value={shownTheme} onChange={(event) => chooseTheme(event.currentTarget.value)}><option value="system">system</option><option>light</option><option>dark</option></select></label>
          <button onClick={() => setHelps(true)} aria-label="Keys">?</button>
        </span>
      </header>
      <main id="main" tabIndex={-1}><Fence key={place.path.join("/")}><Page /></Fence></main>
      {helps && (
        <Dialog title="Keys" close={() => setHelps(false)}>
          <dl class="keys">{KEYS.map(([keys, what]) => <div><dt><kbd>{keys}</kbd></dt><dd>{what}</dd></div>)}</dl>
          <div class="buttons"><button onClick={() => setHelps(false)}>Close</button></div>
        </Dialog>
      )}
    </>
  );
}

render(<App />, document.getElementById("app")!);
