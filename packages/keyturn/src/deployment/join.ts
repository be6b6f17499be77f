import { existsSync } from 'node:fs';
import type { Vault, VaultInfo } from '@keyturn/vault';
import { withProgress } from '../progress';
import { settled } from '../settle';
import { isThere } from './dataDirectory';
import { recordEventStore, takeEventStore } from './eventStore';
import type { Initialised } from './initialise';
import {
  masterKeyOf,
  refuseKeyInside,
  withMasterKey,
  type MasterKey,
  type MasterKeyOption,
} from './masterKey';
import { makeDirectory, makeReadModels, refuseInitialised } from './newDataDirectory';
import type { Place } from './place';
import { SetupFault } from './setupFault';
import { writeVaultRecord } from './vaultRecord';
import * as loaded from '../parts';

/** What has to be on servers for a machine to have a part in it. @throws SetupFault `bad-option` */
const vaultServer = ({ data, store, vault }: Place): (() => string) => {
  if (vault === null) {
    throw new SetupFault(
      'bad-option',
      'To join is to take the deployment of a vault in PostgreSQL: say where that is reached.',
    );
  }
  // Where events lie in the directory, an initialisation was cut off that goes on here.
  if (store === null && (data === null || !isThere(data.events))) {
    throw new SetupFault(
      'bad-option',
      'To join is to take the events of a deployment, too: say where its event store is reached. ' +
        'Events in a data directory are for one machine alone.',
    );
  }
  return vault;
};

/** A new key would open nothing of a vault that stands. */
const refuseMissingKey = (masterKey: MasterKey, info: VaultInfo): void => {
  if (!('file' in masterKey) || existsSync(masterKey.file)) return;
  throw new SetupFault(
    'master-key-missing',
    `There is no master key at ${masterKey.file}. Copy it there from a machine of deployment ` +
      `${info.deploymentId}, or name another file. Nothing was touched.`,
  );
};

/** Faults before anything is written where store and vault don't belong together. */
const makeParts = async (place: Place, vault: Vault): Promise<void> => {
  const { pairVault } = loaded.service();
  const store = await takeEventStore(place);
  try {
    await settled(pairVault(store, vault));
    await makeDirectory(place);
    await recordEventStore(place, store);
    await makeReadModels(place, store);
    if (place.data !== null) writeVaultRecord(place.data.vaultRecord, vault.deploymentId);
  } finally {
    await store.close();
  }
};

/**
 * Gives this machine a part in a deployment whose event store and vault lie on servers: its read models, and what names
 * those two. Opens the vault once, so that a wrong master key shows now.
 *
 * Faults: `already-initialised`, `not-initialised`, `incomplete-data-directory`, `other-event-store`, `other-vault`,
 * `master-key-missing`, and those of the vault, the event store and the read models.
 */
export const join = async (place: Place, option: MasterKeyOption): Promise<Initialised> => {
  const postgres = vaultServer(place);
  await refuseInitialised(place);
  const { openVault, readVaultInfo } = loaded.vault();
  const info = await withProgress(place.onProgress, 'looking-for-vault', () =>
    settled(readVaultInfo({ postgres })),
  );
  const masterKey = await masterKeyOf(option, info);
  refuseKeyInside(place.data?.root ?? null, masterKey);
  refuseMissingKey(masterKey, info);
  await withMasterKey(masterKey, async (source) => {
    const vault = await withProgress(place.onProgress, 'opening-vault', () =>
      settled(openVault({ postgres, masterKey: source })),
    );
    try {
      await makeParts(place, vault);
    } finally {
      await vault.close();
    }
  });
  return { deploymentId: info.deploymentId, madeMasterKey: false };
};
