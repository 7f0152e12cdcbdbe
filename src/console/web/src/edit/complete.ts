// What can stand where the caret is: keys by place, names of actions, workflows and tasks, and inside of expressions functions and
// variables. Read from the text as it stands, which is hardly ever a whole document.

export interface Known {
  actions: { name: string; input: string }[];
  workflows: string[];
  functions: { name: string; signature: string; text: string }[];
  /** What a task of a run has seen: values by names. */
  sample?: Record<string, unknown>;
}

export interface Item {
  text: string;
  /** What is put in its place, if it is more than the text. */
  insert?: string;
  note?: string;
}

export interface Offer {
  /** Where the word begins that is replaced. */
  from: number;
  items: Item[];
}

const WORKFLOW = ["type", "description", "tags", "input", "vars", "output", "output-on-error", "task-defaults", "tasks"];
const POLICIES = ["retry", "timeout", "wait-before", "wait-after", "pause-before", "fail-on", "concurrency"];
const CLAUSES = ["on-success", "on-error", "on-complete", "on-skip"];
const TASK = ["action", "workflow", "input", "publish", "publish-on-error", "publish-on-skip", ...CLAUSES, "join", "requires", "with-items", ...POLICIES, "keep-result", "safe-rerun", "target", "description", "tags"];
const RETRY = ["count", "delay", "break-on", "continue-on"];
const DEFAULTS = [...CLAUSES, ...POLICIES, "requires", "safe-rerun"];
const COMMANDS = ["fail", "succeed", "pause", "noop"];

/** Offers at most so many; and looks so far back for the beginning of an expression. */
const MOST = 40;
const FAR = 4_000;

/** Whether a caret stands in an expression, and where that begins. */
export function expressionAt(text: string, at: number): { from: number; to: number } | undefined {
  const before = text.slice(Math.max(0, at - FAR), at);
  for (const [open, close] of [["<%", "%>"], ["{{", "}}"]]) {
    const begun = before.lastIndexOf(open);
    if (begun < 0 || before.lastIndexOf(close) > begun) continue;
    const end = text.indexOf(close, at);
    return { from: at - before.length + begun, to: end < 0 ? at : end + close.length };
  }
  return undefined;
}

interface Line {
  indent: number;
  key?: string;
}

