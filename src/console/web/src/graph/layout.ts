// A layered layout over typed arrays: edges that close a circle are turned around, layers by the longest path, order within the
// layers by barycentres, then places near the neighbours. The same input gives the same output.

export const WIDTH = 190;
export const HEIGHT = 44;
const GAP_X = 70;
const GAP_Y = 20;
const SWEEPS = 6;

export interface Layout {
  /** Left upper corners. */
  x: Float64Array;
  y: Float64Array;
  /** Per edge: whether it goes back. */
  back: Uint8Array;
  width: number;
  height: number;
}

/** Neighbours of each node: where they begin in `list`. */
interface Lists {
  begin: Int32Array;
  list: Int32Array;
}

function group(count: number, keys: Int32Array, values: Int32Array): Lists {
  const begin = new Int32Array(count + 1);
  for (const key of keys) begin[key + 1]++;
  for (let i = 0; i < count; i++) begin[i + 1] += begin[i];
  const at = begin.slice();
  const list = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) list[at[keys[i]]++] = values[i];
  return { begin, list };
}

/** Edges that lead to a node whose descendants are being visited. Without recursion: graphs are deep. */
function backEdges(count: number, from: Int32Array, to: Int32Array): Uint8Array {
  const numbers = Int32Array.from(from.keys());
  const out = group(count, from, numbers);
  const state = new Uint8Array(count);
  const next = out.begin.slice(0, count);
  const back = new Uint8Array(from.length);
  const incoming = new Int32Array(count);
  for (const target of to) incoming[target]++;
  const roots = [...Array(count).keys()].sort((a, b) => Number(incoming[a] > 0) - Number(incoming[b] > 0) || a - b);
  const stack: number[] = [];
  for (const root of roots) {
    if (state[root]) continue;
    stack.push(root);
    state[root] = 1;
    while (stack.length) {
      const node = stack[stack.length - 1];
      if (next[node] === out.begin[node + 1]) {
        state[node] = 2;
        stack.pop();
        continue;
      }
      const edge = out.list[next[node]++];
      const target = to[edge];
      if (state[target] === 1) back[edge] = 1;
      else if (state[target] === 0) {
        state[target] = 1;
        stack.push(target);
      }
    }
  }
  return back;
}

function layersOf(count: number, above: Lists, below: Lists): Int32Array {
  const layer = new Int32Array(count);
  const waits = new Int32Array(count);
  const ready: number[] = [];
  for (let i = 0; i < count; i++) {
    waits[i] = above.begin[i + 1] - above.begin[i];
    if (!waits[i]) ready.push(i);
  }
  for (let at = 0; at < ready.length; at++) {
    const node = ready[at];
    for (let i = below.begin[node]; i < below.begin[node + 1]; i++) {
      const target = below.list[i];
      layer[target] = Math.max(layer[target], layer[node] + 1);
      if (--waits[target] === 0) ready.push(target);
    }
  }
  return layer;
}

function mean(node: number, lists: Lists, place: Float64Array): number {
  const begin = lists.begin[node];
  const end = lists.begin[node + 1];
  if (begin === end) return place[node];
  let sum = 0;
  for (let i = begin; i < end; i++) sum += place[lists.list[i]];
  return sum / (end - begin);
}

/** Puts the nodes of a layer near where they want to be, in their order, without overlap. */
function settle(members: number[], wanted: number[], place: Float64Array) {
  // Pool adjacent violators: runs of nodes that push each other share one offset.
  const runs: { sum: number; count: number }[] = [];
  for (let i = 0; i < members.length; i++) {
    let run = { sum: wanted[i] - i, count: 1 };
    while (runs.length) {
      const last = runs[runs.length - 1];
      if (last.sum / last.count <= run.sum / run.count) break;
      run = { sum: run.sum + last.sum, count: run.count + last.count };
      runs.pop();
    }
    runs.push(run);
  }
  let i = 0;
  for (const run of runs) {
    for (let k = 0; k < run.count; k++, i++) place[members[i]] = run.sum / run.count + i;
  }
}

export function layout(count: number, from: Int32Array, to: Int32Array): Layout {
  const back = backEdges(count, from, to);
  const forward = [...from.keys()].filter((edge) => !back[edge] && from[edge] !== to[edge]);
  const sources = Int32Array.from(forward, (edge) => from[edge]);
  const targets = Int32Array.from(forward, (edge) => to[edge]);
  const below = group(count, sources, targets);
  const above = group(count, targets, sources);
  const layer = layersOf(count, above, below);
  const layers: number[][] = [];
  for (let i = 0; i < count; i++) (layers[layer[i]] ??= []).push(i);
  const place = new Float64Array(count);
  for (const members of layers) members.forEach((node, i) => (place[node] = i));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0;
    const order = isDown ? layers : [...layers].reverse();
    for (const members of order) {
      const key = new Map(members.map((node) => [node, mean(node, isDown ? above : below, place)]));
      members.sort((a, b) => key.get(a)! - key.get(b)! || place[a] - place[b] || a - b);
      settle(
        members,
        members.map((node) => key.get(node)!),
        place,
      );
    }
  }
  return positions(layers, layer, place, back);
}

function positions(layers: number[][], layer: Int32Array, place: Float64Array, back: Uint8Array): Layout {
  let [least, most] = [Infinity, -Infinity];
  for (const at of place) {
    least = Math.min(least, at);
    most = Math.max(most, at);
  }
  const x = Float64Array.from(layer, (n) => n * (WIDTH + GAP_X));
  const y = Float64Array.from(place, (at) => (at - least) * (HEIGHT + GAP_Y));
  const width = Math.max(1, layers.length) * (WIDTH + GAP_X) - GAP_X;
  return { x, y, back, width, height: place.length ? (most - least) * (HEIGHT + GAP_Y) + HEIGHT : HEIGHT };
}
