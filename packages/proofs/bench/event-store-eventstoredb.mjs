// The adapter beside the bare client on the same server, which runs in a process of its own; then commands of the
// service. Exits 1 where a ratio is beyond its bound.
// Usage: node packages/proofs/bench/event-store-eventstoredb.mjs [--quick]     with ESDB_URL: on that server
import { EventStoreDBClient, jsonEvent, streamNameFilter } from '@eventstore/db-client';
import { connectEventStoreDb, parseConnectionString } from '@keyturn/event-store-eventstoredb';
import { makeKeyturn } from '@keyturn/service';
import { createMasterKeyFile, createVault } from '@keyturn/vault';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, median, ratioOf } from '../../../scripts/bench-bound.mjs';
import { accepting } from '../../../scripts/bench-prober.mjs';
import { startServer } from './grpc/wireServer.mjs';

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 3 : 7;
const SEQUENTIAL = quick ? 300 : 1_000;
const IN_FLIGHT = quick ? 2_000 : 10_000;
const FOLLOWED = quick ? 5_000 : 20_000;
const COMMANDS = quick ? 1_000 : 5_000;

const shown = (n) => Math.round(n).toLocaleString('en');
const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};
const perSecond = async (count, work) => {
  const begun = performance.now();
  await work();
  return count / ((performance.now() - begun) / 1000);
};
const inFlight = async (count, work) => {
  let next = 0;
  const worker = async (lane) => {
    for (let n = next++; n < count; n = next++) await work(n, lane);
  };
  await Promise.all(Array.from({ length: 64 }, (_, lane) => worker(lane)));
};

/** A server for development, in memory: what is measured is the way there, not a disk. */
const settingsOf = (url) => {
  const settings = parseConnectionString(url);
  if (settings._tag === 'Left') throw settings.left;
  return settings.right;
};

const filler = 'd'.repeat(300);
const metadata = { note: 'm'.repeat(450) };
const texts = { data: JSON.stringify({ filler }), metadata: JSON.stringify(metadata) };
const ofAdapter = () => ({ id: randomUUID(), type: 'Happened', ...texts });
const ofClient = () => jsonEvent({ type: 'Happened', data: { filler }, metadata });

const compareAppends = async (client, store) => {
  const run = randomUUID();
  const appends = {
    client: (stream) => client.appendToStream(stream, ofClient()),
    adapter: (stream) => right(store.append(stream, 'any', [ofAdapter()])),
  };
  const rates = { client: [[], []], adapter: [[], []] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, append] of Object.entries(appends)) {
      const one = await perSecond(SEQUENTIAL, async () => {
        for (let n = 0; n < SEQUENTIAL; n += 1) await append(`bench-${run}-${name}`);
      });
      const many = await perSecond(IN_FLIGHT, () =>
        inFlight(IN_FLIGHT, (_, lane) => append(`bench-${run}-${name}-${lane}`)),
      );
      // The first round is for warming up.
      if (round === 0) continue;
      rates[name][0].push(one);
      rates[name][1].push(many);
    }
  }
  report('appends, one after the other', rates.client[0], rates.adapter[0]);
  report('appends, 64 in flight', rates.client[1], rates.adapter[1]);
};

const compareSubscriptions = async (client, store) => {
  const prefix = `followed-${randomUUID()}-`;
  for (let n = 0; n < FOLLOWED; n += 500) {
    await right(store.append(`${prefix}${n % 7}`, 'any', Array.from({ length: 500 }, ofAdapter)));
  }
  const follow = {
    client: async () => {
      const subscription = client.subscribeToAll({
        filter: streamNameFilter({ prefixes: [prefix] }),
        fromPosition: 'start',
      });
      let count = 0;
      for await (const { event } of subscription) {
        if (event !== undefined && (count += 1) === FOLLOWED) break;
      }
      await subscription.unsubscribe();
    },
    adapter: async () => {
      const stop = new AbortController();
      let count = 0;
      for await (const message of store.subscribe({ streamPrefix: prefix, signal: stop.signal })) {
        if (message.kind === 'events' && (count += message.events.length) === FOLLOWED) break;
      }
      stop.abort();
    },
  };
  const rates = { client: [], adapter: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, work] of Object.entries(follow)) {
      const rate = await perSecond(FOLLOWED, work);
      if (round > 0) rates[name].push(rate);
    }
  }
  report('events of a subscription', rates.client, rates.adapter);
};

const report = (title, client, adapter) => {
  const told = atLeast(0.75, ratioOf(adapter, client));
  console.log(
    `  ${title.padEnd(28)} client ${shown(median(client)).padStart(7)}/s   ` +
      `adapter ${shown(median(adapter)).padStart(7)}/s   ${told}`,
  );
};

const commands = async (store, directory) => {
  const path = join(directory, 'master-key');
  await right(createMasterKeyFile(path));
  const vault = await right(
    createVault({ directory: join(directory, 'vault'), masterKey: { kind: 'file', path } }),
  );
  const keyturn = makeKeyturn({
    eventStore: store,
    vault,
    prober: accepting,
    authorize: async () => true,
    testCallsPerMinute: 1_000_000,
  });
  const actor = { kind: 'service', id: 'bench' };
  const name = (n) => `bench-${n}-${directory.slice(-6)}`;
  await inFlight(1_000, (n) =>
    right(
      keyturn.addKey(
        { workspaceId: name(n), actor },
        { vendor: 'anthropic', pasted: `bench_${randomUUID()}_${randomUUID()}` },
      ),
    ),
  );
  const pair = async (workspaceId) => {
    const pin = await right(keyturn.startRun({ workspaceId, actor }, { runId: randomUUID() }));
    await right(keyturn.finishRun({ workspaceId, actor }, { runId: pin.runId }));
  };
  const kinds = [
    { title: 'commands, 64 in flight, 1 workspace', workspaceOf: () => name(0), rates: [] },
    { title: 'commands, 64 in flight, 1,000 workspaces', workspaceOf: (n) => name(n % 1_000), rates: [] },
  ];
  const appends = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    appends.push(
      await perSecond(COMMANDS, () =>
        inFlight(COMMANDS, (_, lane) =>
          right(store.append(`beside-${directory.slice(-6)}-${lane}`, 'any', [ofAdapter()])),
        ),
      ),
    );
    for (const { workspaceOf, rates } of kinds) {
      rates.push(await perSecond(COMMANDS, () => inFlight(COMMANDS / 2, (n) => pair(workspaceOf(n)))));
    }
  }
  console.log(`  ${'appends, 64 in flight'.padEnd(40)} ${shown(median(appends)).padStart(7)}/s`);
  for (const { title, rates } of kinds) {
    const told = atLeast(0.2, ratioOf(rates, appends));
    console.log(`  ${title.padEnd(40)} ${shown(median(rates)).padStart(7)}/s   ${told}`);
  }
  await keyturn.settled();
  await vault.close();
};

const directory = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
const server = await startServer();
const client = EventStoreDBClient.connectionString(server.url);
const store = await right(connectEventStoreDb(settingsOf(server.url)));
try {
  console.log('over gRPC, medians of rounds run by turns');
  await compareAppends(client, store);
  await compareSubscriptions(client, store);
  await commands(store, directory);
} finally {
  await store.close();
  await client.dispose();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}
