// Where this browser has been last: executions and workflows.
import { browser } from "./store";

export interface Visit {
  to: string;
  name: string;
}

const MOST = 10;

export function visited(): Visit[] {
  try {
    const kept = JSON.parse(browser.get("visited") ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

export function visit(to: string, name: string) {
  browser.set("visited", JSON.stringify([{ to, name }, ...visited().filter((one) => one.to !== to)].slice(0, MOST)));
}
