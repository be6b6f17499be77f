import type { Deployment, MasterKeyRecord, Rotation } from '../deployment';
import { VaultFault } from '../faults';
import { type Connection, VAULT_FILE } from './connection';
import { decodeRow, DeploymentIdRow, DeploymentRow, FormatRow, type MasterKeyRow, RotationRow } from '../rows';
import { FORMAT } from './schema';

const toRecord = (row: MasterKeyRow): MasterKeyRecord => ({
  masterKey:
    row.master_key_kind === 'file'
      ? { kind: 'file' }
      : {
          kind: 'passphrase',
          argon2: {
            memoryKib: row.argon2_memory_kib,
            passes: row.argon2_passes,
            lanes: row.argon2_lanes,
            salt: row.argon2_salt,
          },
        },
  masterKeyId: row.master_key_id,
  masterCheck: row.master_check,
  sealedPepper: row.sealed_pepper,
});

const readRotation = (vault: Connection): Rotation | null => {
  const row = decodeRow(RotationRow, vault.prepare('SELECT * FROM rotation').get(), VAULT_FILE);
  if (row === null) {
    return null;
  }
  return row.step === 'resealing'
    ? { step: row.step, renews: row.renews === 1, coming: toRecord(row) }
    : { step: row.step, renews: row.renews === 1, replacedId: row.replaced_id };
};

const hasTables = (db: Connection): boolean => db.prepare('SELECT 1 FROM sqlite_master').get() !== undefined;

/** Null when the file was made and the vault not yet. Throws faults, and what SQLite throws. */
export const readDeployment = (vault: Connection): Deployment | null =>
  vault.transaction((): Deployment | null => {
    if (!hasTables(vault)) {
      return null;
    }
    const row: unknown = vault.prepare('SELECT * FROM deployment').get();
    const format = decodeRow(FormatRow, row, VAULT_FILE)?.format ?? FORMAT;
    if (format !== FORMAT) {
      throw new VaultFault(
        'unavailable',
        `the vault has format ${format}, and this version knows ${FORMAT}: use the version that made it, or a newer one`,
      );
    }
    const decoded = decodeRow(DeploymentRow, row, VAULT_FILE);
    return decoded === null
      ? null
      : {
          deploymentId: decoded.deployment_id,
          createdAt: decoded.created_at,
          ...toRecord(decoded),
          rotation: readRotation(vault),
        };
  })();

/** The row of a vault that stands. Throws faults, and what SQLite throws. */
export const presentDeployment = (vault: Connection): Deployment => {
  const deployment = readDeployment(vault);
  if (deployment === null) {
    throw new VaultFault('tampered', `${VAULT_FILE} has lost its first row: restore the vault from a backup`);
  }
  return deployment;
};

/** The columns of a master key, in the order in which both tables have them. */
export const MASTER_KEY_COLUMNS =
  'master_key_kind, master_key_id, master_check, argon2_memory_kib, argon2_passes, argon2_lanes, argon2_salt, sealed_pepper';

export const masterKeyValues = ({
  masterKey,
  masterKeyId,
  masterCheck,
  sealedPepper,
}: MasterKeyRecord): ReadonlyArray<unknown> => {
  const argon2 = masterKey.kind === 'passphrase' ? masterKey.argon2 : null;
  return [
    masterKey.kind,
    masterKeyId,
    masterCheck,
    argon2?.memoryKib ?? null,
    argon2?.passes ?? null,
    argon2?.lanes ?? null,
    argon2?.salt ?? null,
    sealedPepper,
  ];
};

/** Makes the vault, at one point in time: of several that try at once, one gets through. False when it stands already. */
export const insertDeployment = (vault: Connection, deployment: Deployment): boolean =>
  vault
    .prepare(
      `INSERT INTO deployment (only_row, format, deployment_id, created_at, ${MASTER_KEY_COLUMNS})
       VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .run(FORMAT, deployment.deploymentId, deployment.createdAt, ...masterKeyValues(deployment)).changes === 1;

/** Which vault the data keys belong to; null when the file is new. */
export const readKeysDeploymentId = (keys: Connection, file: string): string | null =>
  decodeRow(DeploymentIdRow, keys.prepare('SELECT deployment_id FROM deployment').get(), file)
    ?.deployment_id ?? null;

/** Ties the data keys to a vault unless they are tied already, and says to which. */
export const keepKeysDeploymentId = (keys: Connection, deploymentId: string, file: string): string => {
  keys.prepare('INSERT INTO deployment VALUES (1, ?) ON CONFLICT DO NOTHING').run(deploymentId);
  return readKeysDeploymentId(keys, file) ?? deploymentId;
};
