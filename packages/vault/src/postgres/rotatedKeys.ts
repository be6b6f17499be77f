import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { RotationStorage, WorkspaceKeyRow } from '../rotation/rotationStorage';
import { CountRow, decodeOnlyRow } from '../rows';
import { toDataKeyRows, toWorkspaceKeyRows } from '../storedRows';
import type { Database } from './connection';
import { lockDeployment } from './deploymentRow';
import { readRemovals, writeRemovals } from './removals';
import type { Session } from './session';
import { lockWitnesses, readWorkspaces, writeWitnesses } from './witnesses';

const COUNT = 'SELECT count(*) AS count FROM workspace_keys';

const SELECT_WORKSPACE_KEYS =
  'SELECT * FROM workspace_keys WHERE workspace_id > $1 ORDER BY workspace_id LIMIT $2';

const IS_RESEALING = `SELECT FROM rotation WHERE step = 'resealing' AND master_key_id = $1`;

const RESEAL = `
  UPDATE workspace_keys w SET resealed = c.resealed
  FROM unnest($1::text[], $2::bytea[], $3::bytea[]) AS c (workspace_id, sealed, resealed)
  WHERE w.workspace_id = c.workspace_id COLLATE "C" AND w.sealed = c.sealed`;

const SET_SUCCESSOR = `
  UPDATE workspace_keys SET successor = $3
  WHERE workspace_id = $1 AND sealed = $2 AND successor IS NULL`;

const SUCCEED = `
  UPDATE workspace_keys SET sealed = successor, successor = NULL, made_in = $3
  WHERE workspace_id = $1 AND successor = $2`;

/** Reads a page of workspace keys. */
export const readWorkspaceKeys = async (
  session: Session,
  after: string | null,
  limit: number,
  where: string,
): Promise<ReadonlyArray<WorkspaceKeyRow>> =>
  toWorkspaceKeyRows((await session.query(SELECT_WORKSPACE_KEYS, [after ?? '', limit])).rows, where);

/** What a rotation does with workspace keys. */
export const rotatedWorkspaceKeys = ({
  run,
  transaction,
  name,
}: Database): Pick<
  RotationStorage,
  'countWorkspaceKeys' | 'workspaceKeys' | 'keepResealed' | 'keepSuccessor' | 'succeed'
> => ({
  countWorkspaceKeys: run(
    async (session) => decodeOnlyRow(CountRow, (await session.query(COUNT)).rows, name).count,
  ),
  workspaceKeys: (after, limit) => run((session) => readWorkspaceKeys(session, after, limit, name)),
  keepResealed: (comingId, changes) =>
    transaction(async (session) => {
      await lockDeployment(session);
      if ((await session.query(IS_RESEALING, [comingId])).count === 0) return false;
      await session.query(RESEAL, [
        changes.map(({ workspaceId }) => workspaceId),
        changes.map(({ sealed }) => sealed),
        changes.map(({ resealed }) => resealed),
      ]);
      return true;
    }),
  keepSuccessor: (workspaceId, { sealed, successor }, under) =>
    transaction(async (session) => {
      await lockWitnesses(session, [workspaceId], name);
      if ((await session.query(SET_SUCCESSOR, [workspaceId, sealed, successor])).count !== 1) return false;
      const witness = (await readWorkspaces(session, [workspaceId], name)).get(workspaceId)?.witness ?? null;
      const next = witness === null ? null : under.witness(witness);
      if (next !== null) await writeWitnesses(session, [{ workspaceId, ...next }]);
      const stored = await readRemovals(session, workspaceId, name);
      await writeRemovals(
        session,
        workspaceId,
        stored.flatMap((removal) => under.removal(removal) ?? []),
      );
      return true;
    }),
  succeed: (workspaceId, successor, madeIn) =>
    pipe(
      run((session) => session.query(SUCCEED, [workspaceId, successor, madeIn])),
      TE.map(() => undefined),
    ),
});

const SELECT_DATA_KEYS = `
  SELECT data_key_id, key_id, sealed FROM data_keys
  WHERE workspace_id = $1 AND ($2::bytea IS NULL OR data_key_id > $2) ORDER BY data_key_id LIMIT $3`;

const REPLACE = `
  UPDATE data_keys d SET sealed = c.resealed
  FROM unnest($2::bytea[], $3::bytea[], $4::bytea[]) AS c (data_key_id, sealed, resealed)
  WHERE d.workspace_id = $1 AND d.data_key_id = c.data_key_id AND d.sealed = c.sealed`;

/** What a rotation that renews workspace keys does with data keys. */
export const rotatedDataKeys = ({
  run,
  transaction,
  name,
}: Database): Pick<RotationStorage, 'dataKeys' | 'replaceDataKeys'> => ({
  dataKeys: (workspaceId, after, limit) =>
    run(async (session) =>
      toDataKeyRows((await session.query(SELECT_DATA_KEYS, [workspaceId, after, limit])).rows, name),
    ),
  // In a transaction that is run again where a shred takes the same rows in another order.
  replaceDataKeys: (workspaceId, changes) =>
    transaction(async (session) => {
      const { count } = await session.query(REPLACE, [
        workspaceId,
        changes.map(({ dataKeyId }) => dataKeyId),
        changes.map(({ sealed }) => sealed),
        changes.map(({ resealed }) => resealed),
      ]);
      return count;
    }),
});
