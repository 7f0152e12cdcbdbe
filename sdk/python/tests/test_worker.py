"""The worker against a service that hands out jobs and keeps what comes back."""

import http.server
import json
import socket
import threading
import time
import unittest

from mistral_worker import ActionContext, Failure, Worker, actions
from mistral_worker.connection import Connection


def job(number, action, timeout=None, **input):
    return {
        "job": f"j{number}",
        "action": action,
        "input": input,
        "is_sync": True,
        "safe_rerun": False,
        "attempt": 1,
        "timeout_seconds": timeout,
        "context": {"workflow_name": "w"},
    }


class Service(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.changed = threading.Condition()
        self.registered, self.results, self.running, self.cancelled = [], [], set(), set()
        self.waiting, self.troubles, self.left, self.draining, self.most = [], [], 0, False, 0
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server_port}"

    def until(self, what, seconds=10):
        with self.changed:
            assert self.changed.wait_for(lambda: what(self), seconds), vars(self)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, value=None):
        text = b"" if value is None else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_DELETE(self):
        self.server.left += 1
        self.answer(204)

    def do_POST(self):
        service = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with service.changed:
            if self.path == "/v2/workers":
                service.registered.append(body)
                service.changed.notify_all()
                return self.answer(201, {"id": f"w{len(service.registered)}", "max_wait_seconds": 1})
            trouble = service.troubles.pop(0) if service.troubles and body.get("results") else None
            if trouble == "hang up":
                self.close_connection = True
                return None
            if trouble:
                return self.answer(trouble, {"faultstring": "on purpose"})
            service.results += body.get("results") or []
            service.running |= set(body.get("running") or [])
            service.draining |= bool(body.get("draining"))
            service.changed.notify_all()
            cancelled = [one for one in body.get("running") or [] if one in service.cancelled]
            room = body.get("room", 0)
            over = lambda: (service.waiting and room) or service.draining or cancelled
            service.changed.wait_for(over, body.get("wait_seconds") or 0)
            given = [service.waiting.pop(0) for _ in range(min(room, len(service.waiting)))]
            service.most = max(service.most, len(given))
        self.answer(200, {"jobs": given, "cancelled": cancelled, "dropped": []})

    def log_message(self, *arguments):
        pass


def add(a: int, b: int = 1):
    return a + b


def fails():
    raise Failure({"code": 7})


def sleeps(seconds: float, context: ActionContext):
    context.wait(seconds)
    return "slept"


class Workers(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        made = [actions.of_function(f"t.{one.__name__}", one) for one in (add, fails, sleeps)]
        self.worker = Worker(self.service.url, made, capacity=4)
        self.thread = threading.Thread(target=self.worker.run, args=(5,), daemon=True)
        self.thread.start()

    def tearDown(self):
        self.worker.stop()
        self.thread.join(10)
        self.assertFalse(self.thread.is_alive(), "it does not end")
        self.assertEqual(self.service.left, 1, "it takes leave")
        self.service.shutdown()
        self.service.server_close()

    def give(self, *jobs):
        with self.service.changed:
            self.service.waiting += jobs
            self.service.changed.notify_all()

    def result(self, name):
        self.service.until(lambda service: any(one["job"] == name for one in service.results))
        return [one for one in self.service.results if one["job"] == name]

    def test_jobs_are_done(self):
        self.give(*(job(number, "t.add", a=number) for number in range(50)), job(99, "t.fails"))
        self.assertEqual(self.result("j99"), [{"job": "j99", "error": {"code": 7}}])
        for number in range(50):
            self.assertEqual(self.result(f"j{number}"), [{"job": f"j{number}", "data": number + 1}])
        self.assertLessEqual(self.service.most, 4, "no more than there is room for")

    def test_results_are_told_until_they_are_taken(self):
        self.service.troubles = ["hang up", 503, "hang up"]
        self.give(job(1, "t.add", a=1))
        self.assertEqual(self.result("j1"), [{"job": "j1", "data": 2}])

    def test_a_result_that_is_refused_becomes_an_error(self):
        self.service.troubles = [413]
        self.give(job(1, "t.add", a=1))
        self.assertIn("refuses the result: 413", self.result("j1")[0]["error"])

    def test_what_is_cancelled_has_no_result(self):
        self.give(job(1, "t.sleeps", seconds=3))
        self.service.until(lambda service: "j1" in service.running)
        self.service.cancelled.add("j1")
        time.sleep(2.5)
        self.assertEqual(len(self.worker._calls), 0)
        self.assertEqual(self.service.results, [])

    def test_what_runs_at_the_end_is_finished(self):
        self.give(job(1, "t.sleeps", seconds=1))
        self.service.until(lambda service: not service.waiting)
        time.sleep(0.2)
        self.worker.stop()
        self.thread.join(10)
        self.assertEqual(self.result("j1"), [{"job": "j1", "data": "slept"}])

    def test_many_are_done(self):
        self.worker.capacity = 1_000
        self.give(*(job(number, "t.add", a=1) for number in range(5_000)))
        self.service.until(lambda service: len(service.results) == 5_000, 20)
        self.assertEqual(len({one["job"] for one in self.service.results}), 5_000)


class Connections(unittest.TestCase):
    def test_the_kernel_watches_over_a_service_that_is_silent(self):
        service = Service()
        self.addCleanup(service.server_close)
        self.addCleanup(service.shutdown)
        opened = Connection(service.url)
        opened.request("POST", "/v2/workers", {})
        sock = opened._local.opened.sock
        self.assertEqual(sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), 1)
        if hasattr(socket, "TCP_KEEPIDLE"):
            self.assertEqual(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE), 5)


if __name__ == "__main__":
    unittest.main()
