"""The worker: registers, takes jobs, delivers results, and says that it is alive, all with one kind of request."""

from __future__ import annotations

import logging
import os
import platform
import random
import socket
import threading
import time
from typing import Any, Dict, List, Optional, Protocol, Tuple

from . import actions as functions
from .actions import Action
from .calls import Calls
from .connection import Connection, Headers, Refused, Unreachable

LOG = logging.getLogger("mistral_worker")

#: Results of one request at most.
MAX_RESULTS = 1_000
#: A request with results is not made longer than this, but for a single one, in bytes.
MAX_BODY = 8 << 20
#: Jobs that are remembered, so that none is begun twice.
MAX_SEEN = 20_000
#: Seconds between two looks at whether jobs are still wanted.
LOOK = 1.0
#: Seconds that an answer may take besides the time that was asked for: less than a lease, so that a connection which has gone dead
#: without a word is given up while what runs is still ours.
PATIENCE = 6.0


class Running(Protocol):
    """What runs jobs: `calls.Calls` in this process, `processes.Processes` in others."""

    def __len__(self) -> int: ...

    def running(self) -> List[str]: ...

    def begin(self, job: Any) -> None: ...

    def cancel(self, jobs: List[str]) -> None: ...


class Worker:
    """Serves actions until it is stopped. `capacity` jobs at once; sync functions run in as many threads."""

    def __init__(
        self,
        url: str,
        actions: Optional[List[Action]] = None,
        *,
        name: Optional[str] = None,
        target: str = "",
        scope: Optional[str] = None,
        capacity: int = 64,
        headers: Optional[Headers] = None,
        ca_file: Optional[str] = None,
        insecure: bool = False,
        dynamic: bool = False,
        seconds: Optional[float] = None,
        run_in: Any = None,
    ) -> None:
        self.actions = functions.registered() if actions is None else actions
        if not self.actions and not dynamic:
            raise ValueError("there are no actions to serve")
        self.name = name or f"{socket.gethostname()}-{os.getpid()}"
        self.capacity = max(1, capacity)
        self.id: Optional[str] = None
        #: Time of a job whose task says none.
        self._seconds = seconds
        self._entry: Dict[str, Any] = {
            "name": self.name,
            "target": target,
            "runtime": f"python {platform.python_version()}",
            "capacity": self.capacity,
            "dynamic": dynamic,
            "actions": [action.describe() for action in self.actions],
        }
        if scope is not None:
            self._entry["scope"] = scope
        self._connection = Connection(url, headers, ca_file, insecure)
        self._results: List[Tuple[str, str]] = []
        #: Told with the next request, kept until that is answered.
        self._lock = threading.Lock()
        self._has_results = threading.Event()
        self._has_room = threading.Event()
        self._stopping = threading.Event()
        self._is_registered = threading.Event()
        self._max_wait = 5.0
        #: Room that a request under way asks for.
        self._asked = 0
        #: Answers that did not arrive, and how many of them have been made up for.
        self._doubts, self._settled = 0, 0
        #: Jobs of this registration, the newest last: none is begun twice, whichever answers tell of it.
        self._seen: Dict[str, None] = {}
        make = run_in or Calls
        self._calls: Running = make(self.actions, self.capacity, self._done)

    def run(self, grace: float = 30.0) -> None:
        """Works until `stop`. What runs then is given `grace` seconds to end; its results are delivered."""
        threading.Thread(target=self._deliver_all, daemon=True, name="deliver").start()
        looked, pause = 0.0, 0.2
        while not self._stopping.is_set():
            try:
                if self.id is None:
                    self._register()
                    self._settled = self._doubts
                doubts = self._doubts
                resync = doubts != self._settled
                room = self._room()
                if room == 0 and not resync:
                    self._has_room.wait(LOOK)
                    self._has_room.clear()
                    if self._room() == 0 and time.monotonic() - looked < LOOK:
                        continue
                with self._lock:
                    self._asked = self._room()
                body: Dict[str, Any] = {"room": self._asked, "wait_seconds": self._max_wait}
                has_jobs = len(self._calls) > 0
                if resync or (has_jobs and time.monotonic() - looked >= LOOK):
                    looked = time.monotonic()
                    body["running"] = self._held()
                    body["resync"] = resync
                elif has_jobs:
                    body["wait_seconds"] = max(0.0, LOOK - (time.monotonic() - looked))
                if resync or body["room"] == 0:
                    body["wait_seconds"] = 0
                answer = self._exchange(body, body["wait_seconds"] + PATIENCE)
                if resync:
                    self._settled = doubts
                pause = 0.2
                self._take(answer, is_poll=True)
            except Refused as refused:
                if refused.status == 404:
                    self._is_lost()
                    continue
                if refused.status in (401, 403, 409) or (refused.status < 500 and refused.status not in (408, 429)):
                    if self.id is None:
                        raise
                LOG.warning("the service refuses: %s", refused)
                pause = self._pause(pause)
            except Unreachable as error:
                LOG.warning("%s", error)
                self._doubts += 1
                pause = self._pause(pause)
        self._leave(grace)

    def stop(self) -> None:
        """Has `run` take no more jobs and return when those that run have ended. From any thread, also twice."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._has_room.set()
        # A request that waits for jobs is answered when another says that no more are wanted.
        threading.Thread(target=self._drain, daemon=True, name="drain").start()

    def abandon(self) -> None:
        """Ends what runs, as far as it can be ended, without telling anybody."""
        close = getattr(self._calls, "close", None)
        if close is not None:
            close()

    def _drain(self) -> None:
        try:
            if self.id is not None:
                self._exchange({"draining": True}, 10)
        except (Refused, Unreachable) as error:
            LOG.debug("%s", error)

    def _pause(self, pause: float) -> float:
        self._stopping.wait(pause * (0.5 + random.random()))
        return min(pause * 2, 5.0)

    def _register(self) -> None:
        answer = self._connection.request("POST", "/v2/workers", self._entry)
        self._max_wait = float(answer.get("max_wait_seconds") or 5)
        self.id = answer["id"]
        self._is_registered.set()
        LOG.info("worker %s serves %d actions as %s", self.name, len(self.actions), self.id)

    def _is_lost(self) -> None:
        """The lease is over: what ran is somebody else's by now."""
        LOG.warning("the lease is over, registering again")
        self._is_registered.clear()
        self.id = None
        self._calls.cancel(self._calls.running())
        with self._lock:
            self._results.clear()

    def _room(self) -> int:
        return max(0, self.capacity - len(self._calls))

    def _held(self) -> List[str]:
        with self._lock:
            undelivered = [job for job, _ in self._results]
        return self._calls.running() + undelivered

    def _exchange(self, body: Any, patience: float) -> Any:
        return self._connection.request("POST", f"/v2/workers/{self.id}/exchange", body, patience)

    def _take(self, answer: Any, is_poll: bool = False) -> None:
        for job in answer.get("jobs") or ():
            if job.get("timeout_seconds") is None:
                job["timeout_seconds"] = self._seconds
            if self._is_new(job["job"]):
                self._calls.begin(job)
        if is_poll:
            with self._lock:
                self._asked = 0
        if answer.get("cancelled"):
            self._calls.cancel(answer["cancelled"])

    def _is_new(self, job: str) -> bool:
        with self._lock:
            if job in self._seen:
                return False
            self._seen[job] = None
            while len(self._seen) > MAX_SEEN:
                del self._seen[next(iter(self._seen))]
            return True

    def _done(self, job: str, members: str) -> None:
        with self._lock:
            self._results.append((job, members))
            is_first = len(self._results) == 1
        if is_first:
            self._has_results.set()
        self._has_room.set()

    def _deliver_all(self) -> None:
        pause = 0.1
        while True:
            self._has_results.wait()
            self._is_registered.wait()
            with self._lock:
                self._has_results.clear()
                batch = self._next_batch()
            if not batch:
                continue
            try:
                self._deliver(batch)
                pause = 0.1
            except Unreachable as error:
                LOG.warning("results wait: %s", error)
                # The answer may have brought jobs.
                self._doubts += 1
                self._has_room.set()
                time.sleep(pause)
                pause = min(pause * 2, 5.0)
            except Refused as refused:
                # The other loop sees to a lost lease.
                if refused.status < 500 and refused.status not in (401, 404, 408, 429):
                    self._refused(batch, refused)
                else:
                    LOG.warning("results wait: %s", refused)
                time.sleep(pause)
                pause = min(pause * 2, 5.0)
            with self._lock:
                if self._results:
                    self._has_results.set()

    def _next_batch(self) -> List[Tuple[str, str]]:
        batch: List[Tuple[str, str]] = []
        size = 0
        for result in self._results[:MAX_RESULTS]:
            size += len(result[0]) + len(result[1])
            if batch and size > MAX_BODY:
                break
            batch.append(result)
        return batch

    def _deliver(self, batch: List[Tuple[str, str]]) -> None:
        results = ",".join(f'{{"job":"{job}",{members}}}' for job, members in batch)
        # What is free and not asked for is asked for at once: one request carries results there and jobs back.
        room = 0 if self._stopping.is_set() else max(0, self._room() - self._asked)
        body = f'{{"results":[{results}],"room":{room}}}'
        answer = self._exchange(body.encode("utf-8", "surrogatepass"), PATIENCE)
        with self._lock:
            del self._results[: len(batch)]
        self._take(answer)

    def _refused(self, batch: List[Tuple[str, str]], refused: Refused) -> None:
        """One result that the service cannot take must not hold up the others."""
        if len(batch) > 1:
            for one in batch:
                try:
                    self._deliver_one(one)
                except Refused as again:
                    self._deliver_one((one[0], f'"error":"The service refuses the result: {again.status}"'))
            return
        LOG.error("a result is refused: %s", refused)
        with self._lock:
            self._results[0] = (batch[0][0], f'"error":"The service refuses the result: {refused.status}"')

    def _deliver_one(self, one: Tuple[str, str]) -> None:
        body = f'{{"results":[{{"job":"{one[0]}",{one[1]}}}]}}'
        self._exchange(body.encode("utf-8", "surrogatepass"), PATIENCE)
        with self._lock:
            self._results = [result for result in self._results if result[0] != one[0]]

    def _leave(self, grace: float) -> None:
        deadline = time.monotonic() + grace
        told = 0.0
        while self.id is not None and time.monotonic() < deadline:
            with self._lock:
                has_results = bool(self._results)
            if not has_results and len(self._calls) == 0:
                break
            if time.monotonic() - told > LOOK:
                told = time.monotonic()
                try:
                    self._take(self._exchange({"running": self._held()}, 10))
                except (Refused, Unreachable) as error:
                    LOG.warning("%s", error)
            time.sleep(0.02)
        if self.id is None:
            return
        try:
            self._connection.request("DELETE", f"/v2/workers/{self.id}", patience=10)
        except (Refused, Unreachable) as error:
            LOG.warning("no leave was taken: %s", error)


def run(url: str, **options: Any) -> None:
    """Serves all actions that `@action` made in this process, until the process is told to end."""
    import signal

    worker = Worker(url, **options)
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            signal.signal(number, lambda *_: worker.stop())
        except ValueError:  # Not in the main thread: whoever started it stops it.
            break
    worker.run()
