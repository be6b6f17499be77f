import { decodeRows, NamedWorkspaceKeyRow, WorkspaceIdRow } from '../rows';
import type { JudgeWitness, StoredWitness, StoredWorkspaceKey, VaultStorage } from '../storage';
import { toStoredWorkspaceKey } from '../storedRows';
import type { Database } from './connection';
import type { Session } from './session';

/** In the order of the ids, so that two that lock many don't wait for each other. */
const LOCK =
  'SELECT workspace_id FROM witnesses WHERE workspace_id = ANY ($1::text[]) ORDER BY workspace_id FOR UPDATE';

const SELECT = `
  SELECT k.workspace_id, k.made_in, k.sealed, k.successor, (SELECT step FROM rotation) AS rotation_step,
         w.revision AS witness_revision, w.chain AS witness_chain, w.mac AS witness_mac
  FROM workspace_keys k LEFT JOIN witnesses w ON w.workspace_id = k.workspace_id
  WHERE k.workspace_id = ANY ($1::text[])`;

const UPSERT = `
  INSERT INTO witnesses (workspace_id, revision, chain, mac)
  SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::bytea[])
  ON CONFLICT (workspace_id) DO UPDATE SET revision = excluded.revision, chain = excluded.chain, mac = excluded.mac`;

/** The workspaces' keys with their witnesses, by workspace, as they are at one moment. */
export const readWorkspaces = async (
  session: Session,
  workspaceIds: ReadonlyArray<string>,
  where: string,
): Promise<ReadonlyMap<string, StoredWorkspaceKey>> => {
  const { rows } = await session.query(SELECT, [workspaceIds]);
  return new Map(
    decodeRows(NamedWorkspaceKeyRow, rows, where).map((row) => [row.workspace_id, toStoredWorkspaceKey(row)]),
  );
};

/**
 * In a transaction: nobody else changes these workspaces' witnesses, or gives them another key, until it is over. Gives
 * those that have one.
 */
export const lockWitnesses = async (
  session: Session,
  workspaceIds: ReadonlyArray<string>,
  where: string,
): Promise<ReadonlySet<string>> => {
  const { rows } = await session.query(LOCK, [workspaceIds]);
  return new Set(decodeRows(WorkspaceIdRow, rows, where).map(({ workspace_id }) => workspace_id));
};

/**
 * The workspaces' keys with their witnesses, read after the locks are held, in a statement of its own, which sees what
 * others committed meanwhile. A witness that was made in between is not locked yet: then it is done again.
 */
const readLocked = async (
  session: Session,
  workspaceIds: ReadonlyArray<string>,
  where: string,
): Promise<ReadonlyMap<string, StoredWorkspaceKey>> => {
  const locked = await lockWitnesses(session, workspaceIds, where);
  const stored = await readWorkspaces(session, workspaceIds, where);
  return [...stored].every(([id, { witness }]) => witness === null || locked.has(id))
    ? stored
    : readLocked(session, workspaceIds, where);
};

export const writeWitnesses = async (
  session: Session,
  witnesses: ReadonlyArray<StoredWitness & { readonly workspaceId: string }>,
): Promise<void> => {
  if (witnesses.length === 0) return;
  await session.query(UPSERT, [
    witnesses.map(({ workspaceId }) => workspaceId),
    witnesses.map(({ revision }) => revision),
    witnesses.map(({ chain }) => chain),
    witnesses.map(({ mac }) => mac),
  ]);
};

/** Changes witnesses in the transaction that this session is in. */
export const changeWitnesses = async <A>(
  session: Session,
  workspaceIds: ReadonlyArray<string>,
  judge: JudgeWitness<A>,
  where: string,
): Promise<ReadonlyArray<A>> => {
  const distinct = [...new Set(workspaceIds)];
  const stored = await readLocked(session, distinct, where);
  const judged = new Map(distinct.map((id) => [id, judge(id, stored.get(id) ?? null)]));
  await writeWitnesses(
    session,
    [...judged].flatMap(([workspaceId, { keep }]) => (keep === null ? [] : [{ workspaceId, ...keep }])),
  );
  return workspaceIds.flatMap((id) => {
    const found = judged.get(id);
    return found === undefined ? [] : [found.outcome];
  });
};

/** What a vault knows of the heads of its workspaces' streams. */
export const witnesses = ({ transaction, name }: Database): Pick<VaultStorage, 'changeWitnesses'> => ({
  changeWitnesses: (workspaceIds, judge) =>
    transaction((session) => changeWitnesses(session, workspaceIds, judge, name)),
});
