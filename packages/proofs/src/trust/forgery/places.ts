import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '@keyturn/event-store';
import { connectEventStoreDb, parseConnectionString } from '@keyturn/event-store-eventstoredb';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { expectRight } from '@keyturn/testbed';
import { startEsdbServer } from '@keyturn/testbed/esdb';
import { startPostgres } from '@keyturn/testbed/postgres';
import { createMasterKeyFile, createVault, type Vault, type VaultPlace } from '@keyturn/vault';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { rewriteWireLog } from './wireLog';
import { rewriteSqlite } from './sqliteRows';
import type { Streams } from './written';

/** A vault, and a store of events that somebody else can write, too. */
export interface Place {
  readonly vault: Vault;
  /** A connection of the product. It is closed before anything is put. */
  readonly openStore: () => Promise<EventStore>;
  /** What a forger does: these events, and no others, are in these streams. */
  readonly put: (streams: Streams) => Promise<void>;
  /** Whether a stream can lack a revision in its midst. */
  readonly keepsGaps: boolean;
  /** From now on readers see what is written so many milliseconds later, where a store has that. */
  readonly setIndexLag: (ms: number) => void;
  readonly close: () => Promise<void>;
}

export type OpenPlace = () => Promise<Place>;

const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'keyturn-forgery-'));

const vaultAt = async (directory: string, place: VaultPlace): Promise<Vault> => {
  const path = join(directory, 'master-key');
  await expectRight(createMasterKeyFile(path));
  return expectRight(createVault({ ...place, masterKey: { kind: 'file', path } }));
};

const sqliteEvents = (directory: string) => {
  const file = join(directory, 'events.sqlite');
  return {
    openStore: () => expectRight(openSqliteEventStore({ file })),
    put: (streams: Streams) => {
      rewriteSqlite(file, streams);
      return Promise.resolve();
    },
    keepsGaps: true,
    setIndexLag: () => undefined,
  };
};

export const onSqlite: OpenPlace = async () => {
  const directory = newDirectory();
  const vault = await vaultAt(directory, { directory: join(directory, 'vault') });
  return {
    vault,
    ...sqliteEvents(directory),
    close: async () => {
      await vault.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

/** The vault on a cluster of its own, the events in SQLite. */
export const onPostgres: OpenPlace = async () => {
  const directory = newDirectory();
  const server = await startPostgres();
  const vault = await vaultAt(directory, { postgres: await server.newDatabase() }).catch(
    async (error: unknown) => {
      await server.stop();
      throw error;
    },
  );
  return {
    vault,
    ...sqliteEvents(directory),
    close: async () => {
      await vault.close();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

/** The events on a server that speaks EventStoreDB's protocol, whose log is rewritten between two of its starts. */
export const onEventStoreDb: OpenPlace = async () => {
  const directory = newDirectory();
  const data = join(directory, 'server');
  const server = await startEsdbServer({ data });
  const vault = await vaultAt(directory, { directory: join(directory, 'vault') });
  return {
    vault,
    openStore: () =>
      expectRight(
        pipe(TE.fromEither(parseConnectionString(server.connectionString)), TE.chain(connectEventStoreDb)),
      ),
    put: (streams) => {
      rewriteWireLog(data, streams);
      server.restart();
      return Promise.resolve();
    },
    keepsGaps: false,
    setIndexLag: server.setIndexLag,
    close: async () => {
      await vault.close();
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
