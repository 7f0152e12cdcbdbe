"""A worker: actions of your own, in plain functions. Python's standard library is all it needs.

    from mistral_worker import action, run

    @action("my.add")
    def add(a, b=1):
        "Adds two numbers."
        return a + b

    run("http://127.0.0.1:8989")
"""

import concurrent.futures
import inspect
import json
import os
import socket
import time
import urllib.error
import urllib.request

ACTIONS = {}


def action(name):
    """Makes a function the action of this name. Its parameters become the action's input."""

    def register(function):
        ACTIONS[name] = function
        return function

    return register


def describe(name, function):
    """The action as the service wants it described."""
    inputs, accepts_any = [], False
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            accepts_any = True
        elif parameter.kind in (parameter.POSITIONAL_ONLY, parameter.VAR_POSITIONAL):
            raise TypeError(f"{name}: input comes by name only, not to '{parameter}'")
        elif parameter.default is parameter.empty:
            inputs.append(parameter.name)
        else:
            inputs.append({parameter.name: parameter.default})
    text = inspect.getdoc(function) or ""
    return {"name": name, "description": text, "input": inputs, "accepts_any": accepts_any}


def call(job):
    """Runs a job; its result as the service takes it."""
    try:
        data = ACTIONS[job["action"]](**job["input"])
        json.dumps(data)
        return {"job": job["job"], "data": data}
    except Exception as error:  # Whatever it is, it is the action's result.
        return {"job": job["job"], "error": f"{type(error).__name__}: {error}"}


class Worker:
    def __init__(self, url, name=None, target="", capacity=16, headers=None):
        self.url, self.target, self.capacity = url.rstrip("/"), target, capacity
        self.name = name or f"{socket.gethostname()}-{os.getpid()}"
        self.headers = {"Content-Type": "application/json", **(headers or {})}

    def _send(self, path, body):
        data = json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, self.headers, method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def _register(self):
        actions = [describe(name, function) for name, function in sorted(ACTIONS.items())]
        return self._send("/v2/workers", {"name": self.name, "target": self.target, "actions": actions})["id"]

    def run(self):
        """Works until the process ends. Registers again when the service has given the worker up."""
        worker, running, undelivered, resync = None, {}, [], False
        with concurrent.futures.ThreadPoolExecutor(self.capacity) as pool:
            while True:
                for future in [future for future in running if future.done()]:
                    running.pop(future)
                    undelivered.append(future.result())
                try:
                    worker = worker or self._register()
                    # Running work is looked at soon; with nothing to do the service may wait for jobs.
                    wait = 0.01 if running else 5
                    body = {
                        "results": undelivered[:1000],
                        "running": list(running.values())[:1000],
                        "room": self.capacity - len(running),
                        "wait_seconds": 0 if undelivered else wait,
                        "resync": resync,
                    }
                    answer = self._send(f"/v2/workers/{worker}/exchange", body)
                except urllib.error.HTTPError as error:
                    if error.code == 404:
                        worker = None
                    elif error.code < 500:
                        raise
                    time.sleep(0.5)
                    continue
                except OSError:
                    resync = True
                    time.sleep(0.5)
                    continue
                resync = False
                del undelivered[:1000]
                for job in answer["jobs"]:
                    running[pool.submit(call, job)] = job["job"]
                for future, job in list(running.items()):
                    # A call that has begun goes on; nobody wants its result.
                    if job in answer["cancelled"] and future.cancel():
                        running.pop(future)


def run(url, **options):
    """Serves all actions of this process."""
    Worker(url, **options).run()
