import { existsSync } from 'node:fs';
import type { EventStore } from '@keyturn/event-store';
import type { MasterKeySource, Proof, Vault, VaultPlace } from '@keyturn/vault';
import { isLeft } from 'fp-ts/Either';
import { withProgress } from '../progress';
import { keyturnError, settled } from '../settle';
import { recordEventStore, refuseStoreInUse, takeEventStore } from './eventStore';
import { refuseKeyInside, withMasterKey, type MasterKey } from './masterKey';
import { leftByOlderRelease, makeDirectory, makeReadModels, refuseInitialised } from './newDataDirectory';
import type { Place } from './place';
import { SetupFault } from './setupFault';
import { vaultAt } from './vaultPlace';
import { writeVaultRecord } from './vaultRecord';
import * as loaded from '../parts';

/** A deployment that was made, or that this machine has joined. */
export interface Initialised {
  /** Random: names the vault and, with it, the deployment. */
  readonly deploymentId: string;
  /** Whether a new master key was made, in the file that was named. Back it up, apart from everything else. */
  readonly madeMasterKey: boolean;
}

/** A vault on a server may be that of other machines, which is not taken by mistake. */
const refuseStandingVault = async ({ vault: postgres, onProgress }: Place): Promise<void> => {
  const info = postgres === null ? null : await vaultAt({ postgres }, onProgress);
  if (info === null) return;
  throw new SetupFault(
    'already-initialised',
    `The database has a vault already, that of deployment ${info.deploymentId}. ` +
      'If this is another machine of its deployment, or an initialisation was cut off here, join it; ' +
      'otherwise name an empty database. Nothing was touched.',
  );
};

/** By now this machine has a master key, which may have been made for nothing. */
const anotherCameFirst = (): SetupFault =>
  new SetupFault(
    'already-initialised',
    'Another machine has just made a vault in the database. ' +
      'If it is one of the same deployment, join it with its master key in place of the one here; ' +
      'otherwise name an empty database.',
  );

/** A key file that is there is used: an earlier initialisation was cut off behind it, or its owner made it. */
const makeKeyFile = async (masterKey: MasterKey): Promise<boolean> => {
  if (!('file' in masterKey) || existsSync(masterKey.file)) return false;
  const { createMasterKeyFile } = loaded.vault();
  await settled(createMasterKeyFile(masterKey.file));
  return true;
};

const newVault = async (
  { onProgress }: Place,
  at: VaultPlace,
  masterKey: MasterKeySource,
  proof: Proof,
): Promise<Vault> => {
  const { createVault } = loaded.vault();
  const vault = await withProgress(onProgress, 'making-vault', createVault({ ...at, masterKey, proof }));
  if (!isLeft(vault)) return vault.right;
  throw 'postgres' in at && vault.left.code === 'already-initialised' ? anotherCameFirst() : vault.left;
};

const vaultPlaceOf = ({ data, vault: postgres }: Place): VaultPlace => {
  if (postgres !== null) return { postgres };
  if (data !== null) return { directory: data.vault };
  throw new SetupFault('bad-option', 'Say where the vault is reached.');
};

/** Makes the vault and ties it to its event store. */
const makeVault = async (
  place: Place,
  masterKey: MasterKeySource,
  store: EventStore,
  proof: Proof,
): Promise<string> => {
  const { pairVault } = loaded.service();
  const vault = await newVault(place, vaultPlaceOf(place), masterKey, proof);
  try {
    await settled(pairVault(store, vault));
    if (place.data !== null && place.vault !== null) {
      writeVaultRecord(place.data.vaultRecord, vault.deploymentId);
    }
    return vault.deploymentId;
  } finally {
    await vault.close();
  }
};

/** No vault stands by now: an older event store is none to migrate. */
const takeNewEventStore = async (place: Place): Promise<EventStore> => {
  try {
    return await takeEventStore(place);
  } catch (error) {
    if (place.data === null || keyturnError(error).code !== 'migration-needed') throw error;
    throw leftByOlderRelease(place.data.root, error);
  }
};

/**
 * Makes a deployment: event store, read models, master key file, vault. Cut off half way, it can be run again; behind
 * the making of a vault on a server, by joining that vault.
 *
 * Faults: `already-initialised`, `incomplete-data-directory`, `other-event-store`, `master-key-exposed`,
 * `not-writable`, and those of the vault, the event store and the read models.
 */
export const initialise = async (
  place: Place,
  masterKey: MasterKey,
  proof: Proof = 'erased',
): Promise<Initialised> => {
  if (proof === 'row' && place.vault === null)
    throw new SetupFault(
      'bad-option',
      'The proof row is for a vault in PostgreSQL: in a directory all that is deleted is erased.',
    );
  await refuseInitialised(place);
  await refuseStandingVault(place);
  refuseKeyInside(place.data?.root ?? null, masterKey);
  await makeDirectory(place);
  const store = await takeNewEventStore(place);
  try {
    await refuseStoreInUse(place, store);
    await recordEventStore(place, store);
    await makeReadModels(place, store);
    const madeMasterKey = await makeKeyFile(masterKey);
    const deploymentId = await withMasterKey(masterKey, (source) => makeVault(place, source, store, proof));
    return { deploymentId, madeMasterKey };
  } finally {
    await store.close();
  }
};
