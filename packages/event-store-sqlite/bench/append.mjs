// Appends per second against raw one-row transactions of the same driver at the same durability, in the same run; and
// reads of the global order, with and without a prefix.
// Exits 1 where a ratio is beyond its bound.
// Usage: node packages/event-store-sqlite/bench/append.mjs [--quick]
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openSqlite } from '@keyturn/sqlite';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, median, ratioOf } from '../../../scripts/bench-bound.mjs';

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 5 : 15;
const SEQUENTIAL = quick ? 200 : 400;
const IN_FLIGHT = quick ? 3_200 : 6_400;
const STREAMS = 1_000;

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

// About the size of a keyring event with its envelope.
const data = JSON.stringify({ keyId: randomUUID(), runId: randomUUID(), note: 'x'.repeat(120) });
const metadata = JSON.stringify({
  actor: { kind: 'user', id: 'ada' },
  correlationId: randomUUID(),
  note: 'y'.repeat(160),
});
const event = () => ({ id: randomUUID(), type: 'RunKeyPinned', data, metadata });

const raw = openSqlite(join(directory, 'raw.sqlite'));
raw.pragma('journal_mode = WAL');
raw.pragma('synchronous = FULL');
raw.exec(`CREATE TABLE events (
  position INTEGER PRIMARY KEY AUTOINCREMENT, stream_id INTEGER NOT NULL, revision INTEGER NOT NULL,
  event_id TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL,
  recorded_at INTEGER NOT NULL, UNIQUE (stream_id, revision)
) STRICT`);
const insert = raw.prepare(
  `INSERT INTO events (stream_id, revision, event_id, type, data, metadata, recorded_at)
   VALUES (?, ?, ?, ?, ?, ?, ?)`,
);
let rows = 0;
const insertOne = (streams) => {
  const { id, type } = event();
  const row = rows++;
  insert.run(row % streams, Math.floor(row / streams), id, type, data, metadata, Date.now());
};

const store = await right(openSqliteEventStore({ file: join(directory, 'store.sqlite') }));
let appended = 0;
const appendOne = (prefix, streams) =>
  right(store.append(`${prefix}-${appended++ % streams}`, 'any', [event()]));
const inFlight = (count, prefix, streams) => {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await appendOne(prefix, streams);
  };
  return Promise.all(Array.from({ length: 64 }, worker));
};

const measured = { raw: [], rawGrouped: [], sequential: [], oneStream: [], manyStreams: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  // In turn, so that what else the machine does meets all of them alike.
  measured.raw.push(
    await perSecond(SEQUENTIAL, () => {
      for (let i = 0; i < SEQUENTIAL; i += 1) insertOne(STREAMS);
    }),
  );
  measured.sequential.push(
    await perSecond(SEQUENTIAL, async () => {
      for (let i = 0; i < SEQUENTIAL; i += 1) await appendOne('sequential', STREAMS);
    }),
  );
  measured.rawGrouped.push(
    await perSecond(IN_FLIGHT, () => {
      for (let i = 0; i < IN_FLIGHT; i += 64) {
        raw.transaction('deferred', () => {
          for (let row = 0; row < 64; row += 1) insertOne(STREAMS);
        });
      }
    }),
  );
  measured.oneStream.push(await perSecond(IN_FLIGHT, () => inFlight(IN_FLIGHT, 'one', 1)));
  measured.manyStreams.push(await perSecond(IN_FLIGHT, () => inFlight(IN_FLIGHT, 'many', STREAMS)));
}

const line = (name, numbers, told = '') =>
  console.log(`${name.padEnd(40)} ${shown(median(numbers)).padStart(9)}/s   ${told}`);
const ofRaw = (numbers) => atLeast(0.6, ratioOf(numbers, measured.raw));
const ofGrouped = (numbers) => atLeast(0.5, ratioOf(numbers, measured.rawGrouped));
console.log(
  `Appends of one event of ${JSON.stringify(event()).length} bytes, synchronous=FULL, median of ${ROUNDS} rounds\n`,
);
line('raw: one row, one transaction', measured.raw);
line('store: one at a time', measured.sequential, ofRaw(measured.sequential));
line('raw: 64 rows, one transaction', measured.rawGrouped);
line('store: 64 in flight, one stream', measured.oneStream, ofGrouped(measured.oneStream));
line(`store: 64 in flight, ${shown(STREAMS)} streams`, measured.manyStreams, ofGrouped(measured.manyStreams));

const readThrough = async (options) => {
  let found = 0;
  for (let next = { ...options, limit: 1_000 }; ;) {
    const page = await right(store.readAll(next));
    found += page.events.length;
    if (page.end) return found;
    next = { ...next, after: page.readTo };
  }
};
const total = appended;
// What a prefix leaves out must not be read.
const readings = [
  ['all', {}],
  ['with a prefix of half of them', { streamPrefix: 'many-' }, 1.2],
  ['with a prefix of none', { streamPrefix: 'none-' }, 4],
];
console.log(`\nReading the global order of ${shown(total)} events in pages of 1,000\n`);
const rates = readings.map(() => []);
for (let round = 0; round < 5; round += 1) {
  for (const [place, [, options]] of readings.entries()) {
    rates[place].push(await perSecond(total, () => readThrough(options)));
  }
}
for (const [place, [name, , bound]] of readings.entries()) {
  const told = bound === undefined ? '' : atLeast(bound, ratioOf(rates[place], rates[0]));
  console.log(`${name.padEnd(40)} ${shown(median(rates[place])).padStart(9)} events passed/s   ${told}`);
}

await store.close();
raw.close();
rmSync(directory, { recursive: true });
