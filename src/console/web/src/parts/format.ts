// Times, durations and states as people read them.
import { zone } from "../shell/settings";

/** A date of the REST API (UTC, `2026-11-23 06:28:05`) in milliseconds since 1970. */
export function parseDate(text: string | null | undefined): number | undefined {
  if (!text) return undefined;
  const time = Date.parse(`${text.replace(" ", "T").replace(/Z$/, "")}Z`);
  return Number.isNaN(time) ? undefined : time;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** In a zone, or in local time. Only other zones need `Intl`, whose formats take longer to make than a page of a list. */
function inZone(time: number, name: string | undefined): string {
  if (name === "UTC" || name === undefined) {
    const shifted = name === undefined ? time - new Date(time).getTimezoneOffset() * 60_000 : time;
    return new Date(shifted).toISOString().slice(0, 19).replace("T", " ");
  }
  let format = formats.get(name);
  if (!format) {
    format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: name });
    formats.set(name, format);
  }
  return format.format(time);
}

/** In the chosen zone. */
export function showTime(time: number | undefined): string {
  if (time === undefined) return "–";
  const name = zone.get();
  if (name === "UTC") return `${inZone(time, "UTC")}Z`;
  return inZone(time, name === "local" ? undefined : name);
}

/** In the zones that are there to choose from. */
export function allZones(time: number | undefined): string {
  if (time === undefined) return "";
  const name = zone.get();
  const chosen = name === "UTC" || name === "local" ? "" : `\n${inZone(time, name)} ${name}`;
  return `${inZone(time, "UTC")} UTC\n${inZone(time, undefined)} local${chosen}`;
}

/** Of microseconds: `1 h 04 m`; below a second `12.4 ms`. */
export function duration(us: number | null | undefined): string {
  if (us === null || us === undefined) return "–";
  const ms = us / 1000;
  if (us === 0) return "at once";
  if (ms < 1) return `${us.toFixed(0)} µs`;
  if (ms < 1000) return `${ms < 100 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
  const s = ms / 1000;
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  if (s < 60) return `${s < 10 ? s.toFixed(1) : Math.floor(s)} s`;
  if (s < 3600) return `${Math.floor(s / 60)} m ${two(s % 60)} s`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${two((s % 3600) / 60)} m`;
  return `${Math.floor(s / 86400)} d ${two((s % 86400) / 3600)} h`;
}

/** A state is a shape, a word and a colour: the shape, and the name of the colour. */
const LOOKS: Record<string, [string, string]> = {
  RUNNING: ["◐", "running"],
  SUCCESS: ["●", "success"],
  ERROR: ["✖", "error"],
  PAUSED: ["‖", "paused"],
  DELAYED: ["◷", "delayed"],
  WAITING: ["○", "idle"],
  IDLE: ["○", "idle"],
  CANCELLED: ["⊘", "cancelled"],
  SKIPPED: ["⤼", "skipped"],
};

export function lookOf(state: string): { sign: string; colour: string } {
  const [sign, colour] = LOOKS[state] ?? ["·", "idle"];
  return { sign, colour };
}

export const EXECUTION_STATES = ["RUNNING", "ERROR", "PAUSED", "SUCCESS", "CANCELLED"];
export const isFinal = (state: string) => ["SUCCESS", "ERROR", "CANCELLED", "SKIPPED"].includes(state);

export const count = (number: number) => number.toLocaleString("en");

/** Bytes as people read them. */
export function bytes(number: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let at = 0;
  let left = number;
  while (left >= 1024 && at < units.length - 1) {
    left /= 1024;
    at += 1;
  }
  return `${left < 10 && at ? left.toFixed(1) : Math.round(left)} ${units[at]}`;
}

/** What a description says, and what has started the run: the service's own descriptions are JSON. */
export function described(text: string | null | undefined): { words: string; cron?: string } {
  if (!text?.startsWith("{")) return { words: text ?? "" };
  try {
    const made = JSON.parse(text) as { description?: string; triggered_by?: { type?: string; id?: string } };
    if (typeof made.description !== "string") return { words: text };
    return { words: made.description.replace(/ '\(.*\)'/, ""), cron: made.triggered_by?.type === "cron_trigger" ? made.triggered_by.id : undefined };
  } catch {
    return { words: text };
  }
}

/** The message of a run in one line: what the first task that failed says, without the ids around it. */
export function brief(info: string | null | undefined): string {
  const text = info ?? "";
  const task = /^\s*(\S+) \[task_ex_id=[^\]]*\] -> (.*)$/m.exec(text);
  if (!task) return text.split("\n").slice(0, 4).join(" ");
  const inner = /msg='((?:[^'\\]|\\.)*)'\]?\s*$/.exec(task[2]) ?? /msg="([^"]*)"/.exec(task[2]);
  return `${task[1]}: ${inner ? inner[1] : task[2] || text.split("\n").find((line) => line.includes("[action_ex_id=")) || "failed"}`;
}
