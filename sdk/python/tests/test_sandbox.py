"""Hostile code in sandboxes: each test is something that must not work, and its words."""

import json
import os
import platform
import sys
import time
import unittest

from mistral_worker import children, frames, lockdown

HEAD = "from mistral_lib import actions\nclass A(actions.Action):\n  def __init__(self, **input):\n    self.input = input\n  def run(self, context):\n"


def source(*lines):
    return HEAD + "".join(f"    {line}\n" for line in lines)


def job(text, timeout=None, number=1, project="p", **input):
    code = {"id": text, "version": 1, "name": "m", "source": text, "class_name": "A"}
    return {
        "job": f"j{number}",
        "action": "a",
        "input": input,
        "timeout_seconds": timeout,
        "context": {"project_id": project},
        "code": code,
    }


@unittest.skipUnless(sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64"), "sandboxes are for Linux")
class Sandbox(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.environ["SECRET"] = "s3cret"
        try:
            cls.child = children.Child("sandbox", {"memory_mb": 300}, children.environment())
        except frames.Closed as error:
            raise unittest.SkipTest(f"SKIPPED, NOTHING IS TESTED: {error}")

    @classmethod
    def tearDownClass(cls):
        cls.child.kill()

    def run_code(self, *lines, **input):
        members = self.child.call(job(source(*lines), **input), time.monotonic() + 20)
        return json.loads("{" + members + "}")

    def refused(self, *lines):
        result = self.run_code(*lines)
        self.assertIn("error", result, f"{lines} worked: {result}")
        return result["error"]

    def test_honest_code_works(self):
        self.assertEqual(self.run_code("return {'sum': self.input['a'] + 1}", a=1), {"data": {"sum": 2}})
        self.assertEqual(self.run_code("import decimal, zlib", "return str(decimal.Decimal('0.1'))"), {"data": "0.1"})
        result = self.run_code("import threading", "t = threading.Thread(target=list)", "t.start(); t.join()", "return 1")
        self.assertEqual(result, {"data": 1}, "threads are allowed")

    def test_broken_code_says_so(self):
        members = self.child.call(job("x ="), time.monotonic() + 20)
        self.assertIn("cannot be loaded: SyntaxError", members)
        members = self.child.call(job("x = 1"), time.monotonic() + 20)
        self.assertIn("has no class A", members)

    def test_no_files(self):
        for path in ("/etc/passwd", "/proc/self/environ", f"/proc/{os.getpid()}/environ", os.path.abspath(__file__), "/root", "/home"):
            self.assertRegex(self.refused("import os", f"return os.listdir({path!r}) if os.path.isdir({path!r}) else open({path!r}).read()"), "Permission|No such|Not a dir")
        for path in ("/tmp/mistral-escape", "/dev/shm/mistral-escape"):
            self.refused(f"open({path!r}, 'w').write('x')")
            self.assertFalse(os.path.exists(path))

    def test_no_environment(self):
        result = self.run_code("import os", "return dict(os.environ)")
        self.assertNotIn("s3cret", json.dumps(result))

    def test_no_processes(self):
        self.refused("import os", "return os.fork()")
        self.refused("import subprocess", "return subprocess.check_output(['true']).decode()")
        self.refused("import os", "os.execv('/bin/true', ['true'])")
        self.refused("import multiprocessing", "p = multiprocessing.Process(target=print); p.start()")

    def test_no_network(self):
        self.refused("import socket", "socket.create_connection(('127.0.0.1', 5432), 1)")
        self.refused("import socket", "socket.socket(socket.AF_UNIX)")
        self.refused("import socket", "socket.socketpair()")

    def test_no_signals_and_no_looking_into_others(self):
        self.refused("import os", "os.kill(os.getppid(), 9)")
        self.refused("import os", "os.kill(-1, 9)")
        text = "libc = ctypes.CDLL(None, use_errno=True)"
        result = self.run_code("import ctypes, os", text, "return libc.ptrace(16, os.getppid(), 0, 0), ctypes.get_errno()")
        self.assertEqual(result, {"data": [-1, 1]})

    def test_memory_is_limited(self):
        self.assertIn("MemoryError", self.refused("x = bytearray(10 ** 9)"))
        self.refused("import resource", "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))")

    def test_readable_places_are_few(self):
        self.assertNotIn("/", lockdown.readable())
        self.assertNotIn("/etc", lockdown.readable())


@unittest.skipUnless(sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64"), "sandboxes are for Linux")
class Sandboxes(unittest.TestCase):
    def setUp(self):
        self.results = {}
        make = children.sandboxes({"memory_mb": 300}, per_project=1, seconds=20)
        self.calls = make([], 8, lambda text, members: self.results.__setitem__(text, json.loads("{" + members + "}")))
        self.addCleanup(self.calls.close)

    def wait_for(self, count):
        deadline = time.monotonic() + 20
        while len(self.results) < count:
            self.assertLess(time.monotonic(), deadline, self.results)
            time.sleep(0.01)
        return self.results

    def test_endless_loops_are_ended_and_others_go_on(self):
        self.calls.begin(job(source("while True: pass"), timeout=1, number=1))
        self.calls.begin(job(source("return 'other project'"), number=2, project="q"))
        self.assertEqual(self.wait_for(1)["j2"], {"data": "other project"})
        self.assertEqual(self.wait_for(2)["j1"], {"error": "Timeout after 1 seconds"})
        self.calls.begin(job(source("return 'same project'"), number=3))
        self.assertEqual(self.wait_for(3)["j3"], {"data": "same project"})

    def test_projects_share_nothing(self):
        text = source("import builtins", "builtins.seen = getattr(builtins, 'seen', 0) + 1", "return builtins.seen")
        for number, project in enumerate(["p", "q"]):
            self.calls.begin(job(text, number=number, project=project))
        self.assertEqual(list(self.wait_for(2).values()), [{"data": 1}, {"data": 1}])

    def test_a_process_that_ends_itself_is_an_error(self):
        self.calls.begin(job(source("import os", "os._exit(3)")))
        self.assertIn("The process of the action died", self.wait_for(1)["j1"]["error"])

    def test_a_forged_answer_is_only_its_own(self):
        lines = ["import os", "for fd in range(3, 64):", "  try: os.write(fd, b'\\x00\\x00\\x00\\x02{}')", "  except OSError: pass"]
        self.calls.begin(job(source(*lines)))
        self.assertIn("something else than a result", self.wait_for(1)["j1"]["error"])

    def test_a_cancelled_call_is_killed(self):
        self.calls.begin(job(source("while True: pass")))
        time.sleep(0.5)
        self.calls.cancel(["j1"])
        self.calls.begin(job(source("return 1"), number=2))
        self.assertEqual(self.wait_for(1), {"j2": {"data": 1}})


if __name__ == "__main__":
    unittest.main()
