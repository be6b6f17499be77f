import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeEvent, type EnvelopedEvent } from '@keyturn/domain';
import {
  type EventData,
  type EventStore,
  genesisOf,
  linkEvents,
  type Position,
  type StreamHead,
} from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openSqlite } from '@keyturn/sqlite';
import { isLeft } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { openReadModels, type ReadModels } from '../readModels';
import type { ReadModelsOptions } from '../readModelsOptions';
import type { Appended } from './histories';
import { type TestSeals, testSeals } from './testSeals';

/** A temporary directory with a real event store and as many read models on one file as a test opens. */
export interface OnDisk {
  readonly directory: string;
  readonly file: string;
  readonly eventFile: string;
  readonly store: EventStore;
  readonly open: (options?: Partial<ReadModelsOptions>) => Promise<ReadModels>;
  readonly append: (history: ReadonlyArray<Appended>) => Promise<Position>;
  /** Appends any events to a stream, chained and sealed behind those that this test has appended to it. */
  readonly appendTo: (stream: string, events: ReadonlyArray<EventData>) => Promise<Position>;
  /** What events are sealed with; not passed to read models unless a test does. */
  readonly seals: TestSeals;
}

export const right = async <E, A>(task: TaskEither<E, A>): Promise<A> => {
  const result = await task();
  if (isLeft(result)) {
    throw result.left instanceof Error ? result.left : new Error(JSON.stringify(result.left));
  }
  return result.right;
};

export const left = async <E, A>(task: TaskEither<E, A>): Promise<E> => {
  const result = await task();
  if (isLeft(result)) return result.left;
  throw new Error(`expected a fault, got ${JSON.stringify(result.right)}`);
};

/** Runs statements on a database file, past the read models that are open on it. */
export const on = (file: string, ...statements: ReadonlyArray<string>): void => {
  const database = openSqlite(file);
  for (const statement of statements) database.exec(statement);
  database.close();
};

let eventNumber = 0;

/** A store's ids are UUIDs; the tests' are counted. */
const eventId = (): string => {
  eventNumber += 1;
  return `00000000-0000-5000-8000-${eventNumber.toString(16).padStart(12, '0')}`;
};

export const eventData = (enveloped: EnvelopedEvent) => {
  const encoded = encodeEvent(enveloped);
  if (isLeft(encoded)) throw encoded.left;
  return { id: eventId(), ...encoded.right };
};

export const withOnDisk = async <A>(body: (place: OnDisk) => Promise<A>): Promise<A> => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-projections-'));
  const closing: Array<() => Promise<void>> = [];
  try {
    const eventFile = join(directory, 'events.db');
    const file = join(directory, 'read-models.db');
    const store = await right(openSqliteEventStore({ file: eventFile, pollMs: 5 }));
    closing.push(() => store.close());
    const seals = testSeals();
    const heads = new Map<string, StreamHead>();
    const appendTo: OnDisk['appendTo'] = async (stream, [first, ...rest]) => {
      if (first === undefined) return -1n;
      const before = heads.get(stream) ?? genesisOf(stream);
      const { events, head } = linkEvents(stream, before, [first, ...rest], seals.sealChain);
      heads.set(stream, head);
      const expected = before.revision < 0 ? 'no-stream' : before.revision;
      return (await right(store.append(stream, expected, events))).position;
    };
    return await body({
      directory,
      file,
      eventFile,
      store,
      open: async (options = {}) => {
        const models = await right(openReadModels({ file, store, ...options }));
        closing.unshift(() => models.close());
        return models;
      },
      append: async (history) => {
        let position = -1n;
        for (const { workspaceId, events } of history) {
          position = await appendTo(`keyring-${workspaceId}`, events.map(eventData));
        }
        return position;
      },
      appendTo,
      seals,
    });
  } finally {
    for (const close of closing) await close();
    rmSync(directory, { recursive: true, force: true });
  }
};

const STABLE_TABLES = [
  'known_keys_v3',
  'workspaces_v1',
  'vendor_calls_v1',
  'run_usage_v1',
  'audit_entries_v2',
  'audit_known_keys',
  'audit_block_times',
  'audit_totals_v1',
  'audit_totals_overall_v1',
] as const;

/** Every row of every projection, in an order of its own: to compare two read models row by row. */
export const allRows = (file: string): Readonly<Record<string, ReadonlyArray<unknown>>> => {
  const database = openSqlite(file, { readonly: true });
  try {
    return Object.fromEntries(
      STABLE_TABLES.map((table) => [
        table,
        database
          .prepare(`select * from ${table}`)
          .all()
          .map((row) => JSON.stringify(row))
          .sort(),
      ]),
    );
  } finally {
    database.close();
  }
};
