import type { EventStore } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore, type SqliteEventStoreOptions } from '..';

/** Opens stores on one file in a directory of its own. */
export const temporaryStores = () => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-event-store-'));
  const file = join(directory, 'events.sqlite');
  return {
    directory,
    file,
    open: async (options: Partial<SqliteEventStoreOptions> = {}): Promise<EventStore> => {
      const opened = await openSqliteEventStore({ file, pollMs: 5, ...options })();
      if (E.isLeft(opened)) throw opened.left;
      return opened.right;
    },
    remove: async (): Promise<void> => rmSync(directory, { recursive: true, force: true }),
  };
};
