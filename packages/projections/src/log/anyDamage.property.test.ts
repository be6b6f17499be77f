import { expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import { openSqlite } from '@keyturn/sqlite';
import * as fc from 'fast-check';
import type { EventStore, RecordedEvent } from '@keyturn/event-store';
import { histories } from '../testSupport/histories';
import { right, withOnDisk } from '../testSupport/onDisk';

type Log = ReadonlyArray<RecordedEvent>;

/** What is done to the event at a place; the streams that may stop for it. */
type Harm = (log: Log, at: number) => { readonly log: Log; readonly touched: ReadonlyArray<string> };

const elsewhere = (stream: string): string => (stream === 'keyring-ws-0' ? 'keyring-ws-1' : 'keyring-ws-0');

const changed =
  (change: (event: RecordedEvent) => Partial<RecordedEvent>): Harm =>
  (log, at) => ({
    log: log.map((event, index) => (index === at ? { ...event, ...change(event) } : event)),
    touched: log.slice(at, at + 1).map(({ stream }) => stream),
  });

const HARMS: Readonly<Record<string, Harm>> = {
  'its data changed': changed(({ data }) => ({ data: data.replace('{', '{ ') })),
  'its metadata changed': changed(({ metadata }) => ({
    metadata: metadata.replace('"actor":', '"actor": '),
  })),
  'its type changed': changed(() => ({ type: 'KeyPainted' })),
  'its id changed': changed(() => ({ id: '00000000-0000-5000-8000-0000000fffff' })),
  'its link taken away': changed(() => ({ metadata: '{"a":1}' })),
  dropped: (log, at) => ({
    log: log.filter((_, index) => index !== at),
    touched: log.slice(at, at + 1).map(({ stream }) => stream),
  }),
  'appended again': (log, at) => {
    const event = log[at];
    if (event === undefined) return { log, touched: [] };
    const { stream } = event;
    const revision = log.filter((one) => one.stream === stream).length;
    return { log: [...log, { ...event, revision }], touched: [stream] };
  },
  'moved to another workspace': (log, at) => {
    const event = log[at];
    if (event === undefined) return { log, touched: [] };
    const stream = elsewhere(event.stream);
    const before = log.slice(0, at).filter((one) => one.stream === stream).length;
    return {
      log: log.map((one, index) => {
        if (index === at) return { ...event, stream, revision: before };
        if (index < at) return one;
        const moved = one.stream === stream ? 1 : -1;
        return { ...one, revision: one.revision + moved };
      }),
      touched: [event.stream, stream],
    };
  },
};

/** A store that has this log, and nothing else. */
const storeOf = (store: EventStore, log: Log): EventStore => {
  const placed = log.map((event, index) => ({ ...event, position: BigInt(index + 1) }));
  const head = placed.length === 0 ? null : BigInt(placed.length);
  return {
    ...store,
    head: async () => ({ _tag: 'Right', right: head }),
    readAll:
      ({ after = 0n, limit }) =>
      async () => {
        const events = placed.filter(({ position }) => position > after).slice(0, limit);
        const end = events.length < limit;
        return { _tag: 'Right', right: { events, readTo: events.at(-1)?.position ?? head, end } };
      },
    readStream:
      (stream, { from = 0, limit }) =>
      async () => {
        const events = placed
          .filter((event) => event.stream === stream && event.revision >= from)
          .sort((a, b) => a.revision - b.revision)
          .slice(0, limit);
        return { _tag: 'Right', right: { events, end: events.length < limit } };
      },
  };
};

/** Rows of a workspace, but for the numbers and places that other workspaces' entries take. */
const rowsOf = (file: string, workspaceId: string): unknown => {
  const database = openSqlite(file, { readonly: true });
  try {
    return ['known_keys_v3', 'run_usage_v1', 'audit_entries_v2'].map((view) =>
      database
        .prepare<[string], Record<string, unknown>>(`select * from ${view} where workspace_id = ?`)
        .all(workspaceId)
        .map((row) => ({ ...row, sequence: 0, position: 0, added_position: 0, logged_at_ms: 0 })),
    );
  } finally {
    database.close();
  }
};

const log = async (store: EventStore): Promise<Log> => (await right(store.readAll({ limit: 4_096 }))).events;

test('I-5, I-6, I-7: whatever is done to one event, only workspaces that it touches stop', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(30),
      fc.constantFrom(...Object.entries(HARMS)),
      fc.nat(),
      fc.constantFrom(3, 500),
      fc.boolean(),
      async (history, [name, harm], place, batchSize, checksSeals) => {
        await withOnDisk(async ({ append, open, store, seals, directory }) => {
          await append(history);
          const whole = await log(store);
          const { log: harmed, touched } = harm(whole, place % whole.length);
          await right((await open({ store: storeOf(store, whole) })).catchUp);
          const file = `${directory}/harmed.db`;
          const verify = checksSeals ? { verify: seals } : {};
          const models = await open({ file, store: storeOf(store, harmed), batchSize, ...verify });
          await right(models.catchUp);
          const [status] = await right(models.status);
          const stopped = status?.stopped.map(({ stream }) => stream) ?? [];
          expect(touched).toEqual(expect.arrayContaining(stopped));
          // The end of a log that is cut off is the vault's to know.
          if (name !== 'dropped') expect(stopped).not.toEqual([]);
          for (const workspaceId of ['ws-0', 'ws-1']) {
            if (touched.includes(`keyring-${workspaceId}`)) continue;
            expect(rowsOf(file, workspaceId)).toEqual(rowsOf(`${directory}/read-models.db`, workspaceId));
          }
        });
      },
    ),
    { numRuns: longRuns(25) },
  );
});

test('ES-R1: events that are delivered twice, or not delivered, change nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(30),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 6 }),
      fc.constantFrom(1, 4, 500),
      async (history, slips, batchSize) => {
        await withOnDisk(async ({ append, open, store, directory }) => {
          await append(history);
          const whole = await log(store);
          await right((await open()).catchUp);
          let delivered = [...whole];
          for (const [from, to, drops] of slips) {
            const at = from % delivered.length;
            const [event] = delivered.slice(at, at + 1);
            // The last of a stream is missed by nobody until something follows it.
            const follows = delivered
              .slice(at + 1)
              .some(({ stream, revision }) => stream === event?.stream && revision > event.revision);
            if (event === undefined) continue;
            if (drops && follows) delivered = delivered.filter((_, index) => index !== at);
            else if (!drops) delivered.splice(at + 1 + (to % (delivered.length - at)), 0, event);
          }
          const { readAll, head } = storeOf(store, delivered);
          const file = `${directory}/slipped.db`;
          const models = await open({ file, store: { ...store, readAll, head }, batchSize });
          await right(models.catchUp);
          for (const { stopped } of await right(models.status)) expect(stopped).toEqual([]);
          for (const workspaceId of ['ws-0', 'ws-1'])
            expect(rowsOf(file, workspaceId)).toEqual(rowsOf(`${directory}/read-models.db`, workspaceId));
        });
      },
    ),
    { numRuns: longRuns(25) },
  );
});
