// The address bar is the state.
import { BASE } from "./build";
import { signal } from "./signal";

const ROOT = `${BASE}/console`;

/** Where the reader is: what the address bar says, or will say in a moment. */
let address = location.pathname + location.search;

/** The address below the console's root, with its query; also where somebody reaches the service without the proxy before it. */
export const below = () => address.slice(address.startsWith(`${ROOT}/`) ? ROOT.length : "/console".length);

export interface Place {
  /** Segments below the console's root, decoded. */
  path: string[];
  query: URLSearchParams;
}

function here(): Place {
  const path = below().split("?")[0].split("/").filter(Boolean).map(decode);
  return { path, query: new URLSearchParams(address.split("?")[1]) };
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
addEventListener("popstate", () => {
  clearTimeout(timer);
  timer = 0;
  address = location.pathname + location.search;
  place.set(here());
});

/** Browsers let a page write its address a hundred times in half a minute (Safari), or two hundred in ten seconds (Chromium); dragging and playing do it more often. */
const SELDOM = 350;
let timer = 0;
let written = -SELDOM;

/** Writes what the address bar does not say yet. */
export function settle() {
  clearTimeout(timer);
  timer = 0;
  if (location.pathname + location.search !== address) history.replaceState(null, "", address);
  written = performance.now();
}
addEventListener("pagehide", () => timer && settle());

/** A path of the console as an address. */
export const href = (path: string) => ROOT + path;

/** Goes to a path of the console; typing replaces, choosing adds to the history. */
export function go(path: string, replace = false) {
  if (ROOT + path === address) return;
  if (timer && !replace) settle();
  address = ROOT + path;
  if (!replace) history.pushState(null, "", address);
  else if (performance.now() - written >= SELDOM) settle();
  else timer ||= window.setTimeout(settle, written + SELDOM - performance.now());
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
