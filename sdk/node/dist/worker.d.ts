/** The worker: registers, takes jobs, delivers results, and says that it is alive, all with one kind of request. */
import type { AgentOptions } from "node:https";
import { type Action } from "./actions.js";
import { type Headers } from "./connection.js";
export interface WorkerOptions {
    /** Shown to operators; default: host and process id. */
    name?: string;
    /** A name by which tasks may ask for this worker. */
    target?: string;
    /** `public`: serve all projects; `private`: only that of the token. */
    scope?: "public" | "private";
    /** Jobs at once. */
    capacity?: number;
    /** Sent with each request; a function is asked each time, for tokens that change. */
    headers?: Headers | (() => Headers);
    /** For https: `ca`, `rejectUnauthorized`, … */
    tls?: AgentOptions;
    /** Told of what goes wrong; default: standard error. */
    log?: (text: string) => void;
}
export declare class Worker {
    #private;
    constructor(url: string, actions?: Action[], options?: WorkerOptions);
    get id(): string | null;
    /** Works until `stop`. What runs then is given `grace` milliseconds to end; its results are delivered. */
    run(grace?: number): Promise<void>;
    /** Has `run` take no more jobs and return when those that run have ended. */
    stop(): void;
}
/** Serves all actions that `action` made, until the process is told to end. */
export declare function run(url: string, options?: WorkerOptions): Promise<void>;
