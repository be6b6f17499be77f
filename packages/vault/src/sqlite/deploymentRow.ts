import type { TakenFormats } from '@keyturn/sqlite';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { Deployment } from '../deployment';
import { MASTER_KEY_COLUMNS, masterKeyValues, standing, toDeployment, toFormat } from '../deploymentRows';
import type { VaultFormat } from '../format';
import { decodeRow, DeploymentIdRow } from '../rows';
import type { VaultStorage } from '../storage';
import { type Connection, type Connections, VAULT_FILE } from './connection';
import { FORMATS } from './schema';
import { attempt } from './sqliteFaults';

const hasTables = (db: Connection): boolean => db.prepare('SELECT 1 FROM sqlite_master').get() !== undefined;

const formatOf = (deployment: unknown, taken: TakenFormats): VaultFormat | null =>
  toFormat(deployment, FORMATS, taken, VAULT_FILE);

const deploymentRow = (vault: Connection): unknown =>
  hasTables(vault) ? vault.prepare('SELECT * FROM deployment').get() : undefined;

/** Null when the file was made and the vault not yet. Throws faults, and what SQLite throws. */
export const readFormat = (vault: Connection, taken: TakenFormats): VaultFormat | null =>
  formatOf(deploymentRow(vault), taken);

const storedDeployment = (vault: Connection): Deployment | null => {
  const deployment = deploymentRow(vault);
  // First: another format may have no such table of rotations.
  if (formatOf(deployment, 'present') === null) return null;
  return toDeployment({ deployment, rotation: vault.prepare('SELECT * FROM rotation').get() }, VAULT_FILE);
};

/** Null when the file was made and the vault not yet. Throws faults, and what SQLite throws. */
export const readDeployment = (vault: Connection): Deployment | null =>
  vault.inTransaction
    ? storedDeployment(vault)
    : vault.transaction('deferred', () => storedDeployment(vault));

/** The row of a vault that stands. Throws faults, and what SQLite throws. */
export const presentDeployment = (vault: Connection): Deployment =>
  standing(readDeployment(vault), VAULT_FILE);

/**
 * Makes the vault, at one point in time: of several that try at once, one gets through. False when it stands already.
 */
export const insertDeployment = (vault: Connection, deployment: Deployment): boolean =>
  vault
    .prepare(
      `INSERT INTO deployment (only_row, format, needs_release, deployment_id, created_at,
         ${MASTER_KEY_COLUMNS})
       VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .run(
      FORMATS.present,
      FORMATS.needsRelease,
      deployment.deploymentId,
      deployment.createdAt,
      ...masterKeyValues(deployment),
    ).changes === 1;

/** Which vault the data keys belong to; null when the file is new. */
export const readKeysDeploymentId = (keys: Connection, file: string): string | null =>
  decodeRow(DeploymentIdRow, keys.prepare('SELECT deployment_id FROM deployment').get(), file)
    ?.deployment_id ?? null;

/** Ties the data keys to a vault unless they are tied already, and says to which. */
export const keepKeysDeploymentId = (keys: Connection, deploymentId: string, file: string): string => {
  keys.prepare('INSERT INTO deployment VALUES (1, ?) ON CONFLICT DO NOTHING').run(deploymentId);
  return readKeysDeploymentId(keys, file) ?? deploymentId;
};

/** Deletes a log key that was replaced. */
export const logKeyRetirer = ({ vault }: Connections): VaultStorage['retireLogKey'] => {
  const retire = vault.prepare(
    'UPDATE deployment SET sealed_former_log_key = NULL WHERE log_key_number = ? AND sealed_former_log_key IS NOT NULL',
  );
  return (number) =>
    pipe(
      attempt(VAULT_FILE, () => retire.run(number + 1)),
      TE.map(() => undefined),
    );
};
