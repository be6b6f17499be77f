import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { VaultFault } from './faults';

const Blob = new t.Type<Buffer, Buffer, unknown>(
  'Blob',
  (u): u is Buffer => Buffer.isBuffer(u),
  (u, context) => (Buffer.isBuffer(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
);

export const SealedBlob = t.type({ sealed: Blob });

export const DataKeyIdRow = t.type({ data_key_id: Blob });

export const DataKeyRow = t.type({ data_key_id: Blob, sealed: Blob });

export const SecretRow = t.type({
  fingerprint: t.string,
  state: t.keyof({ live: null, frozen: null }),
  named: t.number,
  data_key_id: Blob,
  sealed: Blob,
});
export type SecretRow = t.TypeOf<typeof SecretRow>;

export const StateRow = t.type({ state: t.keyof({ live: null, frozen: null }), data_key_id: Blob });

export const KeyIdRow = t.type({ key_id: t.string });

export const WorkspaceIdRow = t.type({ workspace_id: t.string });

export const ListedRow = t.type({
  key_id: t.string,
  state: t.keyof({ live: null, frozen: null, 'data-key-only': null, 'without-data-key': null }),
  created_at: t.number,
  frozen_at: t.union([t.number, t.null]),
  named: t.number,
});

export const ListedDataKeyRow = t.type({ key_id: t.string, created_at: t.number });

const Digits = t.refinement(t.string, (text) => /^[0-9]{1,20}$/.test(text), 'Digits');

export const PairingRow = t.type({ store_id: t.string, high_water: t.union([Digits, t.null]) });

export const DeploymentIdRow = t.type({ deployment_id: t.string });

/** What every format has, and those to come. */
export const FormatRow = t.intersection([
  t.type({ format: t.number, deployment_id: t.string }),
  t.partial({ needs_release: t.unknown }),
]);

export const BlobOrNull = t.union([Blob, t.null]);

const common = {
  master_key_id: Blob,
  master_check: Blob,
  sealed_pepper: Blob,
  log_key_number: t.number,
  sealed_log_key: Blob,
  sealed_former_log_key: BlobOrNull,
  rotation_number: t.number,
  renewed_in: t.number,
};

const MasterKeyRow = t.union([
  t.type({ ...common, master_key_kind: t.literal('file') }),
  t.type({
    ...common,
    master_key_kind: t.literal('passphrase'),
    argon2_memory_kib: t.number,
    argon2_passes: t.number,
    argon2_lanes: t.number,
    argon2_salt: Blob,
  }),
]);
export type MasterKeyRow = t.TypeOf<typeof MasterKeyRow>;

export const DeploymentRow = t.intersection([
  t.type({ deployment_id: t.string, created_at: t.number }),
  // In PostgreSQL alone: in files all is erased.
  t.partial({ proof: t.keyof({ erased: null, row: null }) }),
  MasterKeyRow,
]);

/** What a backup says of a vault, whatever its format. */
export const CopiedRow = t.type({
  deployment_id: t.string,
  master_key_id: Blob,
  log_key_number: t.number,
});

export const RotationRow = t.union([
  t.intersection([t.type({ step: t.literal('resealing') }), MasterKeyRow]),
  t.type({ step: t.keyof({ renewing: null, erasing: null }), replaced_id: Blob }),
]);

const WitnessRow = t.type({ witness_revision: t.number, witness_chain: Blob, witness_mac: Blob });
const NoWitnessRow = t.type({ witness_revision: t.null, witness_chain: t.null, witness_mac: t.null });

export const StoredWorkspaceKeyRow = t.intersection([
  t.type({
    made_in: t.number,
    sealed: Blob,
    successor: BlobOrNull,
    rotation_step: t.union([t.string, t.null]),
  }),
  t.union([WitnessRow, NoWitnessRow]),
]);
export type StoredWorkspaceKeyRow = t.TypeOf<typeof StoredWorkspaceKeyRow>;

/** Of many workspaces. */
export const NamedWorkspaceKeyRow = t.intersection([
  t.type({ workspace_id: t.string }),
  StoredWorkspaceKeyRow,
]);

export const RotatedWorkspaceKeyRow = t.type({
  workspace_id: t.string,
  made_in: t.number,
  sealed: Blob,
  resealed: BlobOrNull,
  successor: BlobOrNull,
});

export const RotatedDataKeyRow = t.type({ data_key_id: Blob, key_id: t.string, sealed: Blob });

const Flag = t.union([t.literal(0), t.literal(1)]);

export const RemovalRow = t.type({
  ordinal: t.number,
  key_id: t.string,
  fingerprint: t.string,
  hard_deleted: Flag,
  leaked: Flag,
  mac: Blob,
});
export type RemovalRow = t.TypeOf<typeof RemovalRow>;

export const CountRow = t.type({ count: t.number });

const decoded = <A>(codec: t.Decoder<unknown, A>, row: unknown, where: string): A =>
  pipe(
    codec.decode(row),
    E.getOrElse((): A => {
      throw new VaultFault(
        'tampered',
        `${where}: a row is not of its shape: restore the vault from a backup`,
      );
    }),
  );

/** Throws `tampered` when a row is not of its table's shape; undefined (no row) gives null. */
export const decodeRow = <A>(codec: t.Decoder<unknown, A>, row: unknown, where: string): A | null =>
  row === undefined ? null : decoded(codec, row, where);

/** The row of a query that always gives one. Throws `tampered` when there is none, or one of another shape. */
export const decodeOnlyRow = <A>(
  codec: t.Decoder<unknown, A>,
  rows: ReadonlyArray<unknown>,
  where: string,
): A => decoded(codec, rows[0], where);

/** Throws `tampered` when one of the rows is not of its table's shape. */
export const decodeRows = <A>(
  codec: t.Decoder<unknown, A>,
  rows: ReadonlyArray<unknown>,
  where: string,
): ReadonlyArray<A> => rows.map((row) => decoded(codec, row, where));
