// Large graphs are first shown with chains without branches, and twins (the same before them, behind them, and called), as one node each.
import type { Edge, Graph, Node } from "./GraphView";

/** Tasks above which a graph is first shown grouped. */
export const GROUPED = 2_000;

export interface Grouping {
  graph: Graph;
  /** Per shown node: the tasks that it stands for. */
  members: number[][];
  /** Per task: the node that shows it. */
  shownAs: Int32Array;
}

/** Every task as a node of its own. */
export function single(graph: Graph): Grouping {
  return { graph, members: graph.nodes.map((_, i) => [i]), shownAs: Int32Array.from(graph.nodes.keys()) };
}

/** `isApart`: tasks that stay nodes of their own, since somebody will look for them. */
export function grouped(graph: Graph, isApart: (name: string) => boolean): Grouping {
  const count = graph.nodes.length;
  const apart = graph.nodes.map((node) => isApart(node.name));
  const chains = chainsOf(graph, apart);
  const chainOf = new Int32Array(count);
  chains.forEach((chain, i) => chain.forEach((task) => (chainOf[task] = i)));
  const members = twinsOf(graph, chains, chainOf, apart);
  const shownAs = new Int32Array(count);
  members.forEach((tasks, i) => tasks.forEach((task) => (shownAs[task] = i)));
  const nodes = members.map((tasks): Node => {
    const [first, last] = [graph.nodes[tasks[0]], graph.nodes[tasks[tasks.length - 1]]];
    return tasks.length === 1 ? first : { ...first, name: `${first.name} … ${last.name}`, join: null, with_items: false, line: null, policies: {} };
  });
  const known = new Set<string>();
  const edges: Edge[] = [];
  for (const edge of graph.edges) {
    const [from, to] = [shownAs[edge.from], edge.to < 0 ? edge.to : shownAs[edge.to]];
    const key = `${from} ${to} ${edge.on}`;
    if (from === to && members[from].length > 1) continue;
    if (known.has(key)) continue;
    known.add(key);
    edges.push({ ...edge, from, to });
  }
  return { graph: { ...graph, nodes, edges }, members, shownAs };
}

/** Tasks that follow each other with nothing else before or behind them; every task is in one of these. */
function chainsOf(graph: Graph, apart: boolean[]): number[][] {
  const count = graph.nodes.length;
  const [incoming, outgoing] = [new Int32Array(count), new Int32Array(count)];
  for (const edge of graph.edges) {
    outgoing[edge.from]++;
    if (edge.to >= 0) incoming[edge.to]++;
  }
  const [next, before] = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)];
  for (const { from, to } of graph.edges) {
    if (to < 0 || from === to || outgoing[from] !== 1 || incoming[to] !== 1 || apart[from] || apart[to]) continue;
    next[from] = to;
    before[to] = from;
  }
  const chains: number[][] = [];
  const seen = new Uint8Array(count);
  const walk = (first: number) => {
    const chain: number[] = [];
    for (let at = first; at >= 0 && !seen[at]; at = next[at]) {
      seen[at] = 1;
      chain.push(at);
    }
    chains.push(chain);
  };
  for (let i = 0; i < count; i++) if (before[i] < 0) walk(i);
  // Circles have no first one.
  for (let i = 0; i < count; i++) if (!seen[i]) walk(i);
  return chains;
}

function twinsOf(graph: Graph, chains: number[][], chainOf: Int32Array, apart: boolean[]): number[][] {
  const around: string[][] = chains.map(() => []);
  for (const { from, to, on } of graph.edges) {
    if (to >= 0 && chainOf[from] === chainOf[to]) continue;
    around[chainOf[from]].push(`>${to < 0 ? to : chainOf[to]} ${on}`);
    if (to >= 0) around[chainOf[to]].push(`<${chainOf[from]} ${on}`);
  }
  const groups = new Map<string, number[]>();
  chains.forEach((chain, i) => {
    const isAlone = apart[chain[0]];
    const calls = chain.map((task) => graph.nodes[task].calls).join(",");
    const key = isAlone ? `alone ${i}` : `${around[i].sort().join("|")}/${calls}`;
    const known = groups.get(key);
    if (known) known.push(...chain);
    else groups.set(key, [...chain]);
  });
  return [...groups.values()];
}
