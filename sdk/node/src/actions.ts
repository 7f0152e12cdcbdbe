/** Actions: functions with a name, and what the service is told of them. */

/** Where an action runs, and what it may act with. */
export interface Context {
  readonly workflow_name: string | null;
  readonly workflow_execution_id: string | null;
  readonly task_execution_id: string | null;
  readonly action_execution_id: string | null;
  readonly callback_url: string | null;
  readonly project_id: string | null;
  /** In whose name the action runs, if it asked for that: `needsSecurityContext`. */
  readonly security: Readonly<Record<string, unknown>>;
  /** Counts from 1: how often the job was given to somebody. */
  readonly attempt: number;
  /** Aborted when nobody wants the result any more, and when the time is over. Give it to whatever waits. */
  readonly signal: AbortSignal;
  /** On the clock of `Date.now`; null: there is no limit. */
  readonly deadline: number | null;
}

/** Types that input is checked against. */
export type Type = "any" | "string" | "integer" | "number" | "boolean" | "array" | "object";
/** A parameter: its type, and whether it may be absent. */
export interface Parameter {
  type?: Type;
  default?: unknown;
  description?: string;
}

export interface Options {
  description?: string;
  /** Parameters by name: a type, or more about it. Those without `default` are required. */
  input?: Record<string, Type | Parameter>;
  /** Whether other parameters pass too. */
  acceptsAny?: boolean;
  /** False: somebody completes the action later over the API. */
  isSync?: boolean;
  needsSecurityContext?: boolean;
}

export type Run<Input> = (input: Input, context: Context) => unknown;

export interface Action {
  readonly name: string;
  readonly options: Options;
  readonly run: Run<any>;
}

/** Thrown by an action to give its error as a value: any that JSON can say. */
export class Failure extends Error {
  constructor(readonly error: unknown) {
    super("the action failed");
    this.name = "Failure";
  }
}

/** Returned by an action that has begun something which somebody completes later over the API. */
export class Started {}

/** The action says that it was cancelled. */
export class Cancelled extends Error {
  constructor(readonly data: unknown = null) {
    super("the action was cancelled");
    this.name = "Cancelled";
  }
}

const actions = new Map<string, Action>();

/** Makes a function the action of this name. What it returns, or what its promise gives, is the result; what it throws is the error. */
export function action<Input = any>(name: string, run: Run<Input>): Action;
export function action<Input = any>(name: string, options: Options, run: Run<Input>): Action;
export function action(name: string, first: Options | Run<any>, second?: Run<any>): Action {
  const [options, run] = typeof first === "function" ? [{ acceptsAny: true }, first] : [first, second];
  if (typeof run !== "function") throw new TypeError(`${name}: there is no function`);
  const made = { name, options, run };
  actions.set(name, made);
  return made;
}

/** All that `action` made, by name. */
export function registered(): Action[] {
  return [...actions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function parameters(options: Options): [string, Parameter][] {
  return Object.entries(options.input ?? {}).map(([name, given]) => [name, typeof given === "string" ? { type: given } : given]);
}

/** The action as the service wants it described. */
export function describe({ name, options }: Action): Record<string, unknown> {
  const shown = parameters(options).map(
    ([key, { type, description }]) => `${key}: ${type ?? "any"}${description ? ` (${description})` : ""}`,
  );
  const text = [options.description ?? "", shown.length > 0 ? `Input: ${shown.join(", ")}` : ""].filter(Boolean).join("\n\n");
  return {
    name,
    description: Buffer.byteLength(text) > 4096 ? text.slice(0, 1000) : text,
    input: parameters(options).map(([key, parameter]) => ("default" in parameter ? { [key]: parameter.default ?? null } : key)),
    accepts_any: options.acceptsAny ?? false,
    is_sync: options.isSync ?? true,
    needs_security_context: options.needsSecurityContext ?? false,
    class: name,
  };
}

function fits(type: Type, value: unknown): boolean {
  switch (type) {
    case "any":
      return true;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}

/** The input with its defaults. Throws a TypeError that names what is wrong. */
export function checked({ options }: Action, input: Record<string, unknown>): Record<string, unknown> {
  const complete: Record<string, unknown> = { ...input };
  for (const [name, parameter] of parameters(options)) {
    if (!(name in complete)) {
      if ("default" in parameter) complete[name] = parameter.default;
      continue;
    }
    const isDefault = "default" in parameter && complete[name] === parameter.default;
    if (!isDefault && !fits(parameter.type ?? "any", complete[name])) {
      throw new TypeError(`parameter '${name}' must be ${parameter.type}`);
    }
  }
  return complete;
}
