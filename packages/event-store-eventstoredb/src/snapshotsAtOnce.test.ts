import { describe, expect, test } from '@jest/globals';
import type { EventStore, StoredSnapshot } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { makeAppending } from './appending';
import { openConnection } from './connection';
import { parseConnectionString } from './connectionString';
import { makeReading } from './reading';
import { makeSnapshots, type Snapshots } from './snapshots';
import { SNAPSHOT } from './snapshotStream';
import { withServer } from './testSupport/onServer';
import { right } from './testSupport/outcomes';

const inParts = (revision: number, ...names: ReadonlyArray<string>): StoredSnapshot => ({
  revision,
  schemaVersion: 1,
  data: `${revision}`,
  parts: new Map(names.map((name) => [name, `"${name}"`])),
});

/** Snapshots of another process, which is overtaken between its parts and the snapshot that names them. */
const overtaken = (
  connectionString: string,
  by: () => Promise<void>,
): { readonly snapshots: Snapshots; readonly release: () => void } => {
  const settings = parseConnectionString(connectionString);
  if (E.isLeft(settings)) throw settings.left;
  const connection = openConnection(settings.right);
  const reading = makeReading(connection);
  const appending = makeAppending(connection, reading, settings.right.defaultDeadline);
  let isFirst = true;
  const append: typeof appending.append = async (stream, expected, events) => {
    if (isFirst && events.some(({ type }) => type === SNAPSHOT)) {
      isFirst = false;
      await by();
    }
    return appending.append(stream, expected, events);
  };
  return {
    snapshots: makeSnapshots({ ...appending, append }, reading),
    release: () => {
      appending.end();
      connection.release();
    },
  };
};

const savedOvertaken = async (
  { store, connectionString }: { readonly store: EventStore; readonly connectionString: string },
  own: StoredSnapshot,
  by: StoredSnapshot,
): Promise<StoredSnapshot | null> => {
  const { snapshots, release } = overtaken(connectionString, () =>
    right(store.saveSnapshot('keyring-a', by)),
  );
  expect(await snapshots.save('keyring-a', own)).toEqual(E.right(undefined));
  release();
  return right(store.loadSnapshot('keyring-a'));
};

describe('a snapshot that another one overtakes behind its parts', () => {
  test(
    'is whole all the same where it is the newer one, though what lay before the other was cut off',
    withServer(async ({ server, store }) => {
      const on = { store, connectionString: server.connectionString };
      const own = inParts(9, 'a', 'b', 'x');
      expect(await savedOvertaken(on, own, inParts(5, 'x'))).toEqual(own);
      const later = inParts(10, 'a', 'b', 'x', 'y');
      await right(store.saveSnapshot('keyring-a', later));
      expect(await right(store.loadSnapshot('keyring-a'))).toEqual(later);
    }),
  );

  test(
    'gives way where it is the older one',
    withServer(async ({ server, store }) => {
      const on = { store, connectionString: server.connectionString };
      const other = inParts(5, 'x');
      expect(await savedOvertaken(on, inParts(3, 'a', 'x'), other)).toEqual(other);
    }),
  );
});
