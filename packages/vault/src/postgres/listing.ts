import { decodeRows, WorkspaceIdRow } from '../rows';
import type { VaultStorage } from '../storage';
import { toVaultRows } from '../storedRows';
import type { Database } from './connection';

const SELECT_WORKSPACES =
  'SELECT workspace_id FROM workspace_keys WHERE workspace_id > $1 ORDER BY workspace_id LIMIT $2';

/** Both tables as they were at one moment, one partition of each. */
const SELECT_ROWS = `
  SELECT key_id, CASE WHEN EXISTS (
    SELECT FROM data_keys d WHERE d.workspace_id = $1 AND d.key_id = s.key_id
  ) THEN state ELSE 'without-data-key' END AS state, created_at, frozen_at, named
  FROM sealed_secrets s WHERE workspace_id = $1
  UNION ALL
  SELECT key_id, 'data-key-only', min(created_at), NULL, 0 FROM data_keys d
  WHERE workspace_id = $1 AND NOT EXISTS (
    SELECT FROM sealed_secrets s WHERE s.workspace_id = $1 AND s.key_id = d.key_id
  )
  GROUP BY key_id
  ORDER BY created_at, key_id`;

/** What lies in the vault, by name and age. */
export const listing = ({ run, name }: Database): Pick<VaultStorage, 'workspaceIds' | 'rowsOf'> => ({
  workspaceIds: (after, limit) =>
    run(async (session) => {
      const { rows } = await session.query(SELECT_WORKSPACES, [after ?? '', limit]);
      return decodeRows(WorkspaceIdRow, rows, name).map(({ workspace_id }) => workspace_id);
    }),
  rowsOf: (workspaceId) =>
    run(async (session) => toVaultRows((await session.query(SELECT_ROWS, [workspaceId])).rows, name)),
});
