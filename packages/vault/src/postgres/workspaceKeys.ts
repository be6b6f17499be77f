import type { StoredWorkspaceKey, VaultStorage } from '../storage';
import type { Database } from './connection';
import type { Session } from './session';
import { readWorkspaces, writeWitnesses } from './witnesses';

/**
 * The lock makes it one after the other with the end of a rotation, which changes the row: whoever comes second sees
 * what the first did.
 */
const INSERT = `
  INSERT INTO workspace_keys (workspace_id, master_key_id, created_at, made_in, sealed)
  SELECT $1, master_key_id, $2::bigint, $5::integer, $3::bytea FROM deployment WHERE master_key_id = $4 FOR SHARE
  ON CONFLICT DO NOTHING`;

/** The workspaces' keys, for those who seal and open. */
export const workspaceKeys = ({
  run,
  transaction,
  name,
}: Database): Pick<VaultStorage, 'readWorkspaceKey' | 'keepWorkspaceKey'> => {
  const read = async (session: Session, workspaceId: string): Promise<StoredWorkspaceKey | null> =>
    (await readWorkspaces(session, [workspaceId], name)).get(workspaceId) ?? null;
  return {
    readWorkspaceKey: (workspaceId) => run((session) => read(session, workspaceId)),
    keepWorkspaceKey: (workspaceId, { madeIn, sealed, witness }, masterKeyId, createdAt) =>
      transaction(async (session) => {
        const made = await session.query(INSERT, [workspaceId, createdAt, sealed, masterKeyId, madeIn]);
        if (made.count === 1) await writeWitnesses(session, [{ workspaceId, ...witness }]);
        return read(session, workspaceId);
      }),
  };
};
