import type { AllPage, EventStore } from '@keyturn/event-store';
import type { ConnectionSettings } from '@keyturn/event-store-eventstoredb';
import { isLeft } from 'fp-ts/Either';
import { isThere, requireInitialised, type DataDirectory } from './dataDirectory';
import { readEventStoreRecord, writeEventStoreRecord } from './eventStoreRecord';
import type { ConnectionString } from './input/connectionString';
import { showingProgress } from './output/progress';
import { SetupFault, UsageError } from './problems';
import { right } from './right';
import type { Settings } from './settings';
import { refuseVaultOnServer, vaultPartOf } from './vaultPlace';

const HOW = '--store, or KEYTURN_STORE';

/** @throws UsageError for what is no connection string */
const settingsOf = async (connectionString: ConnectionString): Promise<ConnectionSettings> => {
  const { parseConnectionString } = await import('@keyturn/event-store-eventstoredb');
  const settings = parseConnectionString(connectionString());
  if (isLeft(settings)) throw new UsageError(`${HOW}: ${settings.left.message}`);
  return settings.right;
};

const connected = async (settings: ConnectionSettings): Promise<EventStore> => {
  const { connectEventStoreDb } = await import('@keyturn/event-store-eventstoredb');
  return showingProgress('Connecting to the event store', () => right(connectEventStoreDb(settings)));
};

const embedded = async ({ events }: DataDirectory, create: boolean): Promise<EventStore> => {
  const { openSqliteEventStore } = await import('@keyturn/event-store-sqlite');
  return right(openSqliteEventStore({ file: events, create }));
};

/** Two stores are never mixed: a vault or a read model of one says nothing true about another. */
const refuseOtherKind = (data: DataDirectory, onServer: boolean): void => {
  if (onServer && isThere(data.events)) {
    throw new SetupFault(
      'other-event-store',
      `The events of ${data.root} lie in it, in ${data.events}, and not on a server. Leave out the store (${HOW}), or name another directory (--data).`,
    );
  }
  const storeId = readEventStoreRecord(data.eventStoreRecord);
  if (!onServer && storeId !== null) {
    throw new SetupFault(
      'other-event-store',
      `The events of ${data.root} lie in EventStoreDB, in the store ${storeId}. Say where it is reached (${HOW}).`,
    );
  }
};

/** Where the store on the server is not the one that the directory belongs to. @throws SetupFault `other-event-store` */
const refuseOtherStore = (data: DataDirectory, expected: string | null, storeId: string): void => {
  if (storeId === expected) return;
  throw new SetupFault(
    'other-event-store',
    `${data.root} belongs to the event store ${expected ?? 'of nothing'}, and the server holds ${storeId}. Name the right server (${HOW}), or the right directory (--data).`,
  );
};

/**
 * Opens the event store of a data directory: the one in it, or the one on a server that it was initialised with.
 *
 * Faults: `not-initialised`, `incomplete-data-directory`, `other-event-store`, `other-vault`, and those of the store.
 */
export const openEventStore = async (
  data: DataDirectory,
  { store: connectionString, vault }: Pick<Settings, 'store' | 'vault'>,
): Promise<EventStore> => {
  const server = connectionString === null ? null : await settingsOf(connectionString);
  refuseOtherKind(data, server !== null);
  refuseVaultOnServer(data, vault);
  requireInitialised(data, server === null ? data.events : data.eventStoreRecord, vaultPartOf(data, vault));
  if (server === null) return embedded(data, false);
  const store = await connected(server);
  try {
    refuseOtherStore(data, readEventStoreRecord(data.eventStoreRecord), await right(store.storeId));
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
};

const hasKeyrings = async (store: EventStore): Promise<boolean> => {
  let after: bigint | null = null;
  for (;;) {
    const page: AllPage = await right(
      store.readAll({ ...(after === null ? {} : { after }), streamPrefix: 'keyring-', limit: 1 }),
    );
    if (page.events.length > 0) return true;
    if (page.end) return false;
    after = page.readTo;
  }
};

/**
 * The event store of a new data directory: one in it, which is made where it is not there, or the one of the server. The
 * caller closes it. Faults: `other-event-store`, and those of the store.
 */
export const takeEventStore = async (
  data: DataDirectory,
  connectionString: ConnectionString | null,
): Promise<EventStore> => {
  const server = connectionString === null ? null : await settingsOf(connectionString);
  refuseOtherKind(data, server !== null);
  if (server === null) return embedded(data, true);
  const expected = readEventStoreRecord(data.eventStoreRecord);
  const store = await connected(server);
  if (expected === null) return store;
  // Left by an init that was cut off, or restored in part.
  try {
    refuseOtherStore(data, expected, await right(store.storeId));
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
};

/** Writes down which store a data directory belongs to, where it lies on a server. */
export const recordEventStore = async (
  data: DataDirectory,
  connectionString: ConnectionString | null,
  store: EventStore,
): Promise<void> => {
  if (connectionString !== null) writeEventStoreRecord(data.eventStoreRecord, await right(store.storeId));
};

const FIND_VAULT =
  'if the vault lies in PostgreSQL, name it (--vault, or KEYTURN_VAULT) and run keyturn init --join; otherwise';
const WITH_ANOTHER =
  'use the data directory that it was made with, or restore that from a backup. Nothing was touched.';

/** A new vault is for a store without keyrings, which no vault has yet. @throws SetupFault `incomplete-data-directory` */
export const refuseStoreInUse = async (
  { root }: DataDirectory,
  onServer: boolean,
  store: EventStore,
): Promise<void> => {
  if (await showingProgress('Looking for keyrings in the event store', () => hasKeyrings(store))) {
    throw new SetupFault(
      'incomplete-data-directory',
      onServer
        ? `The event store has keyrings, and ${root} is without their vault: ${FIND_VAULT} ${WITH_ANOTHER}`
        : `${root} has events and no vault: ${FIND_VAULT} restore the whole directory from a backup. Nothing was touched.`,
    );
  }
  const { attachedVault } = await import('@keyturn/service');
  const deploymentId = await right(attachedVault(store));
  if (deploymentId === null) return;
  throw new SetupFault(
    'incomplete-data-directory',
    `The event store belongs to the vault of deployment ${deploymentId}, and ${root} is without it: ${FIND_VAULT} ${WITH_ANOTHER}`,
  );
};
