// Tasks of one name together: a loop, or a task that was run again, is one row then.

interface Row {
  id: string;
  name: string;
  state: string;
  created_us: number;
  started_us: number | null;
  finished_us: number | null;
  attempts: number;
}

export interface PerName<T> {
  name: string;
  /** The newest. */
  last: T;
  count: number;
  /** How many are in each state, what failed first. */
  states: [string, number][];
  began_us: number;
  /** The longest of those that have ended, microseconds; null: none has. */
  longest: number | null;
  attempts: number;
}

const FIRST = ["ERROR", "CANCELLED", "RUNNING", "PAUSED"];
const rank = (state: string) => (FIRST.includes(state) ? FIRST.indexOf(state) : FIRST.length);

/** One row per name, in the order in which names come first. */
export function perName<T extends Row>(rows: readonly T[]): PerName<T>[] {
  const all = new Map<string, PerName<T> & { counts: Map<string, number> }>();
  for (const row of rows) {
    const began = row.started_us ?? row.created_us;
    let one = all.get(row.name);
    if (!one) all.set(row.name, (one = { name: row.name, last: row, count: 0, states: [], counts: new Map(), began_us: began, longest: null, attempts: 0 }));
    if (row.created_us >= one.last.created_us) one.last = row;
    one.count++;
    one.counts.set(row.state, (one.counts.get(row.state) ?? 0) + 1);
    one.began_us = Math.min(one.began_us, began);
    if (row.finished_us !== null) one.longest = Math.max(one.longest ?? 0, row.finished_us - began);
    one.attempts += row.attempts;
  }
  return [...all.values()].map(({ counts, ...one }) => ({ ...one, states: [...counts].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b)) }));
}
