// A JSON value as people look at it: as a tree whose members are made when they are opened, as text, as a table, by a word, as a file.
import { useEffect, useMemo, useState } from "preact/hooks";
import { count } from "./format";
import { columnsOf, find, print, SECRET, type Found } from "./value";
import { Copy } from "./views";

const FIRST = 100;
const LONG = 2_000;

/** Members are made when they are opened, long texts are folded, what looks like a secret is dotted. */
export function Json({ value, name, depth = 0 }: { value: unknown; name?: string; depth?: number }) {
  const [open, setOpen] = useState(depth < 2);
  const [shown, setShown] = useState(FIRST);
  const [bare, setBare] = useState(!(name && SECRET.test(name)));
  const label = name !== undefined && <span class="json-key">{name}: </span>;
  if (!bare) return <div>{label}<button class="small" onClick={() => setBare(true)}>•••• show</button></div>;
  if (value === null || typeof value !== "object") {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (text === "") return <div>{label}<span class="muted">empty text</span></div>;
    const isFolded = text.length > LONG && !open;
    return (
      <div>
        {label}
        <span class={`json-${value === null ? "null" : typeof value}`}>{text.length > LONG && (isFolded || depth < 2) && shown === FIRST ? `${text.slice(0, LONG)}…` : text}</span>
        {text.length > LONG && shown === FIRST && <button class="small" onClick={() => { setShown(Infinity); setOpen(true); }}>all {count(text.length)} characters</button>}
      </div>
    );
  }
  const names = Array.isArray(value) ? undefined : Object.keys(value);
  const { length } = names ?? (value as unknown[]);
  if (!length) return <div>{label}<span class="muted">{names ? "{}" : "[]"}</span></div>;
  const members = names?.slice(0, shown) ?? Array.from({ length: Math.min(length, shown) }, (_, i) => String(i));
  return (
    <div>
      <button class="json-fold" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? "▾" : "▸"} {label}<span class="muted">{names ? `{${length}}` : `[${length}]`}</span></button>
      {open && (
        <div class="json-members">
          {members.map((key) => <Json key={key} name={key} value={(value as Record<string, unknown>)[key]} depth={depth + 1} />)}
          {length > shown && <button class="small" onClick={() => setShown(shown + 1000)}>{count(length - shown)} more</button>}
        </div>
      )}
    </div>
  );
}

/** A value that REST gives as JSON inside of a text. */
export function parsed(text: unknown): unknown {
  if (typeof text !== "string") return text ?? null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Found at once, and the longest time that a search takes before others get a turn, milliseconds. */
const MOST = 100;
const TURN = 12;

function Search({ value, word }: { value: unknown; word: string }) {
  const [{ found, isDone }, set] = useState<{ found: Found[]; isDone: boolean }>({ found: [], isDone: false });
  useEffect(() => {
    const walk = find(value, word);
    const found: Found[] = [];
    let timer = 0;
    const go = () => {
      const until = performance.now() + TURN;
      for (;;) {
        const { value: one, done } = walk.next();
        if (done || found.length >= MOST) return set({ found, isDone: true });
        if (one) found.push(one);
        else if (performance.now() > until) break;
      }
      set({ found: [...found], isDone: false });
      timer = window.setTimeout(go);
    };
    timer = window.setTimeout(go, 150);
    return () => clearTimeout(timer);
  }, [value, word]);
  return (
    <>
      <p class="muted" role="status">{isDone ? (found.length >= MOST ? `the first ${MOST}` : `${count(found.length)} found`) : "looking…"}</p>
      <ul class="plain">{found.map((one) => (
        <li><code>{one.path}</code> <Copy text={one.path} label="Copy path" />{" "}
          {one.isSecret ? "••••" : <span class="muted">{print(one.value, 200).text.replace(/\s+/g, " ")}</span>}</li>
      ))}</ul>
    </>
  );
}

const PRINTED = 200_000;

function Text({ value }: { value: unknown }) {
  const { text, isWhole, hides } = useMemo(() => (typeof value === "string" ? { text: value.slice(0, PRINTED), isWhole: value.length <= PRINTED, hides: false } : print(value, PRINTED)), [value]);
  return (
    <>
      <pre class="source" tabIndex={0}>{text}</pre>
      {!isWhole && <p class="muted">The first {count(PRINTED)} characters: “Save” gives all of it.</p>}
      {hides && <p class="muted">What looks like a secret is dotted; the tree shows it, and “Copy” and “Save” hold it.</p>}
    </>
  );
}

function Table({ value, columns }: { value: Record<string, unknown>[]; columns: string[] }) {
  const [shown, show] = useState(FIRST);
  const cell = (item: unknown) => (item === undefined ? "" : typeof item === "string" ? item.slice(0, 200) : print(item, 200).text.replace(/\s+/g, " "));
  return (
    <>
      <div class="scroll"><table>
        <thead><tr><th>#</th>{columns.map((name) => <th>{name}</th>)}</tr></thead>
        <tbody>{value.slice(0, shown).map((one, i) => <tr><td class="muted">{i}</td>{columns.map((name) => <td class="cellwide">{SECRET.test(name) ? "••••" : cell(one?.[name])}</td>)}</tr>)}</tbody>
      </table></div>
      {value.length > shown && <p><button class="small" onClick={() => show(shown + 1000)}>{count(value.length - shown)} more</button></p>}
    </>
  );
}

/** Below so many characters a value is seen at one glance. */
const GLANCE = 120;

export function Data({ title, value }: { title: string; value: unknown }) {
  const made = useMemo(() => parsed(value), [value]);
  const columns = useMemo(() => columnsOf(made), [made]);
  const [look, setLook] = useState<"tree" | "text" | "table">("tree");
  const [word, setWord] = useState("");
  const isSmall = useMemo(() => print(made, GLANCE + 1).text.length <= GLANCE, [made]);
  const whole = () => (typeof made === "string" ? made : JSON.stringify(made, null, 2));
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([whole()], { type: typeof made === "string" ? "text/plain" : "application/json" }));
    link.download = `${title.toLowerCase().replace(/\W+/g, "-")}.${typeof made === "string" ? "txt" : "json"}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  const looks = ["tree", "text", ...(columns.length ? ["table"] : [])] as (typeof look)[];
  return (
    <section class="data" aria-label={title}>
      <h3>{title} {made !== null && <Copy text={whole} />}</h3>
      {!isSmall && (
        <div class="chips" role="group" aria-label={`How ${title} is shown`}>
          {looks.map((one) => <button class="small" aria-pressed={look === one} onClick={() => setLook(one)}>{one[0].toUpperCase() + one.slice(1)}</button>)}
          <button class="small" onClick={save}>Save</button>
          <input class="small" aria-label={`Find in ${title}`} placeholder="find" value={word} onInput={(event) => setWord(event.currentTarget.value)} />
        </div>
      )}
      {word.trim() ? <Search value={made} word={word.trim()} /> : look === "text" ? <Text value={made} /> : look === "table" && columns.length ? <Table value={made as Record<string, unknown>[]} columns={columns} /> : <Json value={made} />}
    </section>
  );
}
