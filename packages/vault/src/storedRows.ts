import type { DataKeyRow, WorkspaceKeyRow } from './rotation/rotationStorage';
import {
  decodeRow,
  decodeRows,
  ListedRow,
  PairingRow,
  type RemovalRow,
  RotatedDataKeyRow,
  RotatedWorkspaceKeyRow,
  type SecretRow,
  type StoredWorkspaceKeyRow,
} from './rows';
import type { SealedRow, StoredRemoval, StoredWorkspaceKey } from './storage';
import type { Pairing, VaultRow } from './vault';

/** Null where there is no row. */
export const toPairing = (row: unknown, where: string): Pairing | null => {
  const decoded = decodeRow(PairingRow, row, where);
  return decoded === null
    ? null
    : {
        storeId: decoded.store_id,
        highWater: decoded.high_water === null ? null : BigInt(decoded.high_water),
      };
};

/** A workspace's key with its witness. */
export const toStoredWorkspaceKey = (row: StoredWorkspaceKeyRow): StoredWorkspaceKey => ({
  madeIn: row.made_in,
  sealed: row.sealed,
  successor: row.successor,
  renewing: row.rotation_step === 'renewing',
  witness:
    row.witness_revision === null
      ? null
      : { revision: row.witness_revision, chain: row.witness_chain, mac: row.witness_mac },
});

export const toStoredRemoval = (row: RemovalRow): StoredRemoval => ({
  ordinal: row.ordinal,
  keyId: row.key_id,
  fingerprint: row.fingerprint,
  hardDeleted: row.hard_deleted === 1,
  leaked: row.leaked === 1,
  mac: row.mac,
});

/** A row with its own data key; null where that was destroyed. */
export const toSealedRow = (row: SecretRow, sealedDataKey: Uint8Array | null): SealedRow => ({
  fingerprint: row.fingerprint,
  state: row.state,
  named: row.named === 1,
  dataKeyId: row.data_key_id,
  sealedSecret: row.sealed,
  sealedDataKey,
});

export const toVaultRows = (rows: ReadonlyArray<unknown>, where: string): ReadonlyArray<VaultRow> =>
  decodeRows(ListedRow, rows, where).map(({ key_id, state, created_at, frozen_at, named }) => ({
    keyId: key_id,
    state,
    createdAt: created_at,
    frozenAt: frozen_at,
    named: named === 1,
  }));

export const toWorkspaceKeyRows = (
  rows: ReadonlyArray<unknown>,
  where: string,
): ReadonlyArray<WorkspaceKeyRow> =>
  decodeRows(RotatedWorkspaceKeyRow, rows, where).map(
    ({ workspace_id, made_in, sealed, resealed, successor }) => ({
      workspaceId: workspace_id,
      madeIn: made_in,
      sealed,
      resealed,
      successor,
    }),
  );

export const toDataKeyRows = (rows: ReadonlyArray<unknown>, where: string): ReadonlyArray<DataKeyRow> =>
  decodeRows(RotatedDataKeyRow, rows, where).map(({ data_key_id, key_id, sealed }) => ({
    dataKeyId: data_key_id,
    keyId: key_id,
    sealed,
  }));
