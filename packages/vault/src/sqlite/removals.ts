import { removalsNotStored } from '../rowFaults';
import { CountRow, decodeRow, decodeRows, RemovalRow } from '../rows';
import type { StoredRemoval, VaultStorage } from '../storage';
import { toStoredRemoval } from '../storedRows';
import { type Connections, VAULT_FILE } from './connection';
import { attempt } from './sqliteFaults';
import { witnessRows } from './witnesses';

/** Reads and writes what is kept of removals. All of it throws what SQLite throws, and faults. */
export interface RemovalRows {
  /** All of the workspace, in their order. */
  readonly read: (workspaceId: string) => ReadonlyArray<StoredRemoval>;
  readonly write: (workspaceId: string, removals: ReadonlyArray<StoredRemoval>) => void;
}

export const removalRows = ({ vault }: Pick<Connections, 'vault'>): RemovalRows => {
  const select = vault.prepare('SELECT * FROM removals WHERE workspace_id = ? ORDER BY ordinal');
  const upsert = vault.prepare(
    `INSERT INTO removals (workspace_id, ordinal, key_id, fingerprint, hard_deleted, leaked, mac)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (workspace_id, ordinal) DO UPDATE SET
       hard_deleted = excluded.hard_deleted, leaked = excluded.leaked, mac = excluded.mac`,
  );
  return {
    read: (workspaceId) => decodeRows(RemovalRow, select.all(workspaceId), VAULT_FILE).map(toStoredRemoval),
    write: (workspaceId, removals) => {
      for (const { ordinal, keyId, fingerprint, hardDeleted, leaked, mac } of removals) {
        const flags = [Number(hardDeleted), Number(leaked)] as const;
        const { changes } = upsert.run(workspaceId, ordinal, keyId, fingerprint, ...flags, mac);
        if (changes !== 1) throw removalsNotStored(workspaceId);
      }
    },
  };
};

/** What a vault remembers of removals. */
export const removals = (connections: Connections): Pick<VaultStorage, 'changeRemovals' | 'readRemovals'> => {
  const { vault } = connections;
  const { read: workspaceOf } = witnessRows(connections);
  const { read, write } = removalRows(connections);
  const ofKey = vault.prepare('SELECT * FROM removals WHERE workspace_id = ? AND key_id = ?');
  const next = vault.prepare(
    'SELECT coalesce(max(ordinal) + 1, 0) AS count FROM removals WHERE workspace_id = ?',
  );
  return {
    changeRemovals: (workspaceId, keyIds, judge) =>
      attempt(VAULT_FILE, () =>
        vault.transaction('immediate', () => {
          const workspace = workspaceOf(workspaceId);
          if (workspace === null) return false;
          const stored = keyIds.flatMap((keyId) =>
            decodeRows(RemovalRow, ofKey.all(workspaceId, keyId), VAULT_FILE).map(toStoredRemoval),
          );
          const { count = 0 } = decodeRow(CountRow, next.get(workspaceId), VAULT_FILE) ?? {};
          write(workspaceId, judge(workspace, stored, count));
          return true;
        }),
      ),
    readRemovals: (workspaceId) =>
      attempt(VAULT_FILE, () =>
        vault.transaction('deferred', () => ({
          workspace: workspaceOf(workspaceId),
          removals: read(workspaceId),
        })),
      ),
  };
};
