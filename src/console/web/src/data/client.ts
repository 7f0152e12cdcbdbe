// Requests to the REST API, and what goes wrong with them.
import { begun } from "../shell/begun";
import { BASE, SERVICE } from "../shell/build";
import { signal } from "../shell/signal";
import { tab } from "../shell/store";
import { hold, LARGE } from "./held";
import { inSnapshot, snapshot } from "./snapshot";

/** The token that the reader has given, for as long as the tab is open; none where the service asks for none. */
export const token = signal<string | undefined>(tab.get("token") ?? undefined);

export interface Project {
  id: string;
  name: string;
}

/** Projects that the reader may change to, as far as the identity service has told. */
export const projects = signal<Project[]>(JSON.parse(tab.get("projects") ?? "[]") as Project[]);

/** Why a sign-in over the provider's pages came to nothing. */
export const failedSignIn = signal("");

export function signIn(value: string | undefined, known: Project[] = []) {
  if (value) tab.set("token", value);
  else tab.drop("token");
  tab.set("projects", JSON.stringify(known));
  projects.set(known);
  failedSignIn.set("");
  token.set(value);
}

/** The way back from the provider's pages: the token stands behind #, which is sent to nobody, beside the mark that this tab has given. */
function comeBack() {
  if (location.hash === "#handed=1") {
    history.replaceState(null, "", location.pathname + location.search);
    // A page that this service trusts has brought a token, which no other page could: it is fetched once.
    void fetch(`${BASE}/console/session`, { method: "POST", headers: { "Content-Type": "application/json", "X-Mistral-Console": "1" }, body: '{"method": "handed"}' }).then(async (answer) => {
      const made = (await answer.json()) as { token?: string; faultstring?: string };
      if (answer.ok && made.token) signIn(made.token);
      else failedSignIn.set(made.faultstring ?? "Nothing was handed over.");
    });
    return;
  }
  if (!/^#(token|sign-in-failed)=/.test(location.hash)) return;
  const given = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
  const mark = tab.get("mark");
  tab.drop("mark");
  // Nobody signs a reader in as somebody else by a link.
  if (!mark || (given.has("token") && given.get("mark") !== mark)) return;
  if (given.has("token")) signIn(given.get("token")!);
  else failedSignIn.set(given.get("sign-in-failed") || "The provider has not signed you in.");
}
comeBack();

/** Whether the service has asked who is there. */
export const asksWho = signal(false);

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly request: string,
  ) {
    super(message);
  }
}

export interface Options {
  method?: string;
  json?: unknown;
  text?: string;
  signal?: AbortSignal;
  /** Asks with an administrator's role, where nobody is told apart. */
  asAdmin?: boolean;
  headers?: Record<string, string>;
  /** Whoever asks can show what a worker holds (`Held`), and is told how to let go of it. */
  holds?: (close: () => void) => void;
}

/** The request as a command line, for people to repeat. */
function asCurl(path: string, options: Options): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = ["curl"];
  if (options.method && options.method !== "GET") parts.push("-X", options.method);
  if (token.get()) parts.push('-H "X-Auth-Token: $TOKEN"');
  if (options.json !== undefined) parts.push("-H 'Content-Type: application/json' -d", quoted(JSON.stringify(options.json)));
  if (options.text !== undefined) parts.push("-H 'Content-Type: text/plain' --data-binary @-");
  parts.push(quoted(SERVICE + path));
  return parts.join(" ");
}

export async function api<T>(path: string, options: Options = {}): Promise<T> {
  const request = asCurl(path, options);
  if (snapshot.get()) {
    const kept = inSnapshot(path);
    if (kept === undefined || (options.method ?? "GET") !== "GET") throw new ApiError(404, "The file does not hold this.", request);
    return kept as T;
  }
  const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
  let body: string | undefined;
  if (options.json !== undefined) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(options.json);
  } else if (options.text !== undefined) {
    headers["Content-Type"] = "text/plain";
    body = options.text;
  }
  if ((options.method ?? "GET") !== "GET") headers["X-Mistral-Console"] = "1";
  const given = headers["X-Auth-Token"] || path === "/console/session" ? undefined : token.get();
  if (given) headers["X-Auth-Token"] = given;
  else if (options.asAdmin) headers["X-Roles"] = "admin";
  let response: Response;
  let taken: Blob | undefined;
  let text = "";
  try {
    response = await ((body === undefined && begun(path, given)) || fetch(BASE + path, { method: options.method ?? "GET", headers, body, signal: options.signal }));
    if (options.holds && response.ok) taken = await response.blob();
    else text = await response.text();
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    throw new ApiError(0, "The server cannot be reached.", request);
  }
  if (taken && taken.size >= LARGE) {
    const { data, close } = await hold(taken);
    options.holds!(close);
    return data as T;
  }
  if (taken) text = await taken.text();
  if (response.status === 401 && path !== "/console/session") asksWho.set(true);
  if (!response.ok) throw new ApiError(response.status, fault(text, response), request);
  return (text ? JSON.parse(text) : undefined) as T;
}

function fault(text: string, response: Response): string {
  try {
    const parsed = JSON.parse(text);
    return parsed.faultstring ?? parsed.message ?? parsed.description ?? parsed.title ?? text;
  } catch {
    return text.slice(0, 500) || response.statusText;
  }
}

export { query, segment } from "../shell/paths";
