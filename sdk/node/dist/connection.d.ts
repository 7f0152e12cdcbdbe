/** The way to the service: JSON over HTTP/1.1, on connections that are kept open. */
import * as https from "node:https";
export type Headers = Record<string, string>;
/** An answer with an error's status. */
export declare class Refused extends Error {
    readonly status: number;
    constructor(status: number, text: string);
}
/** There was no answer; whether the request was done is not known. */
export declare class Unreachable extends Error {
    constructor(text: string);
}
export declare class Connection {
    #private;
    constructor(url: string, headers?: Headers | (() => Headers), tls?: https.AgentOptions);
    /** Sends a value, or a text that is JSON already; gives the answer's value. Throws Refused and Unreachable. */
    request(method: string, path: string, body?: unknown, patience?: number): Promise<any>;
    close(): void;
}
