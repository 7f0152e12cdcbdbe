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
export declare class Failure extends Error {
    readonly error: unknown;
    constructor(error: unknown);
}
/** Returned by an action that has begun something which somebody completes later over the API. */
export declare class Started {
}
/** The action says that it was cancelled. */
export declare class Cancelled extends Error {
    readonly data: unknown;
    constructor(data?: unknown);
}
/** Makes a function the action of this name. What it returns, or what its promise gives, is the result; what it throws is the error. */
export declare function action<Input = any>(name: string, run: Run<Input>): Action;
export declare function action<Input = any>(name: string, options: Options, run: Run<Input>): Action;
/** All that `action` made, by name. */
export declare function registered(): Action[];
/** The action as the service wants it described. */
export declare function describe({ name, options }: Action): Record<string, unknown>;
/** The input with its defaults. Throws a TypeError that names what is wrong. */
export declare function checked({ options }: Action, input: Record<string, unknown>): Record<string, unknown>;