const lineOf = (line: string): Line => ({ indent: line.search(/\S/), key: /^\s*(?:- )?["']?([\w. -]+?)["']?\s*:/.exec(line)?.[1] });

/** Keys that a line is under, the outermost first. */
export function parentsOf(text: string, at: number): string[] {
  const lines = text.slice(0, at).split("\n");
  const last = lines[lines.length - 1];
  let indent = last.trim() ? last.search(/\S/) : last.length;
  const parents: string[] = [];
  for (let i = lines.length - 2; i >= 0 && indent > 0; i--) {
    const line = lineOf(lines[i]);
    if (line.indent < 0 || lines[i].trimStart().startsWith("#") || line.indent >= indent) continue;
    indent = line.indent;
    if (line.key) parents.unshift(line.key);
  }
  return parents;
}

/** Tasks of the workflow around a place, as far as their lines can be seen. */
export function tasksOf(text: string): string[] {
  const found = new Set<string>();
  let tasks = -1;
  let inner = -1;
  for (const raw of text.split("\n")) {
    const { indent, key } = lineOf(raw);
    if (indent < 0) continue;
    if (tasks >= 0 && indent <= tasks) tasks = inner = -1;
    if (key === "tasks") tasks = indent;
    else if (tasks >= 0 && key && (inner < 0 || indent === inner)) {
      inner = indent;
      found.add(key);
    }
  }
  return [...found];
}

/** Names under which expressions find something: inputs, variables, what tasks publish. */
export function variablesOf(text: string): string[] {
  const found = new Set<string>();
  const lines = text.split("\n");
  let tasks = -1;
  lines.forEach((raw, i) => {
    const { indent, key } = lineOf(raw);
    if (indent < 0) return;
    if (tasks >= 0 && indent <= tasks) tasks = -1;
    if (key === "tasks") tasks = indent;
    // The input of a task is somebody else's.
    if (tasks >= 0 && key === "input") return;
    if (!key || !/^(input|vars|publish|publish-on-error|publish-on-skip)$/.test(key)) return;
    for (const [, name] of raw.slice(raw.indexOf(":") + 1).matchAll(/(?:^|[[{,])\s*-?\s*["']?([A-Za-z_]\w*)["']?\s*(?=[:,\]}]|$)/g)) found.add(name);
    for (let next = i + 1; next < lines.length; next++) {
      const line = lineOf(lines[next]);
      if (line.indent < 0) continue;
      if (line.indent <= indent && !lines[next].trimStart().startsWith("- ")) break;
      if (line.indent < indent) break;
      const name = /^\s*(?:- )?["']?([A-Za-z_]\w*)["']?\s*(?::|$)/.exec(lines[next])?.[1];
      if (name) found.add(name);
    }
  });
  for (const [, name] of text.matchAll(/publish(?:-on-\w+)?:\s*\{\s*["']?([A-Za-z_]\w*)/g)) found.add(name);
  return [...found];
}

function chosen(from: number, word: string, items: Item[], isAsked: boolean): Offer | undefined {
  if (!word && !isAsked) return undefined;
  const lower = word.toLowerCase();
  const fits = items.filter((item) => item.text.toLowerCase().startsWith(lower) && item.text !== word);
  const holds = items.filter((item) => !fits.includes(item) && lower.length > 1 && item.text.toLowerCase().includes(lower) && item.text !== word);
  const all = [...fits, ...holds].slice(0, MOST);
  return all.length ? { from, items: all } : undefined;
}

const named = (names: string[], note?: string): Item[] => names.map((text) => ({ text, note }));

function inExpression(text: string, at: number, known: Known, isAsked: boolean): Offer | undefined {
  const before = text.slice(Math.max(0, at - FAR), at);
  const member = /(?:\$|\b_)\.(\w*)$/.exec(before);
  if (member) {
    const sample = known.sample ?? {};
    const value = (name: string) => (name in sample ? (JSON.stringify(sample[name]) ?? "").slice(0, 60) : undefined);
    const names = new Set([...Object.keys(sample), ...variablesOf(text)]);
    return chosen(at - member[1].length, member[1], [...names].map((name) => ({ text: name, note: value(name) })), true);
  }
  const task = /\btask\(\s*['"]?([\w-]*)$/.exec(before);
  if (task) return chosen(at - task[1].length, task[1], named(tasksOf(text), "task"), true);
  const word = /([A-Za-z_]\w*)$/.exec(before)?.[1] ?? "";
  const functions = known.functions.map((one) => ({ text: one.name, insert: `${one.name}(`, note: one.signature }));
  return chosen(at - word.length, word, functions, isAsked);
}

/** What fits at a place; `isAsked`: somebody wants to know, else a word has to be begun. */
export function offers(text: string, at: number, known: Known, isAsked: boolean): Offer | undefined {
  if (expressionAt(text, at)) return inExpression(text, at, known, isAsked);
  const before = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  const action = /(?:^|[{,\s])action:\s*([\w.-]*)$/.exec(before);
  if (action) return chosen(at - action[1].length, action[1], known.actions.map((one) => ({ text: one.name, note: one.input })), true);
  const parameter = /(?:^|[{,\s])action:\s*([\w.-]+)\s(?:.*\s)?(\w*)$/.exec(before);
  if (parameter) {
    const input = known.actions.find((one) => one.name === parameter[1])?.input ?? "";
    const items = input.split(",").map((one) => one.trim().split("=")).filter(([name]) => name);
    return chosen(at - parameter[2].length, parameter[2], items.map(([name, value]) => ({ text: name, insert: `${name}=`, note: value ? `else ${value}` : "needed" })), isAsked);
  }
  const workflow = /(?:^|[{,\s])workflow:\s*([\w.-]*)$/.exec(before);
  if (workflow) return chosen(at - workflow[1].length, workflow[1], named(known.workflows), true);
  const parents = parentsOf(text, at);
  const parent = parents[parents.length - 1];
  const isNext = (key: string | undefined) => key !== undefined && (CLAUSES.includes(key) || key === "requires" || key === "next");
  const inline = /(?:^|[{,\s])(on-\w+|requires|next):\s*\[?(?:[^\]]*[,\s[])?([\w-]*)$/.exec(before);
  const item = /^\s*- ([\w-]*)$/.exec(before);
  const target = inline ? inline[2] : item && isNext(parent) ? item[1] : undefined;
  if (target !== undefined && (!inline || isNext(inline[1]))) return chosen(at - target.length, target, [...named(tasksOf(text), "task"), ...named(COMMANDS, "command")], true);
  const key = /^(\s*)([\w-]*)$/.exec(before);
  if (!key) return undefined;
  const tasks = parents.lastIndexOf("tasks");
  const depth = tasks < 0 ? parents.length : parents.length - tasks;
  const keys = tasks < 0 ? (parent === "task-defaults" ? DEFAULTS : parents.length === 1 ? WORKFLOW : parents.length === 0 ? ["version"] : []) : parent === "retry" ? RETRY : depth === 2 ? TASK : [];
  return chosen(at - key[2].length, key[2], keys.map((text) => ({ text, insert: `${text}: ` })), isAsked);
}
