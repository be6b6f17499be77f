import { existsSync } from 'node:fs';
import type { MasterKeySource, Vault, VaultInfo } from '@keyturn/vault';
import { dataDirectoryAt, isThere, type DataDirectory } from './dataDirectory';
import { recordEventStore, takeEventStore } from './eventStore';
import type { Initialised } from './initialise';
import type { ConnectionString } from './input/connectionString';
import { masterKeySource } from './masterKeySource';
import { makeDirectory, makeReadModels, refuseInitialised } from './newDataDirectory';
import { showingProgress } from './output/progress';
import { SetupFault, UsageError } from './problems';
import { right } from './right';
import type { Settings } from './settings';
import { writeVaultRecord } from './vaultRecord';

/** What has to be on servers for a machine to have a part in it. @throws UsageError */
const vaultServer = (data: DataDirectory, { store, vault }: Settings): ConnectionString => {
  if (vault === null) {
    throw new UsageError(
      '--join takes the deployment of a vault in PostgreSQL: say where it is reached (--vault, or KEYTURN_VAULT).',
    );
  }
  // Where events lie in the directory, an init was cut off that goes on here.
  if (store === null && !isThere(data.events)) {
    throw new UsageError(
      '--join takes the events of a deployment, too: say where its event store is reached (--store, or KEYTURN_STORE). Events in a data directory are for one machine alone.',
    );
  }
  return vault;
};

const reportOf = (masterKey: MasterKeySource): Initialised['masterKey'] =>
  masterKey.kind === 'file' ? { kind: 'file', path: masterKey.path, made: false } : { kind: 'passphrase' };

/** A new key would open nothing of a vault that stands. */
const givenMasterKey = async (settings: Settings, info: VaultInfo): Promise<MasterKeySource> => {
  const source = await masterKeySource(settings, info);
  if (source.kind === 'passphrase' || existsSync(source.path)) return source;
  throw new SetupFault(
    'master-key-missing',
    `There is no master key at ${source.path}. Copy it there from a machine of deployment ${info.deploymentId}, or name it (--master-key-file, KEYTURN_MASTER_KEY_FILE). Nothing was touched.`,
  );
};

/** Faults before anything is written where store and vault don't belong together. */
const makeParts = async (data: DataDirectory, settings: Settings, vault: Vault): Promise<void> => {
  const { pairVault } = await import('@keyturn/service');
  const store = await takeEventStore(data, settings.store);
  try {
    await right(pairVault(store, vault));
    await makeDirectory(data.root);
    await recordEventStore(data, settings.store, store);
    await makeReadModels(data, store);
    writeVaultRecord(data.vaultRecord, vault.deploymentId);
  } finally {
    await store.close();
  }
};

/**
 * Makes a data directory for a deployment whose event store and vault lie on servers: this machine's read models, and what names
 * those two. Opens the vault once, so that a wrong master key shows now.
 *
 * Faults: `already-initialised`, `not-initialised`, `incomplete-data-directory`, `other-event-store`, `other-vault`,
 * `master-key-missing`, and those of the vault, the event store and the read models.
 */
export const join = async (settings: Settings): Promise<Initialised> => {
  const data = dataDirectoryAt(settings.dataDirectory);
  const postgres = vaultServer(data, settings);
  await refuseInitialised(data);
  const { openVault, readVaultInfo } = await import('@keyturn/vault');
  const info = await showingProgress('Looking for the vault', () => right(readVaultInfo({ postgres })));
  const masterKey = await givenMasterKey(settings, info);
  try {
    const vault = await showingProgress('Opening the vault', () => right(openVault({ postgres, masterKey })));
    try {
      await makeParts(data, settings, vault);
    } finally {
      await vault.close();
    }
  } finally {
    if (masterKey.kind === 'passphrase') masterKey.passphrase.fill(0);
  }
  return { data, deploymentId: info.deploymentId, masterKey: reportOf(masterKey) };
};
