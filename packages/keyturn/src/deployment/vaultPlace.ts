import type { VaultFault, VaultInfo, VaultPlace } from '@keyturn/vault';
import { isLeft } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { withProgress, type OnProgress } from '../progress';
import { settled } from '../settle';
import { isThere, type DataDirectory } from './dataDirectory';
import type { Place } from './place';
import { SetupFault } from './setupFault';
import { readVaultRecord } from './vaultRecord';
import * as loaded from '../parts';

/** A vault that stands, and what it says of itself. */
export interface LocatedVault<I = VaultInfo> {
  readonly place: VaultPlace;
  readonly info: I;
}

/** What is read of a vault, such as {@link VaultInfo}: whatever it is, it names the vault. */
type Read<I extends { readonly deploymentId: string }> = (place: VaultPlace) => TaskEither<VaultFault, I>;

/** What is read of the vault at a place; null where there is none. */
const readAt = async <I extends { readonly deploymentId: string }>(
  place: VaultPlace,
  onProgress: OnProgress | undefined,
  read: Read<I>,
): Promise<I | null> => {
  const info = await withProgress(onProgress, 'looking-for-vault', read(place));
  if (!isLeft(info)) return info.right;
  if (info.left.code === 'not-initialised') return null;
  throw info.left;
};

/** What the vault at a place says of itself; null where there is none. */
export const vaultAt = (place: VaultPlace, onProgress: OnProgress | undefined): Promise<VaultInfo | null> =>
  readAt(place, onProgress, loaded.vault().readVaultInfo);

/** A vault on a server and one in the directory are never mixed up: the keys would lie in the other one. */
export const refuseVaultOnServer = (data: DataDirectory, onServer: boolean): void => {
  if (!onServer || isThere(data.vaultRecord) || !isThere(data.vault)) return;
  throw new SetupFault(
    'other-vault',
    `The vault of ${data.root} lies in it, in ${data.vault}, and not on a server. Name no vault, or another directory.`,
  );
};

/** What has to be there of the vault in a data directory that was initialised. */
export const vaultPartOf = (data: DataDirectory, onServer: boolean): string =>
  !onServer && !isThere(data.vaultRecord) ? data.vault : data.vaultRecord;

const onServer = async <I extends { readonly deploymentId: string }>(
  { data, onProgress }: Place,
  postgres: () => string,
  expected: string | null,
  read: Read<I>,
): Promise<LocatedVault<I>> => {
  const info = await readAt({ postgres }, onProgress, read);
  if (info !== null && (expected === null || info.deploymentId === expected))
    return { place: { postgres }, info };
  if (expected === null) {
    throw new SetupFault(
      'not-initialised',
      'There is no vault in the database. Initialise it, or name another one.',
    );
  }
  const found = info === null ? 'there is none' : `that is the one of deployment ${info.deploymentId}`;
  throw new SetupFault(
    'other-vault',
    `${data?.root ?? ''} belongs to the vault of deployment ${expected}, and in the database ${found}. ` +
      'Name the right database, or the right directory.',
  );
};

/**
 * Finds the vault of a deployment: the one in its directory, or the one on the server that it was initialised with.
 * Reads of it what is asked for.
 *
 * Faults: `not-initialised`, `other-vault`, and those of the vault.
 */
export const locateVaultBy = async <I extends { readonly deploymentId: string }>(
  place: Place,
  read: Read<I>,
): Promise<LocatedVault<I>> => {
  const { data, vault: server } = place;
  if (data === null) {
    if (server === null) throw new SetupFault('bad-option', 'Say where the vault is reached.');
    return onServer(place, server, null, read);
  }
  refuseVaultOnServer(data, server !== null);
  const deploymentId = readVaultRecord(data.vaultRecord);
  if (server === null && deploymentId === null) {
    const directory = { directory: data.vault };
    return { place: directory, info: await settled(read(directory)) };
  }
  if (server === null) {
    throw new SetupFault(
      'other-vault',
      `The vault of ${data.root} lies in PostgreSQL, and is of deployment ${deploymentId ?? ''}. ` +
        'Say where it is reached.',
    );
  }
  if (deploymentId !== null) return onServer(place, server, deploymentId, read);
  throw new SetupFault(
    'not-initialised',
    `${data.root} belongs to no vault yet. Initialise it, or name another directory.`,
  );
};

/** The same, and what the vault says of itself. */
export const locateVault = (place: Place): Promise<LocatedVault> =>
  locateVaultBy(place, loaded.vault().readVaultInfo);
