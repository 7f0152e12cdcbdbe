// The frame: navigation, settings, keys, and the page that the address names.
import { Component, render, type ComponentChildren, type ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { SERVICE } from "./shell/build";
import { below, go, href, settle, usePlace } from "./shell/router";
import { chooseKeys, chooseTheme, chooseZone, singleKeys, theme, zone, zones } from "./shell/settings";
import { paused, useLost } from "./shell/link";
import { Palette } from "./shell/Palette";
import { visit } from "./shell/visited";
import { SignIn } from "./shell/SignIn";
import { api, asksWho, projects, signIn, token, type Project } from "./data/client";
import { liveState } from "./data/live";
import { useLoad } from "./data/load";
import { readSnapshot, snapshot } from "./data/snapshot";
import { Dialog, Empty } from "./parts/views";
import { showTime } from "./parts/format";
import { me, type Me } from "./parts/May";
import { Executions } from "./pages/Executions";

const PAGES = [
  ["overview", "Overview", "o"],
  ["executions", "Executions", "e"],
  ["workflows", "Workflows", "w"],
  ["actions", "Actions", "a"],
  ["triggers", "Triggers", "t"],
  ["environments", "Environments", "v"],
  ["cluster", "Cluster", "c"],
] as const;

/** Pages that are no entry of their own, by the entry they belong to. */
const UNDER: Record<string, string> = { compare: "executions", bulk: "executions", file: "executions", code: "actions" };

const KEYS = [
  ["Ctrl K", "find anything, go anywhere"],
  ["g o, g e, g w, g a, g t, g v, g c", "go to a page"],
  ["/", "filter"],
  ["j k x", "next and previous row, choose it; Enter opens"],
  ["[ ] =", "newer and older page; compare two chosen ones"],
  ["l", "live on and off: changes are shown as they come, or not before you want it"],
  ["t", "local time or UTC"],
  ["y", "copy the link to this view"],
  ["f 0 + −", "graph: all of it, its own size, zoom"],
  ["arrows, n N", "graph: along the edges, failed tasks"],
  ["h c e", "graph: dim what has succeeded, the critical path, open all of a large one"],
  ["Ctrl S, F8, Ctrl .", "editor: save, next problem, mend it"],
  ["?", "these keys"],
];

/** Those of the page that is shown, with what they press. */
const keysOfPage = (): [string, string][] => pageKeys().map((one) => {
  const words = (one.getAttribute("aria-label") ?? one.textContent ?? "").replace(/…$/, "");
  return [one.getAttribute("aria-keyshortcuts")!, words.charAt(0).toLowerCase() + words.slice(1)];
});

function Keys({ of, title }: { of: readonly (readonly string[])[]; title: string }) {
  if (!of.length) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl class="keys">{of.map(([keys, what]) => <div><dt>{keys.split(", ").map((one) => <><kbd>{one}</kbd> </>)}</dt><dd>{what}</dd></div>)}</dl>
    </section>
  );
}

/** Longest time between the two keys of a pair, milliseconds. */
const PAIR = 1000;

/** Keys of what this page shows: whatever names one is pressed, or gets the focus where there is nothing to press. */
const pageKeys = () => [...document.querySelectorAll<HTMLElement>("main [aria-keyshortcuts]")];

function press(key: string): boolean {
  const found = pageKeys().find((one) => one.getAttribute("aria-keyshortcuts") === key);
  if (!found) return false;
  if (found.matches("a, button")) found.click();
  else (found.matches("[role=group]") ? found.querySelector<HTMLElement>("button:enabled, select, a") : found)?.focus();
  return true;
}

/** Whether somebody types: what is in a shadow root is not the event's target out here. */
const isTyped = (event: Event) => (event.composedPath()[0] as Element).closest("input, textarea, select, dialog, [contenteditable]") !== null || (event.target as Element).closest("dialog") !== null;

