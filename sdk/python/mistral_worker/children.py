"""Processes that run one job at a time, so that a job can be ended whatever it does: it is killed with its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any, Callable, Dict, List, Mapping, Optional

from . import frames
from .calls import late
from .serialization import to_json

#: Variables that a child may see of this process' environment.
_PASSED = ("PATH", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV")
#: Seconds that a child may take to come up.
_START = 30.0


def environment(more: Mapping[str, str] = {}) -> Dict[str, str]:
    """A clean environment: what is secret here is not known there."""
    clean = {name: os.environ[name] for name in _PASSED if name in os.environ}
    clean["PYTHONDONTWRITEBYTECODE"] = "1"
    clean.update(more)
    return clean


class Child:
    """A process that is told of jobs and tells of their ends."""

    def __init__(self, entry: str, settings: Mapping[str, Any], env: Mapping[str, str]) -> None:
        to_child, self._out = os.pipe()
        self._in, from_child = os.pipe()
        root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        start = (
            f"import sys; sys.path.insert(0, {root!r}); "
            f"from mistral_worker import {entry} as entry; entry.main({to_child}, {from_child})"
        )
        try:
            # Its own group, so that whatever it started ends with it.
            self._process = subprocess.Popen(
                [sys.executable, "-u", "-c", start],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(to_child, from_child),
                env=dict(env),
                start_new_session=True,
                cwd="/",
            )
        finally:
            os.close(to_child)
            os.close(from_child)
        self.pid = self._process.pid
        self.used_at = time.monotonic()
        self._lock = threading.Lock()
        self._is_killed = False
        try:
            frames.write(self._out, settings)
            answer = frames.read(self._in, time.monotonic() + _START)
        except (frames.Closed, TimeoutError) as error:
            self.kill()
            raise frames.Closed(f"the process does not come up: {error or 'it takes too long'}") from error
        if answer.get("refused"):
            self.kill()
            raise frames.Closed(answer["refused"])

    def call(self, message: Mapping[str, Any], deadline: Optional[float]) -> str:
        """One job; the JSON members of its result. Raises Closed when the process died, TimeoutError at the deadline."""
        frames.write(self._out, message)
        answer = frames.read(self._in, deadline)
        self.used_at = time.monotonic()
        if not isinstance(answer, dict) or not isinstance(answer.get("members"), str):
            raise frames.Closed("the process says something else than a result")
        return answer["members"]

    def kill(self) -> None:
        """Ends the process and all it started. Also twice."""
        with self._lock:
            if self._is_killed:
                return
            self._is_killed = True
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            self._process.kill()
        self._process.wait()
        os.close(self._out)
        os.close(self._in)

    def how_it_ended(self) -> str:
        code = self._process.poll()
        if code is None:
            return "it was ended"
        if code < 0:
            return f"signal {signal.Signals(-code).name}"
        return f"exit code {code}"


class _Call:
    def __init__(self, job: Mapping[str, Any]) -> None:
        self.job = job
        self.child: Optional[Child] = None
        self.is_told = False


class Children:
    """Jobs in processes. `place_of` says which jobs may share a process; each place has at most `per_place`."""

    def __init__(
        self,
        make: Callable[[str], Child],
        place_of: Callable[[Mapping[str, Any]], str],
        capacity: int,
        done: Callable[[str, str], None],
        *,
        per_place: int,
        default_seconds: Optional[float] = None,
        idle_seconds: float = 60.0,
    ) -> None:
        self._make, self._place_of, self._done = make, place_of, done
        self._capacity, self._per_place = capacity, per_place
        self._default_seconds, self._idle_seconds = default_seconds, idle_seconds
        self._condition = threading.Condition()
        self._calls: Dict[str, _Call] = {}
        self._free: Dict[str, List[Child]] = {}
        self._busy: Dict[str, int] = {}
        threading.Thread(target=self._end_idle, daemon=True, name="idle-children").start()

    def __len__(self) -> int:
        return len(self._calls)

    def running(self) -> List[str]:
        with self._condition:
            return list(self._calls)

    def begin(self, job: Mapping[str, Any]) -> None:
        call = _Call(job)
        with self._condition:
            if job["job"] in self._calls:
                return
            self._calls[job["job"]] = call
        threading.Thread(target=self._run, args=(call,), daemon=True, name="child-call").start()

    def cancel(self, jobs: List[str]) -> None:
        for text in jobs:
            with self._condition:
                call = self._calls.pop(text, None)
                if call is None:
                    continue
                call.is_told = True
                child = call.child
                self._condition.notify_all()
            if child is not None:
                child.kill()

    def close(self) -> None:
        """Ends all processes."""
        self.cancel(self.running())
        with self._condition:
            free = [child for children in self._free.values() for child in children]
            self._free.clear()
        for child in free:
            child.kill()

    def _run(self, call: _Call) -> None:
        limit = call.job.get("timeout_seconds")
        seconds = limit if limit is not None else self._default_seconds
        deadline = None if seconds is None else time.monotonic() + seconds
        place = self._place_of(call.job)
        child, members = None, '"error":"The worker ended"'
        try:
            child = self._enter(call, place, deadline)
            if child is None:
                members = late(seconds or 0)
                return
            members = child.call(call.job, deadline)
        except TimeoutError:
            members = late(seconds or 0)
            self._leave(place, child, is_fit=False)
            child = None
        except frames.Closed as error:
            how = f": {child.how_it_ended()}" if child is not None else ""
            text = "The process of the action died" if child is not None else "The process of the action cannot be started"
            members = f'"error":{to_json(f"{text} ({error}{how})")}'
            self._leave(place, child, is_fit=False)
            child = None
        finally:
            if child is not None:
                self._leave(place, child, is_fit=not call.is_told)
            with self._condition:
                is_wanted = not call.is_told
                call.is_told = True
                self._calls.pop(call.job["job"], None)
            if is_wanted:
                self._done(call.job["job"], members)

    def _enter(self, call: _Call, place: str, deadline: Optional[float]) -> Optional[Child]:
        """A process for the call; None: its time was over before there was one."""
        with self._condition:
            while self._busy.get(place, 0) >= self._per_place and not call.is_told:
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    return None
                self._condition.wait(left)
            self._busy[place] = self._busy.get(place, 0) + 1
            free = self._free.get(place) or []
            child = free.pop() if free else None
        if child is None:
            try:
                child = self._make(place)
            except BaseException:
                self._leave(place, None, is_fit=False)
                raise
        with self._condition:
            call.child = child
            is_told = call.is_told
        if is_told:
            child.kill()
            raise frames.Closed("cancelled")
        return child

    def _leave(self, place: str, child: Optional[Child], is_fit: bool) -> None:
        if child is None:
            # It could not be made, or has been counted off already.
            with self._condition:
                self._count_off(place)
            return
        if not is_fit:
            child.kill()
        with self._condition:
            self._count_off(place)
            if is_fit:
                self._free.setdefault(place, []).append(child)

    def _count_off(self, place: str) -> None:
        left = self._busy.get(place, 0) - 1
        if left > 0:
            self._busy[place] = left
        else:
            self._busy.pop(place, None)
        self._condition.notify_all()

    def _end_idle(self) -> None:
        while True:
            time.sleep(min(5.0, self._idle_seconds))
            oldest = time.monotonic() - self._idle_seconds
            with self._condition:
                idle = []
                for place in list(self._free):
                    children = self._free[place]
                    idle += [child for child in children if child.used_at < oldest]
                    self._free[place] = [child for child in children if child.used_at >= oldest]
                    if not self._free[place]:
                        del self._free[place]
            for child in idle:
                child.kill()


def processes(settings: Mapping[str, Any], count: int) -> Callable[..., Children]:
    """Actions of modules and packages, in `count` processes."""

    def make(actions: Any, capacity: int, done: Callable[[str, str], None]) -> Children:
        # Packages may need variables of the environment: these are the operator's own.
        env = dict(os.environ)
        return Children(
            lambda place: Child("process", settings, env), lambda job: "", capacity, done, per_place=count, idle_seconds=1e9
        )

    return make


def sandboxes(settings: Mapping[str, Any], per_project: int, seconds: float) -> Callable[..., Children]:
    """Dynamic actions, each project's in sandboxes of its own."""

    def make(actions: Any, capacity: int, done: Callable[[str, str], None]) -> Children:
        return Children(
            lambda place: Child("sandbox", settings, environment()),
            lambda job: str((job.get("context") or {}).get("project_id")),
            capacity,
            done,
            per_place=per_project,
            default_seconds=seconds,
        )

    return make
