// The graph of a definition with the states of one run, on a canvas. Everything it shows is in the list of tasks too, and the
// panel beside it leads along the edges by keyboard.
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { HEIGHT, WIDTH, type Layout } from "./layout";
import { blit, drawing, numbers, put, RANKS, type Scene, type View, type Wish } from "./draw";
import { GROUPED, grouped, single, type Grouping } from "./group";
import { Painter } from "./painter";
import { asSvg } from "./svg";
import { count, lookOf } from "../parts/format";
import { script } from "../shell/build";
import { theme } from "../shell/settings";

export interface Node {
  name: string;
  kind: string;
  calls: string;
  join: string | number | null;
  with_items: boolean;
  start: boolean;
  line: number | null;
  concurrency?: number | string | null;
  policies: Record<string, unknown>;
}

export interface Edge {
  from: number;
  to: number;
  on: string;
  condition: string | null;
}

export interface Graph {
  spec_hash: string;
  name: string;
  kind: string;
  nodes: Node[];
  edges: Edge[];
  truncated: boolean;
}

/** What a run has made of a task. */
export interface NodeState {
  state: string;
  runs: number;
  note: string;
  /** How much of it is done, of a task with items: 0 to 1. */
  part?: number;
}

const COMMANDS: Record<number, string> = { [-1]: "noop", [-2]: "fail", [-3]: "succeed", [-4]: "pause" };

/** What has been laid out, and grouped, as long as the graph is there: who comes back to it finds it. */
const layouts = new WeakMap<Graph, Layout>();
const groupings = new WeakMap<Graph, { apart: string; made: Grouping }>();

function useLayout(graph: Graph | undefined): Layout | undefined {
  const [made, set] = useState<{ of: Graph; layout: Layout }>();
  const known = graph && layouts.get(graph);
  useEffect(() => {
    if (!graph || layouts.has(graph)) return;
    const drawn = graph.edges.filter((edge) => edge.to >= 0);
    const worker = new Worker(script("layout.js"), { type: "module" });
    worker.onmessage = (event: MessageEvent<Layout>) => {
      layouts.set(graph, event.data);
      set({ of: graph, layout: event.data });
      worker.terminate();
    };
    worker.postMessage({
      count: graph.nodes.length,
      from: Int32Array.from(drawn, (edge) => edge.from),
      to: Int32Array.from(drawn, (edge) => edge.to),
    });
    return () => worker.terminate();
  }, [graph]);
  return known ?? (made?.of === graph ? made?.layout : undefined);
}

const APART = ["ERROR", "RUNNING", "PAUSED", "DELAYED"];

/** Twins and chains as one node, but for what is open or has failed. */
function groupingOf(graph: Graph, states: Map<string, NodeState>): Grouping {
  const isApart = (name: string) => APART.includes(states.get(name)?.state ?? "");
  const apart = graph.nodes.filter((node) => isApart(node.name)).map((node) => node.name).join("\n");
  const known = groupings.get(graph);
  if (known?.apart === apart) return known.made;
  const made = grouped(graph, isApart);
  groupings.set(graph, { apart, made });
  return made;
}

interface Props {
  graph: Graph;
  states: Map<string, NodeState>;
  /** Whether the states are there: what is apart from a group follows from them. */
  isReady?: boolean;
  /** Tasks on the critical path. */
  critical?: Set<string>;
  /** Whether what has succeeded is dimmed. */
  dims?: boolean;
  dim?: (dims: boolean) => void;
  selected?: string;
  onSelect: (name: string | undefined) => void;
  /** More to choose from, beside what the graph has. */
  tools?: ComponentChildren;
}

/** What is shown of a graph: grouped, if it is large, until the reader opens it. Changes of states regroup nothing. */
function useGrouping(graph: Graph, states: Map<string, NodeState>, isReady: boolean): { shown?: Grouping; isGrouped: boolean; toggle: () => void } {
  const [isGrouped, group] = useState(graph.nodes.length > GROUPED);
  const canBe = isReady || !isGrouped;
  const shown = useMemo(() => {
    if (!canBe) return undefined;
    return isGrouped ? groupingOf(graph, states) : single(graph);
  }, [graph.spec_hash, graph.nodes.length, isGrouped, canBe]);
  return { shown, isGrouped, toggle: () => group(!isGrouped) };
}

