// The address bar is the state.
import { BASE } from "./build";
import { signal } from "./signal";

const ROOT = `${BASE}/console`;

/** The address below the console's root, with its query; also where somebody reaches the service without the proxy before it. */
export function below(): string {
  const path = location.pathname.startsWith(`${ROOT}/`) ? location.pathname.slice(ROOT.length) : location.pathname.slice("/console".length);
  return path + location.search;
}

export interface Place {
  /** Segments below the console's root, decoded. */
  path: string[];
  query: URLSearchParams;
}

function here(): Place {
  const path = below().split("?")[0].split("/").filter(Boolean).map(decode);
  return { path, query: new URLSearchParams(location.search) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const place = signal(here());
export const usePlace = place.use;
addEventListener("popstate", () => place.set(here()));

/** A path of the console as an address. */
export const href = (path: string) => ROOT + path;

/** Goes to a path of the console; typing replaces, choosing adds to the history. */
export function go(path: string, replace = false) {
  if (ROOT + path === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", ROOT + path);
  place.set(here());
}

/** The same page with some parts of the query changed; empty ones leave. */
export function change(parts: Record<string, string | undefined>, replace = false) {
  const { query } = here();
  for (const [name, value] of Object.entries(parts)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  go(below().split("?")[0] + (text ? `?${text}` : ""), replace);
}

// Links inside the console do not load the page anew.
addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const anchor = (event.target as Element).closest?.("a");
  if (!anchor || anchor.target || anchor.origin !== location.origin || !anchor.pathname.startsWith(`${ROOT}/`)) return;
  if (anchor.pathname.startsWith(`${ROOT}/a/`)) return;
  event.preventDefault();
  go(anchor.pathname.slice(ROOT.length) + anchor.search);
  scrollTo(0, 0);
});
