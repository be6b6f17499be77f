import type { EventStoreFormat } from '@keyturn/event-store-sqlite';
import type { VaultFault, VaultFormat } from '@keyturn/vault';
import { mapLeft } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import * as loaded from '../parts';
import { keyturnError, settled } from '../settle';
import { isThere } from './dataDirectory';
import { requireParts } from './eventStore';
import { leftByOlderRelease } from './newDataDirectory';
import type { Place } from './place';
import { locateVaultBy, type LocatedVault } from './vaultPlace';

/** From a format to the next. */
export interface MigrationStep {
  readonly from: number;
  readonly to: number;
  /** What the next format has that this one lacks, such as "the release that it needs". */
  readonly adds: string;
}

/** How a store was found, and what was done, or is to be done. */
export interface MigratedStore {
  readonly format: number;
  /** Nothing where the format is that of this release. */
  readonly steps: ReadonlyArray<MigrationStep>;
}

/** What a migration did, or with `dryRun` would do. */
export interface Migration {
  readonly deploymentId: string;
  readonly dryRun: boolean;
  /** Null where the events lie in EventStoreDB: there is no format of ours. */
  readonly eventStore: MigratedStore | null;
  readonly vault: MigratedStore;
}

/** A step that is about to be taken. */
export interface MigrationProgress extends MigrationStep {
  readonly store: 'event-store' | 'vault';
  readonly done: number;
  readonly total: number;
}

interface MigrationOptions {
  readonly dryRun: boolean;
  readonly onMigration: ((progress: MigrationProgress) => void) | undefined;
}

const told = ({ from, to, adds }: MigrationStep): MigrationStep => ({ from, to, adds });

const migrated = ({ format, steps }: EventStoreFormat | VaultFormat): MigratedStore => ({
  format,
  steps: steps.map(told),
});

/** A store without steps that are due is not taken away from those who use it. */
const unlessDone = async <F extends EventStoreFormat | VaultFormat>(
  found: F,
  take: () => TaskEither<unknown, F>,
): Promise<F> => (found.steps.length === 0 ? found : settled(take()));

const isWithoutVault = (error: unknown): boolean =>
  ['not-initialised', 'incomplete-data-directory'].includes(keyturnError(error).code);

/** The vault of a deployment that stands, as it is stored. */
const locateStored = async (place: Place, events: string | null): Promise<LocatedVault<VaultFormat>> => {
  const { readVaultFormat } = loaded.vault();
  try {
    requireParts(place);
    return await locateVaultBy(place, readVaultFormat);
  } catch (error) {
    if (place.data === null || events === null || !isThere(events) || !isWithoutVault(error)) throw error;
    const { readSqliteEventStoreFormat } = loaded.eventStoreSqlite();
    const { steps } = await settled(readSqliteEventStoreFormat(events));
    throw steps.length === 0 ? error : leftByOlderRelease(place.data.root, error);
  }
};

const EVENTS_WENT_AHEAD =
  'The events have the new format already, which the older release does not open. ' +
  'Run the migration again then: it goes on with the vault.';

/** Faults of the vault, which say how it was left, and nothing of the events. */
const behindEvents =
  (migrating: TaskEither<VaultFault, VaultFormat>): TaskEither<VaultFault, VaultFormat> =>
  async () => {
    const { VaultFault: Fault } = loaded.vault();
    return mapLeft(
      (cause: VaultFault) => new Fault(cause.code, `${cause.message}. ${EVENTS_WENT_AHEAD}`, { cause }),
    )(await migrating());
  };

/**
 * Brings vault and embedded events to the formats of this release. All is looked at before anything is changed. Cut
 * off, it goes on where it was.
 */
export const migrate = async (
  place: Place,
  { dryRun, onMigration }: MigrationOptions,
): Promise<Migration> => {
  const { migrateVault } = loaded.vault();
  const { migrateSqliteEventStore, readSqliteEventStoreFormat } = loaded.eventStoreSqlite();
  const file = place.store === null ? (place.data?.events ?? null) : null;
  const { place: at, info: vault } = await locateStored(place, file);
  const events = file === null ? null : { file, ...(await settled(readSqliteEventStoreFormat(file))) };
  const result = (ofEvents: EventStoreFormat | null, ofVault: VaultFormat): Migration => ({
    deploymentId: vault.deploymentId,
    dryRun,
    eventStore: ofEvents === null ? null : migrated(ofEvents),
    vault: migrated(ofVault),
  });
  if (dryRun) return result(events, vault);
  const total = (events?.steps.length ?? 0) + vault.steps.length;
  let done = 0;
  const telling = (store: MigrationProgress['store']) => (step: MigrationStep) => {
    onMigration?.({ store, ...told(step), done, total });
    done += 1;
  };
  // Events first: whoever serves here has them open, so that nothing is begun beside a service. The vault may be on a
  // server, with which a service that has nothing to do keeps no connection.
  const ofEvents =
    events === null
      ? null
      : await unlessDone<EventStoreFormat>(events, () =>
          migrateSqliteEventStore(events.file, telling('event-store')),
        );
  const wentAhead = ofEvents !== null && ofEvents.steps.length > 0;
  const ofVault = await unlessDone(vault, () => {
    const migrating = migrateVault(at, telling('vault'));
    return wentAhead ? behindEvents(migrating) : migrating;
  });
  return result(ofEvents, ofVault);
};
