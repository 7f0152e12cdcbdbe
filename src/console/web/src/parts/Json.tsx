// A JSON value as people look at it: as a tree whose members are made when they are opened, as text, as a table, by a word, as a file.
// What is large is in a worker (`Held`), and only what is seen of it comes here.
import { useEffect, useMemo, useState } from "preact/hooks";
import { Held } from "../data/held";
import { count } from "./format";
import { answer, columnsOf, MOST, parsed, print, search, SECRET, type Hit, type Members, type Question } from "./value";
import { Copy } from "./views";

const FIRST = 100;
const LONG = 2_000;

/** What a value says to a question: at once, or a moment later where a worker has it. Until then what it has said before. */
function useAnswer<T>(value: unknown, question: Question | undefined): T | undefined {
  const [said, set] = useState<T>();
  const words = JSON.stringify(question);
  useEffect(() => {
    if (!(value instanceof Held) || !question) return;
    let isGone = false;
    // A worker that is gone says nothing: the page is, too.
    value.ask(question).then((one) => isGone || set(one as T), () => undefined);
    return () => {
      isGone = true;
    };
  }, [value, words]);
  const own = useMemo(() => (value instanceof Held || !question ? undefined : (answer(value, question) as T)), [value, words]);
  return value instanceof Held ? said : own;
}

/** A text in full when somebody wants all of it. */
function Letters({ value, kind }: { value: unknown; kind: string }) {
  const [isWhole, want] = useState(false);
  const length = value instanceof Held ? value.kept.length : (value as string).length;
  const whole = useAnswer<string>(value, isWhole ? { what: "whole" } : undefined);
  const head = value instanceof Held ? value.kept.head! : (value as string).slice(0, LONG);
  return (
    <>
      <span class={`json-${kind}`}>{length <= LONG ? (value as string) : whole ?? `${head}…`}</span>
      {length > LONG && !isWhole && <button class="small" onClick={() => want(true)}>all {count(length)} characters</button>}
    </>
  );
}

/** How many members a list or mapping has; none of anything else. */
function sizeOf(value: unknown): { isList: boolean; length: number } | undefined {
  if (value instanceof Held) return value.kept.kind === "text" ? undefined : { isList: value.kept.kind === "list", length: value.kept.length };
  if (value === null || typeof value !== "object") return undefined;
  return { isList: Array.isArray(value), length: Array.isArray(value) ? value.length : Object.keys(value).length };
}

/** Members are made when they are opened, long texts are folded, what looks like a secret is dotted. */
export function Json({ value, name, depth = 0 }: { value: unknown; name?: string; depth?: number }) {
  const [open, setOpen] = useState(depth < 2);
  const [shown, setShown] = useState(FIRST);
  const [bare, setBare] = useState(!(name && SECRET.test(name)));
  const size = useMemo(() => sizeOf(value), [value]);
  const members = useAnswer<Members>(value, size?.length && open && bare ? { what: "members", until: shown } : undefined);
  const label = name !== undefined && <span class="json-key">{name}: </span>;
  if (!bare) return <div>{label}<button class="small" onClick={() => setBare(true)}>•••• show</button></div>;
  if (!size) {
    const isText = value instanceof Held || typeof value === "string";
    if (value === "") return <div>{label}<span class="muted">empty text</span></div>;
    return <div>{label}<Letters value={isText ? value : JSON.stringify(value)} kind={value === null ? "null" : isText ? "string" : typeof value} /></div>;
  }
  const { isList, length } = size;
  if (!length) return <div>{label}<span class="muted">{isList ? "[]" : "{}"}</span></div>;
  return (
    <div>
      <button class="json-fold" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? "▾" : "▸"} {label}<span class="muted">{isList ? `[${length}]` : `{${length}}`}</span></button>
      {open && members && (
        <div class="json-members">
          {members.map(([key, one]) => <Json key={key} name={key} value={one} depth={depth + 1} />)}
          {length > shown && <button class="small" onClick={() => setShown(shown + 1000)}>{count(length - shown)} more</button>}
        </div>
      )}
    </div>
  );
}

/** After the last key until it is looked for, and the longest time that a search takes of the page before others get a turn, milliseconds. */
const PAUSE = 100;
const TURN = 12;

