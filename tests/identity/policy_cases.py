#!/usr/bin/env python3
"""Has the real oslo.policy (PyPI) decide generated rules: policy_cases.py COUNT SEED > cases.jsonl

One case a line: the rules, a caller, a target, and what oslo.policy says. The test `decides_as_oslo_policy_does` of src/auth compares;
POLICY_CASES=FILE has it read another file than the recorded one.
"""
import json
import random
import sys

from oslo_config import cfg
from oslo_policy import policy

count, seed = int(sys.argv[1]), int(sys.argv[2])
draw = random.Random(seed)
ROLES = ["admin", "Member", "reader", "x"]
NAMES = ["a", "b", "c", "unknown"]


def check():
    return draw.choice([
        lambda: "@",
        lambda: "!",
        lambda: "role:" + draw.choice(["admin", "MEMBER", "reader", "nobody", "%(role)s", "%(missing)s"]),
        lambda: "rule:" + draw.choice(NAMES),
        lambda: "is_admin:" + draw.choice(["True", "False", "1"]),
        lambda: draw.choice(["project_id", "user_id", "domain_id", "nothing"]) + ":" +
        draw.choice(["%(project_id)s", "%(user_id)s", "p1", "None", "%(missing)s", "%(project_id)s%%", ""]),
        lambda: draw.choice(["'p1'", "True", "None", "1", "1.0", "-2", "0"]) + ":" +
        draw.choice(["%(project_id)s", "%(flag)s", "%(number)s", "True", "None", "1", "-2", "1.0", "0"]),
        lambda: draw.choice(["token.roles.name", "token.project.id", "roles", "token.project.gone", "token.list"]) + ":" +
        draw.choice(["admin", "p1", "x", "%(project_id)s", "[1, 2]".replace(" ", ""), "3"]),
        lambda: draw.choice(["word", "'quoted'", ":", "a:b:c", "role:"]),
    ])()


def expression(depth):
    if depth == 0 or draw.random() < 0.3:
        return check()
    kind = draw.random()
    if kind < 0.2:
        return draw.choice(["not ", "NOT "]) + expression(depth - 1)
    if kind < 0.45:
        return draw.choice(["(", "( "]) + expression(depth - 1) + draw.choice([")", " )"])
    return expression(depth - 1) + draw.choice([" and ", " or ", " AND ", "  Or "]) + expression(depth - 1)


def broken(text):
    """A text with a word or a parenthesis too many or too few."""
    words = text.split(" ")
    at = draw.randrange(len(words))
    return " ".join(draw.choice([
        lambda: words[:at] + words[at + 1:],
        lambda: words[:at] + [draw.choice(["and", "or", "not", "(", ")", "@"])] + words[at:],
    ])())


def rule():
    kind = draw.random()
    if kind < 0.15:
        return [[check() for _ in range(draw.randrange(4))] if draw.random() < 0.8 else check() for _ in range(draw.randrange(4))]
    text = expression(draw.randrange(5))
    return broken(text) if kind < 0.3 else "" if kind < 0.32 else text


def caller():
    return {
        "roles": draw.sample(ROLES, draw.randrange(4)), "project_id": draw.choice(["p1", "p2", None]),
        "user_id": draw.choice(["u1", None]), "is_admin": draw.choice([True, False]), "domain_id": None,
        "token": {"project": {"id": "p1"}, "roles": [{"name": "admin"}, {"name": "x"}], "list": [1, 2, [3]]},
    }


def target():
    whole = {"project_id": draw.choice(["p1", "p2", None]), "user_id": "u1", "role": "member", "flag": True, "number": 1}
    return {key: value for key, value in whole.items() if draw.random() < 0.8}


conf = cfg.ConfigOpts()
conf([])
written = 0
while written < count:
    # A rule refers to later ones only: no circles.
    rules = {}
    for index, name in enumerate("abc"):
        text = rule()
        for earlier in "abc"[:index + 1]:
            text = json.loads(json.dumps(text).replace("rule:" + earlier, "rule:" + draw.choice("abc"[index + 1:] or ["z"])))
        rules[name] = text
    if draw.random() < 0.2:
        rules["default"] = draw.choice(["role:reader", "@", "!"])
    enforcer = policy.Enforcer(conf, use_conf=False, policy_file="none", default_rule="default")
    enforcer.set_rules(policy.Rules.from_dict(rules, "default"), use_conf=False)
    for _ in range(4):
        who, what = caller(), target()
        try:
            verdict = enforcer.enforce("a", dict(what), dict(who))
        except Exception:
            # What breaks oslo.policy (a 500 there) lets nobody pass here.
            continue
        print(json.dumps({"rules": rules, "caller": who, "target": what, "allowed": bool(verdict)}))
        written += 1
