// graphile-worker: jobs that enqueue the next one. Local queue and completion in batches, as its page on performance advises.

import { Logger, makeWorkerUtils, run as work } from 'graphile-worker';
import pg from 'pg';
import { check, empty, measured, run, signal, url } from './driver.mjs';

process.env.NO_LOG_SUCCESS = '1';
const pgPool = new pg.Pool({ connectionString: url, max: 20 });
pgPool.on('error', () => {});
const logger = new Logger(() => (level, message) => level === 'error' && console.error(message));
const utils = await makeWorkerUtils({ pgPool, logger });
await utils.migrate();
await pgPool.query('CREATE TABLE IF NOT EXISTS fan_in (id int PRIMARY KEY, missing int NOT NULL)');

let ran = 0;
const ended = new Map();
const end = id => ended.get(id)?.resolve();
const taskList = {
  single: async ({ id }) => {
    ran++;
    end(id);
  },
  chain: async ({ id, step, value }, helpers) => {
    ran++;
    if (step < 10) return void (await helpers.addJob('chain', { id, step: step + 1, value: value + 1 }));
    check(value === 9, 'value');
    end(id);
  },
  fan: async ({ id }, helpers) => {
    await helpers.query('INSERT INTO fan_in VALUES ($1, 100)', [id]);
    await helpers.addJobs(Array.from({ length: 100 }, () => ({ identifier: 'branch', payload: { id } })));
  },
  branch: async ({ id }, helpers) => {
    ran++;
    const text = `WITH less AS (UPDATE fan_in SET missing = missing - 1 WHERE id = $1 RETURNING missing)
      SELECT graphile_worker.add_job('single', json_build_object('id', $1::int)) FROM less WHERE missing = 0`;
    await helpers.query(text, [id]);
  },
  job: async () => void ran++,
};
const start = (concurrency, localQueue) =>
  work({
    pgPool,
    logger,
    taskList,
    concurrency,
    noHandleSignals: true,
    preset: {
      worker: localQueue
        ? { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 }
        : {},
    },
  });
const left = async () => (await pgPool.query('SELECT count(*)::int AS n FROM graphile_worker._private_jobs')).rows[0].n;
const through = (first, id) => {
  const it = signal();
  ended.set(id, it);
  return first(id).then(() => it.promise);
};
const settled = async (done, expected) => {
  const began = performance.now();
  await empty(left);
  done.seconds += (performance.now() - began) / 1000;
  check(ran === expected, `${ran} steps ran`);
  return done;
};

await run({
  single: async size => {
    await start(2, false);
    const one = id => through(() => utils.addJob('single', { id }), id);
    return settled(await measured(size.count, 1, 1, one), size.count);
  },
  chain: async size => {
    await start(20, true);
    const one = id => through(() => utils.addJob('chain', { id, step: 1, value: 0 }), id);
    return settled(await measured(size.count, size.width, 10, one), size.count * 10);
  },
  fan: async size => {
    await start(20, true);
    const one = id => through(() => utils.addJob('fan', { id }), id);
    // The join is a job as well.
    return settled(await measured(size.count, size.width, 100, one), size.count * 101);
  },
  starts: async size => {
    const done = await measured(size.count, 16, 1, () => utils.addJob('nobody', {}));
    check((await left()) === size.count, 'accepted');
    return done;
  },
  drain: async size => {
    for (let first = 0; first < size.count; first += 1000) {
      const length = Math.min(1000, size.count - first);
      await utils.addJobs(Array.from({ length }, (_, n) => ({ identifier: 'job', payload: { n } })));
    }
    const began = performance.now();
    await start(24, true);
    await empty(left);
    check(ran === size.count, 'all ran');
    return { seconds: (performance.now() - began) / 1000, steps: size.count, latencies: [] };
  },
});
