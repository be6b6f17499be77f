import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from '../faults';
import { goodGroups, withWitnesses } from '../judgedGroups';
import { duplicate, otherDataKey } from '../rowFaults';
import type { NewSealedRow, RowState, SealedRow, VaultStorage } from '../storage';
import { toSealedRow } from '../storedRows';
import type { SealedKeyRef } from '../vault';
import { type Connections, KEYS_FILE, VAULT_FILE } from './connection';
import { logKeyRetirer, presentDeployment } from './deploymentRow';
import { closeFiles } from './files';
import { freezing } from './freezing';
import { listing } from './listing';
import { pairingRow } from './pairingRow';
import { removals } from './removals';
import { DataKeyRow, decodeRow, decodeRows, KeyIdRow, SecretRow, StateRow } from '../rows';
import { requireKnownSchemas } from './schemaCheck';
import { shredder } from './shred';
import { attempt } from './sqliteFaults';
import { witnesses, witnessRows } from './witnesses';

const workspaceKeys = (
  connections: Connections,
): Pick<VaultStorage, 'readWorkspaceKey' | 'keepWorkspaceKey'> => {
  const { vault } = connections;
  const { read, write } = witnessRows(connections);
  const insert = vault.prepare(
    `INSERT INTO workspace_keys (workspace_id, master_key_id, created_at, made_in, sealed)
     SELECT ?, master_key_id, ?, ?, ? FROM deployment WHERE master_key_id = ? ON CONFLICT DO NOTHING`,
  );
  return {
    readWorkspaceKey: (workspaceId) => attempt(VAULT_FILE, () => read(workspaceId)),
    keepWorkspaceKey: (workspaceId, { madeIn, sealed, witness }, masterKeyId, createdAt) =>
      attempt(VAULT_FILE, () =>
        vault.transaction('immediate', () => {
          const made = insert.run(workspaceId, createdAt, madeIn, sealed, masterKeyId).changes === 1;
          if (made) write(workspaceId, witness);
          return read(workspaceId);
        }),
      ),
  };
};

