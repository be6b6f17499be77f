import type { Proof, VaultInfo, RotationProgress, RotationReport, PreparedRotation } from '@keyturn/vault';
import { guarded } from '../settle';
import type { MadeBackup } from './backup/backup';
import type { RestoredBackup } from './backup/restore';
import type { Initialised } from './initialise';
import type { MasterKey, MasterKeyOption } from './masterKey';
import type { Migration, MigrationProgress } from './migrate';
import { placeOf, type PlaceOptions } from './place';
import * as inside from '../inside';

/** What a new deployment is made of. */
export interface InitOptions extends PlaceOptions {
  /** A file that is not there yet is made. */
  readonly masterKey: MasterKey;
  /**
   * What a vault in PostgreSQL proves of what it destroys. `erased` when left out, as it always is in a directory.
   * `row` is for a managed server, which can't show its files. It is chosen for good.
   */
  readonly proof?: Proof;
}

/** What a machine needs to have a part in a deployment that stands. */
export interface JoinOptions extends PlaceOptions {
  readonly masterKey: MasterKeyOption;
}

/** A vault as it says of itself, without its master key. */
export interface VaultDescription extends VaultInfo {
  /** Where it lies. Where a server is reached is not told: the connection string may hold a password. */
  readonly place: { readonly kind: 'directory'; readonly path: string } | { readonly kind: 'postgresql' };
}

export interface BackupOptions extends PlaceOptions {
  /** A directory that is not there, or is empty. */
  readonly to: string;
}

export interface RestoreOptions extends PlaceOptions {
  /** The directory of the backup. */
  readonly from: string;
}

export interface MigrateOptions extends PlaceOptions {
  /** Only say what would be done. */
  readonly dryRun?: boolean;
  /** Called before each step. */
  readonly onMigration?: (progress: MigrationProgress) => void;
}

export interface RotateMasterKeyOptions extends PlaceOptions {
  readonly masterKey: MasterKeyOption;
  /**
   * What the vault is to open with from now on; the same file with a new key in it when left out. As a function it is
   * told how the vault stands, and may leave it out with null.
   */
  readonly newMasterKey?: MasterKey | ((vault: VaultInfo) => Promise<MasterKey | null> | MasterKey | null);
  /** The old key may be in wrong hands: every workspace gets a new key, too. */
  readonly compromised?: boolean;
  /** Give up a rotation that was begun, and begin another. */
  readonly startOver?: boolean;
  readonly onRotation?: (progress: RotationProgress) => void;
}

/**
 * Makes a deployment: event store, read models, the master key's file where it is not there, and the vault. Nothing
 * that stands is ever taken over. Cut off half way, it can be run again.
 *
 * Faults: `already-initialised`, `incomplete-data-directory`, `other-event-store`, `master-key-exposed`,
 * `not-writable`, `bad-option`, and those of store and vault.
 *
 * @example
 * await initKeyturn({ directory: './keyturn-data', masterKey: { file: '/etc/keyturn/master.key' } });
 */
export const initKeyturn = (options: InitOptions): Promise<Initialised> =>
  guarded(async () => {
    const { initialise } = inside.initialising();
    return initialise(placeOf(options), options.masterKey, options.proof);
  });

/**
 * Gives this machine a part in a deployment whose events and vault lie on servers. The master key is never made: copy
 * it from another machine.
 *
 * Faults: `already-initialised`, `not-initialised`, `master-key-missing`, `other-event-store`, `other-vault`,
 * `bad-option`, and those of store and vault.
 */
export const joinKeyturn = (options: JoinOptions): Promise<Initialised> =>
  guarded(async () => {
    const { join } = inside.joining();
    return join(placeOf(options), options.masterKey);
  });

/** What the vault of a deployment says of itself. Needs no master key. */
export const describeVault = (options: PlaceOptions): Promise<VaultDescription> =>
  guarded(async () => {
    const { locateVault } = inside.locating();
    const { place, info } = await locateVault(placeOf(options));
    return {
      ...info,
      place: 'directory' in place ? { kind: 'directory', path: place.directory } : { kind: 'postgresql' },
    };
  });

/**
 * Gives the vault another master key, while it serves. A rotation that was cut off is taken up.
 * `docs/master-key-rotation.md` says what each step leaves behind.
 *
 * Faults: `rotation-incomplete`, `master-key-wrong`, `master-key-missing`, `bad-option` for a loaded key.
 */
export const rotateMasterKey = (options: RotateMasterKeyOptions): Promise<RotationReport> =>
  guarded(async () => {
    const { rotate } = inside.rotating();
    const { masterKey, newMasterKey, compromised = false, startOver = false, onRotation } = options;
    const coming = async (vault: VaultInfo): Promise<MasterKey | null> => {
      if (typeof newMasterKey === 'function') return newMasterKey(vault);
      return newMasterKey ?? null;
    };
    return rotate(placeOf(options), {
      masterKey,
      newMasterKey: coming,
      compromised,
      startOver,
      onProgress: onRotation,
    });
  });

/**
 * Puts the coming master key into the key file, below the present one, and changes nothing else: for several machines.
 */
export const prepareMasterKeyRotation = (options: JoinOptions): Promise<PreparedRotation> =>
  guarded(async () => {
    const { prepareRotation } = inside.rotating();
    return prepareRotation(placeOf(options), options.masterKey);
  });

/**
 * Backs up what of a deployment lies in its directory, while services run: the vault first, the events last, in a new
 * private directory with a manifest. All of it is of one moment. Needs no master key, and has none in it: keep that
 * elsewhere. What lies on servers is backed up there, the vault before and the events after:
 * `docs/backup-and-restore.md`.
 *
 * Faults: `place-not-empty`, `not-initialised`, `incomplete-data-directory`, `unsafe-files`, `not-writable`,
 * `bad-option`; those of vault and store.
 *
 * @example
 * const { files, takenAt } = await backupKeyturn({ directory: './keyturn-data', to: '/backup/2026-11-28' });
 */
export const backupKeyturn = ({ to, ...place }: BackupOptions): Promise<MadeBackup> =>
  guarded(async () => {
    const { backup } = inside.backingUp();
    return backup(placeOf(place), to);
  });

/**
 * Puts a backup into an empty directory, which is the deployment's data directory then. Each file has to be what was
 * backed up. Needs no master key. Then look with `keyturn.verify`, and read `docs/backup-and-restore.md`: what was hard
 * deleted since the backup is to be deleted again.
 *
 * Faults: `place-not-empty`, `backup-damaged`, `unsafe-files`, `not-writable`, `bad-option`.
 */
export const restoreKeyturn = ({ from, ...place }: RestoreOptions): Promise<RestoredBackup> =>
  guarded(async () => {
    const { restore } = inside.restoring();
    return restore(placeOf(place), from);
  });

/**
 * Brings vault and embedded events of an older release to the formats of this one. Nothing else does: opening them is
 * refused until then (`migration-needed`). Stop every process that uses them before, and back them up: there is no way
 * back but a restore. Each step is one transaction; cut off, it goes on where it was. Needs no master key.
 *
 * Faults: `unavailable` while another process uses them; `newer-version`, `schema-altered`, `not-initialised`,
 * `incomplete-data-directory`, `other-vault`, `bad-option`; those of vault and store.
 *
 * @example
 * const { vault } = await migrateKeyturn({ directory: './keyturn-data' });
 */
export const migrateKeyturn = ({
  dryRun = false,
  onMigration,
  ...place
}: MigrateOptions): Promise<Migration> =>
  guarded(async () => {
    const { migrate } = inside.migrating();
    return migrate(placeOf(place), { dryRun, onMigration });
  });
