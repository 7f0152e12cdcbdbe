// DBOS Transact: workflows are functions, each step is stored when it is done. Workflows run in this process.

import { DBOS, DBOSClient } from '@dbos-inc/dbos-sdk';
import { enqueueWorkflows, prepareEnqueuedWorkflow } from '@dbos-inc/dbos-sdk/eventreceiver';
import pg from 'pg';
import { check, empty, measured, run, url } from './driver.mjs';

DBOS.setConfig({
  name: 'peers',
  systemDatabaseUrl: url,
  systemDatabasePoolSize: 20,
  logLevel: 'error',
  tracingEnabled: false,
  applicationVersion: '1',
});
const increase = async value => value + 1;
const chain = DBOS.registerWorkflow(
  async length => {
    let value = 0;
    for (let n = 0; n < length; n++) {
      const now = value;
      value = await DBOS.runStep(() => increase(now), { name: `step ${n}` });
    }
    return value;
  },
  { name: 'chain' },
);
const fan = DBOS.registerWorkflow(
  async width => {
    const branches = Array.from({ length: width }, (_, n) => DBOS.runStep(() => increase(n), { name: `branch ${n}` }));
    return (await Promise.all(branches)).reduce((a, b) => a + b, 0);
  },
  { name: 'fan' },
);
const job = DBOS.registerWorkflow(async value => value, { name: 'job' });
await DBOS.launch();
const database = new pg.Pool({ connectionString: url, max: 1 });
const count = async condition =>
  (await database.query(`SELECT count(*)::int AS n FROM dbos.workflow_status WHERE ${condition}`)).rows[0].n;

await run({
  single: size => measured(size.count, 1, 1, async () => check((await chain(1)) === 1, 'result')),
  chain: size => measured(size.count, size.width, 10, async () => check((await chain(10)) === 10, 'result')),
  fan: size => measured(size.count, size.width, 100, async () => check((await fan(100)) === 5050, 'result')),
  // Accepted durably, for a worker that is not there.
  starts: async size => {
    const client = await DBOSClient.create({ systemDatabaseUrl: url, systemDatabasePoolSize: 16 });
    const done = await measured(size.count, 16, 1, n => client.enqueue({ workflowName: 'job', queueName: 'nobody' }, n));
    check((await count("status = 'ENQUEUED'")) === size.count, 'accepted');
    return done;
  },
  drain: async size => {
    for (let first = 0; first < size.count; first += 1000) {
      const numbers = Array.from({ length: Math.min(1000, size.count - first) }, (_, n) => first + n);
      const prepare = n => prepareEnqueuedWorkflow(job, [n], { workflowID: `job ${n}`, queueName: 'jobs' });
      await enqueueWorkflows(await Promise.all(numbers.map(prepare)));
    }
    const began = performance.now();
    await DBOS.registerQueue('jobs', { minPollingIntervalMs: 10 });
    await empty(() => count("status IN ('ENQUEUED', 'PENDING')"));
    const seconds = (performance.now() - began) / 1000;
    check((await count("name = 'job' AND status = 'SUCCESS'")) === size.count, 'succeeded');
    return { seconds, steps: size.count, latencies: [] };
  },
});
