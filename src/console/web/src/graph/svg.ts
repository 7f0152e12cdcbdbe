// What is shown of a graph, as a picture that other programs open.
import { cut, noteOf, type Scene } from "./draw";
import { HEIGHT, WIDTH } from "./layout";
import { lookOf } from "../parts/format";

const text = (value: string) => value.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The nodes and edges that are seen, with the colours of `styled`. */
export function asSvg(scene: Scene, view: { x: number; y: number; scale: number }, size: { width: number; height: number }, styled: Element): string {
  const { graph, members, edges, layout, states } = scene;
  const style = getComputedStyle(styled);
  const colour = (name: string) => text(style.getPropertyValue(`--${name}`).trim());
  const [left, top] = [-view.x / view.scale, -view.y / view.scale];
  const [width, height] = [size.width / view.scale, size.height / view.scale];
  const isSeen = (i: number) => layout.x[i] < left + width && layout.x[i] + WIDTH > left && layout.y[i] < top + height && layout.y[i] + HEIGHT > top;
  const parts = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${size.width}" height="${size.height}" font-family="system-ui, sans-serif">`, `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${colour("back")}"/>`];
  for (const edge of edges) {
    if (!isSeen(edge.from) && !isSeen(edge.to)) continue;
    const [x1, y1, x2, y2] = [layout.x[edge.from] + WIDTH, layout.y[edge.from] + HEIGHT / 2, layout.x[edge.to], layout.y[edge.to] + HEIGHT / 2];
    const bend = Math.max(30, (x2 - x1) / 2);
    const isError = edge.on === "error";
    parts.push(`<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}m-7 -4l7 4l-7 4" fill="none" stroke="${colour(isError ? "error" : "muted")}"${isError ? ' stroke-dasharray="6 4"' : ""}/>`);
  }
  graph.nodes.forEach((node, i) => {
    if (!isSeen(i)) return;
    const state = members[i].length > 1 ? undefined : states.get(node.name);
    const tint = colour(state ? lookOf(state.state).colour : "muted");
    const [x, y] = [layout.x[i], layout.y[i]];
    const note = members[i].length > 1 ? `${members[i].length} tasks` : noteOf(state, node);
    parts.push(
      `<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="6" fill="${colour("panel")}" stroke="${tint}" stroke-width="2"${state ? "" : ' stroke-dasharray="5 4"'}/>`,
      `<text x="${x + 10}" y="${y + 19}" font-size="13" fill="${tint}">${state ? lookOf(state.state).sign : "○"}</text><text x="${x + 28}" y="${y + 19}" font-size="13" font-weight="600" fill="${colour("ink")}">${text(cut(node.name, 20))}</text>`,
      `<text x="${x + 10}" y="${y + 36}" font-size="11" fill="${colour("muted")}">${text(cut(note, 28))}</text>`,
    );
  });
  return `${parts.join("\n")}\n</svg>\n`;
}
