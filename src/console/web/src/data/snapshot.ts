// A run in a file: answers of the API by their paths, instead of a server.
import { signal } from "../shell/signal";

export interface Snapshot {
  execution: string;
  taken: number;
  name: string;
  answers: Map<string, unknown>;
  truncated: boolean;
}

export const snapshot = signal<Snapshot | undefined>(undefined);

/** Reads a file of `/v2/executions/{id}/snapshot`. */
export function readSnapshot(name: string, text: string): Snapshot {
  const answers = new Map<string, unknown>();
  const made: Snapshot = { execution: "", taken: 0, name, answers, truncated: false };
  for (const line of text.split("\n")) {
    if (!line) continue;
    const { path, body } = JSON.parse(line) as { path: string; body: Record<string, unknown> };
    if (path) answers.set(path, body);
    else if (body.kind === "mistral-execution") {
      made.execution = String(body.execution);
      made.taken = Number(body.taken_us) / 1000;
    } else if (body.truncated) made.truncated = true;
  }
  if (!made.execution) throw new Error("This is no file of an execution.");
  return made;
}

/** What the file has for a path; parameters choose no more than fields of it. */
export function inSnapshot(path: string): unknown {
  return snapshot.get()?.answers.get(path.split("?")[0]);
}
