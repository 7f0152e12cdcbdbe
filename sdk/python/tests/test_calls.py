import asyncio
import json
import threading
import time
import unittest

from mistral_worker import ActionContext, Failure, Started, actions, calls


def job(action, number=1, timeout=None, **input):
    return {"job": f"j{number}", "action": action, "input": input, "timeout_seconds": timeout, "context": {}}


class Threads(unittest.TestCase):
    def setUp(self):
        self.results = {}
        self.changed = threading.Condition()

    def done(self, text, members):
        with self.changed:
            self.assertNotIn(text, self.results, "told twice")
            self.results[text] = json.loads("{" + members + "}")
            self.changed.notify_all()

    def calls(self, *functions, threads=4):
        made = [actions.of_function(function.__name__, function) for function in functions]
        return calls.Calls(made, threads, self.done)

    def wait_for(self, count):
        with self.changed:
            self.assertTrue(self.changed.wait_for(lambda: len(self.results) >= count, 10), self.results)
        return self.results

    def test_ends_of_all_kinds(self):
        def fine(a):
            return {"a": a}

        def breaks():
            raise ValueError("no")

        def fails():
            raise Failure({"code": 7})

        def starts():
            return Started()

        async def waits():
            await asyncio.sleep(0.01)
            return "waited"

        under = self.calls(fine, breaks, fails, starts, waits)
        for number, one in enumerate([job("fine", a=1), job("breaks"), job("fails"), job("starts"), job("waits"), job("none")]):
            under.begin({**one, "job": f"j{number}"})
        found = self.wait_for(6)
        self.assertEqual(found["j0"], {"data": {"a": 1}})
        self.assertEqual(found["j1"], {"error": "ValueError: no"})
        self.assertEqual(found["j2"], {"error": {"code": 7}})
        self.assertEqual(found["j3"], {"started": True})
        self.assertEqual(found["j4"], {"data": "waited"})
        self.assertIn("no action none", found["j5"]["error"])
        self.assertEqual(len(under), 0)

    def test_the_deadline_is_kept(self):
        def sleeps(context: ActionContext):
            context.wait(30)

        async def sleeps_async():
            await asyncio.sleep(30)

        under = self.calls(sleeps, sleeps_async)
        began = time.monotonic()
        under.begin(job("sleeps", 1, timeout=0.2))
        under.begin(job("sleeps_async", 2, timeout=0.3))
        found = self.wait_for(2)
        self.assertLess(time.monotonic() - began, 5)
        self.assertEqual(found["j1"]["error"], "Timeout after 0.2 seconds")
        self.assertEqual(found["j2"]["error"], "Timeout after 0.3 seconds")

    def test_what_is_cancelled_is_told_to_end_and_has_no_result(self):
        ended = threading.Event()

        def waits(context: ActionContext):
            if context.wait(30):
                ended.set()

        async def waits_async():
            await asyncio.sleep(30)

        under = self.calls(waits, waits_async)
        under.begin(job("waits", 1))
        under.begin(job("waits_async", 2))
        time.sleep(0.1)
        under.cancel(["j1", "j2", "unknown"])
        self.assertTrue(ended.wait(5))
        time.sleep(0.1)
        self.assertEqual((self.results, len(under)), ({}, 0))

    def test_a_job_is_begun_once(self):
        count = []

        def counts():
            count.append(1)

        under = self.calls(counts, threads=1)
        under.begin(job("counts"))
        self.wait_for(1)
        self.assertEqual(len(count), 1)


if __name__ == "__main__":
    unittest.main()
