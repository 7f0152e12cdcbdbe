// A large answer, held and parsed by a worker: the page asks for what is seen of it, and stays free meanwhile.
import { script } from "../shell/build";
import type { Hit, Question } from "../parts/value";

/** Answers of so many bytes are held by a worker, for whoever can show them so. */
export const LARGE = 1 << 20;

/** Names and numbers that lead to a value. */
export type Way = (string | number)[];

/** What the worker says of a value that it keeps. */
export interface Kept {
  way: Way;
  kind: "list" | "mapping" | "text";
  length: number;
  /** The beginning of a text. */
  head?: string;
  /** Of a list that can be a table. */
  columns?: string[];
}

/** A message to the worker; `id` tells the answers apart. */
export type Wish = { id: number } & ({ open: Blob } | { way: Way; question: Question } | { way: Way; word: string } | { stop: number });

/** And from it: a value that crosses, or one that stays. */
export type Said = { id: number; failed?: string; value?: unknown; kept?: Kept[]; members?: (["value", string, unknown] | ["kept", string, Kept])[]; hits?: Hit[]; isDone?: boolean };

class Holder {
  private worker = new Worker(script("held.js"), { type: "module" });
  private heard = new Map<number, (said: Said) => void>();
  private last = 0;

  constructor() {
    this.worker.onmessage = ({ data }: MessageEvent<Said>) => this.heard.get(data.id)?.(data);
    this.worker.onerror = (event) => [...this.heard].forEach(([id, hear]) => hear({ id, failed: event.message || "The worker has failed." }));
  }

  /** Sends a wish; what is heard of it until `forget`. */
  send(wish: Record<string, unknown>, hear: (said: Said) => void, transfer: Transferable[] = []): () => void {
    const id = ++this.last;
    this.heard.set(id, hear);
    this.worker.postMessage({ ...wish, id }, transfer);
    return () => {
      if (this.heard.delete(id)) this.worker.postMessage({ id, stop: id });
    };
  }

  once(wish: Record<string, unknown>, transfer?: Transferable[]): Promise<Said> {
    return new Promise((done, fail) => {
      const forget = this.send(wish, (said) => {
        forget();
        if (said.failed === undefined) done(said);
        else fail(new Error(said.failed));
      }, transfer);
    });
  }

  close() {
    this.worker.terminate();
  }
}

/** A value that a worker keeps. */
export class Held {
  constructor(
    private holder: Holder,
    readonly kept: Kept,
  ) {}

  async ask(question: Question): Promise<unknown> {
    const said = await this.holder.once({ way: this.kept.way, question });
    return said.members?.map((one) => [one[1], one[0] === "kept" ? new Held(this.holder, one[2]) : one[2]]) ?? said.value;
  }

  search(word: string, told: (hits: Hit[], isDone: boolean) => void): () => void {
    return this.holder.send({ way: this.kept.way, word }, ({ hits = [], isDone = true }) => told(hits, isDone));
  }
}

/** An answer whose large values are kept, and how to let go of them. */
export async function hold(taken: Blob): Promise<{ data: unknown; close: () => void }> {
  const holder = new Holder();
  try {
    const { value, kept = [] } = await holder.once({ open: taken });
    for (const one of kept) {
      let place = value as Record<string | number, unknown>;
      for (const name of one.way.slice(0, -1)) place = place[name] as Record<string | number, unknown>;
      place[one.way[one.way.length - 1]] = new Held(holder, one);
    }
    if (!kept.length) holder.close();
    return { data: value, close: () => holder.close() };
  } catch (error) {
    holder.close();
    throw error;
  }
}
