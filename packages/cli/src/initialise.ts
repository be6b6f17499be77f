import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import type { EventStore } from '@keyturn/event-store';
import type { MasterKeySource } from '@keyturn/vault';
import { isLeft } from 'fp-ts/Either';
import { dataDirectoryAt, type DataDirectory } from './dataDirectory';
import { codeOf } from './errorCode';
import { createEventStore } from './eventStore';
import { newPassphrase } from './input/passphrase';
import { masterKeyFile } from './masterKeySource';
import { showingProgress } from './output/progress';
import { SetupFault } from './problems';
import { right } from './right';
import type { Settings } from './settings';

/** What `init` made. */
export interface Initialised {
  readonly data: DataDirectory;
  readonly deploymentId: string;
  readonly masterKey:
    | { readonly kind: 'file'; readonly path: string; readonly made: boolean }
    | { readonly kind: 'passphrase' };
}

/** The vault is made last: where one stands, `init` has come to its end. */
const refuseInitialised = async ({ root, events, eventStoreRecord, vault }: DataDirectory): Promise<void> => {
  const { readVaultInfo } = await import('@keyturn/vault');
  const info = await readVaultInfo({ directory: vault })();
  if (isLeft(info)) {
    if (info.left.code === 'not-initialised') return;
    throw info.left;
  }
  throw existsSync(events) || existsSync(eventStoreRecord)
    ? new SetupFault('already-initialised', `${root} was initialised before. Nothing was touched.`)
    : new SetupFault(
        'incomplete-data-directory',
        `${root} has a vault and no event store: restore the whole directory from a backup. Nothing was touched.`,
      );
};

const makeDirectory = async (root: string): Promise<void> => {
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    if ((await readdir(root)).length === 0) await chmod(root, 0o700);
  } catch (cause) {
    throw new SetupFault(
      'not-writable',
      `The data directory ${root} can't be made (${codeOf(cause)}). Name another (--data), or see to permissions and space.`,
      { cause },
    );
  }
};

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

/** Makes the vault and ties it to its event store. */
const makeVault = async (
  { vault: directory }: DataDirectory,
  masterKey: MasterKeySource,
  store: EventStore,
): Promise<string> => {
  const [{ createVault }, { pairVault }] = [await import('@keyturn/vault'), await import('@keyturn/service')];
  const vault = await showingProgress('Making the vault', () => right(createVault({ directory, masterKey })));
  try {
    await right(pairVault(store, vault));
    return vault.deploymentId;
  } finally {
    await vault.close();
  }
};

/**
 * Makes a data directory and its master key. Cut off half way, it can be run again.
 *
 * Faults: `already-initialised`, `incomplete-data-directory`, `other-event-store`, `master-key-exposed`, `bad-passphrase`, `not-writable`, and
 * those of the vault, the event store and the read models.
 */
export const initialise = async (settings: Settings, withPassphrase: boolean): Promise<Initialised> => {
  const data = dataDirectoryAt(settings.dataDirectory);
  await refuseInitialised(data);
  if (!withPassphrase) masterKeyFile(settings);
  const passphrase = withPassphrase
    ? await newPassphrase(settings.passphraseFile, '--passphrase-file')
    : null;
  try {
    await makeDirectory(data.root);
    const store = await createEventStore(data, settings.store);
    try {
      const { openReadModels } = await import('@keyturn/projections');
      const models = await right(openReadModels({ file: data.readModels, store }));
      await models.close();
      const { source, report }: NewMasterKey =
        passphrase === null
          ? await takeKeyFile(settings)
          : { source: { kind: 'passphrase', passphrase }, report: { kind: 'passphrase' } };
      return { data, deploymentId: await makeVault(data, source, store), masterKey: report };
    } finally {
      await store.close();
    }
  } finally {
    passphrase?.fill(0);
  }
};
