// Colours of a document, line by line: what each piece of a line is. Nothing here judges; the server says what is wrong.

/** Kind and text of pieces that make up a line; the empty kind is plain text. */
export type Piece = ["" | "key" | "string" | "literal" | "comment" | "expression", string];

const EXPRESSION = /<%.*?(?:%>|$)|\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)/y;
const STRING = /"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?/y;
const KEY = /[\w.$/-]+(?=\s*:(?:\s|$))/y;
const LITERAL = /(?:true|false|null|~|-?\d+(?:\.\d+)?)(?=$|[\s,\]}])/y;
const COMMENT = /#.*/y;
const WORD = /[\w.$/-]+|\s+|./y;

/** A value or a key can begin after these. */
const BEFORE = /[\s[{,:=(]/;

function take(of: RegExp, line: string, at: number): string | undefined {
  of.lastIndex = at;
  return of.exec(line)?.[0];
}

/** Text in which only expressions stand out. */
function textPieces(text: string, kind: Piece[0], out: Piece[]) {
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "<" && text[at] !== "{") continue;
    const found = take(EXPRESSION, text, at);
    if (!found) continue;
    if (at > from) out.push([kind, text.slice(from, at)]);
    out.push(["expression", found]);
    from = at + found.length;
    at = from - 1;
  }
  if (from < text.length) out.push([kind, text.slice(from)]);
}

/** The pieces of a line. `isText`: it stands in a block of text (`|`, `>`). */
export function pieces(line: string, isText: boolean): Piece[] {
  const out: Piece[] = [];
  if (isText) {
    textPieces(line, "string", out);
    return out;
  }
  for (let at = 0; at < line.length; ) {
    const before = at === 0 ? " " : line[at - 1];
    const expression = take(EXPRESSION, line, at);
    const begins = BEFORE.test(before);
    const quoted = begins && !expression ? take(STRING, line, at) : undefined;
    const comment = /\s/.test(before) ? take(COMMENT, line, at) : undefined;
    const key = begins ? take(KEY, line, at) : undefined;
    const literal = begins ? take(LITERAL, line, at) : undefined;
    const found = expression ?? quoted ?? comment ?? key ?? literal ?? take(WORD, line, at)!;
    if (quoted) {
      if (/^\s*:(?:\s|$)/.test(line.slice(at + quoted.length))) out.push(["key", quoted]);
      else textPieces(quoted, "string", out);
    } else if (expression || comment || key || literal) out.push([expression ? "expression" : comment ? "comment" : key ? "key" : "literal", found]);
    else {
      const last = out[out.length - 1];
      if (last?.[0] === "") last[1] += found;
      else out.push(["", found]);
    }
    at += found.length;
  }
  return out;
}

/** How far back the beginning of a block of text is looked for. */
export const BACK = 300;
const BLOCK = /(?:^|[\s:-])[|>][+-]?\d?[+-]?\s*(?:#.*)?$/;

/** Of the lines from `from` on, which stand in a block of text. */
export function textLines(lines: string[], from: number, until: number): boolean[] {
  const out: boolean[] = [];
  let block: number | undefined;
  for (let i = Math.max(0, from - BACK); i < Math.min(until, lines.length); i++) {
    const indent = lines[i].search(/\S/);
    if (block !== undefined && indent >= 0 && indent <= block) block = undefined;
    const isText = block !== undefined;
    if (!isText && indent >= 0 && BLOCK.test(lines[i])) block = indent;
    if (i >= from) out.push(isText);
  }
  return out;
}
