// Commands per second against raw one-row transactions of the same driver at the same durability, in the same run;
// and the time of a command on short and long streams, warm and cold. Exits 1 where a ratio is beyond its bound.
// One after the other, what part of raw a command is says more of the disk than of the command: the quicker a flush,
// the smaller. So it is told, and the processor time of a command is what has a bound.
// Usage: node packages/service/bench/commands.mjs [--quick]
import { defaultDecider, emptyKeyring, encodeEvent } from '@keyturn/domain';
import { linkEvents, linkOf } from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { makeKeyturn } from '@keyturn/service';
import { openSqlite } from '@keyturn/sqlite';
import { createMasterKeyFile, createVault } from '@keyturn/vault';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, atMost, median, ratioOf } from '../../../scripts/bench-bound.mjs';
import { accepting } from '../../../scripts/bench-prober.mjs';

const require = createRequire(import.meta.url);

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 3 : 7;
const SEQUENTIAL = quick ? 200 : 1_000;
const IN_FLIGHT = quick ? 2_000 : 20_000;
const STREAMS = quick ? [1_000, 20_000] : [1_000, 100_000, 1_000_000];

const directory = mkdtempSync(join(process.env.KEYTURN_BENCH_DIR ?? tmpdir(), 'keyturn-bench-'));
const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};
const shown = (n) => Math.round(n).toLocaleString('en');
const perSecond = async (count, work) => {
  const begun = performance.now();
  await work();
  return count / ((performance.now() - begun) / 1000);
};
/** The same, and the processor time of each, in milliseconds. */
const withCpu = async (count, work) => {
  const begun = process.cpuUsage();
  const rate = await perSecond(count, work);
  const { user, system } = process.cpuUsage(begun);
  return { rate, cpu: (user + system) / 1_000 / count };
};

const masterKey = join(directory, 'master-key');
await right(createMasterKeyFile(masterKey));
const vault = await right(
  createVault({ directory: join(directory, 'vault'), masterKey: { kind: 'file', path: masterKey } }),
);
const serviceOver = (eventStore) =>
  makeKeyturn({
    eventStore,
    vault,
    prober: accepting,
    authorize: async () => true,
    testCallsPerMinute: 1_000_000,
  });
const actor = { kind: 'service', id: 'bench' };
const pasted = () => `bench_${randomUUID()}_${randomUUID()}`;
const withKey = async (keyturn, workspaceId) => {
  await right(keyturn.addKey({ workspaceId, actor }, { vendor: 'anthropic', pasted: pasted() }));
};

const rawTransactions = () => {
  const db = openSqlite(join(directory, `raw-${randomUUID()}.sqlite`));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(
    `CREATE TABLE events (position INTEGER PRIMARY KEY AUTOINCREMENT, stream_id INTEGER NOT NULL,
     revision INTEGER NOT NULL, event_id TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL,
     metadata TEXT NOT NULL, recorded_at INTEGER NOT NULL, UNIQUE (stream_id, revision))`,
  );
  const insert = db.prepare(
    'INSERT INTO events (stream_id, revision, event_id, type, data, metadata, recorded_at) ' +
      'VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const [data, metadata] = ['d'.repeat(280), 'm'.repeat(480)];
  let revision = 0;
  return () => insert.run(1, (revision += 1), randomUUID(), 'RunKeyPinned', data, metadata, Date.now());
};

/** One command each: runs are started and finished by turns, so that the number of open pins stays small. */
const commandsOn = (keyturn, workspaceOf) => {
  let n = 0;
  return () => {
    const workspaceId = workspaceOf(n);
    n += 1;
    return right(keyturn.startRun({ workspaceId, actor }, { runId: randomUUID() })).then((pin) =>
      right(keyturn.finishRun({ workspaceId, actor }, { runId: pin.runId })),
    );
  };
};

const inFlight = async (count, command) => {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 2;
      await command();
    }
  };
  await Promise.all(Array.from({ length: 64 }, worker));
};

