import { removalsNotStored } from '../rowFaults';
import { CountRow, decodeOnlyRow, decodeRows, RemovalRow } from '../rows';
import type { StoredRemoval, VaultStorage } from '../storage';
import { toStoredRemoval } from '../storedRows';
import type { Database } from './connection';
import type { Session } from './session';
import { readWorkspaces } from './witnesses';

const SELECT = 'SELECT * FROM removals WHERE workspace_id = $1 ORDER BY ordinal';

const SELECT_OF_KEYS = 'SELECT * FROM removals WHERE workspace_id = $1 AND key_id = ANY ($2::text[])';

const NEXT = 'SELECT coalesce(max(ordinal) + 1, 0) AS count FROM removals WHERE workspace_id = $1';

const UPSERT = `
  INSERT INTO removals (workspace_id, ordinal, key_id, fingerprint, hard_deleted, leaked, mac)
  SELECT $1, * FROM unnest($2::integer[], $3::text[], $4::text[], $5::smallint[], $6::smallint[], $7::bytea[])
  ON CONFLICT (workspace_id, ordinal) DO UPDATE SET
    hard_deleted = excluded.hard_deleted, leaked = excluded.leaked, mac = excluded.mac`;

/**
 * Nobody else changes the workspace's removals, or gives it another key, until the transaction is over: a renewal
 * changes this row before it reads them.
 */
const LOCK = 'SELECT FROM workspace_keys WHERE workspace_id = $1 FOR NO KEY UPDATE';

/** Key and removals are of one moment: a renewal changes both. */
const ONE_STATE = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY';

/** All of the workspace, in their order. */
export const readRemovals = async (
  session: Session,
  workspaceId: string,
  where: string,
): Promise<ReadonlyArray<StoredRemoval>> => {
  const { rows } = await session.query(SELECT, [workspaceId]);
  return decodeRows(RemovalRow, rows, where).map(toStoredRemoval);
};

export const writeRemovals = async (
  session: Session,
  workspaceId: string,
  removals: ReadonlyArray<StoredRemoval>,
): Promise<void> => {
  if (removals.length === 0) return;
  const { count } = await session.query(UPSERT, [
    workspaceId,
    removals.map(({ ordinal }) => ordinal),
    removals.map(({ keyId }) => keyId),
    removals.map(({ fingerprint }) => fingerprint),
    removals.map(({ hardDeleted }) => Number(hardDeleted)),
    removals.map(({ leaked }) => Number(leaked)),
    removals.map(({ mac }) => mac),
  ]);
  if (count !== removals.length) throw removalsNotStored(workspaceId);
};

/** What a vault remembers of removals. */
export const removals = ({
  transaction,
  name,
}: Database): Pick<VaultStorage, 'changeRemovals' | 'readRemovals'> => ({
  changeRemovals: (workspaceId, keyIds, judge) =>
    transaction(async (session) => {
      // A key that is made meanwhile would be seen, and not be locked.
      if ((await session.query(LOCK, [workspaceId])).count === 0) return false;
      const workspace = (await readWorkspaces(session, [workspaceId], name)).get(workspaceId);
      if (workspace === undefined) return false;
      const { rows } = await session.query(SELECT_OF_KEYS, [workspaceId, keyIds]);
      const stored = decodeRows(RemovalRow, rows, name).map(toStoredRemoval);
      const { count } = decodeOnlyRow(CountRow, (await session.query(NEXT, [workspaceId])).rows, name);
      await writeRemovals(session, workspaceId, judge(workspace, stored, count));
      return true;
    }),
  readRemovals: (workspaceId) =>
    transaction(async (session) => {
      await session.query(ONE_STATE);
      return {
        workspace: (await readWorkspaces(session, [workspaceId], name)).get(workspaceId) ?? null,
        removals: await readRemovals(session, workspaceId, name),
      };
    }),
});
