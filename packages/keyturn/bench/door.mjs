// Commands through the door, without housekeeping, beside the same commands of the service alone on a store and a
// vault of the same kind. Exits 1 below the bound.
// Usage: node packages/keyturn/bench/door.mjs [--quick]
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { makeKeyturn } from '@keyturn/service';
import { createMasterKeyFile, createVault } from '@keyturn/vault';
import { makeProber } from '@keyturn/vendors';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { openKeyturn } from 'keyturn';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, median, ratioOf } from '../../../scripts/bench-bound.mjs';

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 5 : 15;
const SEQUENTIAL = quick ? 200 : 1_000;
const IN_FLIGHT = quick ? 2_000 : 10_000;

const directory = mkdtempSync(join(process.env.KEYTURN_BENCH_DIR ?? tmpdir(), 'keyturn-bench-'));
const context = { workspaceId: 'acme', actor: { kind: 'service', id: 'bench' } };
const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};

const openService = async (prober) => {
  const path = join(directory, 'service-master-key');
  await right(createMasterKeyFile(path));
  const eventStore = await right(openSqliteEventStore({ file: join(directory, 'service.sqlite') }));
  const vault = await right(
    createVault({ directory: join(directory, 'service-vault'), masterKey: { kind: 'file', path } }),
  );
  const service = makeKeyturn({ eventStore, vault, prober, authorize: async () => true });
  return {
    addKey: (input) => right(service.addKey(context, input)),
    run: async (runId) => {
      await right(service.startRun(context, { runId }));
      await right(service.finishRun(context, { runId }));
    },
    close: async () => {
      await service.settled();
      await vault.close();
      await eventStore.close();
    },
  };
};

const openDoor = async (endpointOverrides) => {
  const keyturn = await openKeyturn({
    directory: join(directory, 'door'),
    masterKey: { file: join(directory, 'door-master-key') },
    create: 'if-missing',
    housekeeping: false,
    authorize: () => true,
    endpointOverrides,
  });
  return {
    addKey: (input) => keyturn.keys.add(context, input),
    run: async (runId) => {
      await keyturn.runs.start(context, { runId });
      await keyturn.runs.finish(context, { runId });
    },
    close: () => keyturn.close(),
  };
};

/** Each run is two commands. */
const perSecond = async (count, lanes, { run }) => {
  let left = count;
  const lane = async () => {
    for (; left > 0; left -= 2) await run(randomUUID());
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  return count / ((performance.now() - begun) / 1000);
};

const sandbox = await startVendorSandbox();
const endpointOverrides = { anthropic: sandbox.url };
const service = await openService(makeProber({ endpointOverrides }));
const door = await openDoor(endpointOverrides);
const rates = { service: [[], []], door: [[], []] };
try {
  for (const entrance of [service, door]) {
    await entrance.addKey({ vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
  }
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, entrance] of Object.entries({ service, door })) {
      const one = await perSecond(SEQUENTIAL, 1, entrance);
      const many = await perSecond(IN_FLIGHT, 64, entrance);
      // The first round is for warming up.
      if (round === 0) continue;
      rates[name][0].push(one);
      rates[name][1].push(many);
    }
  }
  const shown = (numbers) => `${Math.round(median(numbers)).toLocaleString('en').padStart(7)}/s`;
  console.log('commands per second, medians of rounds run by turns');
  for (const [place, title] of ['one after the other', '64 in flight'].entries()) {
    const [alone, through] = [rates.service[place], rates.door[place]];
    const told = atLeast(0.7, ratioOf(through, alone));
    console.log(`  ${title.padEnd(20)} service ${shown(alone)}   door ${shown(through)}   ${told}`);
  }
} finally {
  await door.close();
  await service.close();
  await sandbox.close();
  rmSync(directory, { recursive: true, force: true });
}
