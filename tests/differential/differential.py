#!/usr/bin/env python3
"""Compares random expressions and YAML texts with the real evaluators. See README.md beside this file."""

import argparse
import collections
import concurrent.futures
import json
import multiprocessing
import os
import pathlib
import random
import re
import subprocess
import sys
import time
import warnings

import grammar

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONTEXT = (ROOT / "tests/data/grammars/context.json").read_text(encoding="utf-8")

# Grammar and what is asked with its texts.
KINDS = {
    "yaql": ("yaql", "yaql"),
    "regex": ("regex", "yaql"),
    "dates": ("dates", "yaql"),
    "jinja": ("jinja", "jinja"),
    "template": ("template", "template"),
    "validate": ("template", "validate"),
    "yaml": ("yaml", "yaml"),
}

# Categories whose messages are upstream's own; the others are texts of Python's library.
EXACT = {
    "lex", "grammar", "unknown_function", "unknown_method", "no_match", "ambiguous", "mapping", "limit", "memory", "key",
    "index", "zero_division", "assertion", "undefined", "security", "unknown_filter",
}  # fmt: skip

# Nothing to compare: memory addresses, objects that print as such, random values, the time.
OPAQUE = re.compile(
    r" at 0x|object at|<built-in|<generator|<function|<Macro|<bound|functools|<class|<jinja2|iterator|<LoopContext|"
    r"<TemplateReference|<reversed|Undefined|<method|<yaql|<module|object\\\\ at|^repeat\("
)
RANDOM = re.compile(r"random|lipsum|uuid|now\(\)|localtz")


def _mutated(text, seeds, source):
    at = source.randrange(len(text) + 1)
    if source.random() < 0.3:
        other = source.choice(seeds)
        return text[:at] + other[source.randrange(len(other) + 1) :]
    if source.random() < 0.3:
        words = re.findall(r"\w+|\s+|.", text, re.S) or [""]
        i, j = source.randrange(len(words)), source.randrange(len(words))
        words[i], words[j] = words[j], words[i]
        return "".join(words)
    inserted = source.choice(["", "", "'", '"', "(", ")", "[", "]", "{", "}", ".", ",", " ", "|", "-", "1", "a", ":", "\n", "#", "%"])
    return text[:at] + inserted + text[at + source.randrange(3) :]


def cases(kind, count, seed, mutations):
    """The texts of a run; they follow from the seed alone."""
    name, _ = KINDS[kind]
    source = random.Random(f"{kind} {seed}")
    rules = grammar.load(name)
    found = []
    while len(found) < count:
        text = rules.generate(source, source.choice([1, 2, 2, 3, 3, 4, 5]))
        if found and source.random() < mutations:
            text = _mutated(text, found[-500:], source)
        if len(text) <= 2000 and not RANDOM.search(text) and text.isprintable() | ("\n" in text) | ("\t" in text):
            found.append(text)
    return found


def _upstream(batch):
    import upstream

    kind, texts = batch
    return [upstream.answer(kind, text, json.loads(CONTEXT)) for text in texts]


def _start(options):
    # Importing it warns of old libraries.
    warnings.simplefilter("ignore")
    import upstream

    upstream.prepare(options)


def ask_upstream(kind, texts, jobs, options):
    batches = [(kind, texts[i : i + 50]) for i in range(0, len(texts), 50)]
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(options,)) as pool:
        return [answer for answers in pool.map(_upstream, batches) for answer in answers]


def ask_program(program, kind, texts, options):
    """Our answers; a case that ends the program has the answer `{"crash": …}`."""
    answers = []
    while len(answers) < len(texts):
        records = (
            '{"kind": %s, "text": %s, "options": %s, "context": %s}\n'
            % (json.dumps(kind), json.dumps(text), json.dumps(options), CONTEXT.replace("\n", " "))
            for text in texts[len(answers) :]
        )
        run = subprocess.run([program], input="".join(records).encode(), capture_output=True)
        answers += [json.loads(line) for line in run.stdout.splitlines()]
        if len(answers) < len(texts):
            answers.append({"crash": run.stderr.decode(errors="replace")[-400:]})
    return answers


def _canonical(value):
    """Comparable form: sets come out in any order, so lists of scalars that only differ in order are told by the caller."""
    return json.dumps(value, sort_keys=True)


