/**
 * Actions of your own for the Mistral workflow service.
 *
 *     import { action, run } from "mistral-worker";
 *
 *     action("my.add", { input: { a: "number", b: { type: "number", default: 1 } } }, ({ a, b }) => a + b);
 *     await run("http://127.0.0.1:8989");
 */
export { action, registered, Cancelled, Failure, Started } from "./actions.js";
export type { Action, Context, Options, Parameter, Run, Type } from "./actions.js";
export { Refused, Unreachable } from "./connection.js";
export type { Headers } from "./connection.js";
export { toJson } from "./serialization.js";
export { run, Worker } from "./worker.js";
export type { WorkerOptions } from "./worker.js";
