// What a JSON value holds: found by a word, printed as far as somebody reads it, as lines of a table.

export const SECRET = /pass(word|wd|phrase)?$|secret|token|api_?key|private_?key|credential/i;

export interface Found {
  /** As YAQL would say it: `$.server.ports[0]`. */
  path: string;
  value: unknown;
  isSecret: boolean;
}

/** Names of members of which it is remembered whether a word is in them. */
const KNOWN = 10_000;

const step = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `.get(${JSON.stringify(name)})`);

/** A list or mapping that is being walked: `names` of a mapping. */
interface Frame {
  of: Record<string, unknown> | unknown[];
  names?: string[];
  at: number;
  isSecret: boolean;
}

const frame = (value: object, isSecret: boolean): Frame => ({ of: value as Frame["of"], names: Array.isArray(value) ? undefined : Object.keys(value), at: 0, isSecret });

/** Whether a text holds a word, capital letters or not: told without making another text of each. */
function holds(word: string): (text: string) => boolean {
  const pattern = new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "iu");
  return (text) => pattern.test(text);
}

/** Members whose name, or value where that is no list or mapping, contains `word`; and, now and then, nothing, so that others get a turn. */
export function* find(whole: unknown, word: string): Generator<Found | undefined> {
  const has = holds(word);
  const fits = (value: unknown) => (value === null || typeof value !== "object") && has(typeof value === "string" ? value : String(value));
  // The same few names come again and again.
  const names = new Map<string, boolean>();
  const fitsName = (name: string) => {
    let known = names.get(name);
    if (known === undefined) {
      known = has(name);
      if (names.size < KNOWN) names.set(name, known);
    }
    return known;
  };
  if (fits(whole)) yield { path: "$", value: whole, isSecret: false };
  const frames = whole !== null && typeof whole === "object" ? [frame(whole, false)] : [];
  /** Of the members that are looked at. */
  const path = () => `$${frames.map(({ names, at }) => (names ? step(names[at - 1]) : `[${at - 1}]`)).join("")}`;
  for (let seen = 1; frames.length; seen++) {
    if (seen % 500 === 0) yield undefined;
    const last = frames[frames.length - 1];
    const { of, names, at } = last;
    if (at >= (names ?? (of as unknown[])).length) {
      frames.pop();
      continue;
    }
    last.at += 1;
    const name = names?.[at];
    const value = name === undefined ? (of as unknown[])[at] : (of as Record<string, unknown>)[name];
    const isSecret = last.isSecret || (name !== undefined && SECRET.test(name));
    // What is dotted is not found by what it says.
    if ((name !== undefined && fitsName(name)) || (!isSecret && fits(value))) yield { path: path(), value, isSecret };
    if (value !== null && typeof value === "object") frames.push(frame(value, isSecret));
  }
}

/** Something found, as it is listed. */
export interface Hit {
  path: string;
  /** None: it is dotted. */
  text?: string;
}

/** Found at once at most. */
export const MOST = 100;

/** Looks for a word in turns of so many milliseconds, and tells what it has found so far; the answer stops it. */
export function search(value: unknown, word: string, turn: number, told: (hits: Hit[], isDone: boolean) => void): () => void {
  const walk = find(value, word);
  const hits: Hit[] = [];
  let timer: ReturnType<typeof setTimeout>;
  const go = () => {
    const until = performance.now() + turn;
    for (;;) {
      const { value: one, done } = walk.next();
      if (done || hits.length >= MOST) return told(hits, true);
      if (one) hits.push({ path: one.path, text: one.isSecret ? undefined : line(one.value) });
      else if (performance.now() > until) break;
    }
    told([...hits], false);
    timer = setTimeout(go);
  };
  timer = setTimeout(go);
  return () => clearTimeout(timer);
}

/** A value in one line, as far as there is room. */
const line = (value: unknown) => print(value, 200).text.replace(/\s+/g, " ");

