import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from '../faults';
import { duplicate, otherDataKey } from '../rowFaults';
import { BlobOrNull, decodeRow, decodeRows, KeyIdRow, SecretRow, StateRow } from '../rows';
import type { VaultStorage } from '../storage';
import { toSealedRow } from '../storedRows';
import type { SealedKeyRef } from '../vault';
import type { Database } from './connection';

/**
 * One statement, so one transaction: data key and secret are both stored or neither. The workspace's key stays locked
 * until then. A rotation that gives it a successor waits, and then finds this data key among those to be sealed under
 * that; or it was first, and the key read here is the one it left.
 */
const INSERT = `
  WITH present AS (
    SELECT FROM workspace_keys WHERE workspace_id = $1 AND coalesce(successor, sealed) = $8 FOR SHARE
  ), secret AS (
    INSERT INTO sealed_secrets (workspace_id, key_id, fingerprint, state, created_at, data_key_id, sealed)
    SELECT $1, $2, $3, 'live', $4::bigint, $5::bytea, $6::bytea FROM present
    ON CONFLICT DO NOTHING RETURNING 1
  )
  INSERT INTO data_keys (data_key_id, workspace_id, key_id, created_at, sealed)
  SELECT $5, $1, $2, $4, $7::bytea FROM secret`;

const EXISTS = 'SELECT FROM sealed_secrets WHERE workspace_id = $1 AND key_id = $2';

/**
 * Both tables as they were at one moment. The workspace is named for each, and not taken from the other: so the server
 * knows the partitions before it locks any, and a shred of other workspaces keeps nobody waiting.
 */
const from = (columns: string): string => `
  SELECT ${columns}, s.state, s.data_key_id, d.sealed AS sealed_data_key, EXISTS (
    SELECT FROM data_keys k WHERE k.workspace_id = $1 AND k.key_id = s.key_id
  ) AS has_data_key
  FROM sealed_secrets s LEFT JOIN data_keys d
    ON d.data_key_id = s.data_key_id AND d.workspace_id = $1 AND d.key_id = s.key_id
  WHERE s.workspace_id = $1 AND s.key_id = $2`;

const READ = from('s.fingerprint, s.named, s.sealed');
const STATE_OF = from('s.named');

const SELECT_KEY_IDS = `
  SELECT key_id FROM sealed_secrets WHERE workspace_id = $1 AND fingerprint = $2 ORDER BY created_at, key_id`;

const MARK_NAMED =
  'UPDATE sealed_secrets SET named = 1 WHERE workspace_id = $1 AND key_id = $2 AND named = 0';

const REMOVE = `
  WITH data_key AS (DELETE FROM data_keys WHERE workspace_id = $1 AND key_id = $2)
  DELETE FROM sealed_secrets WHERE workspace_id = $1 AND key_id = $2`;

const WithDataKey = t.type({ sealed_data_key: BlobOrNull, has_data_key: t.boolean });

/** A row's own data key; null when it was destroyed. */
const dataKeyOf = (ref: SealedKeyRef, row: t.TypeOf<typeof WithDataKey>): Buffer | null => {
  if (row.sealed_data_key === null && row.has_data_key) throw otherDataKey(ref);
  return row.sealed_data_key;
};

/** Sealed secrets with their data keys. */
export const sealedRows = ({
  run,
  name,
}: Database): Pick<VaultStorage, 'insert' | 'read' | 'keyIdsOf' | 'stateOf' | 'markNamed' | 'remove'> => {
  const execute = (text: string, { workspaceId, keyId }: SealedKeyRef): TE.TaskEither<VaultFault, void> =>
    pipe(
      run((session) => session.query(text, [workspaceId, keyId])),
      TE.map(() => undefined),
    );

  return {
    insert: (row) =>
      run(async (session) => {
        const { workspaceId, keyId, fingerprint, createdAt, dataKeyId } = row;
        const { count } = await session.query(INSERT, [
          workspaceId,
          keyId,
          fingerprint,
          createdAt,
          dataKeyId,
          row.sealedSecret,
          row.sealedDataKey,
          row.workspaceKey,
        ]);
        if (count === 0 && (await session.query(EXISTS, [workspaceId, keyId])).count > 0)
          throw duplicate(row);
        return count === 1;
      }),
    read: (ref) =>
      run(async (session) => {
        const { rows } = await session.query(READ, [ref.workspaceId, ref.keyId]);
        const row = decodeRow(t.intersection([SecretRow, WithDataKey]), rows[0], name);
        return row === null ? null : toSealedRow(row, dataKeyOf(ref, row));
      }),
    stateOf: (ref, dataKeyId) =>
      run(async (session) => {
        const { rows } = await session.query(STATE_OF, [ref.workspaceId, ref.keyId]);
        const row = decodeRow(t.intersection([StateRow, WithDataKey]), rows[0], name);
        return row === null || !row.data_key_id.equals(dataKeyId) || dataKeyOf(ref, row) === null
          ? 'gone'
          : row.state;
      }),
    keyIdsOf: (workspaceId, fingerprint) =>
      run(async (session) => {
        const { rows } = await session.query(SELECT_KEY_IDS, [workspaceId, fingerprint]);
        return decodeRows(KeyIdRow, rows, name).map(({ key_id }) => key_id);
      }),
    markNamed: (ref) => execute(MARK_NAMED, ref),
    remove: (ref) => execute(REMOVE, ref),
  };
};
