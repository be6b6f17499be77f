import type { KeptFormats, TakenFormats } from '@keyturn/sqlite';
import type { Deployment, MasterKeyRecord, Rotation } from './deployment';
import { VaultFault } from './faults';
import type { VaultFormat } from './format';
import { decodeRow, DeploymentRow, FormatRow, type MasterKeyRow, RotationRow } from './rows';

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
  logKeys: {
    number: row.log_key_number,
    sealed: row.sealed_log_key,
    sealedFormer: row.sealed_former_log_key,
  },
  rotations: { number: row.rotation_number, renewedIn: row.renewed_in },
});

const toRotation = (row: unknown, where: string): Rotation | null => {
  const decoded = decodeRow(RotationRow, row, where);
  if (decoded === null) {
    return null;
  }
  return decoded.step === 'resealing'
    ? { step: decoded.step, coming: toRecord(decoded) }
    : { step: decoded.step, replacedId: decoded.replaced_id };
};

/** Both rows as they stand in their tables; undefined where there is none. */
export interface StoredDeployment {
  readonly deployment: unknown;
  readonly rotation: unknown;
}

/**
 * A vault's format; null when there is no row. Throws `tampered`, `newer-version`, and `migration-needed` where the
 * present format alone is taken.
 */
export const toFormat = (
  deployment: unknown,
  formats: KeptFormats,
  taken: TakenFormats,
  where: string,
): VaultFormat | null => {
  const row = decodeRow(FormatRow, deployment, where);
  if (row === null) return null;
  const refusal = formats.refusal(row.format, row.needs_release, taken);
  if (refusal !== null) throw new VaultFault(refusal.code ?? 'tampered', `the vault ${refusal.why}`);
  return { deploymentId: row.deployment_id, format: row.format, steps: formats.stepsFrom(row.format) };
};

/** Null when there is no row. To be asked of the present format alone. Throws `tampered`. */
export const toDeployment = (
  { deployment, rotation }: StoredDeployment,
  where: string,
): Deployment | null => {
  const decoded = decodeRow(DeploymentRow, deployment, where);
  return decoded === null
    ? null
    : {
        deploymentId: decoded.deployment_id,
        createdAt: decoded.created_at,
        proof: decoded.proof ?? 'erased',
        ...toRecord(decoded),
        rotation: toRotation(rotation, where),
      };
};

/** The deployment of a vault that stands. */
export const standing = <A>(deployment: A | null, where: string): A => {
  if (deployment === null) {
    throw new VaultFault('tampered', `${where} has lost its first row: restore the vault from a backup`);
  }
  return deployment;
};

/** The columns of a master key, in the order in which both tables have them. */
export const MASTER_KEY_COLUMNS =
  'master_key_kind, master_key_id, master_check, argon2_memory_kib, argon2_passes, ' +
  'argon2_lanes, argon2_salt, sealed_pepper, log_key_number, sealed_log_key, sealed_former_log_key, ' +
  'rotation_number, renewed_in';

/** As many NULLs: of a master key that is not there. */
export const NO_MASTER_KEY = MASTER_KEY_COLUMNS.split(', ').fill('NULL').join(', ');

export const masterKeyValues = ({
  masterKey,
  masterKeyId,
  masterCheck,
  sealedPepper,
  logKeys,
  rotations,
}: MasterKeyRecord): ReadonlyArray<string | number | Uint8Array | null> => {
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
    logKeys.number,
    logKeys.sealed,
    logKeys.sealedFormer,
    rotations.number,
    rotations.renewedIn,
  ];
};
