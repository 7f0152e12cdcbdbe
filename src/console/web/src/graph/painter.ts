// Makes pictures of large graphs on canvases that nobody sees, in turns: keys, gestures and frames come between. What has changed
// meanwhile is drawn afterwards.
import { drawing, isCoarse, SHARED, type Picture, type Wish } from "./draw";
import type { NodeState } from "./GraphView";
import { soon } from "../shell/turn";

/** How long it draws before others get a turn, milliseconds. */
const TURN = 8;

/** All but the states: as long as it is the same, a picture is brought up to date where they have changed. */
const keyOf = ({ scene, view, marked, size, look }: Wish): unknown[] => [scene.layout, scene.hidesDone, scene.critical, scene.graph, marked, look, size.width, size.height, devicePixelRatio, view.x, view.y, view.scale];

const same = (one: unknown[], other: unknown[]) => one.every((part, i) => part === other[i]);

/** Nodes whose states have changed since. */
function changed({ members, all, states }: Wish["scene"], before: Map<string, NodeState>): Set<number> {
  const has = (task: number) => states.get(all.nodes[task].name) !== before.get(all.nodes[task].name);
  const found = new Set<number>();
  members.forEach((tasks, i) => (tasks.length === 1 ? has(tasks[0]) : tasks.some(has)) && found.add(i));
  return found;
}

export class Painter {
  /** What is finished, and what it shows. */
  made?: Picture & { wish: Wish; key: unknown[] };
  private job?: { key: unknown[]; stop?: () => void };
  private next?: Wish;
  /** For the next picture: what the one before the last was drawn on, or one that nobody wanted any more. */
  private spare?: HTMLCanvasElement;

  /** `styled`: whose colours are taken. `told`: a picture is finished, or brought up to date. */
  constructor(
    private styled: () => Element,
    private told: (made: Picture, wish: Wish) => void,
  ) {}

  /** Draws what is wished; says whether it is finished already. */
  want(wish: Wish): boolean {
    const key = keyOf(wish);
    if (this.job && same(this.job.key, key)) {
      this.next = wish;
      return false;
    }
    this.stop();
    const { made } = this;
    const isOld = made && isCoarse(wish.view) && same(made.key, key);
    const picture = isOld ? made.picture : (this.spare ??= document.createElement("canvas"));
    const only = isOld ? changed(wish.scene, made.wish.scene.states) : undefined;
    const context = picture.getContext("2d", SHARED)!;
    const steps = drawing(picture, wish, this.styled(), only);
    const job: Painter["job"] = { key };
    this.job = job;
    const turn = (): boolean => {
      const until = performance.now() + TURN;
      for (;;) {
        const { done } = only?.size === 0 ? { done: true } : steps.next();
        // What has been said is done when somebody looks at it; else all of it would be done in one go at the end.
        context.getImageData(0, 0, 1, 1);
        if (done) break;
        if (performance.now() < until) continue;
        job.stop = soon(turn);
        return false;
      }
      this.job = undefined;
      if (!isOld) this.spare = made?.picture;
      this.made = { picture, view: wish.view, wish, key };
      this.told(this.made, wish);
      const { next } = this;
      this.next = undefined;
      if (next) this.want(next);
      return true;
    };
    // Where little has changed it is seen in this frame; all of it begins after the frame.
    if (only) return turn();
    job.stop = soon(turn);
    return false;
  }

  stop() {
    this.job?.stop?.();
    this.job = this.next = undefined;
  }

  forget() {
    this.stop();
    this.made = this.spare = undefined;
  }
}
