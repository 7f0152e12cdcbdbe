/** The worker: registers, takes jobs, delivers results, and says that it is alive, all with one kind of request. */
import { hostname } from "node:os";
import { Cancelled, Failure, Started, checked, describe, registered } from "./actions.js";
import { Connection, Refused, Unreachable } from "./connection.js";
import { toJson } from "./serialization.js";
/** Results of one request at most. */
const MAX_RESULTS = 1_000;
/** A request with results is not made longer than this, but for a single one. */
const MAX_BODY = 8 << 20;
/** Jobs that are remembered, so that none is begun twice. */
const MAX_SEEN = 20_000;
/** Milliseconds between two looks at whether jobs are still wanted. */
const LOOK = 1_000;
/** Milliseconds that an answer may take besides the time that was asked for: less than a lease, so that a connection which has gone
 * dead without a word is given up while what runs is still ours. */
const PATIENCE = 6_000;
export class Worker {
    #actions;
    #entry;
    #connection;
    #capacity;
    #log;
    #calls = new Map();
    /** Not taken by the service yet: texts of jobs, and JSON of results. */
    #results = [];
    #isDelivering = false;
    #id = null;
    #maxWait = 5;
    /** Room that a request under way asks for. */
    #asked = 0;
    /** Answers that did not arrive, and how many of them have been made up for. */
    #doubts = 0;
    #settled = 0;
    /** Jobs of this registration: none is begun twice, whichever answers tell of it. */
    #seen = new Set();
    #isStopping = false;
    #changed = () => { };
    constructor(url, actions = registered(), options = {}) {
        if (actions.length === 0)
            throw new TypeError("there are no actions to serve");
        this.#actions = new Map(actions.map((one) => [one.name, one]));
        this.#capacity = Math.max(1, options.capacity ?? 256);
        this.#log = options.log ?? ((text) => console.error(text));
        this.#connection = new Connection(url, options.headers, options.tls);
        this.#entry = {
            name: options.name ?? `${hostname()}-${process.pid}`,
            target: options.target ?? "",
            runtime: `node ${process.versions.node}`,
            capacity: this.#capacity,
            actions: actions.map(describe),
            ...(options.scope ? { scope: options.scope } : {}),
        };
    }
    get id() {
        return this.#id;
    }
    /** Works until `stop`. What runs then is given `grace` milliseconds to end; its results are delivered. */
    async run(grace = 30_000) {
        let [looked, pause] = [0, 200];
        while (!this.#isStopping) {
            try {
                if (this.#id === null) {
                    await this.#register();
                    this.#settled = this.#doubts;
                }
                const doubts = this.#doubts;
                const resync = doubts !== this.#settled;
                if (this.#room() === 0 && !resync && Date.now() - looked < LOOK) {
                    await this.#wait(LOOK - (Date.now() - looked));
                    continue;
                }
                this.#asked = this.#room();
                const body = { room: this.#asked, wait_seconds: this.#asked === 0 || resync ? 0 : this.#maxWait };
                if (resync || (this.#calls.size > 0 && Date.now() - looked >= LOOK)) {
                    looked = Date.now();
                    body.running = this.#held();
                    body.resync = resync;
                }
                else if (this.#calls.size > 0) {
                    body.wait_seconds = Math.max(0, LOOK - (Date.now() - looked)) / 1000;
                }
                const answer = await this.#exchange(body, Number(body.wait_seconds) * 1000 + PATIENCE);
                this.#take(answer);
                this.#asked = 0;
                // Results of what has ended at once go first.
                if (this.#isDelivering)
                    await new Promise(setImmediate);
                if (resync)
                    this.#settled = doubts;
                pause = 200;
            }
            catch (error) {
                this.#asked = 0;
                if (error instanceof Refused && error.status === 404) {
                    this.#isLost();
                    continue;
                }
                const isFinal = error instanceof Refused && error.status < 500 && ![408, 429].includes(error.status);
                if (!(error instanceof Refused || error instanceof Unreachable) || (isFinal && this.#id === null))
                    throw error;
                if (error instanceof Unreachable)
                    this.#doubts++;
                this.#log(`mistral-worker: ${error.message}`);
                await this.#wait(pause * (0.5 + Math.random()));
                pause = Math.min(pause * 2, 5_000);
            }
        }
        await this.#leave(grace);
    }
    /** Has `run` take no more jobs and return when those that run have ended. */
    stop() {
        if (this.#isStopping)
            return;
        this.#isStopping = true;
        this.#changed();
        // A request that waits for jobs is answered when another says that no more are wanted.
        if (this.#id !== null)
            this.#exchange({ draining: true }, 10_000).catch(() => { });
    }
    async #register() {
        const answer = await this.#connection.request("POST", "/v2/workers", this.#entry);
        this.#maxWait = answer.max_wait_seconds ?? 5;
        this.#id = answer.id;
    }
    /** The lease is over: what ran is somebody else's by now. */
    #isLost() {
        this.#log("mistral-worker: the lease is over, registering again");
        this.#id = null;
        this.#cancel([...this.#calls.keys()]);
        this.#results = [];
    }
    #room() {
        return Math.max(0, this.#capacity - this.#calls.size);
    }
    #held() {
        return [...this.#calls.keys(), ...this.#results.map(([job]) => job)];
    }
    #exchange(body, patience) {
        return this.#connection.request("POST", `/v2/workers/${this.#id}/exchange`, body, patience);
    }
    #wait(milliseconds) {
        return new Promise((resolve) => {
            const timer = setTimeout(resolve, milliseconds);
            this.#changed = () => {
                clearTimeout(timer);
                resolve();
            };
        });
    }
    #take(answer) {
        for (const job of answer.jobs ?? [])
            if (this.#isNew(job.job))
                this.#begin(job);
        this.#cancel(answer.cancelled ?? []);
    }
    #isNew(job) {
        if (this.#seen.has(job))
            return false;
        this.#seen.add(job);
        if (this.#seen.size > MAX_SEEN)
            for (const oldest of this.#seen) {
                this.#seen.delete(oldest);
                break;
            }
        return true;
    }
    #cancel(jobs) {
        for (const job of jobs) {
            const call = this.#calls.get(job);
            if (call === undefined)
                continue;
            call.isTold = true;
            this.#calls.delete(job);
            clearTimeout(call.timer);
            call.abort.abort(new Cancelled());
        }
    }
    #begin(job) {
        if (this.#calls.has(job.job))
            return;
        const call = { abort: new AbortController(), isTold: false };
        this.#calls.set(job.job, call);
        const limit = job.timeout_seconds;
        if (limit !== null && limit !== undefined) {
            call.timer = setTimeout(() => {
                this.#end(job.job, call, `"error":"Timeout after ${limit} seconds"`);
                call.abort.abort(new Error(`Timeout after ${limit} seconds`));
            }, limit * 1000);
        }
        const { security, ...members } = job.context ?? {};
        const context = {
            ...members,
            security: security ?? {},
            attempt: job.attempt,
            signal: call.abort.signal,
            deadline: limit === null || limit === undefined ? null : Date.now() + limit * 1000,
        };
        let value;
        try {
            const action = this.#actions.get(job.action);
            if (action === undefined)
                throw new Error(`this worker has no action ${job.action}`);
            value = action.run(checked(action, job.input), context);
        }
        catch (error) {
            return this.#end(job.job, call, failed(error));
        }
        // Nearly all that return at once need no promise.
        if (value === null || typeof value !== "object" || typeof value.then !== "function") {
            return this.#end(job.job, call, ended(value));
        }
        value.then((result) => this.#end(job.job, call, ended(result)), (error) => this.#end(job.job, call, failed(error)));
    }
    #end(job, call, members) {
        if (call.isTold)
            return;
        call.isTold = true;
        clearTimeout(call.timer);
        this.#calls.delete(job);
        this.#results.push([job, members]);
        this.#changed();
        if (!this.#isDelivering) {
            this.#isDelivering = true;
            // With whatever else ends in this turn.
            setImmediate(() => void this.#deliverAll());
        }
    }
    async #deliverAll() {
        let pause = 100;
        while (this.#results.length > 0) {
            const batch = this.#nextBatch();
            try {
                await this.#deliver(batch);
                pause = 100;
            }
            catch (error) {
                const isOwnFault = error instanceof Refused && error.status < 500 && ![401, 404, 408, 429].includes(error.status);
                if (isOwnFault)
                    await this.#refused(batch, error);
                else {
                    // The answer may have brought jobs.
                    if (error instanceof Unreachable)
                        this.#doubts++;
                    this.#changed();
                    this.#log(`mistral-worker: results wait: ${error.message}`);
                }
                // The other loop sees to a lost lease.
                await new Promise((resolve) => setTimeout(resolve, pause));
                pause = Math.min(pause * 2, 5_000);
            }
        }
        this.#isDelivering = false;
    }
    #nextBatch() {
        let size = 0;
        const batch = [];
        for (const result of this.#results.slice(0, MAX_RESULTS)) {
            size += result[0].length + result[1].length;
            if (batch.length > 0 && size > MAX_BODY)
                break;
            batch.push(result);
        }
        return batch;
    }
    async #deliver(batch) {
        if (this.#id === null)
            throw new Unreachable("there is no lease");
        const results = batch.map(([job, members]) => `{"job":"${job}",${members}}`).join(",");
        // What is free and not asked for is asked for at once: one request carries results there and jobs back.
        const room = this.#isStopping ? 0 : Math.max(0, this.#room() - this.#asked);
        const answer = await this.#exchange(`{"results":[${results}],"room":${room}}`, PATIENCE);
        const delivered = new Set(batch);
        this.#results = this.#results.filter((result) => !delivered.has(result));
        this.#take(answer);
    }
    /** One result that the service cannot take must not hold up the others. */
    async #refused(batch, refused) {
        if (batch.length === 1) {
            this.#log(`mistral-worker: a result is refused: ${refused.message}`);
            batch[0][1] = `"error":"The service refuses the result: ${refused.status}"`;
            return;
        }
        for (const one of batch) {
            try {
                await this.#deliver([one]);
            }
            catch (error) {
                if (error instanceof Refused)
                    one[1] = `"error":"The service refuses the result: ${error.status}"`;
            }
        }
    }
    async #leave(grace) {
        const deadline = Date.now() + grace;
        while (this.#id !== null && Date.now() < deadline && (this.#calls.size > 0 || this.#results.length > 0)) {
            try {
                this.#take(await this.#exchange({ running: this.#held() }, 10_000));
            }
            catch (error) {
                this.#log(`mistral-worker: ${error.message}`);
            }
            await this.#wait(Math.min(LOOK, Math.max(20, deadline - Date.now())));
            // Results go by the other loop.
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        if (this.#id !== null) {
            try {
                await this.#connection.request("DELETE", `/v2/workers/${this.#id}`, undefined, 10_000);
            }
            catch (error) {
                this.#log(`mistral-worker: no leave was taken: ${error.message}`);
            }
        }
        this.#connection.close();
    }
}
function ended(value) {
    if (value instanceof Started)
        return '"started":true';
    try {
        return `"data":${toJson(value)}`;
    }
    catch (error) {
        return failed(error);
    }
}
function failed(error) {
    try {
        if (error instanceof Cancelled)
            return `"cancel":${toJson(error.data)}`;
        if (error instanceof Failure)
            return `"error":${toJson(error.error)}`;
        if (error instanceof Error)
            return `"error":${toJson(error.message ? `${error.name}: ${error.message}` : error.name)}`;
        return `"error":${toJson(error)}`;
    }
    catch (worse) {
        return `"error":"The error cannot be told"`;
    }
}
/** Serves all actions that `action` made, until the process is told to end. */
export async function run(url, options = {}) {
    const worker = new Worker(url, registered(), options);
    for (const signal of ["SIGTERM", "SIGINT"])
        process.once(signal, () => worker.stop());
    await worker.run();
}
