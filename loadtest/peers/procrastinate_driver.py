"""procrastinate: jobs that defer the next one, in one worker. The protocol is that of driver.mjs."""

import asyncio
import json
import logging
import os
import sys
import time

import procrastinate
import uvloop

WORKLOAD, SIZE = sys.argv[1], json.loads(sys.argv[2])
logging.disable(logging.INFO)
connector = procrastinate.PsycopgConnector(conninfo=os.environ["DATABASE_URL"], min_size=20, max_size=20)
app = procrastinate.App(connector=connector)
ran = 0
ended: dict[int, asyncio.Event] = {}


@app.task(name="single", queue="work")
async def single(id):
    global ran
    ran += 1
    ended[id].set()


@app.task(name="chain", queue="work")
async def chain(id, step, value):
    global ran
    ran += 1
    if step < 10:
        await chain.defer_async(id=id, step=step + 1, value=value + 1)
        return
    assert value == 9
    ended[id].set()


@app.task(name="fan", queue="work")
async def fan(id):
    await connector.execute_query_async("INSERT INTO fan_in VALUES (%(id)s, 100)", id=id)
    await branch.batch_defer_async(*[{"id": id}] * 100)


@app.task(name="branch", queue="work")
async def branch(id):
    global ran
    ran += 1
    text = "UPDATE fan_in SET missing = missing - 1 WHERE id = %(id)s RETURNING missing"
    if (await connector.execute_query_one_async(text, id=id))["missing"] == 0:
        await single.defer_async(id=id)


@app.task(name="job", queue="work")
async def job(n):
    global ran
    ran += 1


@app.task(name="later", queue="nobody")
async def later(n):
    raise AssertionError("nobody runs this")


def start(concurrency):
    options = {"queues": ["work"], "concurrency": concurrency, "fetch_job_polling_interval": 1.0}
    return asyncio.create_task(app.run_worker_async(**options, install_signal_handlers=False))


async def left():
    text = "SELECT count(*) AS n FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queue_name = 'work'"
    return (await connector.execute_query_one_async(text))["n"]


async def settled(done, expected):
    began = time.perf_counter()
    while await left() > 0:
        assert time.perf_counter() - began < 60, "work is left after a minute"
        await asyncio.sleep(0.005)
    done["seconds"] += time.perf_counter() - began
    assert ran == expected, f"{ran} steps ran"
    return done


async def measured(count, width, steps, body):
    numbers, latencies = iter(range(count)), []

    async def one():
        for n in numbers:
            at = time.perf_counter()
            await body(n)
            latencies.append((time.perf_counter() - at) * 1000)

    began = time.perf_counter()
    await asyncio.gather(*[one() for _ in range(min(width, count))])
    return {"seconds": time.perf_counter() - began, "steps": count * steps, "latencies": latencies}


def through(defer):
    async def one(id):
        ended[id] = asyncio.Event()
        await defer(id)
        await ended[id].wait()

    return one


async def run_single():
    start(2)
    done = await measured(SIZE["count"], 1, 1, through(lambda id: single.defer_async(id=id)))
    return await settled(done, SIZE["count"])


async def run_chain():
    start(20)
    first = through(lambda id: chain.defer_async(id=id, step=1, value=0))
    done = await measured(SIZE["count"], SIZE["width"], 10, first)
    return await settled(done, SIZE["count"] * 10)


async def run_fan():
    start(20)
    done = await measured(SIZE["count"], SIZE["width"], 100, through(lambda id: fan.defer_async(id=id)))
    return await settled(done, SIZE["count"] * 101)


async def run_starts():
    return await measured(SIZE["count"], 16, 1, lambda n: later.defer_async(n=n))


async def run_drain():
    for first in range(0, SIZE["count"], 1000):
        numbers = range(first, min(first + 1000, SIZE["count"]))
        await job.batch_defer_async(*[{"n": n} for n in numbers])
    start(20)
    return await settled({"seconds": 0.0, "steps": SIZE["count"], "latencies": []}, SIZE["count"])


async def main():
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await connector.execute_query_async("CREATE TABLE fan_in (id int PRIMARY KEY, missing int NOT NULL)")
        print("ready", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        print(json.dumps(await globals()[f"run_{WORKLOAD}"]()), flush=True)
    os._exit(0)


uvloop.run(main())
