// Requests to the REST API, and what goes wrong with them.

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
}

/** The request as a command line, for people to repeat. */
function asCurl(path: string, options: Options): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = ["curl"];
  if (options.method && options.method !== "GET") parts.push("-X", options.method);
  if (options.json !== undefined) parts.push("-H 'Content-Type: application/json' -d", quoted(JSON.stringify(options.json)));
  if (options.text !== undefined) parts.push("-H 'Content-Type: text/plain' --data-binary @-");
  parts.push(quoted(location.origin + path));
  return parts.join(" ");
}

export async function api<T>(path: string, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  let body: string | undefined;
  if (options.json !== undefined) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(options.json);
  } else if (options.text !== undefined) {
    headers["Content-Type"] = "text/plain";
    body = options.text;
  }
  const request = asCurl(path, options);
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, { method: options.method ?? "GET", headers, body, signal: options.signal });
    text = await response.text();
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    throw new ApiError(0, "The server cannot be reached.", request);
  }
  if (!response.ok) throw new ApiError(response.status, fault(text, response), request);
  return (text ? JSON.parse(text) : undefined) as T;
}

function fault(text: string, response: Response): string {
  try {
    const parsed = JSON.parse(text);
    return parsed.faultstring ?? parsed.message ?? text;
  } catch {
    return text.slice(0, 500) || response.statusText;
  }
}

/** A query string of the parts that are filled. */
export function query(parts: Record<string, string | number | undefined>): string {
  const filled = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value !== undefined && value !== "") filled.set(name, String(value));
  }
  const text = filled.toString();
  return text ? `?${text}` : "";
}

export const segment = encodeURIComponent;
