// The graph of a definition with the states of one run, on a canvas. Everything it shows is in the list of tasks too, and the
// panel beside it leads along the edges by keyboard.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { HEIGHT, WIDTH, type Layout } from "./layout";
import { lookOf } from "../parts/format";
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
  policies: string[];
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
}

interface View {
  x: number;
  y: number;
  scale: number;
}

const COMMANDS: Record<number, string> = { [-1]: "noop", [-2]: "fail", [-3]: "succeed", [-4]: "pause" };

function useLayout(graph: Graph): Layout | undefined {
  const [made, set] = useState<{ hash: string; layout: Layout }>();
  useEffect(() => {
    const drawn = graph.edges.filter((edge) => edge.to >= 0);
    const worker = new Worker(script("layout.js"), { type: "module" });
    worker.onmessage = (event: MessageEvent<Layout>) => {
      set({ hash: graph.spec_hash, layout: event.data });
      worker.terminate();
    };
    worker.postMessage({
      count: graph.nodes.length,
      from: Int32Array.from(drawn, (edge) => edge.from),
      to: Int32Array.from(drawn, (edge) => edge.to),
    });
    return () => worker.terminate();
  }, [graph.spec_hash]);
  return made?.hash === graph.spec_hash ? made.layout : undefined;
}

interface Props {
  graph: Graph;
  states: Map<string, NodeState>;
  selected?: string;
  onSelect: (name: string | undefined) => void;
}

