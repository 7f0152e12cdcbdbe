/** The way to the service: JSON over HTTP/1.1, on connections that are kept open. */

import * as http from "node:http";
import * as https from "node:https";

export type Headers = Record<string, string>;

/** An answer with an error's status. */
export class Refused extends Error {
  constructor(readonly status: number, text: string) {
    super(`${status}: ${text}`);
    this.name = "Refused";
  }
}

/** There was no answer; whether the request was done is not known. */
export class Unreachable extends Error {
  constructor(text: string) {
    super(text);
    this.name = "Unreachable";
  }
}

export class Connection {
  readonly #base: URL;
  readonly #agent: http.Agent;
  readonly #module: typeof http | typeof https;
  readonly #headers: Headers | (() => Headers);

  constructor(url: string, headers: Headers | (() => Headers) = {}, tls: https.AgentOptions = {}) {
    this.#base = new URL(url.includes("//") ? url : `http://${url}`);
    const isSecure = this.#base.protocol === "https:";
    if (!isSecure && this.#base.protocol !== "http:") throw new TypeError(`'${url}' is no address of the service`);
    // Addresses of catalogs end in /v2.
    this.#base.pathname = this.#base.pathname.replace(/\/+$/, "").replace(/\/v2$/, "");
    this.#module = isSecure ? https : http;
    this.#agent = isSecure ? new https.Agent({ keepAlive: true, ...tls }) : new http.Agent({ keepAlive: true });
    this.#headers = headers;
  }

  /** Sends a value, or a text that is JSON already; gives the answer's value. Throws Refused and Unreachable. */
  async request(method: string, path: string, body?: unknown, patience = 30_000): Promise<any> {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const [status, content] = await this.#send(method, path, text, patience);
    if (status >= 400) throw new Refused(status, fault(content));
    return content === "" ? null : JSON.parse(content);
  }

  #send(method: string, path: string, text: string | undefined, patience: number, isSecond = false): Promise<[number, string]> {
    return new Promise((resolve, reject) => {
      const prefix = this.#base.pathname === "/" ? "" : this.#base.pathname;
      const headers: Record<string, string | number> = {
        Accept: "application/json",
        ...(typeof this.#headers === "function" ? this.#headers() : this.#headers),
      };
      if (text !== undefined) {
        headers["Content-Type"] = "application/json";
        headers["Content-Length"] = Buffer.byteLength(text);
      }
      const request = this.#module.request(
        { protocol: this.#base.protocol, hostname: this.#base.hostname.replace(/^\[|\]$/g, ""), port: this.#base.port, path: prefix + path, method, headers, agent: this.#agent },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("end", () => resolve([answer.statusCode ?? 0, Buffer.concat(parts).toString("utf8")]));
          answer.on("error", (error) => reject(new Unreachable(error.message)));
        },
      );
      request.setNoDelay(true);
      // A service that vanished without a word is noticed 15 s after the last one (Node asks ten times, a second apart).
      request.setSocketKeepAlive(true, 5_000);
      request.setTimeout(patience, () => request.destroy(new Error(`no answer within ${patience} ms`)));
      request.on("error", (error: NodeJS.ErrnoException) => {
        // A connection that was idle may have been closed by the other side meanwhile. What was posted may have been done, though.
        if (method !== "POST" && request.reusedSocket && error.code === "ECONNRESET" && !isSecond) {
          this.#send(method, path, text, patience, true).then(resolve, reject);
        } else {
          reject(new Unreachable(`${this.#base.origin}: ${error.message}`));
        }
      });
      request.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function fault(content: string): string {
  try {
    const value = JSON.parse(content);
    return String(value.faultstring ?? content);
  } catch {
    return content.slice(0, 500);
  }
}
