"""Type hints of actions' parameters: checks of input, and texts for people."""

from __future__ import annotations

import dataclasses
import enum
import typing
from typing import Any, Callable, Dict, Union

try:  # `int | None` is a type of its own from Python 3.10 on.
    from types import UnionType as _UnionType  # type: ignore[attr-defined]
except ImportError:
    _UnionType = None  # type: ignore[assignment,misc]

Check = Callable[[Any], Any]


class Mismatch(Exception):
    """A value is not what the hint says; the text says what it must be."""


def text_of(hint: Any) -> str:
    """The hint as people write it."""
    if hint is type(None):
        return "None"
    if isinstance(hint, type) and not typing.get_args(hint):
        return hint.__name__
    return str(hint).replace("typing.", "")


def check_of(hint: Any) -> Check:
    """A function that returns the value as the hint wants it, or raises `Mismatch`. A hint that says nothing that could be checked
    lets everything pass."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in (Any, object) or isinstance(hint, typing.TypeVar):
        return lambda value: value
    if origin is typing.Literal:
        return _literal(arguments)
    if origin is Union or (_UnionType is not None and isinstance(hint, _UnionType)):
        return _union(hint, [check_of(one) for one in arguments])
    if origin is not None and hasattr(typing, "Annotated") and hasattr(hint, "__metadata__"):
        return check_of(arguments[0])
    kind = origin or hint
    if kind in (list, tuple, set, frozenset):
        return _list(kind, hint, arguments)
    if kind is dict:
        return _dict(hint, arguments)
    if not isinstance(kind, type):
        return lambda value: value
    if issubclass(kind, enum.Enum):
        return _enumeration(kind)
    if dataclasses.is_dataclass(kind):
        return _record(kind)
    return _plain(kind)


def _wrong(hint: Any, value: Any) -> Mismatch:
    return Mismatch(f"must be {text_of(hint)}, not {type(value).__name__}")


def _plain(kind: type) -> Check:
    if kind is float:

        def check(value: Any) -> Any:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise _wrong(kind, value)
            return float(value)

    elif kind in (int, str, bool, type(None)):

        def check(value: Any) -> Any:
            if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
                raise _wrong(kind, value)
            return value

    else:

        def check(value: Any) -> Any:
            return value

    return check


def _literal(allowed: tuple) -> Check:
    def check(value: Any) -> Any:
        if value not in allowed:
            raise Mismatch(f"must be one of {', '.join(map(repr, allowed))}")
        return value

    return check


def _union(hint: Any, checks: typing.List[Check]) -> Check:
    def check(value: Any) -> Any:
        for one in checks:
            try:
                return one(value)
            except Mismatch:
                continue
        raise _wrong(hint, value)

    return check


def _list(kind: type, hint: Any, arguments: tuple) -> Check:
    element = arguments[0] if arguments and not (kind is tuple and len(arguments) > 1 and arguments[1] is not ...) else Any
    one = check_of(element)

    def check(value: Any) -> Any:
        if not isinstance(value, list):
            raise _wrong(hint, value)
        items = []
        for at, item in enumerate(value):
            try:
                items.append(one(item))
            except Mismatch as mismatch:
                raise Mismatch(f"[{at}] {mismatch}") from None
        return kind(items)

    return check


def _dict(hint: Any, arguments: tuple) -> Check:
    one = check_of(arguments[1] if len(arguments) == 2 else Any)

    def check(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _wrong(hint, value)
        checked: Dict[str, Any] = {}
        for key, item in value.items():
            try:
                checked[key] = one(item)
            except Mismatch as mismatch:
                raise Mismatch(f"[{key!r}] {mismatch}") from None
        return checked

    return check


def _enumeration(kind: typing.Type[enum.Enum]) -> Check:
    def check(value: Any) -> Any:
        try:
            return kind(value)
        except ValueError:
            raise Mismatch(f"must be one of {', '.join(repr(one.value) for one in kind)}") from None

    return check


def _record(kind: type) -> Check:
    try:
        types = typing.get_type_hints(kind)
    except Exception:
        types = {}
    checks = {field.name: check_of(types.get(field.name, Any)) for field in dataclasses.fields(kind)}

    def check(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _wrong(kind, value)
        members = {}
        for key, item in value.items():
            if key not in checks:
                raise Mismatch(f"has no '{key}'")
            try:
                members[key] = checks[key](item)
            except Mismatch as mismatch:
                raise Mismatch(f".{key} {mismatch}") from None
        try:
            return kind(**members)
        except TypeError as error:
            raise Mismatch(f"is no {kind.__name__}: {error}") from None

    return check
