import { SAME_FREEZE_MS, type VaultStorage } from '../storage';
import { type Connections, VAULT_FILE } from './connection';
import { attempt } from './sqliteFaults';

/** Keeps rows from opening, and lets them again. */
export const freezing = ({ vault }: Connections): Pick<VaultStorage, 'freeze' | 'unfreeze'> => {
  const freeze = vault.prepare(
    `UPDATE sealed_secrets SET state = 'frozen', frozen_at = ?
     WHERE workspace_id = ? AND key_id = ? AND (state <> 'frozen' OR frozen_at < ? OR frozen_at > ?)`,
  );
  const exists = vault.prepare('SELECT 1 FROM sealed_secrets WHERE workspace_id = ? AND key_id = ?');
  const unfreeze = vault.prepare(
    `UPDATE sealed_secrets SET state = 'live', frozen_at = NULL
     WHERE workspace_id = ? AND key_id = ? AND (? IS NULL OR frozen_at <= ?)`,
  );
  return {
    freeze: ({ workspaceId, keyId }, at) =>
      attempt(
        VAULT_FILE,
        () =>
          freeze.run(at, workspaceId, keyId, at - SAME_FREEZE_MS, at).changes === 1 ||
          exists.get(workspaceId, keyId) !== undefined,
      ),
    unfreeze: ({ workspaceId, keyId }, frozenUpTo) =>
      attempt(
        VAULT_FILE,
        () =>
          unfreeze.run(workspaceId, keyId, frozenUpTo, frozenUpTo).changes === 1 ||
          exists.get(workspaceId, keyId) !== undefined,
      ),
  };
};