def _unordered(value):
    if isinstance(value, list):
        return sorted((_unordered(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, dict):
        return {key: _unordered(item) for key, item in value.items()}
    return value


def _numbers_alike(a, b):
    """Powers of floats may differ in the last bit."""
    if isinstance(a, float) and isinstance(b, float):
        return a == b or abs(a - b) <= abs(a) * 3e-16
    if type(a) is not type(b):
        return False
    if isinstance(a, list):
        return len(a) == len(b) and all(map(_numbers_alike, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_numbers_alike(a[key], b[key]) for key in a)
    return a == b


def difference(kind, text, theirs, ours):
    """What is different, as (kind of difference, theirs, ours); None when nothing is."""
    if theirs is None:
        return None
    if "crash" in ours:
        return "crash", "", ours["crash"]
    if "category" in theirs:
        if "category" not in ours:
            if ours.get("stored") is False:
                return None
            return "should fail", f"{theirs['category']}: {theirs['message']}", json.dumps(ours, ensure_ascii=False)
        if kind == "yaml":
            same = theirs["message"] == ours["message"]
            return None if same else ("message", theirs["message"], ours["message"])
        if theirs["category"] != ours["category"] and ours["category"] not in ("limit", "memory", "recursion"):
            return "category", f"{theirs['category']}: {theirs['message']}", f"{ours['category']}: {ours['message']}"
        if theirs["message"] != ours["message"] and not OPAQUE.search(theirs["message"]):
            if sorted(theirs["message"]) == sorted(ours["message"]) and "set({" in theirs["message"]:
                return None
            exact = theirs["category"] in EXACT
            return "message" if exact else "text of Python", theirs["message"], ours["message"]
        return None
    if theirs.get("stored") is False and kind != "yaml":
        # The service fails when it stores the value.
        failed = "category" in ours or ours.get("stored") is False
        return None if failed else ("should not be stored", theirs["message"], json.dumps(ours, ensure_ascii=False))
    if "category" in ours or ours.get("stored") is False:
        if OPAQUE.search(theirs.get("shown", "")):
            return None
        return "should work", json.dumps(theirs, ensure_ascii=False), f"{ours.get('category')}: {ours['message']}"
    if "value" not in theirs:
        # Documents have dates as keys, which upstream cannot store.
        return None
    a, b = theirs["value"], ours["value"]
    if _canonical(a) != _canonical(b) and not OPAQUE.search(_canonical(a)):
        sets = re.search(r"[sS]et|keys|items|union|difference|intersect", text)
        alike = "**" in text or "pow" in text
        shuffled = sets and sorted(_canonical(_unordered(a))) == sorted(_canonical(_unordered(b)))
        if not shuffled and not (alike and _numbers_alike(a, b)):
            return "value", json.dumps(a, ensure_ascii=False), json.dumps(b, ensure_ascii=False)
    if kind == "yaml" and list(map(str, a if isinstance(a, dict) else [])) != list(b if isinstance(b, dict) else []):
        return "order", json.dumps(a, ensure_ascii=False), json.dumps(b, ensure_ascii=False)
    if "shown" in theirs and "shown" in ours and theirs["shown"] != ours["shown"] and not OPAQUE.search(theirs["shown"]):
        sets = re.search(r"[{]|set\(|!!set", theirs["shown"])
        if not (sets and sorted(theirs["shown"]) == sorted(ours["shown"])) and "**" not in text and "pow" not in text:
            return "shown", theirs["shown"], ours["shown"]
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", help=f"any of {', '.join(KINDS)} (default: all)")
    parser.add_argument("--cases", type=int, default=2000, help="cases of each kind")
    parser.add_argument("--seed", type=int, default=None, help="repeats a run")
    parser.add_argument("--mutations", type=float, default=0.15, help="share of the texts that are damaged")
    parser.add_argument("--show", type=int, default=20, help="differences that are printed, of each kind of difference")
    parser.add_argument("--only", help="print only this kind of difference")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes with the real evaluator")
    parser.add_argument("--program", default=str(ROOT / "target/release/examples/evaluate_records"))
    parser.add_argument("--text", help="compare this one text of the given kind")
    parser.add_argument("--option", action="append", default=[], help="NAME=VALUE: an option of [yaql], as JSON")
    arguments = parser.parse_args()
    options = {name: json.loads(value) for name, _, value in (option.partition("=") for option in arguments.option)}
    seed = arguments.seed if arguments.seed is not None else int(time.time())
    failed = False
    for kind in arguments.kinds or KINDS:
        texts = [arguments.text] if arguments.text else cases(kind, arguments.cases, seed, arguments.mutations)
        asked = KINDS[kind][1]
        theirs = ask_upstream(asked, texts, arguments.jobs, options)
        ours = ask_program(arguments.program, asked, texts, options)
        if arguments.text:
            print("theirs:", json.dumps(theirs[0], ensure_ascii=False), "\nours:  ", json.dumps(ours[0], ensure_ascii=False))
        counts = collections.Counter()
        for text, a, b in zip(texts, theirs, ours):
            found = difference(asked, text, a, b)
            if a is None:
                counts["unanswered upstream"] += 1
            if found is None:
                continue
            what, a, b = found
            counts[what] += 1
            failed = failed or what != "text of Python"
            if counts[what] <= arguments.show and arguments.only in (None, what):
                print(f"---- {kind}, {what}: {text!r}\n  theirs: {a[:700]}\n  ours:   {b[:700]}")
        errors = sum(1 for a in theirs if a and "category" in a)
        print(f"{kind}: {len(texts)} cases (seed {seed}, {errors} of them errors): {dict(counts) or 'no difference'}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
