import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { EventStore } from '@keyturn/event-store';
import type { Keyturn } from '@keyturn/service';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { openKeyturnOnDisk, type KeyturnOnDisk } from '../../keyturnOnDisk';
import { startOpener, type Opener } from './openers';

const OPENERS = 2;

/** Notes when the store acknowledged the first hard delete that this service appended since it was last asked. */
const notingDeletes = (store: EventStore) => {
  let at: bigint | null = null;
  const noting: EventStore = {
    ...store,
    append: (stream, expected, events) =>
      pipe(
        store.append(stream, expected, events),
        TE.map((appended) => {
          if (events.some(({ type }) => type === 'KeyHardDeleted')) at ??= process.hrtime.bigint();
          return appended;
        }),
      ),
  };
  return {
    store: noting,
    deletedAt: (): bigint | null => {
      const noted = at;
      at = null;
      return noted;
    },
  };
};

/** A site with processes that have been running since before any of its keys was there. */
export interface Stand {
  readonly site: KeyturnOnDisk;
  readonly keyturn: Keyturn;
  readonly deletedAt: () => bigint | null;
  readonly openers: ReadonlyArray<Opener>;
  readonly data: string;
  readonly close: () => Promise<void>;
}

export const openStand = async (): Promise<Stand> => {
  const site = await openKeyturnOnDisk();
  const data = join(site.directory, 'data');
  const start = () =>
    startOpener(join(data, 'events.sqlite'), join(data, 'vault'), join(site.directory, 'master-key'));
  const openers: Opener[] = [];
  for (let n = 0; n < OPENERS; n += 1) openers.push(await start());
  const { store, deletedAt } = notingDeletes(site.eventStore);
  return {
    site,
    keyturn: site.another({ eventStore: store }),
    deletedAt,
    openers,
    data,
    close: async () => {
      for (const opener of openers) await opener.close();
      await site.close();
    },
  };
};

/** Reads an older state of both files until it is let go. */
export const openReader = (vault: string): (() => void) => {
  const readers = ['vault.sqlite', 'vault-keys.sqlite'].map((file) => {
    const db = new Database(join(vault, file), { readonly: true });
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM deployment').get();
    return db;
  });
  return () => readers.forEach((db) => db.close());
};
