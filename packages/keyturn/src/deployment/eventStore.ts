import type { AllPage, EventStore } from '@keyturn/event-store';
import type { ConnectionSettings } from '@keyturn/event-store-eventstoredb';
import { isLeft } from 'fp-ts/Either';
import { withProgress } from '../progress';
import { settled } from '../settle';
import { isThere, requireInitialised, type DataDirectory } from './dataDirectory';
import { readEventStoreRecord, writeEventStoreRecord } from './eventStoreRecord';
import type { Place } from './place';
import { SetupFault } from './setupFault';
import { refuseVaultOnServer, vaultPartOf } from './vaultPlace';
import * as loaded from '../parts';

/** @throws SetupFault `bad-option` for what is no connection string */
const settingsOf = async (connectionString: () => string): Promise<ConnectionSettings> => {
  const { parseConnectionString } = loaded.eventStoreDb();
  const settings = parseConnectionString(connectionString());
  if (isLeft(settings)) throw new SetupFault('bad-option', `The event store: ${settings.left.message}`);
  return settings.right;
};

const connected = async (
  settings: ConnectionSettings,
  { onProgress }: Pick<Place, 'onProgress'>,
): Promise<EventStore> => {
  const { connectEventStoreDb } = loaded.eventStoreDb();
  return withProgress(onProgress, 'connecting-event-store', () => settled(connectEventStoreDb(settings)));
};

const embedded = async ({ events }: DataDirectory, create: boolean): Promise<EventStore> => {
  const { openSqliteEventStore } = loaded.eventStoreSqlite();
  return settled(openSqliteEventStore({ file: events, create }));
};

/** Two stores are never mixed: a vault or a read model of one says nothing true about another. */
const refuseOtherKind = (data: DataDirectory, onServer: boolean): void => {
  if (onServer && isThere(data.events)) {
    throw new SetupFault(
      'other-event-store',
      `The events of ${data.root} lie in it, in ${data.events}, and not on a server. ` +
        'Name no event store, or another directory.',
    );
  }
  const storeId = readEventStoreRecord(data.eventStoreRecord);
  if (!onServer && storeId !== null) {
    throw new SetupFault(
      'other-event-store',
      `The events of ${data.root} lie in EventStoreDB, in the store ${storeId}. Say where that event store is reached.`,
    );
  }
};

/**
 * Where the store on the server is not the one that the directory belongs to. @throws SetupFault `other-event-store`
 */
const refuseOtherStore = (data: DataDirectory, expected: string | null, storeId: string): void => {
  if (storeId === expected) return;
  throw new SetupFault(
    'other-event-store',
    `${data.root} belongs to the event store ${expected ?? 'of nothing'}, and the server holds ${storeId}. ` +
      'Name the right event store, or the right directory.',
  );
};

const ownStore = async (data: DataDirectory, store: EventStore): Promise<EventStore> => {
  try {
    refuseOtherStore(data, readEventStoreRecord(data.eventStoreRecord), await settled(store.storeId));
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
};

/**
 * Where a data directory was initialised otherwise than it is named now.
 *
 * Faults: `not-initialised`, `incomplete-data-directory`, `other-event-store`, `other-vault`.
 */
export const requireParts = ({ data, store, vault }: Place): void => {
  if (data === null) return;
  refuseOtherKind(data, store !== null);
  refuseVaultOnServer(data, vault !== null);
  const events = store === null ? data.events : data.eventStoreRecord;
  requireInitialised(data, events, vaultPartOf(data, vault !== null));
};

/**
 * Opens the event store of a deployment that stands.
 *
 * Faults: `not-initialised`, `incomplete-data-directory`, `other-event-store`, `other-vault`, and those of the store.
 */
export const openEventStore = async (place: Place): Promise<EventStore> => {
  const { data, store: connectionString } = place;
  const server = connectionString === null ? null : await settingsOf(connectionString);
  requireParts(place);
  if (data !== null && server === null) return embedded(data, false);
  if (server === null) throw new SetupFault('bad-option', 'Say where the event store is reached.');
  const store = await connected(server, place);
  return data === null ? store : ownStore(data, store);
};

const hasKeyrings = async (store: EventStore): Promise<boolean> => {
  let after: bigint | null = null;
  for (;;) {
    const page: AllPage = await settled(
      store.readAll({ ...(after === null ? {} : { after }), streamPrefix: 'keyring-', limit: 1 }),
    );
    if (page.events.length > 0) return true;
    if (page.end) return false;
    after = page.readTo;
  }
};

/**
 * The event store of a new deployment: one in its directory, which is made where it is not there, or the one of the
 * server. The caller closes it. Faults: `other-event-store`, and those of the store.
 */
export const takeEventStore = async (place: Place): Promise<EventStore> => {
  const { data, store: connectionString } = place;
  const server = connectionString === null ? null : await settingsOf(connectionString);
  if (data !== null) refuseOtherKind(data, server !== null);
  if (server === null) {
    if (data === null) throw new SetupFault('bad-option', 'Say where the event store is reached.');
    return embedded(data, true);
  }
  const store = await connected(server, place);
  // A record without the rest was left by an initialisation that was cut off, or restored in part.
  return data === null || readEventStoreRecord(data.eventStoreRecord) === null
    ? store
    : ownStore(data, store);
};

/** Writes down which store a data directory belongs to, where it lies on a server. */
export const recordEventStore = async ({ data, store: server }: Place, store: EventStore): Promise<void> => {
  if (data === null || server === null) return;
  writeEventStoreRecord(data.eventStoreRecord, await settled(store.storeId));
};

const FIND_VAULT = 'if the vault lies in PostgreSQL, say where, and join its deployment; otherwise';
const WITH_ANOTHER =
  'use the data directory that it was made with, or restore that from a backup. Nothing was touched.';

/**
 * A new vault is for a store without keyrings, which no vault has yet. @throws SetupFault `incomplete-data-directory`
 */
export const refuseStoreInUse = async (place: Place, store: EventStore): Promise<void> => {
  const where = place.data?.root ?? 'this deployment';
  const found = await withProgress(place.onProgress, 'looking-for-keyrings', () => hasKeyrings(store));
  if (found) {
    throw new SetupFault(
      'incomplete-data-directory',
      place.store === null
        ? `${where} has events and no vault: ${FIND_VAULT} restore the whole directory from a backup. ` +
            'Nothing was touched.'
        : `The event store has keyrings, and ${where} is without their vault: ${FIND_VAULT} ${WITH_ANOTHER}`,
    );
  }
  const { attachedVault } = loaded.service();
  const deploymentId = await settled(attachedVault(store));
  if (deploymentId === null) return;
  throw new SetupFault(
    'incomplete-data-directory',
    `The event store belongs to the vault of deployment ${deploymentId}, and ${where} is without it: ` +
      `${FIND_VAULT} ${WITH_ANOTHER}`,
  );
};