const rows = ({
  vault,
  keys,
}: Connections): Pick<VaultStorage, 'insert' | 'read' | 'keyIdsOf' | 'stateOf' | 'markNamed' | 'remove'> => {
  const insertKey = keys.prepare('INSERT INTO data_keys VALUES (?, ?, ?, ?, ?)');
  const deleteKey = keys.prepare('DELETE FROM data_keys WHERE data_key_id = ?');
  const deleteKeysOf = keys.prepare('DELETE FROM data_keys WHERE workspace_id = ? AND key_id = ?');
  const selectKeysOf = keys.prepare(
    'SELECT data_key_id, sealed FROM data_keys WHERE workspace_id = ? AND key_id = ?',
  );
  const insertRow = vault.prepare(
    `INSERT INTO sealed_secrets SELECT ?, ?, ?, 'live', ?, NULL, 0, ?, ? FROM workspace_keys
     WHERE workspace_id = ? AND coalesce(successor, sealed) = ? ON CONFLICT DO NOTHING`,
  );
  const rowExists = vault.prepare('SELECT 1 FROM sealed_secrets WHERE workspace_id = ? AND key_id = ?');
  const selectRow = vault.prepare('SELECT * FROM sealed_secrets WHERE workspace_id = ? AND key_id = ?');
  const selectKeyIds = vault.prepare(
    'SELECT key_id FROM sealed_secrets WHERE workspace_id = ? AND fingerprint = ? ORDER BY created_at, key_id',
  );
  const setNamed = vault.prepare(
    'UPDATE sealed_secrets SET named = 1 WHERE workspace_id = ? AND key_id = ? AND named = 0',
  );
  const deleteRow = vault.prepare('DELETE FROM sealed_secrets WHERE workspace_id = ? AND key_id = ?');

  const dataKeyOf = (ref: SealedKeyRef, dataKeyId: Buffer): Buffer | null => {
    const found = decodeRows(DataKeyRow, selectKeysOf.all(ref.workspaceId, ref.keyId), KEYS_FILE);
    const own = found.find((row) => row.data_key_id.equals(dataKeyId));
    if (own === undefined && found.length > 0) {
      throw otherDataKey(ref);
    }
    return own?.sealed ?? null;
  };

  const storeRow = (row: NewSealedRow): boolean => {
    const { workspaceId, keyId } = row;
    const { changes } = insertRow.run(
      workspaceId,
      keyId,
      row.fingerprint,
      row.createdAt,
      row.dataKeyId,
      row.sealedSecret,
      workspaceId,
      row.workspaceKey,
    );
    if (changes === 0 && rowExists.get(workspaceId, keyId) !== undefined) {
      throw duplicate(row);
    }
    return changes === 1;
  };

  const read = (ref: SealedKeyRef): SealedRow | null => {
    const row = decodeRow(SecretRow, selectRow.get(ref.workspaceId, ref.keyId), VAULT_FILE);
    return row === null ? null : toSealedRow(row, dataKeyOf(ref, row.data_key_id));
  };

  const stateOf = (ref: SealedKeyRef, dataKeyId: Uint8Array): RowState => {
    const row = decodeRow(StateRow, selectRow.get(ref.workspaceId, ref.keyId), VAULT_FILE);
    return row === null || !row.data_key_id.equals(dataKeyId) || dataKeyOf(ref, row.data_key_id) === null
      ? 'gone'
      : row.state;
  };

  /** Removes the data key of a row that was not stored; what is left when that fails seals nothing. */
  const takeBack = (row: NewSealedRow): TE.TaskEither<VaultFault, void> =>
    pipe(
      attempt(KEYS_FILE, () => deleteKey.run(row.dataKeyId)),
      TE.map(() => undefined),
      TE.orElse(() => TE.right(undefined)),
    );

  return {
    // Data key first: a crash in between leaves a data key that seals nothing, which a sweep finds by its age.
    insert: (row) =>
      pipe(
        attempt(KEYS_FILE, () =>
          insertKey.run(row.dataKeyId, row.workspaceId, row.keyId, row.createdAt, row.sealedDataKey),
        ),
        TE.chain(() => attempt(VAULT_FILE, () => vault.transaction('immediate', () => storeRow(row)))),
        TE.orElse((fault) =>
          pipe(
            takeBack(row),
            TE.chain(() => TE.left<VaultFault, boolean>(fault)),
          ),
        ),
        TE.chainFirst((stored) => (stored ? TE.right(undefined) : takeBack(row))),
      ),
    read: (ref) => attempt(VAULT_FILE, () => read(ref)),
    keyIdsOf: (workspaceId, fingerprint) =>
      attempt(VAULT_FILE, () =>
        decodeRows(KeyIdRow, selectKeyIds.all(workspaceId, fingerprint), VAULT_FILE).map(
          ({ key_id }) => key_id,
        ),
      ),
    stateOf: (ref, dataKeyId) => attempt(VAULT_FILE, () => stateOf(ref, dataKeyId)),
    markNamed: ({ workspaceId, keyId }) =>
      pipe(
        attempt(VAULT_FILE, () => setNamed.run(workspaceId, keyId)),
        TE.map(() => undefined),
      ),
    remove: (ref) =>
      pipe(
        attempt(KEYS_FILE, () => deleteKeysOf.run(ref.workspaceId, ref.keyId)),
        TE.chain(() => attempt(VAULT_FILE, () => deleteRow.run(ref.workspaceId, ref.keyId))),
        TE.map(() => undefined),
      ),
  };
};

/** The vault's tables in two SQLite files. The connections are closed with it. */
export const sqliteStorage = (connections: Connections): VaultStorage => {
  const { vault } = connections;
  const { changeWitnesses } = witnesses(connections);
  const shred = shredder(connections);
  return {
    deployment: attempt(VAULT_FILE, () => presentDeployment(vault)),
    retireLogKey: logKeyRetirer(connections),
    ...workspaceKeys(connections),
    ...rows(connections),
    ...freezing(connections),
    ...listing(connections),
    ...pairingRow(connections),
    ...removals(connections),
    changeWitnesses,
    // The witness first, in a transaction of the vault's file: the two files can't commit as one, and no row goes
    // before the event that decided it is known.
    shred: (groups, judge) =>
      pipe(
        attempt(VAULT_FILE, () => requireKnownSchemas(connections)),
        TE.chain(() =>
          changeWitnesses(
            groups.map(({ workspaceId }) => workspaceId),
            judge,
          ),
        ),
        TE.chain((judged) => {
          const good = goodGroups(groups, judged);
          return pipe(
            good.length === 0 ? TE.right([]) : shred(good),
            TE.map((receipts) => withWitnesses(judged, receipts)),
          );
        }),
      ),
    close: () => {
      closeFiles(connections);
      return Promise.resolve();
    },
  };
};
