"""The inside of a sandbox: uploaded code of one project, in a process that has nothing but the code and its input."""

from __future__ import annotations

import asyncio
import inspect
import types
from typing import Any, Dict, Tuple

from . import calls, context, frames, library, lockdown, plugins, serialization  # noqa: F401  Loaded before the doors close.
from .actions import Failure

#: Versions of sources that are kept loaded.
_KEPT = 16


def main(incoming: int, outgoing: int) -> None:
    settings = frames.read(incoming)
    library.provide()
    _load_early()
    try:
        missing = lockdown.lock(settings)
    except Exception as error:
        missing = [f"{type(error).__name__}: {error}"]
    if missing and settings.get("strict", True):
        frames.write(outgoing, {"refused": f"the sandbox lacks {', '.join(missing)} on this machine"})
        return
    frames.write(outgoing, {"ready": True, "missing": missing})
    modules: Dict[Tuple[str, int], types.ModuleType] = {}
    while True:
        try:
            job = frames.read(incoming)
        except frames.Closed:
            return
        frames.write(outgoing, {"members": _run(modules, job)})


def _load_early() -> None:
    """What is often used and slow to find."""
    for name in ("datetime", "decimal", "re", "collections", "random", "hashlib", "base64", "mistral_lib.actions"):
        try:
            __import__(name)
        except ImportError:
            continue


def _run(modules: Dict[Tuple[str, int], types.ModuleType], job: Dict[str, Any]) -> str:
    given = context.of_job(job)

    def call() -> Any:
        kind = _class_of(modules, job["code"])
        try:
            made = kind(**job["input"])
        except Exception as error:
            raise Failure(f"Failed to instantiate an action: {type(error).__name__}: {error}") from error
        if inspect.iscoroutinefunction(made.run):
            return asyncio.run(plugins._arun(made, given))
        return plugins._run(made, given)

    return calls.end_of(call)


def _class_of(modules: Dict[Tuple[str, int], types.ModuleType], code: Dict[str, Any]) -> Any:
    key = (code["id"], code["version"])
    module = modules.get(key)
    if module is None:
        module = types.ModuleType(code["name"])
        try:
            exec(compile(code["source"], f"<{code['name']}>", "exec"), vars(module))
        except BaseException as error:
            raise Failure(f"The code source {code['name']} cannot be loaded: {type(error).__name__}: {error}") from error
        while len(modules) >= _KEPT:
            modules.pop(next(iter(modules)))
        modules[key] = module
    kind = getattr(module, code["class_name"], None)
    if kind is None:
        raise Failure(f"The code source {code['name']} has no class {code['class_name']}")
    return kind