/** What is asked of a value to show it, wherever it is. */
export type Question =
  | { what: "members"; until: number }
  | { what: "print"; most: number }
  | { what: "cells"; columns: string[]; until: number }
  | { what: "whole" };

/** Members of a list or mapping, with their names. */
export type Members = [string, unknown][];

export function answer(value: unknown, question: Question): unknown {
  switch (question.what) {
    case "members": {
      const { until } = question;
      if (Array.isArray(value)) return value.slice(0, until).map((one, i) => [String(i), one]);
      const of = value as Record<string, unknown>;
      return Object.keys(of).slice(0, until).map((name) => [name, of[name]]);
    }
    case "print":
      return typeof value === "string" ? { text: value.slice(0, question.most), isWhole: value.length <= question.most, hides: false } : print(value, question.most);
    case "cells": {
      const cell = (item: unknown) => (item === undefined ? "" : typeof item === "string" ? item.slice(0, 200) : line(item));
      return (value as (Record<string, unknown> | null)[]).slice(0, question.until).map((one) => question.columns.map((name) => (SECRET.test(name) ? "••••" : cell(one?.[name]))));
    }
    case "whole":
      return typeof value === "string" ? value : JSON.stringify(value, null, 2);
  }
}

/** The value as JSON, with lines and indents, as long as `most` characters; secrets are dotted. */
export function print(value: unknown, most: number): { text: string; isWhole: boolean; hides: boolean } {
  const parts: string[] = [];
  let left = most;
  let hides = false;
  const put = (text: string) => {
    parts.push(text);
    left -= text.length;
  };
  const walk = (one: unknown, indent: string) => {
    if (left <= 0) return;
    if (one === null || typeof one !== "object") return put((JSON.stringify(one) ?? "null").slice(0, left));
    const names = Array.isArray(one) ? undefined : Object.keys(one);
    const { length } = names ?? (one as unknown[]);
    if (!length) return put(names ? "{}" : "[]");
    put(names ? "{\n" : "[\n");
    for (let i = 0; i < length && left > 0; i++) {
      const name = names?.[i];
      put(`${indent}  ${name === undefined ? "" : `${JSON.stringify(name)}: `}`);
      const isSecret = name !== undefined && SECRET.test(name);
      hides ||= isSecret;
      if (isSecret) put('"••••"');
      else walk(name === undefined ? (one as unknown[])[i] : (one as Record<string, unknown>)[name], `${indent}  `);
      put(i < length - 1 ? ",\n" : "\n");
    }
    put(indent + (names ? "}" : "]"));
  };
  walk(value, "");
  return { text: parts.join("").slice(0, most), isWhole: left >= 0, hides };
}

/** Two values to be shown beside each other, secrets dotted: whether they differ is all that is said of them. */
export const dotted = (left: unknown, right: unknown): [unknown, unknown] => [masked(left, right, "••••"), masked(right, left, "•••• (another)")];

/** `another`: what stands for a secret that the other has not. */
function masked(own: unknown, other: unknown, another: string): unknown {
  if (own === null || typeof own !== "object") return own;
  const list = Array.isArray(other) ? other : undefined;
  if (Array.isArray(own)) return own.map((item, i) => masked(item, list?.[i], another));
  const theirs = !list && other !== null && typeof other === "object" ? (other as Record<string, unknown>) : undefined;
  return Object.fromEntries(Object.entries(own).map(([name, item]) => {
    const isSame = theirs && JSON.stringify(theirs[name]) === JSON.stringify(item);
    return [name, SECRET.test(name) ? (isSame ? "••••" : another) : masked(item, theirs?.[name], another)];
  }));
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

/** Names of the columns of a list of mappings; none for anything else. */
export function columnsOf(value: unknown): string[] {
  if (!Array.isArray(value) || value.length < 2) return [];
  const first = value.slice(0, 100);
  if (!first.every((one) => one !== null && typeof one === "object" && !Array.isArray(one))) return [];
  return [...new Set(first.flatMap((one) => Object.keys(one as object)))].slice(0, 30);
}
