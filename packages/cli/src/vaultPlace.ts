import type { VaultInfo, VaultPlace } from '@keyturn/vault';
import { isLeft } from 'fp-ts/Either';
import { isThere, type DataDirectory } from './dataDirectory';
import type { ConnectionString } from './input/connectionString';
import { showingProgress } from './output/progress';
import { SetupFault } from './problems';
import { right } from './right';
import { readVaultRecord } from './vaultRecord';

const HOW = '--vault, or KEYTURN_VAULT';

/** A vault that stands, and what it says of itself. */
export interface LocatedVault {
  readonly place: VaultPlace;
  readonly info: VaultInfo;
}

/** What the vault at a place says of itself; null where there is none. */
export const vaultAt = async (place: VaultPlace): Promise<VaultInfo | null> => {
  const { readVaultInfo } = await import('@keyturn/vault');
  const info = await showingProgress('Looking for the vault', readVaultInfo(place));
  if (!isLeft(info)) return info.right;
  if (info.left.code === 'not-initialised') return null;
  throw info.left;
};

/** A vault on a server and one in the directory are never mixed up: the keys would lie in the other one. */
export const refuseVaultOnServer = (data: DataDirectory, server: ConnectionString | null): void => {
  if (server === null || isThere(data.vaultRecord) || !isThere(data.vault)) return;
  throw new SetupFault(
    'other-vault',
    `The vault of ${data.root} lies in it, in ${data.vault}, and not on a server. Leave out the vault (${HOW}), or name another directory (--data).`,
  );
};

/** What has to be there of the vault in a data directory that `init` made. */
export const vaultPartOf = (data: DataDirectory, server: ConnectionString | null): string =>
  server === null && !isThere(data.vaultRecord) ? data.vault : data.vaultRecord;

const onServer = async (
  { root }: DataDirectory,
  postgres: ConnectionString,
  expected: string,
): Promise<LocatedVault> => {
  const info = await vaultAt({ postgres });
  if (info?.deploymentId === expected) return { place: { postgres }, info };
  const found = info === null ? 'there is none' : `that is the one of deployment ${info.deploymentId}`;
  throw new SetupFault(
    'other-vault',
    `${root} belongs to the vault of deployment ${expected}, and in the database ${found}. Name the right database (${HOW}), or the right directory (--data).`,
  );
};

/**
 * Finds the vault of a data directory: the one in it, or the one on the server that it was initialised with.
 *
 * Faults: `not-initialised`, `other-vault`, and those of the vault.
 */
export const locateVault = async (
  data: DataDirectory,
  server: ConnectionString | null,
): Promise<LocatedVault> => {
  refuseVaultOnServer(data, server);
  const deploymentId = readVaultRecord(data.vaultRecord);
  if (server === null && deploymentId === null) {
    const { readVaultInfo } = await import('@keyturn/vault');
    const place = { directory: data.vault };
    return { place, info: await right(readVaultInfo(place)) };
  }
  if (server === null) {
    throw new SetupFault(
      'other-vault',
      `The vault of ${data.root} lies in PostgreSQL, and is of deployment ${deploymentId ?? ''}. Say where it is reached (${HOW}).`,
    );
  }
  if (deploymentId !== null) return onServer(data, server, deploymentId);
  throw new SetupFault(
    'not-initialised',
    `${data.root} belongs to no vault yet. Run keyturn init, or name another directory (--data, KEYTURN_DATA).`,
  );
};
