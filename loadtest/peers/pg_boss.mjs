// pg-boss: jobs in batches; a batch enqueues the next jobs in the transaction that completes it.

import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { check, empty, measured, run, signal, url } from './driver.mjs';

const boss = new PgBoss({ connectionString: url, max: 20, useListenNotify: true, supervise: false, schedule: false });
boss.on('error', error => console.error(error));
await boss.start();
for (const name of ['single', 'chain', 'fan', 'branch', 'join', 'job', 'nobody']) await boss.createQueue(name, { notify: true });
const database = new pg.Pool({ connectionString: url, max: 4 });
await database.query('CREATE TABLE IF NOT EXISTS fan_in (id int PRIMARY KEY, missing int NOT NULL)');

let ran = 0;
const POLL = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 2 };
const BATCHES = { ...POLL, burstWhenBatchFull: true };
const open = async name => {
  const text = "SELECT count(*)::int AS n FROM pgboss.job WHERE name = ANY ($1) AND state < 'completed'";
  return (await database.query(text, [name])).rows[0].n;
};
const jobs = (length, data) => Array.from({ length }, (_, n) => ({ data: data(n) }));

/** Keeps `width` of `count` items under way: `insert(k, where)` begins k of them, `over(k)` says that k have ended. */
function flow(count, width, insert) {
  const it = signal();
  let [begun, done] = [0, 0];
  const begin = async (wanted, where) => {
    const more = Math.min(wanted, count - begun);
    begun += more;
    if (more > 0) await insert(more, where);
  };
  const over = async (ended, where) => {
    done += ended;
    await begin(ended, where);
    if (done === count) it.resolve();
  };
  return { begin: () => begin(width), over, end: it.promise };
}

await run({
  single: async size => {
    let it;
    await boss.work('single', { ...POLL, batchSize: 1 }, async () => {
      ran++;
      it.resolve();
    });
    const done = await measured(size.count, 1, 1, async () => {
      it = signal();
      await boss.send('single', {});
      await it.promise;
      await empty(() => open(['single']));
    });
    check(ran === size.count, 'all ran');
    return done;
  },
  chain: async size => {
    const items = flow(size.count, size.width, (more, db) => boss.insert('chain', jobs(more, () => ({ step: 1, value: 0 })), db));
    const began = performance.now();
    const options = { ...BATCHES, batchSize: 500, localConcurrency: 2, transactional: true };
    await boss.work('chain', options, async (batch, db) => {
      ran += batch.length;
      const next = batch.filter(({ data }) => data.step < 10);
      const last = batch.filter(({ data }) => data.step === 10);
      check(last.every(({ data }) => data.value === 9), 'value');
      const follow = next.map(({ data }) => ({ data: { step: data.step + 1, value: data.value + 1 } }));
      if (follow.length > 0) await boss.insert('chain', follow, { db });
      if (last.length > 0) await items.over(last.length, { db });
    });
    await items.begin();
    await items.end;
    await empty(() => open(['chain']));
    check(ran === size.count * 10, `${ran} steps ran`);
    return { seconds: (performance.now() - began) / 1000, steps: ran, latencies: [] };
  },
  fan: async size => {
    let id = 0;
    const items = flow(size.count, size.width, more => boss.insert('fan', jobs(more, () => ({ id: id++ }))));
    const began = performance.now();
    await boss.work('fan', { ...BATCHES, batchSize: 10, transactional: true }, async (batch, db) => {
      for (const { data } of batch) {
        await db.executeSql('INSERT INTO fan_in VALUES ($1, 100)', [data.id]);
        await boss.insert('branch', jobs(100, () => ({ id: data.id })), { db });
      }
    });
    await boss.work('branch', { ...BATCHES, batchSize: 500, transactional: true }, async (batch, db) => {
      ran += batch.length;
      const counts = new Map();
      for (const { data } of batch) counts.set(data.id, (counts.get(data.id) ?? 0) + 1);
      const ids = [...counts.keys()].sort((a, b) => a - b);
      const text = `UPDATE fan_in f SET missing = missing - c.done FROM unnest($1::int[], $2::int[]) AS c (id, done)
        WHERE f.id = c.id RETURNING f.id, f.missing`;
      const { rows } = await db.executeSql(text, [ids, ids.map(one => counts.get(one))]);
      const whole = rows.filter(row => row.missing === 0);
      if (whole.length > 0) await boss.insert('join', whole.map(row => ({ data: { id: row.id } })), { db });
    });
    await boss.work('join', { ...BATCHES, batchSize: 50 }, batch => items.over(batch.length));
    await items.begin();
    await items.end;
    await empty(() => open(['fan', 'branch', 'join']));
    check(ran === size.count * 100, `${ran} steps ran`);
    return { seconds: (performance.now() - began) / 1000, steps: ran, latencies: [] };
  },
  starts: async size => {
    const done = await measured(size.count, 16, 1, () => boss.send('nobody', {}));
    check((await open(['nobody'])) === size.count, 'accepted');
    return done;
  },
  drain: async size => {
    for (let first = 0; first < size.count; first += 1000) {
      await boss.insert('job', jobs(Math.min(1000, size.count - first), n => ({ n })));
    }
    const began = performance.now();
    const options = { ...BATCHES, batchSize: 1000, localConcurrency: 2 };
    await boss.work('job', options, async batch => void (ran += batch.length));
    await empty(async () => (ran < size.count ? 1 : open(['job'])));
    check(ran === size.count, 'all ran');
    return { seconds: (performance.now() - began) / 1000, steps: size.count, latencies: [] };
  },
});
