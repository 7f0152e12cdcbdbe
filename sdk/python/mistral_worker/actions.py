"""Actions: plain functions made into actions by a decorator, and what all kinds of actions have in common."""

from __future__ import annotations

import asyncio
import dataclasses
import inspect
import json
import typing
from typing import Any, Callable, Dict, List, Mapping, Optional, TypeVar, Union

from . import hints
from .context import ActionContext

F = TypeVar("F", bound=Callable[..., Any])

#: Longest description that the service takes, in bytes, and longest default.
MAX_DESCRIPTION = 4_096
MAX_DEFAULT = 1_024


class Failure(Exception):
    """Raised by an action to give its error as a value: any that JSON can say."""

    def __init__(self, error: Any) -> None:
        super().__init__(error)
        self.error = error


class Started:
    """Returned by an action that has begun something which somebody completes later over the API."""


@dataclasses.dataclass
class Action:
    """One action as the service knows it, with what runs it."""

    name: str
    #: Makes a call: a value, or an awaitable of one.
    call: Callable[[Mapping[str, Any], ActionContext], Any]
    description: str = ""
    #: Names, or `{name: default}`.
    input: List[Union[str, Dict[str, Any]]] = dataclasses.field(default_factory=list)
    accepts_any: bool = False
    is_sync: bool = True
    is_async: bool = False
    needs_security_context: bool = False
    #: Shown in messages about wrong input.
    class_name: str = ""

    def describe(self) -> Dict[str, Any]:
        """As the service wants it described."""
        return {
            "name": self.name,
            "description": _cut(self.description, MAX_DESCRIPTION),
            "input": self.input,
            "accepts_any": self.accepts_any,
            "is_sync": self.is_sync,
            "needs_security_context": self.needs_security_context,
            "class": self.class_name,
        }


def _cut(text: str, most: int) -> str:
    data = text.encode("utf-8", "replace")
    return text if len(data) <= most else data[: most - 3].decode("utf-8", "ignore") + "…"


_REGISTERED: Dict[str, Action] = {}


def registered() -> List[Action]:
    """All that `@action` made, by name."""
    return [_REGISTERED[name] for name in sorted(_REGISTERED)]


def action(
    name: Optional[Union[str, Callable[..., Any]]] = None,
    *,
    description: Optional[str] = None,
    is_sync: bool = True,
    needs_security_context: bool = False,
) -> Any:
    """Makes a function the action of this name; without one, `module.function`.

    Its parameters become the action's input, its type hints are checked before each call, its doc string is the description. A
    parameter with the hint `ActionContext` gets the context. What it returns is the result, what it raises the error; `async def`
    is run in an event loop. `is_sync=False`: somebody completes the action later over the API.
    """

    def register(function: F) -> F:
        given = name if isinstance(name, str) else f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"
        made = of_function(given, function)
        made.is_sync = is_sync
        made.needs_security_context = needs_security_context
        if description is not None:
            made.description = description
        _REGISTERED[given] = made
        return function

    return register(name) if callable(name) else register


def of_function(name: str, function: Callable[..., Any]) -> Action:
    """The action that a function is."""
    checks: Dict[str, Callable[[Any], Any]] = {}
    parameters: List[Union[str, Dict[str, Any]]] = []
    context_name, accepts_any = None, False
    try:
        annotations = typing.get_type_hints(function)
    except Exception:  # A hint that names what is not there says nothing.
        annotations = {}
    for parameter in inspect.signature(function).parameters.values():
        hint = annotations.get(parameter.name, parameter.empty)
        if hint is ActionContext:
            context_name = parameter.name
        elif parameter.kind is parameter.VAR_KEYWORD:
            accepts_any = True
        elif parameter.kind in (parameter.POSITIONAL_ONLY, parameter.VAR_POSITIONAL):
            raise TypeError(f"{name}: input comes by name only, not to '{parameter}'")
        else:
            parameters.append(_parameter(parameter.name, parameter.default, parameter.empty))
            if hint is not parameter.empty:
                checks[parameter.name] = hints.check_of(hint)

    def call(input: Mapping[str, Any], context: ActionContext) -> Any:
        arguments = dict(input)
        for key, check in checks.items():
            if key in arguments:
                try:
                    arguments[key] = check(arguments[key])
                except hints.Mismatch as mismatch:
                    raise TypeError(f"parameter '{key}' {mismatch}") from None
        if context_name is not None:
            arguments[context_name] = context
        return function(**arguments)

    return Action(
        name=name,
        call=call,
        description=_described(function, annotations),
        input=parameters,
        accepts_any=accepts_any,
        is_async=asyncio.iscoroutinefunction(function),
        class_name=f"{function.__module__}.{function.__qualname__}",
    )


def _parameter(name: str, default: Any, empty: Any) -> Union[str, Dict[str, Any]]:
    if default is empty:
        return name
    try:
        text = json.dumps(default, allow_nan=False)
    except (TypeError, ValueError):
        return {name: None}
    return {name: default if len(text) <= MAX_DEFAULT else None}


def _described(function: Callable[..., Any], annotations: Mapping[str, Any]) -> str:
    """The doc string, and the types of what goes in and comes out."""
    text = inspect.getdoc(function) or ""
    shown = [
        f"{name}: {hints.text_of(hint)}"
        for name, hint in annotations.items()
        if hint is not ActionContext and name in inspect.signature(function).parameters
    ]
    if shown:
        text += ("\n\n" if text else "") + "Input: " + ", ".join(shown)
    if "return" in annotations and annotations["return"] is not type(None):
        text += ("\n" if text else "") + "Result: " + hints.text_of(annotations["return"])
    return text
