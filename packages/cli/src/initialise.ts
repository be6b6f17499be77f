import { existsSync } from 'node:fs';
import type { EventStore } from '@keyturn/event-store';
import type { MasterKeySource, Vault, VaultPlace } from '@keyturn/vault';
import { isLeft } from 'fp-ts/Either';
import { dataDirectoryAt, type DataDirectory } from './dataDirectory';
import { recordEventStore, refuseStoreInUse, takeEventStore } from './eventStore';
import type { ConnectionString } from './input/connectionString';
import { newPassphrase } from './input/passphrase';
import { masterKeyFile } from './masterKeySource';
import { makeDirectory, makeReadModels, refuseInitialised } from './newDataDirectory';
import { showingProgress } from './output/progress';
import { SetupFault } from './problems';
import { right } from './right';
import type { Settings } from './settings';
import { vaultAt } from './vaultPlace';
import { writeVaultRecord } from './vaultRecord';

/** What `init` made. */
export interface Initialised {
  readonly data: DataDirectory;
  readonly deploymentId: string;
  readonly masterKey:
    | { readonly kind: 'file'; readonly path: string; readonly made: boolean }
    | { readonly kind: 'passphrase' };
}

/** A vault on a server may be that of other machines, which is not taken by mistake. */
const refuseStandingVault = async (postgres: ConnectionString): Promise<void> => {
  const info = await vaultAt({ postgres });
  if (info === null) return;
  throw new SetupFault(
    'already-initialised',
    `The database has a vault already, that of deployment ${info.deploymentId}. If this is another machine of its deployment, or keyturn init was cut off here, run keyturn init --join; otherwise name an empty database (--vault, or KEYTURN_VAULT). Nothing was touched.`,
  );
};

/** By now this machine has a master key, which may have been made for nothing. */
const anotherCameFirst = (): SetupFault =>
  new SetupFault(
    'already-initialised',
    'Another machine has just made a vault in the database. If it is one of the same deployment, run keyturn init --join with its master key in place of the one here; otherwise name an empty database (--vault, or KEYTURN_VAULT).',
  );

interface NewMasterKey {
  readonly source: MasterKeySource;
  readonly report: Initialised['masterKey'];
}

/** A key file that is there is used: an earlier `init` was cut off behind it, or its owner made it. */
const takeKeyFile = async (settings: Settings): Promise<NewMasterKey> => {
  const path = settings.masterKeyFile;
  const made = !existsSync(path);
  if (made) {
    const { createMasterKeyFile } = await import('@keyturn/vault');
    await right(createMasterKeyFile(path));
  }
  return { source: masterKeyFile(settings), report: { kind: 'file', path, made } };
};

const newVault = async (place: VaultPlace, masterKey: MasterKeySource): Promise<Vault> => {
  const { createVault } = await import('@keyturn/vault');
  const vault = await showingProgress('Making the vault', createVault({ ...place, masterKey }));
  if (!isLeft(vault)) return vault.right;
  throw 'postgres' in place && vault.left.code === 'already-initialised' ? anotherCameFirst() : vault.left;
};

/** Makes the vault and ties it to its event store. */
const makeVault = async (
  data: DataDirectory,
  server: ConnectionString | null,
  masterKey: MasterKeySource,
  store: EventStore,
): Promise<string> => {
  const { pairVault } = await import('@keyturn/service');
  const place: VaultPlace = server === null ? { directory: data.vault } : { postgres: server };
  const vault = await newVault(place, masterKey);
  try {
    await right(pairVault(store, vault));
    if (server !== null) writeVaultRecord(data.vaultRecord, vault.deploymentId);
    return vault.deploymentId;
  } finally {
    await vault.close();
  }
};

/**
 * Makes a data directory and its master key. Cut off half way, it can be run again; behind the making of a vault on a server,
 * by joining that vault.
 *
 * Faults: `already-initialised`, `incomplete-data-directory`, `other-event-store`, `master-key-exposed`, `bad-passphrase`, `not-writable`, and
 * those of the vault, the event store and the read models.
 */
export const initialise = async (settings: Settings, withPassphrase: boolean): Promise<Initialised> => {
  const data = dataDirectoryAt(settings.dataDirectory);
  await refuseInitialised(data);
  if (settings.vault !== null) await refuseStandingVault(settings.vault);
  if (!withPassphrase) masterKeyFile(settings);
  const passphrase = withPassphrase
    ? await newPassphrase(settings.passphraseFile, '--passphrase-file')
    : null;
  try {
    await makeDirectory(data.root);
    const store = await takeEventStore(data, settings.store);
    try {
      await refuseStoreInUse(data, settings.store !== null, store);
      await recordEventStore(data, settings.store, store);
      await makeReadModels(data, store);
      const { source, report }: NewMasterKey =
        passphrase === null
          ? await takeKeyFile(settings)
          : { source: { kind: 'passphrase', passphrase }, report: { kind: 'passphrase' } };
      const deploymentId = await makeVault(data, settings.vault, source, store);
      return { data, deploymentId, masterKey: report };
    } finally {
      await store.close();
    }
  } finally {
    passphrase?.fill(0);
  }
};
