// Pictures of a graph on a canvas: drawn, drawn where something has changed, or moved while somebody moves them.
import type { Grouping } from "./group";
import type { Edge, Graph, Node, NodeState } from "./GraphView";
import { HEIGHT, WIDTH, type Layout } from "./layout";
import { count, lookOf } from "../parts/format";

/** What of a graph is seen: where its corner is, and how large it is drawn. */
export interface View {
  x: number;
  y: number;
  scale: number;
}

/** How many of some tasks are in which state. */
export function numbers(tasks: number[], graph: Graph, states: Map<string, NodeState>): [string, number][] {
  const found = new Map<string, number>();
  for (const task of tasks) {
    const state = states.get(graph.nodes[task].name)?.state ?? "";
    found.set(state, (found.get(state) ?? 0) + 1);
  }
  return [...found].sort((a, b) => RANKS.indexOf(a[0]) - RANKS.indexOf(b[0]));
}

/** What is shown first of a group. */
export const RANKS = ["ERROR", "PAUSED", "RUNNING", "DELAYED", "WAITING", "IDLE", "CANCELLED", "SKIPPED", "SUCCESS", ""];

/** Scale from which conditions are written beside edges. */
const LABELS = 0.8;

/** Below this scale a node is one coloured cell; above the second it has its details. */
const CELLS = 0.25;
const DETAILS = 0.6;

/** Edges between cells that are shorter are not drawn, pixels. */
const SHORT = 4;

/** All that a picture shows. */
export interface Scene extends Grouping {
  layout: Layout;
  /** The graph with all its tasks. */
  all: Graph;
  states: Map<string, NodeState>;
  hidesDone: boolean;
  critical?: Set<string>;
  /** Edges between nodes, in the order in which they were laid out. */
  edges: Edge[];
}

/** A picture with the view that it was drawn for. */
export interface Picture {
  picture: HTMLCanvasElement;
  view: View;
}

/** Canvases without transparency: twice as many frames where no graphics card helps, as measured. */
const OPAQUE: CanvasRenderingContext2DSettings = { alpha: false };
const contextOf = (canvas: HTMLCanvasElement) => canvas.getContext("2d", OPAQUE)!;

/** The same for a picture that is made in turns, of which something is read after each. */
export const SHARED: CanvasRenderingContext2DSettings = { ...OPAQUE, willReadFrequently: true };

function sized(canvas: HTMLCanvasElement, size: { width: number; height: number }) {
  const [width, height] = [size.width, size.height].map((one) => Math.floor(one * (devicePixelRatio || 1)));
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
}

/** Moves finished pictures, the coarser first. */
export function blit(to: HTMLCanvasElement, size: { width: number; height: number }, view: View, pictures: Picture[]) {
  const ratio = devicePixelRatio || 1;
  const context = contextOf(to);
  sized(to, size);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.imageSmoothingEnabled = false;
  context.fillStyle = getComputedStyle(to).getPropertyValue("--back").trim();
  context.fillRect(0, 0, size.width, size.height);
  for (const { picture, view: was } of pictures) {
    const scale = view.scale / was.scale;
    context.drawImage(picture, view.x - was.x * scale, view.y - was.y * scale, (picture.width / ratio) * scale, (picture.height / ratio) * scale);
  }
  to.dataset.moving = String(Number(to.dataset.moving ?? 0) + 1);
}

/** Puts a finished picture in the place of what a canvas shows. */
export function put(to: HTMLCanvasElement, from: HTMLCanvasElement) {
  if (to.width !== from.width || to.height !== from.height) [to.width, to.height] = [from.width, from.height];
  const context = contextOf(to);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(from, 0, 0);
}

/** What is drawn: a scene, from where it is looked at, with what is chosen, in which colours. */
export interface Wish {
  scene: Scene;
  view: View;
  marked: number;
  size: { width: number; height: number };
  look: string;
}

/** Below this scale only nodes are drawn that have changed. */
export const isCoarse = (view: View) => view.scale < CELLS;

/** Edges, and nodes, that are drawn before others get a turn. */
const STEP = 250;

