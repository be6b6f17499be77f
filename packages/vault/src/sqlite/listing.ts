import type { VaultStorage } from '../storage';
import { toVaultRows } from '../storedRows';
import type { VaultRow } from '../vault';
import { type Connections, KEYS_FILE, VAULT_FILE } from './connection';
import { decodeRows, ListedDataKeyRow, WorkspaceIdRow } from '../rows';
import { attempt } from './sqliteFaults';

const byAge = (a: VaultRow, b: VaultRow): number => a.createdAt - b.createdAt || (a.keyId < b.keyId ? -1 : 1);

/** What lies in the vault, by name and age. */
export const listing = ({ vault, keys }: Connections): Pick<VaultStorage, 'workspaceIds' | 'rowsOf'> => {
  const selectWorkspaces = vault.prepare(
    'SELECT workspace_id FROM workspace_keys WHERE workspace_id > ? ORDER BY workspace_id LIMIT ?',
  );
  const selectRows = vault.prepare(
    'SELECT key_id, state, created_at, frozen_at, named FROM sealed_secrets WHERE workspace_id = ?',
  );
  const selectDataKeys = keys.prepare(
    'SELECT key_id, min(created_at) AS created_at FROM data_keys WHERE workspace_id = ? GROUP BY key_id',
  );

  const selectDataKey = keys.prepare('SELECT 1 FROM data_keys WHERE workspace_id = ? AND key_id = ? LIMIT 1');

  const rowsOf = (workspaceId: string): ReadonlyArray<VaultRow> => {
    const dataKeys = decodeRows(ListedDataKeyRow, selectDataKeys.all(workspaceId), KEYS_FILE);
    const present = new Set(dataKeys.map(({ key_id }) => key_id));
    // Asked again of a row that was sealed between the two readings.
    const hasDataKey = ({ keyId }: VaultRow): boolean =>
      present.has(keyId) || selectDataKey.get(workspaceId, keyId) !== undefined;
    // After the data keys: a row that was sealed between the two readings is then found with its secret.
    const rows = toVaultRows(selectRows.all(workspaceId), VAULT_FILE);
    const sealed = new Set(rows.map(({ keyId }) => keyId));
    return [
      ...rows.map((row) => (hasDataKey(row) ? row : { ...row, state: 'without-data-key' as const })),
      ...dataKeys
        .filter(({ key_id }) => !sealed.has(key_id))
        .map(({ key_id, created_at }): VaultRow => ({
          keyId: key_id,
          state: 'data-key-only',
          createdAt: created_at,
          frozenAt: null,
          named: false,
        })),
    ].sort(byAge);
  };

  return {
    workspaceIds: (after, limit) =>
      attempt(VAULT_FILE, () =>
        decodeRows(WorkspaceIdRow, selectWorkspaces.all(after ?? '', limit), VAULT_FILE).map(
          ({ workspace_id }) => workspace_id,
        ),
      ),
    rowsOf: (workspaceId) => attempt(VAULT_FILE, () => rowsOf(workspaceId)),
  };
};
