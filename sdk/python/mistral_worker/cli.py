"""`mistral-worker`: serves actions of modules and of installed packages."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from typing import Any, Dict, List, Mapping, Optional

from . import __version__, children, loading
from .connection import Refused
from .process import limit_memory
from .worker import Worker

LOG = logging.getLogger("mistral_worker")


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="mistral-worker",
        description="Serves actions: functions with @action in modules, and entry points mistral.actions and "
        "mistral.generators of installed packages, unchanged.",
    )
    made.add_argument("modules", nargs="*", help="modules, or files that end in .py, with functions made by @action")
    made.add_argument("--url", default=os.environ.get("MISTRAL_URL", "http://127.0.0.1:8989"), help="address of the API")
    made.add_argument("--name", help="shown to operators; default: host and process id")
    made.add_argument("--target", default="", help="a name by which tasks may ask for this worker")
    made.add_argument(
        "--scope", choices=("public", "private"), help="serve all projects (needs the right to), or only that of the token"
    )
    made.add_argument("--capacity", type=int, default=64, help="jobs at once (64)")
    made.add_argument("--processes", type=int, default=0, help="run jobs in so many processes, not in threads")
    made.add_argument("--memory-mb", type=int, default=0, help="memory of this process, or of each of --processes")
    made.add_argument("--seconds", type=float, default=0, help="time of a job whose task says none; 0: no limit")
    made.add_argument("--no-plugins", action="store_true", help="leave entry points mistral.actions alone")
    made.add_argument("--no-generators", action="store_true", help="leave entry points mistral.generators alone")
    made.add_argument("--only", action="append", default=[], metavar="PATTERN", help="serve only actions of such names")
    made.add_argument("--exclude", action="append", default=[], metavar="PATTERN", help="do not serve actions of such names")
    made.add_argument(
        "--config-file", action="append", default=[], help="configuration for packages that read oslo.config, as mistral-extra"
    )
    made.add_argument("--header", action="append", default=[], metavar="NAME: VALUE", help="sent with each request")
    made.add_argument("--token-file", help="a file with the token to send as X-Auth-Token; read anew for each request")
    # For who starts it and holds its standard input: the first line is the key, the end of it is the end of the worker.
    made.add_argument("--supervised", action="store_true", help=argparse.SUPPRESS)
    made.add_argument("--ca-file", help="authorities to trust for https")
    made.add_argument("--insecure", action="store_true", help="do not check the certificate")
    made.add_argument("--grace", type=float, default=30.0, help="seconds that jobs are given to end after SIGTERM (30)")
    made.add_argument("--list", action="store_true", help="print the actions, and serve nothing")
    made.add_argument("--verbose", "-v", action="store_true")
    made.add_argument("--version", action="version", version=__version__)
    group = made.add_argument_group("dynamic actions", "code that users have uploaded, each project's in sandboxes of its own")
    group.add_argument("--dynamic", action="store_true", help="serve dynamic actions, and nothing else")
    group.add_argument("--dynamic-seconds", type=float, default=60.0, help="time of a call whose task says none (60)")
    group.add_argument("--dynamic-memory-mb", type=int, default=512, help="memory of a sandbox (512)")
    group.add_argument("--dynamic-processes", type=int, default=2, help="sandboxes of a project at once (2)")
    group.add_argument("--dynamic-network", action="store_true", help="let the code use the network")
    group.add_argument("--dynamic-user", type=int, default=65_534, help="user id of sandboxes, if this is root (65534)")
    group.add_argument(
        "--dynamic-lax", action="store_true", help="run the code even where the kernel lacks landlock or seccomp: for trusted authors"
    )
    return made


def headers_of(options: Any) -> Any:
    fixed: Dict[str, str] = {}
    for line in options.header:
        name, separator, value = line.partition(":")
        if not separator:
            raise SystemExit(f"--header {line}: NAME: VALUE is wanted")
        fixed[name.strip()] = value.strip()
    if options.supervised:
        fixed["X-Worker-Key"] = sys.stdin.readline().strip()
    if os.environ.get("MISTRAL_AUTH_TOKEN"):
        fixed.setdefault("X-Auth-Token", os.environ["MISTRAL_AUTH_TOKEN"])
    if not options.token_file:
        return fixed

    def headers() -> Mapping[str, str]:
        with open(options.token_file, encoding="utf-8") as file:
            return {**fixed, "X-Auth-Token": file.read().strip()}

    return headers


def _end_with_parent(worker: Worker) -> None:
    """Whoever started this is gone when standard input ends; nobody would hear of what still runs."""
    while sys.stdin.readline():
        pass
    worker.abandon()
    os._exit(3)


def main(arguments: Optional[List[str]] = None) -> int:
    options = parser().parse_args(arguments)
    logging.basicConfig(
        level=logging.DEBUG if options.verbose else logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(message)s",
    )
    settings: Dict[str, Any] = {
        "modules": options.modules,
        "plugins": not options.no_plugins,
        "generators": not options.no_generators,
        "only": options.only,
        "exclude": options.exclude,
        "config_files": options.config_file,
        "memory_mb": options.memory_mb,
    }
    run_in: Any = None
    actions: List[Any] = []
    if options.dynamic:
        sandbox = {
            "memory_mb": options.dynamic_memory_mb,
            "network": options.dynamic_network,
            "user_id": options.dynamic_user,
            "strict": not options.dynamic_lax,
        }
        run_in = children.sandboxes(sandbox, options.dynamic_processes, options.dynamic_seconds)
    else:
        actions = loading.load(settings)
        if options.processes:
            run_in = children.processes(settings, options.processes)
        else:
            limit_memory(options.memory_mb)
    if options.list:
        for action in actions:
            print(action.name)
        return 0
    if not actions and not options.dynamic:
        LOG.error("there are no actions to serve: name a module, or install a package with entry points mistral.actions")
        return 2
    worker = Worker(
        options.url,
        actions,
        name=options.name,
        target=options.target,
        scope=options.scope,
        capacity=options.capacity,
        headers=headers_of(options),
        ca_file=options.ca_file,
        insecure=options.insecure,
        dynamic=options.dynamic,
        seconds=options.seconds or None,
        run_in=run_in,
    )
    if options.supervised:
        threading.Thread(target=_end_with_parent, args=(worker,), daemon=True, name="parent").start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    try:
        worker.run(options.grace)
    except Refused as refused:
        LOG.error("the service does not take this worker: %s", refused)
        return 1
    return 0
