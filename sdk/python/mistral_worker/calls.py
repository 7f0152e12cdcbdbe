"""Running jobs: in threads, in an event loop, or in processes; and their ends, each as the service takes it."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from typing import Any, Callable, Dict, List, Mapping, Optional

from . import context as contexts
from . import plugins
from .actions import Action, Failure, Started
from .serialization import to_json

#: A result: the text of a job, and the JSON of the members beside it (`"data":1`).
Done = Callable[[str, str], None]


def end_of(call: Callable[[], Any]) -> str:
    """Makes a call; how it ended, as JSON members of a result."""
    try:
        return _ended(call())
    except BaseException as error:  # Whatever it is, it is the action's result.
        return failed(error)


def _ended(value: Any) -> str:
    return '"started":true' if isinstance(value, Started) else f'"data":{to_json(value)}'


def failed(error: BaseException) -> str:
    """An error as a result."""
    asked = plugins.cancelled(error)
    try:
        if asked is not None:
            return f'"cancel":{to_json(asked.data)}'
        if isinstance(error, Failure):
            return f'"error":{to_json(error.error)}'
        text = str(error)
    except Exception as worse:
        return f'"error":{to_json(f"{type(error).__name__}, which cannot be told: {type(worse).__name__}")}'
    name = type(error).__name__
    return f'"error":{to_json(f"{name}: {text}" if text else name)}'


def late(seconds: float) -> str:
    """What is said when the time is over."""
    shown = int(seconds) if seconds == int(seconds) else seconds
    return f'"error":"Timeout after {shown} seconds"'


class _Call:
    __slots__ = ("job", "context", "task", "is_told")

    def __init__(self, job: Mapping[str, Any]) -> None:
        self.job = job
        self.context = contexts.of_job(job)
        self.task: Optional["asyncio.Future[Any]"] = None
        #: Its end has been told, or nobody wants it: what comes later is dropped.
        self.is_told = False


class Calls:
    """Everything under way. `done` is told of ends, from any thread, once per job."""

    def __init__(self, actions: List[Action], threads: int, done: Done) -> None:
        self._actions: Dict[str, Action] = {action.name: action for action in actions}
        self._done = done
        self._lock = threading.Lock()
        self._calls: Dict[str, _Call] = {}
        self._waiting: "queue.SimpleQueue[Optional[_Call]]" = queue.SimpleQueue()
        self._threads = threads
        self._started = 0
        self._idle = 0
        self._loop: Optional[asyncio.AbstractEventLoop] = None
        self._watch: Optional[threading.Thread] = None
        self._next_look = threading.Event()

    def running(self) -> List[str]:
        """Texts of the jobs that have not ended."""
        with self._lock:
            return list(self._calls)

    def __len__(self) -> int:
        return len(self._calls)

    def begin(self, job: Mapping[str, Any]) -> None:
        """Takes a job. One that is known already is not begun twice."""
        call = _Call(job)
        action = self._actions.get(job["action"])
        with self._lock:
            if job["job"] in self._calls:
                return
            self._calls[job["job"]] = call
            thread_wanted = action is not None and not action.is_async and self._idle <= self._waiting.qsize()
            if thread_wanted and self._started < self._threads:
                self._started += 1
                threading.Thread(target=self._work, daemon=True, name=f"action-{self._started}").start()
        if call.context.deadline is not None:
            self._look_soon()
        if action is None:
            self._end(call, f'"error":{to_json("This worker has no action " + str(job["action"]))}')
        elif action.is_async:
            self._begin_async(call, action)
        else:
            self._waiting.put(call)

    def cancel(self, jobs: List[str]) -> None:
        """Nobody wants the results of these any more."""
        for text in jobs:
            with self._lock:
                call = self._calls.pop(text, None)
                if call is None:
                    continue
                call.is_told = True
            self._stop(call)

    def _stop(self, call: _Call) -> None:
        call.context._cancelled.set()
        if call.task is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(call.task.cancel)

    def _end(self, call: _Call, members: str) -> None:
        with self._lock:
            if call.is_told:
                return
            call.is_told = True
            self._calls.pop(call.job["job"], None)
        self._done(call.job["job"], members)

    def _work(self) -> None:
        while True:
            with self._lock:
                self._idle += 1
            call = self._waiting.get()
            with self._lock:
                self._idle -= 1
            if call is None:
                return
            if not call.is_told:
                action = self._actions[call.job["action"]]
                self._end(call, end_of(lambda: action.call(call.job["input"], call.context)))

    def _begin_async(self, call: _Call, action: Action) -> None:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, daemon=True, name="event-loop").start()

        async def run() -> None:
            call.task = asyncio.current_task()
            try:
                members = _ended(await action.call(call.job["input"], call.context))
            except asyncio.CancelledError:
                # Nobody wants it, or its time is over: that has been told.
                members = '"error":"The action was cancelled"'
            except BaseException as error:
                members = failed(error)
            self._end(call, members)

        asyncio.run_coroutine_threadsafe(run(), self._loop)

    def _look_soon(self) -> None:
        with self._lock:
            if self._watch is None:
                self._watch = threading.Thread(target=self._keep_deadlines, daemon=True, name="deadlines")
                self._watch.start()
        self._next_look.set()

    def _keep_deadlines(self) -> None:
        """A function in a thread cannot be ended: its time is over for the service, and it goes on with nobody listening."""
        while True:
            with self._lock:
                limited = [(call.context.deadline, call) for call in self._calls.values() if call.context.deadline is not None]
            now = time.monotonic()
            for deadline, call in limited:
                if deadline <= now:
                    self._end(call, late(call.job["timeout_seconds"]))
                    self._stop(call)
            left = [deadline for deadline, _ in limited if deadline > now]
            self._next_look.wait(min(left) - now if left else None)
            self._next_look.clear()
