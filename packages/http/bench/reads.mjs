// Processor time of one API read of 50 keys, beside a bare Hono handler that answers with as many bytes, and beside the
// door's own queries that the read is made of. Exits 1 beyond the bound.
// Usage: node packages/http/bench/reads.mjs [--quick]
import { keyturnHandler } from '@keyturn/http';
import { defaultPolicy } from '@keyturn/domain';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { Hono } from 'hono';
import { openKeyturn } from 'keyturn';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atMost, median, ratioOf } from '../../../scripts/bench-bound.mjs';

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 5 : 9;
const READS = quick ? 50 : 150;
const KEYS = 50;

const directory = mkdtempSync(join(process.env.KEYTURN_BENCH_DIR ?? tmpdir(), 'keyturn-bench-'));
const actor = { kind: 'user', id: 'bench' };
const ctx = { workspaceId: 'acme', actor };

const sandbox = await startVendorSandbox();
const keyturn = await openKeyturn({
  directory: join(directory, 'data'),
  masterKey: { file: join(directory, 'master-key') },
  create: 'if-missing',
  housekeeping: false,
  testCallsPerMinute: 1_000,
  policy: { ...defaultPolicy, maxKeysOnFile: KEYS },
  authorize: () => true,
  endpointOverrides: { anthropic: sandbox.url },
});
for (let key = 0; key < KEYS; key += 1) {
  await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
}

const handler = keyturnHandler({
  keyturn,
  identify: () => ({ actor, workspaces: ['acme'], permissions: 'all', sessionId: 's' }),
  stepUp: () => true,
  limits: { requestsPerMinute: 1_000_000 },
});
const address = 'http://127.0.0.1/api/v1/workspaces/acme/keys';
const page = await (await handler(new Request(address))).text();
const bare = new Hono();
const answer = JSON.parse(page);
bare.get('/api/v1/workspaces/:workspaceId/keys', (context) => context.json(answer));

const read = async (answering) => (await answering(new Request(address))).text();
const measured = {
  api: () => read(handler),
  door: async () => {
    await keyturn.keys.list(ctx, { includeHardDeleted: true });
    await keyturn.keys.checked(ctx);
    await keyturn.keys.list(ctx);
  },
  bare: () => read((request) => bare.fetch(request)),
};

/** Microseconds of the processor for each. */
const processorTime = async (work) => {
  const before = process.cpuUsage();
  for (let reads = 0; reads < READS; reads += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / READS;
};

try {
  const times = { api: [], door: [], bare: [] };
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [name, work] of Object.entries(measured)) {
      const time = await processorTime(work);
      // The first round warms up.
      if (round >= 0) times[name].push(time);
    }
  }
  console.log(`A read of ${KEYS} keys (${page.length} bytes), in microseconds of the processor:`);
  console.log(`${median(times.api).toFixed(0).padStart(6)} through the API`);
  console.log(`${median(times.door).toFixed(0).padStart(6)} of the door's own queries`);
  console.log(`${median(times.bare).toFixed(0).padStart(6)} of a bare handler`);
  const own = times.api.map((time, round) => time - times.bare[round]);
  console.log(
    atMost(2, ratioOf(own, times.door)),
    "what the API adds to a bare handler, of the door's queries",
  );
} finally {
  await keyturn.close();
  await sandbox.close();
  rmSync(directory, { recursive: true, force: true });
}