export function GraphView({ graph, states, selected, onSelect }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const layout = useLayout(graph);
  const view = useRef<View | undefined>(undefined);
  const frame = useRef(0);
  const look = theme.use();
  const [size, setSize] = useState({ width: 0, height: 0 });
  const drawn = useMemo(() => graph.edges.filter((edge) => edge.to >= 0), [graph.spec_hash]);

  useEffect(() => {
    const element = canvas.current!;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const pictures = useRef<Pictures>({});
  const settled = useRef(0);
  const whole = (to: HTMLCanvasElement) => {
    draw(to, graph, drawn, layout!, states, view.current!, selected, size);
    to.dataset.painted = String(graph.nodes.length);
    if (graph.nodes.length > MANY) keep(pictures.current, to, view.current!);
  };
  const paint = (moving = false) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      const to = canvas.current;
      if (!to || !layout || !size.width) return;
      view.current ??= readable(fit(layout, size), layout, size, graph.nodes.length);
      const { all, last } = pictures.current;
      if (!moving || !all || !last) return whole(to);
      // While it moves, finished pictures are moved: of all of it, and of what was seen last. The sharp one comes afterwards.
      blit(to, size, view.current, all, last);
      clearTimeout(settled.current);
      settled.current = window.setTimeout(paint, SETTLE);
    });
  };
  useEffect(() => {
    pictures.current = {};
    if (layout && size.width && graph.nodes.length > MANY) {
      const picture = document.createElement("canvas");
      const box = { width: COARSE, height: Math.max(1, Math.round(COARSE * Math.min(4, layout.height / layout.width))) };
      const at = fit(layout, box);
      draw(picture, graph, drawn, layout, states, at, undefined, box, canvas.current!);
      pictures.current.all = { picture, view: at };
    }
    paint();
  }, [layout, states, size, look]);
  useEffect(() => paint(), [selected]);
  useEffect(() => {
    view.current = undefined;
  }, [graph.spec_hash]);

  // The wheel must not scroll the page, which only a listener that is not passive can prevent.
  useEffect(() => {
    const element = canvas.current!;
    const wheel = (event: WheelEvent) => {
      if (!view.current) return;
      event.preventDefault();
      zoom(view.current, Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY);
      paint(true);
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  });

  const drag = useRef<{ x: number; y: number; moved: boolean } | undefined>(undefined);
  const down = (event: PointerEvent) => {
    drag.current = { x: event.offsetX, y: event.offsetY, moved: false };
    canvas.current!.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (!drag.current || !view.current) return;
    const [dx, dy] = [event.offsetX - drag.current.x, event.offsetY - drag.current.y];
    if (!drag.current.moved && Math.hypot(dx, dy) < 4) return;
    drag.current = { x: event.offsetX, y: event.offsetY, moved: true };
    view.current.x += dx;
    view.current.y += dy;
    paint(true);
  };
  const up = (event: PointerEvent) => {
    if (drag.current && !drag.current.moved && layout && view.current) {
      const at = hit(layout, graph.nodes.length, view.current, event.offsetX, event.offsetY);
      onSelect(at === undefined ? undefined : graph.nodes[at].name);
    }
    drag.current = undefined;
  };
  const zoomBy = (factor: number) => {
    if (view.current) zoom(view.current, factor, size.width / 2, size.height / 2);
    paint();
  };
  const fitAll = () => {
    view.current = layout && fit(layout, size);
    paint();
  };
  const goTo = (name: string) => {
    const at = graph.nodes.findIndex((node) => node.name === name);
    if (layout && at >= 0) {
      const scale = Math.max(view.current?.scale ?? 1, 0.6);
      view.current = {
        scale,
        x: size.width / 2 - (layout.x[at] + WIDTH / 2) * scale,
        y: size.height / 2 - (layout.y[at] + HEIGHT / 2) * scale,
      };
    }
    onSelect(name);
    paint();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nextFailed(graph, states, selected, event.key === "N");
    if (event.key === "+" || event.key === "=") zoomBy(1.3);
    else if (event.key === "-") zoomBy(1 / 1.3);
    else if (event.key === "f") fitAll();
    else if ((event.key === "n" || event.key === "N") && next) goTo(next);
    else if (event.key.startsWith("Arrow")) {
      const target = along(graph, selected, event.key);
      if (target) goTo(target);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="graph">
      <div class="graph-tools">
        <button onClick={() => zoomBy(1.3)} aria-label="Zoom in">+</button>
        <button onClick={() => zoomBy(1 / 1.3)} aria-label="Zoom out">−</button>
        <button onClick={fitAll}>Fit</button>
        <span class="muted">
          {graph.nodes.length.toLocaleString("en")} tasks{graph.truncated ? ", more are left out" : ""}
        </span>
      </div>
      <canvas
        ref={canvas}
        style={{ height: layout ? `clamp(220px, ${Math.round(layout.height + 90)}px, 52vh)` : undefined }}
        tabIndex={0}
        role="img"
        aria-label={`Graph of ${graph.name}. Arrow keys go along its edges, n to the next failed task, f shows all.`}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onKeyDown={keys}
      />
      {!layout && <p class="graph-wait muted">Laying out…</p>}
      <Navigator graph={graph} states={states} selected={selected} goTo={goTo} />
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
  const extra = [node.with_items && "with-items", node.join && `join ${node.join}`, ...node.policies].filter(Boolean).join(", ");
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

/** Below this scale a node is one coloured cell; above the second it has its details. */
const CELLS = 0.25;
const DETAILS = 0.6;

/** Nodes that need not be seen all at once, and the scale at which their names can be read. */
const FEW = 60;
const READABLE = 0.4;

/** Nodes above which a gesture moves finished pictures instead of drawing. */
const MANY = 400;
/** Time after a gesture until it is drawn sharply, milliseconds. */
const SETTLE = 80;
/** Width of the picture of all of it, pixels. */
const COARSE = 1600;

interface Pictures {
  /** All of the graph, coarse; and what was seen last. Each with the view that it was drawn for. */
  all?: { picture: HTMLCanvasElement; view: View };
  last?: { picture: HTMLCanvasElement; view: View };
}

function keep(pictures: Pictures, from: HTMLCanvasElement, view: View) {
  const picture = pictures.last?.picture ?? document.createElement("canvas");
  picture.width = from.width;
  picture.height = from.height;
  picture.getContext("2d")!.drawImage(from, 0, 0);
  pictures.last = { picture, view: { ...view } };
}

function blit(to: HTMLCanvasElement, size: { width: number; height: number }, view: View, ...pictures: { picture: HTMLCanvasElement; view: View }[]) {
  const ratio = devicePixelRatio || 1;
  const context = to.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  for (const { picture, view: was } of pictures) {
    const scale = view.scale / was.scale;
    context.drawImage(picture, view.x - was.x * scale, view.y - was.y * scale, (picture.width / ratio) * scale, (picture.height / ratio) * scale);
  }
  to.dataset.moving = String(Number(to.dataset.moving ?? 0) + 1);
}

function draw(canvas: HTMLCanvasElement, graph: Graph, edges: Edge[], layout: Layout, states: Map<string, NodeState>, view: View, selected: string | undefined, size: { width: number; height: number }, styled = canvas) {
  const ratio = devicePixelRatio || 1;
  const { width, height } = size;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext("2d")!;
  const style = getComputedStyle(styled);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  context.setTransform(ratio * view.scale, 0, 0, ratio * view.scale, ratio * view.x, ratio * view.y);
  const [left, top] = [-view.x / view.scale, -view.y / view.scale];
  const [right, bottom] = [left + width / view.scale, top + height / view.scale];
  const isOut = (i: number) => layout.x[i] > right || layout.x[i] + WIDTH < left || layout.y[i] > bottom || layout.y[i] + HEIGHT < top;
  const line = Math.max(1, 1 / view.scale);

  const strokes = new Map<string, Path2D>();
  edges.forEach((edge, number) => {
    const [x1, y1] = [layout.x[edge.from] + WIDTH, layout.y[edge.from] + HEIGHT / 2];
    const [x2, y2] = [layout.x[edge.to], layout.y[edge.to] + HEIGHT / 2];
    if (Math.max(x1, x2) < left || Math.min(x1, x2) > right || Math.max(y1, y2) < top || Math.min(y1, y2) > bottom) return;
    const isTaken = states.has(graph.nodes[edge.from].name) && states.has(graph.nodes[edge.to].name);
    const key = `${edge.on} ${isTaken ? 1 : 0}`;
    let path = strokes.get(key);
    if (!path) strokes.set(key, (path = new Path2D()));
    path.moveTo(x1, y1);
    if (view.scale < CELLS) path.lineTo(x2, y2);
    else if (layout.back[number]) path.bezierCurveTo(x1 + 60, y1 + 70, x2 - 60, y2 + 70, x2, y2);
    else {
      const bend = Math.max(30, (x2 - x1) / 2);
      path.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
    }
    if (view.scale >= CELLS) {
      path.moveTo(x2 - 7, y2 - 4);
      path.lineTo(x2, y2);
      path.lineTo(x2 - 7, y2 + 4);
    }
  });
  for (const [key, path] of strokes) {
    const [on, taken] = key.split(" ");
    context.strokeStyle = on === "error" ? colour("error") : colour("muted");
    context.globalAlpha = taken === "1" ? 1 : 0.45;
    context.lineWidth = taken === "1" ? line * 1.6 : line;
    context.setLineDash(on === "error" ? [6, 4] : on === "skip" ? [2, 3] : []);
    context.stroke(path);
  }
  context.globalAlpha = 1;
  context.setLineDash([]);

  const [plain, back, ink] = [colour("panel"), colour("back"), colour("ink")];
  const colours = new Map<string, string>();
  context.textBaseline = "middle";
  for (let i = 0; i < graph.nodes.length; i++) {
    if (isOut(i)) continue;
    const node = graph.nodes[i];
    const state = states.get(node.name);
    const name = state ? lookOf(state.state).colour : "muted";
    let tint = colours.get(name);
    if (!tint) colours.set(name, (tint = colour(name)));
    const [x, y] = [layout.x[i], layout.y[i]];
    if (view.scale < CELLS) {
      context.fillStyle = state ? tint : plain;
      context.fillRect(x, y, WIDTH, HEIGHT);
      context.strokeStyle = node.name === selected ? ink : tint;
      context.lineWidth = node.name === selected ? 4 * line : line;
      context.strokeRect(x, y, WIDTH, HEIGHT);
      continue;
    }
    context.beginPath();
    context.roundRect(x, y, WIDTH, HEIGHT, 6);
    context.fillStyle = state ? plain : back;
    context.fill();
    context.strokeStyle = tint;
    context.lineWidth = node.name === selected ? 4 : state ? 2 : 1.2;
    context.setLineDash(state ? [] : [5, 4]);
    context.stroke();
    context.setLineDash([]);
    const hasDetails = view.scale >= DETAILS;
    context.fillStyle = tint;
    context.font = "14px system-ui";
    context.fillText(state ? lookOf(state.state).sign : "○", x + 10, y + (hasDetails ? 15 : 22));
    context.fillStyle = ink;
    context.font = hasDetails ? "600 13px system-ui" : "600 16px system-ui";
    context.fillText(cut(node.name, hasDetails ? 20 : 16), x + 28, y + (hasDetails ? 15 : 22));
    if (!hasDetails) continue;
    context.fillStyle = colour("muted");
    context.font = "11px system-ui";
    const runs = state && state.runs > 1 ? ` ×${state.runs}` : "";
    context.fillText(cut(state ? `${state.note}${runs}` : node.calls, 28), x + 10, y + 32);
  }
}

const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
