import { join } from 'node:path';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { expectRight } from '@keyturn/testbed';
import { openVault } from '@keyturn/vault';
import { vaultFactsOf } from './facts';
import type { EventsPart, VaultPart } from './origin';
import { sqliteLog, sqliteTables } from './reading';

const nothing = (): Promise<void> => Promise.resolve();

/** Events in the data directory: `keyturn backup` and `keyturn restore` do all of it. */
export const embeddedEvents = (): Promise<EventsPart> =>
  Promise.resolve({
    option: {},
    open: (data) => expectRight(openSqliteEventStore({ file: join(data, 'events.sqlite'), create: false })),
    save: null,
    factsIn: (copy) => Promise.resolve(sqliteLog(join(copy, 'backup', 'events.sqlite'))),
    putBack: () => Promise.resolve({ option: {}, close: nothing }),
    close: nothing,
  });

/** The vault in the data directory. */
export const embeddedVault = (): Promise<VaultPart> =>
  Promise.resolve({
    option: {},
    open: (data, masterKey) =>
      expectRight(
        openVault({ directory: join(data, 'vault'), masterKey: { kind: 'file', path: masterKey } }),
      ),
    save: null,
    factsIn: (copy) => vaultFactsOf(sqliteTables(join(copy, 'backup', 'vault'))),
    putBack: () =>
      Promise.resolve({
        option: {},
        facts: (data) => vaultFactsOf(sqliteTables(join(data, 'vault'))),
        close: nothing,
      }),
    close: nothing,
  });