function useKeys(help: () => void, find: () => void) {
  const before = useRef(0);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "k") {
        find();
        return event.preventDefault();
      }
      if (!singleKeys.get()) return;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyped(event)) return;
      const isPair = Date.now() - before.current < PAIR;
      before.current = event.key === "g" ? Date.now() : 0;
      const page = isPair && PAGES.find(([, , letter]) => letter === event.key);
      if (page) go(`/${page[0]}`);
      else if (event.key === "/") document.querySelector<HTMLInputElement>("[data-filter]")?.focus();
      else if (event.key === "?") help();
      else if (event.key === "l") paused.set(!paused.get());
      else if (event.key === "t") chooseZone(zone.get() === "UTC" ? "local" : "UTC");
      else if (event.key === "y") {
        settle();
        void navigator.clipboard?.writeText(location.href);
      }
      else if (!press(event.key)) return;
      event.preventDefault();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);
}

/** Notes what is looked at, for the palette to offer again: by its heading, which has come a moment later. */
function useVisited(path: string[]) {
  const of = path.slice(0, 2).join("/");
  useEffect(() => {
    if (path.length < 2 || path[1] === "new" || snapshot.get()) return;
    const to = `/${path.slice(0, 2).map(encodeURIComponent).join("/")}`;
    // When it is left, the heading is that of the next page.
    let name = "";
    const timer = setTimeout(() => visit(to, (name = document.querySelector("main h1")?.textContent ?? path[1])), 1500);
    return () => {
      clearTimeout(timer);
      if (!name) visit(to, path[1]);
    };
  }, [of]);
}

/** A page whose code comes when it is opened. */
function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let made: ComponentType<P> | undefined;
  let failed: Error | undefined;
  return function Lazy(props: P) {
    const [, show] = useState(0);
    useEffect(() => {
      if (!made) load().then((page) => (made = page), (error) => (failed = error)).then(() => show((n) => n + 1));
    }, []);
    if (made) {
      const Page = made;
      return <Page {...props} />;
    }
    if (failed) return <Empty><h1>The console was updated</h1><p>This page's code is not there any more.</p><button class="primary" onClick={() => location.reload()}>Load it again</button></Empty>;
    return <div class="skeleton" role="status" aria-label="Loading"><i /><i /><i /></div>;
  };
}

const Execution = lazy(() => import("./pages/Execution").then((m) => m.Execution));
const Workflows = lazy(() => import("./pages/Workflows").then((m) => m.Workflows));
const WorkflowPage = lazy(() => import("./pages/Workflows").then((m) => m.WorkflowPage));
const EditWorkflow = lazy(() => import("./pages/Editor").then((m) => m.EditWorkflow));
const Actions = lazy(() => import("./pages/Actions").then((m) => m.Actions));
const Code = lazy(() => import("./pages/Actions").then((m) => m.Code));
const Triggers = lazy(() => import("./pages/Triggers").then((m) => m.Triggers));
const Environments = lazy(() => import("./pages/Environments").then((m) => m.Environments));
const Overview = lazy(() => import("./pages/Overview").then((m) => m.Overview));
const Cluster = lazy(() => import("./pages/Cluster").then((m) => m.Cluster));
const Compare = lazy(() => import("./pages/Compare").then((m) => m.Compare));
const BulkList = lazy(() => import("./pages/Bulk").then((m) => m.BulkList));
const BulkPage = lazy(() => import("./pages/Bulk").then((m) => m.BulkPage));

function Page() {
  const { path } = usePlace();
  const [page, id, more] = path;
  if (page === "executions" && id === undefined) return <Executions />;
  if (page === undefined || (page === "overview" && id === undefined)) return <Overview />;
  if (page === "executions" && more === undefined) return <Execution key={id} id={id} />;
  if (page === "workflows" && id === undefined) return <Workflows />;
  if (page === "workflows" && more === undefined) return <WorkflowPage key={id} id={id} />;
  if (page === "workflows" && more === "edit") return <EditWorkflow key={id} id={id} />;
  if (page === "actions" && id === undefined) return <Actions />;
  if (page === "code" && id === undefined) return <Code />;
  if (page === "triggers" && id === undefined) return <Triggers />;
  if (page === "environments" && id === undefined) return <Environments />;
  if (page === "cluster" && id === undefined) return <Cluster />;
  if (page === "compare" && id === undefined) return <Compare />;
  if (page === "bulk" && id === undefined) return <BulkList />;
  if (page === "bulk" && more === undefined) return <BulkPage key={id} id={id} />;
  if (page === "file") return <OpenFile />;
  return <Empty><h1>There is no such page</h1><p>Go to the <a href={href("/overview")}>overview</a> or to the <a href={href("/executions")}>executions</a>.</p></Empty>;
}

