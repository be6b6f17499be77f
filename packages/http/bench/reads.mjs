// Processor time of one API read of 50 keys, and of the page that lists them, each beside a bare Hono handler that
// answers with the same bytes, and beside the door's own queries that it is made of. Exits 1 beyond a bound.
// Usage: node packages/http/bench/reads.mjs [--quick]
import { keyturnHandler } from '@keyturn/http';
import { defaultPolicy } from '@keyturn/domain';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { Hono } from 'hono';
import { openKeyturn } from 'keyturn';
import { randomBytes } from 'node:crypto';
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
  csrfSecret: randomBytes(32).toString('base64url'),
  limits: { requestsPerMinute: 1_000_000 },
});
const read = async (answering, path) => (await answering(new Request(`http://127.0.0.1${path}`))).text();
const [apiPath, pagePath] = ['/api/v1/workspaces/acme/keys', '/workspaces/acme/keys'];
const [json, html] = [await read(handler, apiPath), await read(handler, pagePath)];
const bare = new Hono();
const answer = JSON.parse(json);
bare.get('/api/v1/workspaces/:workspaceId/keys', (context) => context.json(answer));
bare.get('/workspaces/:workspaceId/keys', (context) => context.html(html));

const measured = {
  api: () => read(handler, apiPath),
  apiQueries: async () => {
    await keyturn.keys.list(ctx, { includeHardDeleted: true });
    await keyturn.keys.checked(ctx);
    await keyturn.keys.list(ctx);
  },
  apiBare: () => read((request) => bare.fetch(request), apiPath),
  page: () => read(handler, pagePath),
  pageQueries: async () => {
    await keyturn.keys.list(ctx, { includeHardDeleted: false });
    await keyturn.audit.page(ctx, { action: 'KeyAdded', limit: 1_000 });
  },
  pageBare: () => read((request) => bare.fetch(request), pagePath),
};

/** Microseconds of the processor for each. */
const processorTime = async (work) => {
  const before = process.cpuUsage();
  for (let reads = 0; reads < READS; reads += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / READS;
};

const shown = (times, name) => `${median(times[name]).toFixed(0).padStart(6)}`;

/** What answering adds to a bare handler, of the door's own queries. */
const added = (times, name) =>
  ratioOf(
    times[name].map((time, round) => time - times[`${name}Bare`][round]),
    times[`${name}Queries`],
  );

try {
  const times = Object.fromEntries(Object.keys(measured).map((name) => [name, []]));
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [name, work] of Object.entries(measured)) {
      const time = await processorTime(work);
      // The first round warms up.
      if (round >= 0) times[name].push(time);
    }
  }
  console.log('In microseconds of the processor:');
  for (const [name, what, bound] of [
    ['api', `an API read of ${KEYS} keys (${json.length} bytes)`, 2],
    ['page', `a page of ${KEYS} keys (${html.length} bytes)`, 3],
  ]) {
    console.log(`\n${shown(times, name)} ${what}`);
    console.log(`${shown(times, `${name}Queries`)} the door's own queries of it`);
    console.log(`${shown(times, `${name}Bare`)} a bare handler`);
    console.log(atMost(bound, added(times, name)), "what it adds to a bare handler, of the door's queries");
  }
} finally {
  await keyturn.close();
  await sandbox.close();
  rmSync(directory, { recursive: true, force: true });
}
