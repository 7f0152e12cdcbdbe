// The handlers of the Restate workloads; the server calls them, and keeps a journal of what they did.

import * as restate from '@restatedev/restate-sdk';

const peers = restate.service({
  name: 'peers',
  handlers: {
    chain: async (context, length) => {
      let value = 0;
      for (let n = 0; n < length; n++) {
        const now = value;
        value = await context.run(`step ${n}`, () => now + 1);
      }
      return value;
    },
    fan: async (context, width) => {
      const branches = Array.from({ length: width }, (_, n) => context.run(`branch ${n}`, () => n + 1));
      return (await restate.RestatePromise.all(branches)).reduce((a, b) => a + b, 0);
    },
    job: async (_, value) => value,
  },
});
await restate.serve({ services: [peers], port: Number(process.env.PORT) });