/** Opens a run that somebody has saved. */
function OpenFile() {
  const [error, setError] = useState("");
  const read = async (file: File | undefined) => {
    if (!file) return;
    try {
      const made = readSnapshot(file.name, await file.text());
      snapshot.set(made);
      go(`/executions/${encodeURIComponent(made.execution)}`);
    } catch (failure) {
      setError(`${file.name} cannot be read: ${failure}`);
    }
  };
  return (
    <Empty>
      <h1>Open a saved run</h1>
      <p>A file that “Save as file” on the page of an execution has made. It is read here and sent nowhere.</p>
      <p><label>File <input type="file" accept=".ndjson,application/x-ndjson" onChange={(event) => read(event.currentTarget.files?.[0])} /></label></p>
      {error && <p class="state-error" role="alert">✖ {error}</p>}
    </Empty>
  );
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

/** What is unusual about the service or this view. */
function Banners() {
  const file = snapshot.use();
  const isAsked = asksWho.use();
  const given = token.use();
  const mode = useLoad<{ status: string }>(file ? undefined : "/maintenance", 15_000);
  const status = mode.data?.status;
  const who = useLoad<Me>(file ? undefined : "/v2/identity", 60_000);
  const known = me.use();
  useEffect(() => me.set(who.error?.status === 401 ? undefined : who.data), [who.data, who.error]);
  return (
    <>
      {known?.read_only && <p class="banner quiet">Read-only: this console shows everything and changes nothing.</p>}
      {file && <p class="banner" role="status">Snapshot of {file.execution}, taken {showTime(file.taken)}{file.truncated ? "; the file does not hold all of it" : ""}. <button class="small" onClick={() => { snapshot.set(undefined); go("/executions"); }}>Close the file</button></p>}
      {status && status !== "RUNNING" && <p class="banner" role="status">‖ The service is {status}: nothing can be changed until it is <a href={href("/cluster")}>resumed</a>.</p>}
      {isAsked && !file && <SignIn hasFailed={!!given} />}
      {!isAsked && !given && !file && mode.data && <p class="banner quiet">No authentication: whoever reaches this service may do everything.</p>}
    </>
  );
}

/** Who is there, where the service asks for it. */
function Who() {
  const who = me.use();
  const [known, given] = [projects.use(), token.use()];
  if (!who?.is_authenticated || !given) return null;
  const change = async (project: string) => {
    const made = await api<{ token: string; projects: Project[] }>("/console/session", { method: "PUT", json: { project }, headers: { "X-Auth-Token": given } });
    signIn(made.token, made.projects);
  };
  const leave = async () => {
    signIn(undefined);
    // Without a service that takes tokens back it is good until it ends.
    await api("/console/session", { method: "DELETE", headers: { "X-Auth-Token": given } }).catch(() => undefined);
  };
  return (
    <>
      <span class="muted" title={`user ${who.user_id}, project ${who.project_id}`}>{who.user_name ?? who.user_id} · {who.project_name ?? who.project_id}</span>
      {known.length > 1 && <select aria-label="Project" value={who.project_id ?? ""} onChange={(event) => change(event.currentTarget.value).catch(() => asksWho.set(true))}>{known.map((one) => <option value={one.id}>{one.name}</option>)}</select>}
      <button onClick={leave}>Sign out</button>
    </>
  );
}

/** The same page of a console elsewhere. */
function Regions() {
  const regions = me.use()?.regions ?? [];
  if (!regions.length) return null;
  const here = regions.find((one) => one.url === SERVICE)?.name;
  const leave = (url: string) => url && location.assign(`${url}/console${below()}`);
  return <select aria-label="Region" value={here ?? ""} onChange={(event) => leave(regions.find((one) => one.name === event.currentTarget.value)?.url ?? "")}>{here === undefined && <option value="">this region</option>}{regions.map((one) => <option>{one.name}</option>)}</select>;
}

/** The four hundred zones come after the page: they cost as much as all the rest of the frame. */
const ZONES_AFTER = 300;

function Zone() {
  const shown = zone.use();
  const [names, fill] = useState<string[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => fill(zones()), ZONES_AFTER);
    return () => clearTimeout(timer);
  }, []);
  const isOwn = shown !== "local" && shown !== "UTC" && !names.includes(shown);
  return (
    <select class="zone" aria-label="Time zone" value={shown} onChange={(event) => chooseZone(event.currentTarget.value)}>
      <option value="local">local time</option>
      <option>UTC</option>
      {isOwn && <option>{shown}</option>}
      {names.map((name) => <option>{name}</option>)}
    </select>
  );
}

