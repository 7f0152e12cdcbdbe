"""Random texts from the grammars in tests/data/grammars (their README explains the form)."""

import pathlib
import re

DIRECTORY = pathlib.Path(__file__).parent.parent / "data" / "grammars"
SOFT_LIMIT = 1500
CONFUSION = 0.03


class Grammar:
    def __init__(self, name, foreign=None):
        self.rules = {}
        self.loose = set()
        self.foreign = foreign or {}
        self.start = None
        rule = None
        for line in (DIRECTORY / f"{name}.grammar").read_text(encoding="utf-8").split("\n"):
            if not line.strip() or line.startswith("#"):
                continue
            if not line.startswith("  "):
                rule = line[:-1].rstrip("~")
                assert line.endswith(":") and rule not in self.rules, line
                if line.endswith("~:"):
                    self.loose.add(rule)
                self.rules[rule] = []
                self.start = self.start or rule
                continue
            weighted = re.fullmatch(r"(\d+)\| (.*)", line[2:], re.S)
            times, text = (int(weighted[1]), weighted[2]) if weighted else (1, line[2:])
            text = text.replace("⏎", "\n").replace("␣", " ").replace("∅", "")
            self.rules[rule] += [text] * times
        names = "|".join(re.escape(name) for name in [*self.rules, *self.foreign])
        pattern = re.compile(f"<({names})>")
        self.rules = {
            name: [pattern.split(text) for text in alternatives] for name, alternatives in self.rules.items()
        }
        self.leaves = {
            name: [parts for parts in alternatives if len(parts) == 1] or alternatives[:1]
            for name, alternatives in self.rules.items()
        }

    def generate(self, random, depth):
        out = []
        self._expand(self.start, random, depth, out, [0])
        return "".join(out)

    def _expand(self, rule, random, depth, out, size):
        if rule in self.foreign:
            out.append(self.foreign[rule].generate(random, min(depth, 3)))
            return
        if rule in self.loose and "any" in self.rules and random.random() < CONFUSION:
            rule = "any"
        choices = self.rules[rule] if depth > 0 and size[0] < SOFT_LIMIT else self.leaves[rule]
        for i, part in enumerate(random.choice(choices)):
            if i % 2:
                self._expand(part, random, max(depth - 1, 0), out, size)
            else:
                out.append(part)
                size[0] += len(part)


def load(name):
    if name == "template":
        return Grammar("template", {"jinja": Grammar("jinja"), "yaql": Grammar("yaql")})
    return Grammar(name)
