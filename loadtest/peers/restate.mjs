// Restate: calls over its HTTP ingress. The server has no PostgreSQL; it keeps a log and a store of its own.

import { Agent, request } from 'node:http';
import { check, measured, run } from './driver.mjs';

const ingress = process.env.RESTATE_INGRESS;
const agent = new Agent({ keepAlive: true, maxSockets: 1024 });
function post(path, body) {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json' };
    const call = request(`${ingress}${path}`, { method: 'POST', agent, headers }, answer => {
      const pieces = [];
      answer.on('data', piece => pieces.push(piece));
      answer.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        if (answer.statusCode >= 300) reject(new Error(`${answer.statusCode} ${text}`));
        else resolve(JSON.parse(text));
      });
    });
    call.on('error', reject);
    call.end(JSON.stringify(body));
  });
}
const chain = async length => check((await post('/peers/chain', length)) === length, 'result');

await run({
  single: size => measured(size.count, 1, 1, () => chain(1)),
  chain: size => measured(size.count, size.width, 10, () => chain(10)),
  fan: size => measured(size.count, size.width, 100, async () => check((await post('/peers/fan', 100)) === 5050, 'result')),
  starts: size => measured(size.count, 16, 1, async n => check((await post('/peers/job/send', n)).invocationId, 'accepted')),
  // There is no way to store jobs beforehand: calls, as many at a time as help.
  drain: size => measured(size.count, 256, 1, async n => check((await post('/peers/job', n)) === n, 'result')),
});
