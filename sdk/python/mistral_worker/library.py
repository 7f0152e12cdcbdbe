"""The few names of mistral-lib that uploaded code is written against, for machines on which it is not installed."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import types
from typing import Any, Dict


class Action:
    """Base of actions."""

    def __init__(self) -> None:
        pass

    def run(self, context: Any) -> Any:
        raise NotImplementedError

    def is_sync(self) -> bool:
        return True


class Result:
    """What an action may return in place of a value."""

    def __init__(self, data: Any = None, error: Any = None, cancel: bool = False) -> None:
        self.data, self.error, self.cancel = data, error, cancel

    def is_cancel(self) -> bool:
        return self.cancel

    def is_error(self) -> bool:
        return self.error is not None and not self.cancel

    def is_success(self) -> bool:
        return not self.is_error() and not self.cancel

    def to_dict(self) -> Any:
        return {"result": self.data if self.is_success() else self.error}


class MistralException(Exception):
    """Base of errors."""

    message = "An unknown exception occurred"

    def __init__(self, message: Any = None) -> None:
        super().__init__(message or self.message)


class ActionException(MistralException):
    """An action failed."""


_NAMES: Dict[str, Dict[str, Any]] = {
    "mistral_lib": {"__path__": []},
    "mistral_lib.actions": {"__path__": [], "Action": Action, "Result": Result},
    "mistral_lib.actions.base": {"Action": Action},
    "mistral_lib.actions.types": {"Result": Result},
    "mistral_lib.exceptions": {"MistralException": MistralException, "ActionException": ActionException},
}


def provide() -> None:
    """Makes `mistral_lib` importable, unless it is installed, and the old names from before it, which were the service's own."""
    if not _is_there("mistral_lib"):
        _provide(_NAMES)
    if not _is_there("mistral"):
        actions = importlib.import_module("mistral_lib.actions")
        base = {"Action": actions.Action, "Result": getattr(actions, "Result", Result)}
        errors = {"MistralException": MistralException, "ActionException": ActionException}
        _provide(
            {
                "mistral": {"__path__": []},
                "mistral.actions": {"__path__": []},
                "mistral.actions.base": base,
                "mistral.exceptions": errors,
            }
        )


def _is_there(name: str) -> bool:
    return name in sys.modules or importlib.util.find_spec(name) is not None


def _provide(members: Dict[str, Dict[str, Any]]) -> None:
    for name, names in members.items():
        module = types.ModuleType(name)
        vars(module).update(names)
        sys.modules[name] = module
        parent, _, last = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], last, module)