function Search({ value, word }: { value: unknown; word: string }) {
  const [{ hits, isDone }, set] = useState<{ hits: Hit[]; isDone: boolean }>({ hits: [], isDone: false });
  useEffect(() => {
    let stop: (() => void) | undefined;
    const told = (hits: Hit[], isDone: boolean) => set({ hits, isDone });
    const timer = setTimeout(() => (stop = value instanceof Held ? value.search(word, told) : search(value, word, TURN, told)), PAUSE);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [value, word]);
  return (
    <>
      <p class="muted" role="status">{isDone ? (hits.length >= MOST ? `the first ${MOST}` : `${count(hits.length)} found`) : "looking…"}</p>
      <ul class="plain">{hits.map((one) => (
        <li><code>{one.path}</code> <Copy text={one.path} label="Copy path" />{" "}
          {one.text === undefined ? "••••" : <span class="muted">{one.text}</span>}</li>
      ))}</ul>
    </>
  );
}

const PRINTED = 200_000;

function Text({ value }: { value: unknown }) {
  const said = useAnswer<ReturnType<typeof print>>(value, { what: "print", most: PRINTED });
  if (!said) return null;
  return (
    <>
      <pre class="source" tabIndex={0}>{said.text}</pre>
      {!said.isWhole && <p class="muted">The first {count(PRINTED)} characters: “Save” gives all of it.</p>}
      {said.hides && <p class="muted">What looks like a secret is dotted; the tree shows it, and “Copy” and “Save” hold it.</p>}
    </>
  );
}

function Table({ value, columns }: { value: unknown; columns: string[] }) {
  const [shown, show] = useState(FIRST);
  const length = sizeOf(value)!.length;
  const cells = useAnswer<string[][]>(value, { what: "cells", columns, until: shown }) ?? [];
  return (
    <>
      <div class="scroll"><table>
        <thead><tr><th>#</th>{columns.map((name) => <th>{name}</th>)}</tr></thead>
        <tbody>{cells.map((row, i) => <tr><td class="muted">{i}</td>{row.map((cell) => <td class="cellwide">{cell}</td>)}</tr>)}</tbody>
      </table></div>
      {length > shown && <p><button class="small" onClick={() => show(shown + 1000)}>{count(length - shown)} more</button></p>}
    </>
  );
}

/** Below so many characters a value is seen at one glance. */
const GLANCE = 120;

/** `part`: the name by which an address leads here. */
export function Data({ title, value, part }: { title: string; value: unknown; part?: string }) {
  const made = useMemo(() => (value instanceof Held ? value : parsed(value)), [value]);
  const columns = useMemo(() => (made instanceof Held ? made.kept.columns ?? [] : columnsOf(made)), [made]);
  const [look, setLook] = useState<"tree" | "text" | "table">("tree");
  const [word, setWord] = useState("");
  const isSmall = useMemo(() => !(made instanceof Held) && print(made, GLANCE + 1).text.length <= GLANCE, [made]);
  const isText = made instanceof Held ? made.kept.kind === "text" : typeof made === "string";
  const whole = async () => (made instanceof Held ? made.ask({ what: "whole" }) : answer(made, { what: "whole" })) as Promise<string>;
  const save = async () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([await whole()], { type: isText ? "text/plain" : "application/json" }));
    link.download = `${title.toLowerCase().replace(/\W+/g, "-")}.${isText ? "txt" : "json"}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  const looks = ["tree", "text", ...(columns.length ? ["table"] : [])] as (typeof look)[];
  return (
    <section class="data" aria-label={title} data-part={part} tabIndex={part ? -1 : undefined}>
      <h3>{title} {made !== null && <Copy text={whole} />}</h3>
      {!isSmall && (
        <div class="chips" role="group" aria-label={`How ${title} is shown`}>
          {looks.map((one) => <button class="small" aria-pressed={look === one} onClick={() => setLook(one)}>{one[0].toUpperCase() + one.slice(1)}</button>)}
          <button class="small" onClick={save}>Save</button>
          <input class="small" aria-label={`Find in ${title}`} placeholder="find" value={word} onInput={(event) => setWord(event.currentTarget.value)} />
        </div>
      )}
      {word.trim() ? <Search value={made} word={word.trim()} /> : look === "text" ? <Text value={made} /> : look === "table" && columns.length ? <Table value={made} columns={columns} /> : <Json value={made} />}
    </section>
  );
}
