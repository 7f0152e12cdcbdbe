"""The inside of a process that runs actions of modules and packages, one job at a time."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any, Dict

from . import calls, context, frames
from .actions import Action
from .loading import load


def main(incoming: int, outgoing: int) -> None:
    settings = frames.read(incoming)
    limit_memory(settings.get("memory_mb"))
    try:
        actions: Dict[str, Action] = {action.name: action for action in load(settings)}
    except Exception as error:
        frames.write(outgoing, {"refused": f"{type(error).__name__}: {error}"})
        return
    frames.write(outgoing, {"ready": True})
    while True:
        try:
            job = frames.read(incoming)
        except frames.Closed:
            return
        frames.write(outgoing, {"members": run(actions, job)})


def run(actions: Dict[str, Action], job: Dict[str, Any]) -> str:
    action = actions.get(job["action"])
    if action is None:
        return calls.failed(LookupError(f"this worker has no action {job['action']}"))
    given = context.of_job(job)

    def call() -> Any:
        value = action.call(job["input"], given)
        return asyncio.run(_awaited(value)) if inspect.isawaitable(value) else value

    return calls.end_of(call)


async def _awaited(value: Any) -> Any:
    return await value


def limit_memory(megabytes: Any) -> None:
    """Address space of this process, where the system knows such limits."""
    if not megabytes:
        return
    try:
        import resource
    except ImportError:
        return
    size = int(megabytes) << 20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