const DOTS: Record<string, [string, string]> = {
  live: ["state-success", "● live"],
  lost: ["state-paused", "◐ asking"],
  idle: ["state-success", "● online"],
};

const PAUSED: [string, string] = ["state-paused", "‖ paused"];

function App() {
  const place = usePlace();
  const lost = useLost();
  const [helps, setHelps] = useState(false);
  const [finds, setFinds] = useState(false);
  const [shownTheme, live, keys, isPaused] = [theme.use(), liveState.use(), singleKeys.use(), paused.use()];
  useKeys(() => setHelps(true), () => setFinds(true));
  const first = place.path[0] ?? "overview";
  const current = UNDER[first] ?? first;
  useVisited(place.path);
  useEffect(() => {
    document.title = `${place.path[1] ?? PAGES.find(([name]) => name === current)?.[1] ?? "Mistral"} – Mistral`;
  });
  // What had the focus has gone with the page before: the next one has it, not the top of all.
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current && document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [place.path.join("/")]);
  // On narrow screens the pages scroll sideways.
  useEffect(() => document.querySelector("nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" }), [current]);
  const [colour, words] = lost !== undefined ? ["state-error", `✖ no answer since ${showTime(lost)}`] : isPaused ? PAUSED : DOTS[live];
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>To the content</a>
      <header>
        <strong class="brand">Mistral</strong>
        <nav aria-label="Pages">{PAGES.map(([name, label]) => <a href={href(`/${name}`)} aria-current={current === name ? "page" : undefined}>{label}</a>)}</nav>
        <span class="settings">
          <button onClick={() => setFinds(true)}>Find… <kbd>Ctrl K</kbd></button>
          <span role="status" class={colour}><button class="dot-button" aria-pressed={!isPaused} title={isPaused ? "Go on showing changes (l)" : "Show no changes for now (l)"} onClick={() => paused.set(!isPaused)}>{words}</button></span>
          <Regions />
          <Zone />
          <select aria-label="Theme" value={shownTheme} onChange={(event) => chooseTheme(event.currentTarget.value)}><option value="system">system</option><option>light</option><option>dark</option></select>
          <button onClick={() => setHelps(true)} aria-label="Keys">?</button>
          <Who />
        </span>
      </header>
      <Banners />
      <main id="main" tabIndex={-1}><Fence key={place.path.join("/")}><Page /></Fence></main>
      {finds && <Palette pages={PAGES} close={() => setFinds(false)} />}
      {helps && (
        <Dialog title="Keys" close={() => setHelps(false)}>
          <p><label><input type="checkbox" checked={keys} onChange={(event) => chooseKeys(event.currentTarget.checked)} /> single keys act; with Ctrl they always do</label></p>
          <Keys title="On this page" of={keysOfPage()} />
          <Keys title="Everywhere" of={KEYS} />
          <p><a href={href("/file")} onClick={() => setHelps(false)}>Open a saved run</a> · <a href={href("/bulk")} onClick={() => setHelps(false)}>Bulk operations</a></p>
          <div class="buttons"><button onClick={() => setHelps(false)}>Close</button></div>
        </Dialog>
      )}
    </>
  );
}

// The frame that stands in the page, so that something is seen before this script has come, gives way.
const root = document.getElementById("app")!;
root.textContent = "";
render(<App />, root);