export function GraphView({ graph, states, isReady = true, critical, dims: hidesDone = false, dim, selected, onSelect, tools }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useRef<HTMLDivElement>(null);
  const { shown, isGrouped, toggle } = useGrouping(graph, states, isReady);
  const layout = useLayout(shown?.graph);
  const view = useRef<View | undefined>(undefined);
  /** What is looked at: how it began, all of it, or what the reader has moved it to. */
  const shows = useRef<"first" | "all" | "moved">("first");
  const frame = useRef(0);
  const look = theme.use();
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [group, openGroup] = useState<number>();
  const scene = useMemo<Scene | undefined>(() => (shown && layout ? { ...shown, layout, all: graph, states, hidesDone, critical, edges: shown.graph.edges.filter((edge) => edge.to >= 0) } : undefined), [shown, layout, states, hidesDone, critical]);
  const chosen = selected === undefined ? -1 : graph.nodes.findIndex((node) => node.name === selected);
  const marked = shown && chosen >= 0 ? shown.shownAs[chosen] : group ?? -1;
  const isLarge = (shown?.graph.nodes.length ?? 0) > MANY;

  useEffect(() => {
    const element = stage.current!;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  /** Pictures of a large graph: of what is seen; and of all of it, coarse. */
  const sharp = useRef<Painter>(undefined);
  const coarse = useRef<Painter>(undefined);
  sharp.current ??= new Painter(() => canvas.current!, ({ picture }, wish) => {
    put(canvas.current!, picture);
    painted(wish);
  });
  coarse.current ??= new Painter(() => canvas.current!, ({ picture, view: at }, { scene }) => {
    canvas.current!.dataset.whole = "1";
    const small = map.current?.previousElementSibling as HTMLCanvasElement | null;
    const ratio = devicePixelRatio || 1;
    const [width, height] = [scene.layout.width * at.scale * ratio, scene.layout.height * at.scale * ratio];
    small?.getContext("2d")!.drawImage(picture, at.x * ratio, at.y * ratio, width, height, 0, 0, small.width, small.height);
  });
  useEffect(() => () => {
    cancelAnimationFrame(frame.current);
    clearTimeout(settled.current);
    sharp.current!.stop();
    coarse.current!.stop();
  }, []);
  /** Runs out when a gesture has come to rest; 0: nothing moves. */
  const settled = useRef(0);
  /** When all of it was drawn last. */
  const drawn = useRef(0);
  const painted = ({ scene }: Wish) => void (canvas.current!.dataset.painted = String(scene.graph.nodes.length));
  const point = () => {
    if (map.current && layout && view.current) frameOf(map.current, view.current, layout, size);
  };
  /** Moves finished pictures. */
  const move = () => {
    blit(canvas.current!, size, view.current!, [coarse.current!.made, sharp.current!.made].filter((one) => one !== undefined));
    point();
  };
  const whole = () => {
    const to = canvas.current;
    if (!to || !scene || !size.width) return;
    // The room that there is changes, at first because it follows the graph: what the reader has not moved fits it again.
    const all = fit(scene.layout, size);
    if (shows.current === "all") view.current = all;
    else if (shows.current === "first" || !view.current) view.current = readable(all, scene.layout, size, scene.graph.nodes.length);
    const wish: Wish = { scene, view: { ...view.current }, marked, size, look };
    if (!isLarge) {
      for (const _ of drawing(to, wish, to));
      painted(wish);
    } else if (!sharp.current!.want(wish) && sharp.current!.made) return move();
    point();
  };
  const paint = (moving = false) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      // What changes during a gesture is drawn after it.
      if (!isLarge || !sharp.current!.made || (!moving && !settled.current)) return whole();
      sharp.current!.stop();
      move();
      if (!moving) return;
      clearTimeout(settled.current);
      settled.current = window.setTimeout(() => {
        settled.current = 0;
        paint();
      }, SETTLE);
    });
  };
  // The picture of all of it comes after the first one that is seen.
  useEffect(() => {
    const painter = coarse.current!;
    if (!scene || !size.width || !isLarge) {
      sharp.current!.forget();
      return painter.forget();
    }
    // While a run goes on it follows now and then only: it is seen blurred, and small.
    const of = painter.made?.wish;
    const isSame = of?.scene.layout === scene.layout && of.look === look;
    if (of && !isSame) painter.forget();
    const wait = isSame ? Math.max(SETTLE, drawn.current + SELDOM - performance.now()) : SETTLE;
    const timer = setTimeout(() => {
      drawn.current = performance.now();
      const box = { width: COARSE, height: Math.max(1, Math.round(COARSE * Math.min(4, scene.layout.height / scene.layout.width))) };
      painter.want({ scene, view: fit(scene.layout, box), marked: -1, size: box, look });
    }, wait);
    return () => clearTimeout(timer);
  }, [scene, size, look]);
  useEffect(() => paint(), [scene, size, look, marked]);
  useEffect(() => {
    view.current = undefined;
    shows.current = "first";
    openGroup(undefined);
  }, [graph.spec_hash, isGrouped]);

  const at = (event: MouseEvent) => {
    const box = stage.current!.getBoundingClientRect();
    return [event.clientX - box.left - stage.current!.clientLeft, event.clientY - box.top - stage.current!.clientTop] as const;
  };
  // The wheel must not scroll the page, which only a listener that is not passive can prevent.
  useEffect(() => {
    const element = stage.current!;
    const wheel = (event: WheelEvent) => {
      if (!view.current) return;
      event.preventDefault();
      shows.current = "moved";
      zoom(view.current, Math.exp(-event.deltaY / 400), ...at(event));
      paint(true);
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  });

  const drag = useRef<{ x: number; y: number; moved: boolean } | undefined>(undefined);
  const down = (event: PointerEvent) => {
    const [x, y] = at(event);
    drag.current = { x, y, moved: false };
    stage.current!.setPointerCapture(event.pointerId);
  };
  const pull = (event: PointerEvent) => {
    if (!drag.current || !view.current) return;
    const [x, y] = at(event);
    const [dx, dy] = [x - drag.current.x, y - drag.current.y];
    if (!drag.current.moved && Math.hypot(dx, dy) < 4) return;
    drag.current = { x, y, moved: true };
    shows.current = "moved";
    view.current.x += dx;
    view.current.y += dy;
    paint(true);
  };
  const up = (event: PointerEvent) => {
    if (drag.current && !drag.current.moved && scene && view.current) {
      const node = hit(scene.layout, scene.graph.nodes.length, view.current, ...at(event));
      const tasks = node === undefined ? [] : scene.members[node];
      openGroup(tasks.length > 1 ? node : undefined);
      onSelect(tasks.length === 1 ? graph.nodes[tasks[0]].name : undefined);
    }
    drag.current = undefined;
  };
  const centre = (x: number, y: number, scale: number) => {
    shows.current = "moved";
    view.current = { scale, x: size.width / 2 - x * scale, y: size.height / 2 - y * scale };
  };
  const zoomBy = (factor: number) => {
    shows.current = "moved";
    if (view.current) zoom(view.current, factor, size.width / 2, size.height / 2);
    paint();
  };
  const fitAll = () => {
    shows.current = "all";
    paint();
  };
  const goTo = (name: string) => {
    const task = graph.nodes.findIndex((node) => node.name === name);
    if (scene && task >= 0) {
      const node = scene.shownAs[task];
      centre(scene.layout.x[node] + WIDTH / 2, scene.layout.y[node] + HEIGHT / 2, Math.max(view.current?.scale ?? 1, 0.6));
    }
    openGroup(undefined);
    onSelect(name);
    paint();
  };
  const find = (text: string) => {
    const after = chosen + 1;
    const names = [...graph.nodes.slice(after), ...graph.nodes.slice(0, after)].map((node) => node.name);
    const found = text && (names.find((name) => name === text) ?? names.find((name) => name.includes(text)));
    if (found) goTo(found);
  };
  const save = () => {
    if (!scene || !view.current) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([asSvg(scene, view.current, size, canvas.current!)], { type: "image/svg+xml" }));
    link.download = `${graph.name}.svg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nextFailed(graph, states, selected, event.key === "N");
    if (event.key === "+" || event.key === "=") zoomBy(1.3);
    else if (event.key === "-") zoomBy(1 / 1.3);
    else if (event.key === "0") zoomBy(1 / (view.current?.scale ?? 1));
    else if (event.key === "f") fitAll();
    else if (event.key === "h" && dim) dim(!hidesDone);
    else if (event.key === "e" && graph.nodes.length > GROUPED) toggle();
    else if ((event.key === "n" || event.key === "N") && next) goTo(next);
    else if (event.key.startsWith("Arrow")) {
      const target = along(graph, selected, event.key);
      if (target) goTo(target);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const nodes = shown?.graph.nodes.length ?? 0;
  return (
    <div class="graph">
      <div class="graph-tools">
        <button onClick={() => zoomBy(1.3)} aria-label="Zoom in">+</button>
        <button onClick={() => zoomBy(1 / 1.3)} aria-label="Zoom out">−</button>
        <button onClick={fitAll}>Fit</button>
        {graph.nodes.length > GROUPED && <button aria-pressed={!isGrouped} onClick={toggle}>{isGrouped ? `Open all ${count(graph.nodes.length)}` : "Group twins and chains"}</button>}
        {graph.nodes.length > FEW && <input class="graph-find" data-filter aria-label="Find a task" placeholder="find a task" onKeyDown={(event) => { event.stopPropagation(); if (event.key === "Enter") find(event.currentTarget.value.trim()); }} />}
        {dim && states.size > 0 && <label><input type="checkbox" checked={hidesDone} onChange={(event) => dim(event.currentTarget.checked)} /> dim SUCCESS</label>}
        {tools}
        <span class="muted">
          {count(graph.nodes.length)} {graph.nodes.length === 1 ? "task" : "tasks"}{isGrouped && shown ? ` as ${count(nodes)} ${nodes === 1 ? "node" : "nodes"}` : ""}{graph.truncated ? ", more are left out" : ""}
        </span>
        <button class="small" onClick={save}>Save as SVG</button>
      </div>
      <div class="graph-stage" ref={stage} style={{ height: layout ? `clamp(220px, ${Math.round(layout.height + 90)}px, 52vh)` : undefined }} onPointerDown={down} onPointerMove={pull} onPointerUp={up} onKeyDown={keys}>
        <canvas ref={canvas} tabIndex={0} role="img" aria-label={`Graph of ${graph.name}. Arrow keys go along its edges, n to the next failed task, f shows all, 0 their own size, h dims what has succeeded.`} />
        {isLarge && layout && <div class="graph-map" aria-hidden="true" style={{ width: `${MAP}px`, height: `${mapHeight(layout)}px` }} onPointerDown={(event) => { event.stopPropagation(); const box = event.currentTarget.getBoundingClientRect(); const part = layout.width / MAP; centre((event.clientX - box.left) * part, (event.clientY - box.top) * part, view.current?.scale ?? 1); paint(); }}><canvas width={MAP} height={mapHeight(layout)} /><div ref={map} /></div>}
      </div>
      {!layout && <p class="graph-wait muted">Laying out…</p>}
      {shown && group !== undefined && chosen < 0 ? <Group tasks={shown.members[group] ?? []} graph={graph} states={states} goTo={goTo} open={toggle} /> : <Navigator graph={graph} states={states} selected={selected} goTo={goTo} />}
    </div>
  );
}

/** Tasks that are listed of a group. */
const LISTED = 50;

/** What a node stands for that shows several tasks. */
function Group({ tasks, graph, states, goTo, open }: { tasks: number[]; graph: Graph; states: Map<string, NodeState>; goTo: (name: string) => void; open: () => void }) {
  const rank = (task: number) => RANKS.indexOf(states.get(graph.nodes[task].name)?.state ?? "");
  const first = [...tasks].sort((a, b) => rank(a) - rank(b)).slice(0, LISTED);
  return (
    <div class="navigator" aria-live="polite">
      <div><strong>{count(tasks.length)} tasks</strong> with the same neighbours, or one behind the other: {numbers(tasks, graph, states).map(([state, number]) => <span class="fact"><span class={`state-${state ? lookOf(state).colour : "idle"}`}>{state ? `${lookOf(state).sign} ${state}` : "○ not run"}</span> {count(number)}</span>)} <button class="small" onClick={open}>Show each</button></div>
      <ul class="chips">{first.map((task) => <li><button class="small" onClick={() => goTo(graph.nodes[task].name)}>{graph.nodes[task].name}</button></li>)}</ul>
      {tasks.length > LISTED && <p class="muted">The first {LISTED}; all of them are in the table of tasks.</p>}
    </div>
  );
}

/** The selected node with its neighbours, as buttons. */
function Navigator({ graph, states, selected, goTo }: { graph: Graph; states: Map<string, NodeState>; selected?: string; goTo: (name: string) => void }) {
  const at = graph.nodes.findIndex((node) => node.name === selected);
  if (at < 0) return <p class="muted navigator">Choose a task to see what leads to it and what follows.</p>;
  const node = graph.nodes[at];
  const others = (edges: Edge[], end: "from" | "to") =>
    edges.map((edge) => {
      const name = graph.nodes[edge[end]]?.name;
      return (
        <li>
          <span class="muted">{edge.on} </span>
          {name === undefined ? COMMANDS[edge.to] : <button onClick={() => goTo(name)}>{name}</button>}
          {edge.condition && <code> {edge.condition}</code>}
        </li>
      );
    });
  const before = graph.edges.filter((edge) => edge.to === at).slice(0, 100);
  const after = graph.edges.filter((edge) => edge.from === at).slice(0, 100);
  const extra = [node.with_items && "with-items", node.join && `join ${node.join}`, node.concurrency && `${node.concurrency} at a time`, ...Object.keys(node.policies).filter((name) => name !== "concurrency")].filter(Boolean).join(", ");
  return (
    <div class="navigator" aria-live="polite">
      <div>
        <strong>{node.name}</strong> {states.get(node.name)?.state ?? "not run"} · <code>{node.calls}</code>
        {extra && <span class="muted"> · {extra}</span>}
      </div>
      <div class="columns">
        <div><h3>Comes from</h3>{before.length ? <ul>{others(before, "from")}</ul> : <p class="muted">The workflow's start.</p>}</div>
        <div><h3>Leads to</h3>{after.length ? <ul>{others(after, "to")}</ul> : <p class="muted">The workflow's end.</p>}</div>
      </div>
    </div>
  );
}

function nextFailed(graph: Graph, states: Map<string, NodeState>, selected: string | undefined, isBack: boolean): string | undefined {
  const failed = graph.nodes.filter((node) => states.get(node.name)?.state === "ERROR").map((node) => node.name);
  const at = selected === undefined ? -1 : failed.indexOf(selected);
  if (!failed.length) return undefined;
  return failed[(at + (isBack ? failed.length - 1 : 1) + (isBack && at < 0 ? 1 : 0)) % failed.length];
}

function along(graph: Graph, selected: string | undefined, key: string): string | undefined {
  const at = graph.nodes.findIndex((node) => node.name === selected);
  if (at < 0) return graph.nodes[0]?.name;
  const isForward = key === "ArrowRight" || key === "ArrowDown";
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const edge = isForward ? graph.edges.find((e) => e.from === at && e.to >= 0) : graph.edges.find((e) => e.to === at);
    return edge && graph.nodes[isForward ? edge.to : edge.from].name;
  }
  return graph.nodes[(at + (isForward ? 1 : graph.nodes.length - 1)) % graph.nodes.length].name;
}

function fit(layout: Layout, size: { width: number; height: number }): View {
  const scale = Math.min(1, (size.width - 40) / layout.width, (size.height - 40) / layout.height);
  return { scale, x: (size.width - layout.width * scale) / 2, y: (size.height - layout.height * scale) / 2 };
}

/** On a narrow screen a small graph is first shown from its beginning, large enough to read. */
function readable(whole: View, layout: Layout, size: { width: number; height: number }, count: number): View {
  if (count > FEW || whole.scale >= READABLE || layout.width < layout.height) return whole;
  return { scale: READABLE, x: 12, y: (size.height - layout.height * READABLE) / 2 };
}

function zoom(view: View, factor: number, x: number, y: number) {
  const scale = Math.min(3, Math.max(0.01, view.scale * factor));
  view.x = x - ((x - view.x) * scale) / view.scale;
  view.y = y - ((y - view.y) * scale) / view.scale;
  view.scale = scale;
}

function hit(layout: Layout, count: number, view: View, x: number, y: number): number | undefined {
  const [at, below] = [(x - view.x) / view.scale, (y - view.y) / view.scale];
  for (let i = 0; i < count; i++) {
    if (at >= layout.x[i] && at <= layout.x[i] + WIDTH && below >= layout.y[i] && below <= layout.y[i] + HEIGHT) return i;
  }
  return undefined;
}

/** Nodes that need not be seen all at once, and the scale at which their names can be read. */
const FEW = 60;
const READABLE = 0.4;

/** Nodes above which a gesture moves finished pictures instead of drawing. */
const MANY = 400;
/** Time after a gesture until it is drawn sharply, milliseconds. */
const SETTLE = 80;
/** Time between two pictures of all of it while only states change, milliseconds. */
const SELDOM = 2000;
/** Width of the picture of all of it, pixels. */
const COARSE = 1600;

/** Width of the map of a large graph, pixels. */
const MAP = 150;
const mapHeight = (layout: Layout) => Math.max(12, Math.min(150, Math.round((MAP * layout.height) / layout.width)));

/** Marks on the map what is seen. */
function frameOf(mark: HTMLElement, view: View, layout: Layout, size: { width: number; height: number }) {
  const part = MAP / layout.width;
  const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value));
  const [left, top] = [clamp((-view.x / view.scale) * part, MAP), clamp((-view.y / view.scale) * part, 150)];
  Object.assign(mark.style, { left: `${left}px`, top: `${top}px`, width: `${clamp((size.width / view.scale) * part, MAP - left)}px`, height: `${clamp((size.height / view.scale) * part, mapHeight(layout) - top)}px` });
}
