import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectEventStoreDb, parseConnectionString } from '@keyturn/event-store-eventstoredb';
import { expectRight } from '@keyturn/testbed';
import { startEsdbServer } from '@keyturn/testbed/esdb';
import { startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { openVault } from '@keyturn/vault';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { vaultFactsOf, type ReadTable } from './facts';
import type { EventsPart, VaultPart } from './origin';
import { wireLog } from './reading';

const LOG = 'esdb.log';
const DUMP = 'vault.dump';

const serverOn = async (data: string) => {
  const server = await startEsdbServer({ data });
  return { server, option: { eventStore: server.connectionString } };
};

/** Events on a server that speaks EventStoreDB's protocol: its log is copied last of all, while it serves. */
export const eventsOnServer = async (): Promise<EventsPart> => {
  const root = mkdtempSync(join(tmpdir(), 'keyturn-restore-events-'));
  const data = join(root, 'data');
  const { server, option } = await serverOn(data);
  let restores = 0;
  return {
    option,
    open: () =>
      expectRight(
        pipe(TE.fromEither(parseConnectionString(server.connectionString)), TE.chain(connectEventStoreDb)),
      ),
    save: (copy) => {
      copyFileSync(join(data, LOG), join(copy, LOG));
      return Promise.resolve();
    },
    factsIn: (copy) => Promise.resolve(wireLog(join(copy, LOG))),
    putBack: async (copy) => {
      const place = join(root, `restored-${(restores += 1)}`);
      mkdirSync(place, { mode: 0o700 });
      copyFileSync(join(copy, LOG), join(place, LOG));
      const back = await serverOn(place);
      return {
        option: back.option,
        close: async () => {
          await back.server.close();
          rmSync(place, { recursive: true, force: true });
        },
      };
    },
    close: async () => {
      await server.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
};

const tablesIn =
  (server: PostgresServer, database: string): ReadTable =>
  async (table, columns) =>
    (await server.sql(`SELECT ${columns.join(', ')} FROM keyturn_vault.${table}`, database))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('|'));

const nameIn = (connection: () => string): string => new URL(connection()).pathname.slice(1);

/** The vault in PostgreSQL, on a cluster of its own: dumped first of all, and put back into empty databases. */
export const vaultOnServer = async (): Promise<VaultPart> => {
  const server = await startPostgres();
  const connection = await server.newDatabase();
  const owner = nameIn(connection);
  const factsIn = (database: string) => vaultFactsOf(tablesIn(server, database));
  const loaded = async (copy: string): Promise<() => string> => {
    const empty = await server.newDatabase({ owner });
    await server.load(empty, join(copy, DUMP));
    return empty;
  };
  return {
    option: { vault: connection },
    open: (_, masterKey) =>
      expectRight(openVault({ postgres: connection, masterKey: { kind: 'file', path: masterKey } })),
    save: (copy) => server.dump(connection, join(copy, DUMP), 'keyturn_vault'),
    factsIn: async (copy) => factsIn(nameIn(await loaded(copy))),
    putBack: async (copy) => {
      const back = await loaded(copy);
      return {
        option: { vault: back },
        facts: () => factsIn(nameIn(back)),
        close: () => server.dropDatabase(back),
      };
    },
    close: () => server.stop(),
  };
};