/** Draws a graph, step by step; or of one that stands there already the nodes in `only`. */
export function* drawing(canvas: HTMLCanvasElement, { scene, view, marked, size }: Wish, styled: Element, only?: Set<number>): Generator<undefined, void> {
  const { graph, members, edges, layout, states, all } = scene;
  const ratio = devicePixelRatio || 1;
  const { width, height } = size;
  if (!only) sized(canvas, size);
  const context = contextOf(canvas);
  const style = getComputedStyle(styled);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const [plain, back, ink] = [colour("panel"), colour("back"), colour("ink")];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = back;
  if (!only) context.fillRect(0, 0, width, height);
  context.setTransform(ratio * view.scale, 0, 0, ratio * view.scale, ratio * view.x, ratio * view.y);
  const [left, top] = [-view.x / view.scale, -view.y / view.scale];
  const [right, bottom] = [left + width / view.scale, top + height / view.scale];
  const isOut = (i: number) => layout.x[i] > right || layout.x[i] + WIDTH < left || layout.y[i] > bottom || layout.y[i] + HEIGHT < top;
  const line = Math.max(1, 1 / view.scale);
  const hasRun = members.map((tasks) => (tasks.length === 1 ? states.has(all.nodes[tasks[0]].name) : tasks.some((task) => states.has(all.nodes[task].name))));

  const around = (i: number) => [layout.x[i] - line / 2, layout.y[i] - line / 2, WIDTH + line, HEIGHT + line] as const;
  // Parts of pixels at its edges, and what is dimmed, would be darker each time.
  if (only) for (const i of only) context.fillRect(...around(i));

  const [red, grey] = [colour("error"), colour("muted")];
  const strokes = new Map<string, Path2D>();
  const stroke = () => {
    for (const [key, path] of strokes) {
      const [on, taken] = key.split(" ");
      context.strokeStyle = on === "error" ? red : grey;
      context.globalAlpha = taken === "1" ? 1 : 0.45;
      context.lineWidth = taken === "1" ? line * 1.6 : line;
      context.setLineDash(on === "error" ? [6, 4] : on === "skip" ? [2, 3] : []);
      context.stroke(path);
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
    strokes.clear();
  };
  let lines = 0;
  for (let number = 0; number < edges.length; number++) {
    const edge = edges[number];
    if (only && !((only.has(edge.from) || only.has(edge.to)) && hasRun[edge.from] && hasRun[edge.to])) continue;
    const [x1, y1] = [layout.x[edge.from] + WIDTH, layout.y[edge.from] + HEIGHT / 2];
    const [x2, y2] = [layout.x[edge.to], layout.y[edge.to] + HEIGHT / 2];
    if (Math.max(x1, x2) < left || Math.min(x1, x2) > right || Math.max(y1, y2) < top || Math.min(y1, y2) > bottom) continue;
    // Nobody sees a line that is no longer than it is wide.
    if (view.scale < CELLS && (Math.abs(x2 - x1) + Math.abs(y2 - y1)) * view.scale < SHORT) continue;
    const key = `${edge.on} ${hasRun[edge.from] && hasRun[edge.to] ? 1 : 0}`;
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
    if (++lines % STEP) continue;
    stroke();
    yield;
  }
  stroke();
  labels(context, scene, view, isOut, [colour("muted"), back]);

  const colours = new Map<string, string>();
  const tintOf = (name: string) => {
    let tint = colours.get(name);
    if (!tint) colours.set(name, (tint = colour(name)));
    return tint;
  };
  context.textBaseline = "middle";
  let seen = 0;
  for (let i = 0; i < graph.nodes.length; i++) {
    if (isOut(i) || (only && !only.has(i))) continue;
    if (++seen % STEP === 0) yield;
    const node = graph.nodes[i];
    const isGroup = members[i].length > 1;
    const counts = isGroup ? numbers(members[i], all, states) : [];
    const state = isGroup ? undefined : states.get(node.name);
    const name = isGroup ? (counts[0][0] ? lookOf(counts[0][0]).colour : "muted") : state ? lookOf(state.state).colour : "muted";
    const tint = tintOf(name);
    const isCritical = !isGroup && scene.critical?.has(node.name);
    const [x, y] = [layout.x[i], layout.y[i]];
    context.globalAlpha = scene.hidesDone && (state?.state === "SUCCESS" || (isGroup && counts[0][0] === "SUCCESS")) ? 0.25 : 1;
    if (view.scale < CELLS) {
      context.fillStyle = hasRun[i] ? tint : plain;
      // Its edge, half outside, has the same colour where it has run: half of the work of a large graph.
      context.fillRect(...around(i));
      if (hasRun[i] && i !== marked && !isCritical) continue;
      context.strokeStyle = i === marked || isCritical ? ink : tint;
      context.lineWidth = i === marked || isCritical ? 4 * line : line;
      context.strokeRect(x, y, WIDTH, HEIGHT);
      continue;
    }
    if (isGroup) {
      // A sheet behind it says that it is several.
      context.beginPath();
      context.roundRect(x + 4, y + 4, WIDTH, HEIGHT, 6);
      context.fillStyle = back;
      context.fill();
      context.strokeStyle = tint;
      context.lineWidth = 1;
      context.stroke();
    }
    context.beginPath();
    context.roundRect(x, y, WIDTH, HEIGHT, 6);
    context.fillStyle = hasRun[i] ? plain : back;
    context.fill();
    context.strokeStyle = isCritical ? ink : tint;
    context.lineWidth = i === marked ? 4 : isCritical ? 3 : hasRun[i] ? 2 : 1.2;
    context.setLineDash(hasRun[i] ? [] : [5, 4]);
    context.stroke();
    context.setLineDash([]);
    const done = isGroup ? counts : state?.part !== undefined ? ([[state.state, state.part], ["", 1 - state.part]] as [string, number][]) : [];
    const total = done.reduce((sum, [, number]) => sum + number, 0);
    let from = x + 6;
    for (const [state, number] of done) {
      context.fillStyle = tintOf(state ? lookOf(state).colour : "line");
      const part = ((WIDTH - 12) * number) / total;
      context.fillRect(from, y + HEIGHT - 6, part, 3.5);
      from += part;
    }
    const hasDetails = view.scale >= DETAILS;
    context.fillStyle = tint;
    context.font = "14px system-ui";
    context.fillText(isGroup ? "▤" : state ? lookOf(state.state).sign : "○", x + 10, y + (hasDetails ? 15 : 22));
    context.fillStyle = ink;
    context.font = hasDetails ? "600 13px system-ui" : "600 16px system-ui";
    context.fillText(cut(node.name, hasDetails ? 20 : 16), x + 28, y + (hasDetails ? 15 : 22));
    if (!hasDetails) continue;
    context.fillStyle = tintOf("muted");
    context.font = "11px system-ui";
    context.fillText(cut(isGroup ? `${count(members[i].length)} tasks · ${node.calls}` : noteOf(state, node), 28), x + 10, y + (done.length ? 29 : 32));
  }
  context.globalAlpha = 1;
}

/** The second line of a node. */
export function noteOf(state: NodeState | undefined, node: Node): string {
  return state ? `${state.note}${state.runs > 1 ? ` ×${state.runs}` : ""}` : node.calls;
}

/** Conditions beside their edges, where they can be read. */
function labels(context: CanvasRenderingContext2D, { edges, layout }: Scene, view: View, isOut: (i: number) => boolean, [ink, back]: [string, string]) {
  if (view.scale < LABELS) return;
  context.font = "11px system-ui";
  context.textBaseline = "middle";
  for (const edge of edges) {
    if (!edge.condition || (isOut(edge.from) && isOut(edge.to))) continue;
    const text = cut(edge.condition, 24);
    const [x, y] = [(layout.x[edge.from] + WIDTH + layout.x[edge.to]) / 2, (layout.y[edge.from] + layout.y[edge.to] + HEIGHT) / 2];
    const width = context.measureText(text).width;
    context.fillStyle = back;
    context.fillRect(x - width / 2 - 3, y - 8, width + 6, 16);
    context.fillStyle = ink;
    context.fillText(text, x - width / 2, y);
  }
}

export const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
