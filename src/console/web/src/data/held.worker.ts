// Holds one large answer for a page: parses it, looks into it, and tells what is asked for.
import { answer, columnsOf, parsed, search, type Members } from "../parts/value";
import type { Kept, Said, Way, Wish } from "./held";

/** Texts that are longer stay here; of an answer, what such a text holds is parsed, if it stands so deep. */
const LONG = 2_000;
const LARGE = 64 << 10;
const DEEP = 4;
/** How long a search takes before other questions get a turn, milliseconds. */
const TURN = 40;

let whole: unknown;
const searches = new Map<number, () => void>();

const scope = globalThis as unknown as { postMessage: (said: Said) => void; onmessage: (event: MessageEvent<Wish>) => void };

const at = (way: Way) => way.reduce<unknown>((value, name) => (value as Record<string | number, unknown>)[name], whole);

function keptOf(value: unknown, way: Way): Kept {
  if (typeof value === "string") return { way, kind: "text", length: value.length, head: value.slice(0, LONG) };
  if (Array.isArray(value)) return { way, kind: "list", length: value.length, columns: columnsOf(value) };
  return { way, kind: "mapping", length: Object.keys(value as object).length };
}

/** The answer without what stays here, whose places are noted. */
function outline(value: unknown, way: Way, kept: Kept[]): unknown {
  if (typeof value === "string" && value.length > LARGE) {
    kept.push({ way, kind: "text", length: 0 });
    return null;
  }
  if (value === null || typeof value !== "object" || way.length > DEEP) return value;
  if (Array.isArray(value)) return value.map((one, i) => outline(one, [...way, i], kept));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, outline(one, [...way, name], kept)]));
}

async function open(taken: Blob): Promise<Partial<Said>> {
  whole = JSON.parse(await taken.text());
  const places: Kept[] = [];
  const value = outline(whole, [], places);
  const kept = places.map(({ way }) => {
    const place = at(way.slice(0, -1)) as Record<string | number, unknown>;
    const name = way[way.length - 1];
    place[name] = parsed(place[name]);
    return keptOf(place[name], way);
  });
  return { value, kept };
}

/** Members as they cross: what has members of its own, or is long, stays. */
function cross(members: Members, way: Way): Said["members"] {
  const isList = Array.isArray(at(way));
  return members.map(([name, value]) => {
    const stays = typeof value === "string" ? value.length > LONG : value !== null && typeof value === "object";
    return stays ? ["kept", name, keptOf(value, [...way, isList ? Number(name) : name])] : ["value", name, value];
  });
}

function hear(wish: Wish): Partial<Said> | Promise<Partial<Said>> | undefined {
  if ("open" in wish) return open(wish.open);
  if ("stop" in wish) {
    searches.get(wish.stop)?.();
    searches.delete(wish.stop);
    return undefined;
  }
  const value = at(wish.way);
  if ("word" in wish) {
    searches.set(wish.id, search(value, wish.word, TURN, (hits, isDone) => scope.postMessage({ id: wish.id, hits, isDone })));
    return undefined;
  }
  const made = answer(value, wish.question);
  return wish.question.what === "members" ? { members: cross(made as Members, wish.way) } : { value: made };
}

scope.onmessage = async ({ data: wish }) => {
  try {
    const said = await hear(wish);
    if (said) scope.postMessage({ ...said, id: wish.id });
  } catch (error) {
    scope.postMessage({ id: wish.id, failed: String(error) });
  }
};