const throughput = async () => {
  const eventStore = await right(openSqliteEventStore({ file: join(directory, 'events.sqlite') }));
  const keyturn = serviceOver(eventStore);
  for (let i = 0; i < 1_000; i += 1) await withKey(keyturn, `w${i}`);
  const raw = rawTransactions();
  const one = commandsOn(keyturn, () => 'w0');
  const many = commandsOn(keyturn, (n) => `w${n % 1_000}`);
  const rates = { raw: [], sequential: [], one: [], many: [] };
  const cpu = { raw: [], sequential: [] };
  const inTurn = async (name, work) => {
    const measured = await withCpu(SEQUENTIAL, work);
    rates[name].push(measured.rate);
    cpu[name].push(measured.cpu);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    await inTurn('raw', async () => {
      for (let i = 0; i < SEQUENTIAL; i += 1) raw();
    });
    await inTurn('sequential', async () => {
      for (let i = 0; i < SEQUENTIAL; i += 2) await one();
    });
    rates.one.push(await perSecond(IN_FLIGHT, () => inFlight(IN_FLIGHT, one)));
    rates.many.push(await perSecond(IN_FLIGHT, () => inFlight(IN_FLIGHT, many)));
  }
  const row = (title, name, told) =>
    console.log(`  ${title.padEnd(40)} ${shown(median(rates[name])).padStart(7)}/s   ${told}`);
  const ofRaw = (name, bound) => atLeast(bound, ratioOf(rates[name], rates.raw));
  console.log('commands per second, synchronous=FULL, medians of rounds run by turns');
  const ms = (times) => `${median(times).toFixed(2)} ms`;
  row('raw one-row transactions', 'raw', `  1.00 of raw, with ${ms(cpu.raw)} of processor time`);
  const part = ratioOf(rates.sequential, rates.raw).toFixed(2).padStart(6);
  row(
    'commands, one after the other',
    'sequential',
    `${part} of raw, with ${ms(cpu.sequential)} of processor time`,
  );
  const beside = atMost(8, ratioOf(cpu.sequential, cpu.raw));
  console.log(`  ${'  its processor time, beside raw'.padEnd(40)} ${' '.repeat(12)}${beside}`);
  row('commands, 64 in flight, 1 workspace', 'one', ofRaw('one', 2.2));
  row('commands, 64 in flight, 1,000 workspaces', 'many', ofRaw('many', 2.2));
  await keyturn.settled();
  await eventStore.close();
};

/** A keyring's stream of a given length, appended straight from the decider. */
const longStream = async (eventStore, workspaceId, length) => {
  const stream = `keyring-${workspaceId}`;
  const page = await right(eventStore.readStream(stream, { direction: 'backwards', limit: 1 }));
  let keyring = emptyKeyring;
  let head = { revision: page.events[0].revision, chain: linkOf(page.events[0].metadata).chain };
  const history = await right(
    eventStore.readStream(`keyring-${workspaceId}`, { direction: 'forwards', limit: 4_096 }),
  );
  const { decodeEvent } = require('@keyturn/domain');
  keyring = defaultDecider.replay(
    keyring,
    history.events.map((event) => decodeEvent(event).right),
  );
  let time = Date.now() - length;
  for (let run = 0; head.revision + 1 < length;) {
    const commands = [];
    for (let i = 0; i < 500; i += 1, run += 1) {
      for (const body of [
        {
          type: 'StartRun',
          runId: `r${run}`,
          projectId: null,
          choice: { kind: 'default' },
          leaseSeconds: null,
        },
        { type: 'FinishRun', runId: `r${run}`, outcome: 'succeeded' },
      ]) {
        time += 1;
        const commandId = randomUUID();
        commands.push({
          workspaceId,
          commandId,
          issuedAt: time,
          time,
          actor,
          correlationId: commandId,
          causationId: commandId,
          body,
        });
      }
    }
    const decided = defaultDecider.decideAll(keyring, commands);
    const events = decided.events.map((event) => ({ id: randomUUID(), ...encodeEvent(event).right }));
    const linked = linkEvents(stream, head, events, vault.sealChain);
    await right(eventStore.append(stream, head.revision, linked.events));
    ({ head } = linked);
    keyring = decided.keyring;
  }
  return head.revision + 1;
};

const storeOfLength = async (length) => {
  const eventStore = await right(openSqliteEventStore({ file: join(directory, `stream-${length}.sqlite`) }));
  const first = serviceOver(eventStore);
  const context = { workspaceId: `long${length}`, actor };
  await withKey(first, context.workspaceId);
  await first.settled();
  const events = await longStream(eventStore, context.workspaceId, length);
  // The first command of all folds the whole stream once and leaves a snapshot behind.
  await right(serviceOver(eventStore).startRun(context, { runId: 'before' }));
  const begin = serviceOver(eventStore);
  await right(begin.startRun(context, { runId: 'first' }));
  await begin.settled();
  return { eventStore, context, events, cold: [], warm: [] };
};

const lengths = async () => {
  const stores = [];
  for (const length of STREAMS) stores.push(await storeOfLength(length));
  const timed = async (work) => {
    const begun = performance.now();
    await right(work);
    return performance.now() - begun;
  };
  for (let round = 0; round < 15; round += 1) {
    for (const { eventStore, context, cold, warm } of stores) {
      const keyturn = serviceOver(eventStore);
      cold.push(await timed(keyturn.startRun(context, { runId: `cold-${round}` })));
      warm.push(await timed(keyturn.startRun(context, { runId: `warm-${round}` })));
      await keyturn.settled();
    }
  }
  console.log('time of one command, by the length of its stream, and against the shortest (aim: flat)');
  const [shortest] = stores;
  for (const { events, cold, warm } of stores) {
    const against = (name, times, bound) =>
      `${name} ${median(times).toFixed(2).padStart(6)} ms ${atMost(bound, ratioOf(times, shortest[name]))}`;
    console.log(
      `  ${shown(events).padStart(9)} events   ${against('cold', cold, 3)}   ${against('warm', warm, 3)}`,
    );
  }
  for (const { eventStore } of stores) await eventStore.close();
};

try {
  await throughput();
  await lengths();
} finally {
  await vault.close();
  rmSync(directory, { recursive: true, force: true });
}
