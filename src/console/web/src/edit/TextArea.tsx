// The text that is written: CodeMirror, which makes lines that are seen only, so that a document of thirty thousand lines is typed into as
// one of thirty. It stands in a shadow root, where its styles are adopted sheets: style elements would break the content security policy.
import { standardKeymap, history, historyKeymap, insertNewlineKeepIndent } from "@codemirror/commands";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Prec, RangeSetBuilder, StateEffect, StateField, Transaction, type Text } from "@codemirror/state";
import { Decoration, EditorView, keymap, lineNumbers, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { render, type ComponentChildren, type RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { BACK, pieces, textLines } from "./colours";
import { STYLES } from "./styles";

/** What a page does with the text. */
export interface Area {
  /** As it stands, also while it is being typed. */
  text: () => string;
  caret: () => number;
  focus: () => void;
  /** Goes to a place and shows it. */
  show: (at: number) => void;
  /** Puts something in the place of a part, the caret after it. */
  put: (from: number, to: number, text: string) => void;
  /** Where a place is, pixels from the corner of the text. */
  place: (at: number) => { left: number; top: number };
}

/** Of a text that is longer, others hear when nobody has typed for a moment: making one of all its lines takes longer than a key may. */
const LARGE = 100_000;
const MOMENT = 200;

/** Colours of the lines that are seen. */
const colours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = coloured(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = coloured(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const MARKS = new Map(["key", "string", "literal", "comment", "expression"].map((kind) => [kind, Decoration.mark({ class: `of-${kind}` })]));

function coloured({ state: { doc }, viewport }: EditorView): DecorationSet {
  const made = new RangeSetBuilder<Decoration>();
  const [first, last] = [doc.lineAt(viewport.from).number, doc.lineAt(viewport.to).number];
  const begin = Math.max(1, first - BACK);
  const lines: string[] = [];
  for (let n = begin; n <= last; n++) lines.push(doc.line(n).text);
  textLines(lines, first - begin, lines.length).forEach((isText, i) => {
    let at = doc.line(first + i).from;
    for (const [kind, text] of pieces(lines[first - begin + i], isText)) {
      if (kind && text) made.add(at, at + text.length, MARKS.get(kind)!);
      at += text.length;
    }
  });
  return made.finish();
}

/** What is wrong with a part of the text; lines and columns begin with one, columns are characters. */
export interface Problem {
  line: number;
  column: number;
  end_line?: number;
  end_column?: number;
  severity: string;
  message: string;
}

const tellProblems = StateEffect.define<readonly Problem[]>();

/** They stand where they were found, and move with what is written before them, until the text has been looked at again. */
const problemMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, { changes, effects, state }) => effects.reduce((now, one) => (one.is(tellProblems) ? underlined(state.doc, one.value) : now), marks.map(changes)),
  provide: (field) => EditorView.decorations.from(field),
});

function underlined(doc: Text, problems: readonly Problem[]): DecorationSet {
  const at = (n: number, column: number) => {
    const line = doc.line(Math.max(1, Math.min(doc.lines, n)));
    return line.from + [...line.text].slice(0, column - 1).join("").length;
  };
  return Decoration.set(problems.flatMap(({ line, column, end_line, end_column, severity, message }) => {
    const from = Math.min(at(line, column), doc.length - 1);
    // One that has no width is at the character behind it.
    const to = Math.min(Math.max(at(end_line ?? line, end_column ?? column), from + 1), doc.length);
    return from >= 0 ? [Decoration.mark({ class: severity === "error" ? "is-wrong" : "is-doubtful", attributes: { title: message } }).range(from, to)] : [];
  }), true);
}

/** What screen readers are told. */
const named = (label: string, active?: string) => EditorView.contentAttributes.of({ "aria-label": label, "aria-autocomplete": "list", ...(active ? { "aria-controls": "offers", "aria-activedescendant": active } : {}) });

interface Props {
  area: RefObject<Area | null>;
  label: string;
  value: string;
  /** Typed; `at`: where the caret is. */
  onInput: (text: string, at: number) => void;
  /** The caret was put elsewhere without typing. */
  onMove: (at: number) => void;
  /** Whether the key was for somebody else. */
  onKey: (event: KeyboardEvent) => boolean;
  onBlur: () => void;
  /** What lies over the text: a list from which is chosen, and the id of the chosen entry. */
  over?: ComponentChildren;
  active?: string;
  /** Underlined in the text. */
  problems?: readonly Problem[];
}

export function TextArea({ area, label, value, active, over, problems, ...heard }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(heard);
  latest.current = heard;
  const made = useRef<{ view: EditorView; attributes: Compartment; layer: HTMLElement; known: string } | undefined>(undefined);
  useLayoutEffect(() => {
    const root = host.current!.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [sheet];
    const [place, layer] = [document.createElement("div"), document.createElement("div")];
    place.className = "place";
    root.append(place, layer);
    const attributes = new Compartment();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      clearTimeout(timer);
      timer = undefined;
      const one = made.current!;
      one.known = view.state.doc.toString();
      latest.current.onInput(one.known, view.state.selection.main.head);
    };
    const view: EditorView = new EditorView({
      parent: place,
      root,
      state: EditorState.create({
        doc: value,
        extensions: [
          Prec.highest(EditorView.domEventHandlers({ keydown: (event) => latest.current.onKey(event), blur: () => latest.current.onBlur() })),
          history(),
          search({ top: true }),
          keymap.of([{ key: "Enter", run: insertNewlineKeepIndent }, ...searchKeymap, ...historyKeymap, ...standardKeymap]),
          lineNumbers(),
          colours,
          problemMarks,
          EditorState.tabSize.of(2),
          attributes.of(named(label)),
          EditorView.updateListener.of((update) => {
            const isOwn = update.transactions.some((one) => one.annotation(Transaction.remote));
            if (update.docChanged && !isOwn) {
              if (update.state.doc.length < LARGE) tell();
              else {
                clearTimeout(timer);
                timer = setTimeout(tell, MOMENT);
              }
            } else if (update.selectionSet && !update.docChanged && !timer) latest.current.onMove(update.state.selection.main.head);
          }),
        ],
      }),
    });
    made.current = { view, attributes, layer, known: value };
    area.current = {
      text: () => {
        if (timer) tell();
        return made.current!.known;
      },
      caret: () => view.state.selection.main.head,
      focus: () => view.focus(),
      show: (at) => {
        view.focus();
        view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) }, effects: EditorView.scrollIntoView(Math.min(at, view.state.doc.length), { y: "center" }) });
      },
      put: (from, to, text) => {
        view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
        if (timer) tell();
      },
      place: (at) => {
        const [caret, box] = [view.coordsAtPos(Math.min(at, view.state.doc.length)), place.getBoundingClientRect()];
        return caret ? { left: Math.max(0, Math.min(caret.left - box.left, box.width - 220)), top: caret.bottom - box.top + 4 } : { left: 0, top: 0 };
      },
    };
    return () => {
      clearTimeout(timer);
      render(null, layer);
      view.destroy();
      area.current = null;
    };
  }, []);
  // A text from elsewhere, as when a problem is mended: what it shares with the one that is there stays, and the caret with it.
  useLayoutEffect(() => {
    const one = made.current!;
    if (value === one.known) return;
    const old = one.view.state.doc.toString();
    one.known = value;
    let [begin, end, oldEnd] = [0, value.length, old.length];
    while (begin < end && begin < oldEnd && value[begin] === old[begin]) begin++;
    while (end > begin && oldEnd > begin && value[end - 1] === old[oldEnd - 1]) end--, oldEnd--;
    if (begin < end || begin < oldEnd) one.view.dispatch({ changes: { from: begin, to: oldEnd, insert: value.slice(begin, end) }, annotations: Transaction.remote.of(true) });
  }, [value]);
  useLayoutEffect(() => render(over ?? null, made.current!.layer));
  useEffect(() => {
    const { view, attributes } = made.current!;
    view.dispatch({ effects: attributes.reconfigure(named(label, active)) });
  }, [label, active]);
  useEffect(() => {
    if (problems) made.current!.view.dispatch({ effects: tellProblems.of(problems) });
  }, [problems]);
  return <div class="text-area" ref={host} />;
}
