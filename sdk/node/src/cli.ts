#!/usr/bin/env node
/** `mistral-worker`: serves actions of modules. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { registered } from "./actions.js";
import { Refused } from "./connection.js";
import { Worker, type WorkerOptions } from "./worker.js";

const HELP = `mistral-worker [OPTIONS] MODULE...

Serves the actions of modules: files that call action() of this package.

  --url URL            address of the API (MISTRAL_URL, http://127.0.0.1:8989)
  --name NAME          shown to operators; default: host and process id
  --target NAME        a name by which tasks may ask for this worker
  --scope SCOPE        public: serve all projects; private: only that of the token
  --capacity N         jobs at once (256)
  --header 'NAME: V'   sent with each request
  --token-file FILE    a file with the token to send as X-Auth-Token, read anew for each request (or MISTRAL_AUTH_TOKEN)
  --ca-file FILE       authorities to trust for https
  --insecure           do not check the certificate
  --list               print the actions, and serve nothing
`;

async function main(): Promise<number> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: text, name: text, target: text, scope: text, capacity: text, "token-file": text, "ca-file": text,
      header: { type: "string", multiple: true }, insecure: flag, list: flag, help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  for (const module of positionals) {
    const isFile = /^[./]|\.[cm]?js$/.test(module);
    await import(isFile ? pathToFileURL(resolve(module)).href : module);
  }
  const actions = registered();
  if (values.list) {
    for (const { name } of actions) console.log(name);
    return 0;
  }
  if (actions.length === 0) {
    console.error("there are no actions to serve: name a module that calls action()");
    return 2;
  }
  const fixed: Record<string, string> = {};
  for (const line of values.header ?? []) {
    const at = line.indexOf(":");
    if (at < 0) throw new Error(`--header ${line}: NAME: VALUE is wanted`);
    fixed[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  if (process.env.MISTRAL_AUTH_TOKEN) fixed["X-Auth-Token"] ??= process.env.MISTRAL_AUTH_TOKEN;
  const file = values["token-file"];
  const options: WorkerOptions = {
    name: values.name,
    target: values.target,
    scope: values.scope as WorkerOptions["scope"],
    capacity: values.capacity === undefined ? undefined : Number(values.capacity),
    headers: file === undefined ? fixed : () => ({ ...fixed, "X-Auth-Token": readFileSync(file, "utf8").trim() }),
    tls: {
      ...(values["ca-file"] ? { ca: readFileSync(values["ca-file"]) } : {}),
      ...(values.insecure ? { rejectUnauthorized: false } : {}),
    },
  };
  const worker = new Worker(values.url ?? process.env.MISTRAL_URL ?? "http://127.0.0.1:8989", actions, options);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => worker.stop());
  try {
    await worker.run();
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(`the service does not take this worker: ${error.message}`);
    return 1;
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
