// Two changes of one text, together: what only one of them has changed is taken, what both have is for people to choose.
import { diff } from "../parts/Diff";

export interface Part {
  /** `same`: nobody has changed it; `mine`, `theirs`: one has; `both`: both in the same way; `conflict`: each in an own way. */
  kind: "same" | "mine" | "theirs" | "both" | "conflict";
  base: string[];
  mine: string[];
  theirs: string[];
}

/** Of each line of `base`, where it stands in `other`; -1 where it is gone. */
function places(base: string, other: string): number[] {
  const out: number[] = [];
  let at = 0;
  for (const [sign] of diff(base, other)) {
    if (sign !== "+") out.push(sign === " " ? at : -1);
    if (sign !== "-") at += 1;
  }
  return out;
}

const equal = (a: string[], b: string[]) => a.length === b.length && a.every((line, i) => line === b[i]);

export function merge(base: string, mine: string, theirs: string): Part[] {
  const [o, a, b] = [base, mine, theirs].map((text) => text.split("\n"));
  const [inMine, inTheirs] = [places(base, mine), places(base, theirs)];
  const parts: Part[] = [];
  let [lo, la, lb] = [0, 0, 0];
  const changed = (ho: number, ha: number, hb: number) => {
    const part = { base: o.slice(lo, ho), mine: a.slice(la, ha), theirs: b.slice(lb, hb) };
    if (!part.base.length && !part.mine.length && !part.theirs.length) return;
    const kind = equal(part.mine, part.theirs) ? "both" : equal(part.mine, part.base) ? "theirs" : equal(part.theirs, part.base) ? "mine" : "conflict";
    parts.push({ kind, ...part });
  };
  for (let at = 0; at < o.length; at++) {
    if (inMine[at] < 0 || inTheirs[at] < 0) continue;
    changed(at, inMine[at], inTheirs[at]);
    const line = [o[at]];
    const last = parts[parts.length - 1];
    if (last?.kind === "same") last.base.push(o[at]);
    else parts.push({ kind: "same", base: line, mine: line, theirs: line });
    [lo, la, lb] = [at + 1, inMine[at] + 1, inTheirs[at] + 1];
  }
  changed(o.length, a.length, b.length);
  return parts;
}

export type Choice = "mine" | "theirs" | "both";

/** The text that comes of it; `choices` for the conflicts in their order. */
export function merged(parts: Part[], choices: (Choice | undefined)[]): string {
  let conflict = 0;
  const lines = parts.flatMap((part) => {
    if (part.kind === "same") return part.base;
    if (part.kind === "theirs") return part.theirs;
    if (part.kind !== "conflict") return part.mine;
    const choice = choices[conflict++];
    return choice === "both" ? [...part.theirs, ...part.mine] : choice === "theirs" ? part.theirs : part.mine;
  });
  return lines.join("\n");
}
