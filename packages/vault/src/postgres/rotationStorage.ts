import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { renews } from '../deployment';
import { MASTER_KEY_COLUMNS, masterKeyValues, NO_MASTER_KEY } from '../deploymentRows';
import { PAGE } from '../rotation/pages';
import { rotationChange } from '../rotation/rotationChange';
import type { RotationStorage, WorkspaceKeyRow } from '../rotation/rotationStorage';
import type { Database } from './connection';
import { lockDeployment, lockedDeployment, logKeyRetirer, presentDeployment } from './deploymentRow';
import { readWorkspaceKeys, rotatedDataKeys, rotatedWorkspaceKeys } from './rotatedKeys';
import type { Session } from './session';
import { postgresEraser } from './rotationErase';

const DROP_RESEALED = 'UPDATE workspace_keys SET resealed = NULL WHERE resealed IS NOT NULL';
const DROP_SUCCESSORS = 'UPDATE workspace_keys SET successor = NULL WHERE successor IS NOT NULL';
const DROP_ROTATION = 'DELETE FROM rotation';
const INSERT_ROTATION = `
  INSERT INTO rotation (only_row, step, ${MASTER_KEY_COLUMNS})
  VALUES (1, 'resealing', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;

const NOT_RESEALED = 'SELECT FROM workspace_keys WHERE resealed IS NULL LIMIT 1';
const REPLACE_MASTER_KEY = `
  UPDATE deployment SET (${MASTER_KEY_COLUMNS}) = (SELECT ${MASTER_KEY_COLUMNS} FROM rotation)`;
const TAKE_RESEALED =
  'UPDATE workspace_keys SET sealed = resealed, resealed = NULL, successor = NULL, master_key_id = $1';
const FORGET_COMING = `
  UPDATE rotation SET step = $1, replaced_id = $2,
    (${MASTER_KEY_COLUMNS}) = (${NO_MASTER_KEY})`;

const DUE = 'SELECT FROM workspace_keys WHERE made_in <> $1 OR successor IS NOT NULL LIMIT 1';
const SET_ERASING = `UPDATE rotation SET step = 'erasing' WHERE step = 'renewing'`;
const END = `DELETE FROM rotation WHERE step = 'erasing' AND replaced_id = $1`;

const none = async (
  session: Session,
  text: string,
  values: Parameters<Session['query']>[1] = [],
): Promise<boolean> => (await session.query(text, values)).count === 0;

const checkAll = async (
  session: Session,
  check: (row: WorkspaceKeyRow) => void,
  where: string,
): Promise<void> => {
  let rows = await readWorkspaceKeys(session, null, PAGE, where);
  while (rows.length > 0) {
    rows.forEach(check);
    rows = await readWorkspaceKeys(session, rows.at(-1)?.workspaceId ?? null, PAGE, where);
  }
};

/**
 * The beginning and the end of a rotation. Each step holds the deployment's row, so that they come one after the other.
 */
const steps = ({
  transaction,
  name,
}: Database): Pick<RotationStorage, 'begin' | 'finish' | 'finishRenewal' | 'end'> => ({
  begin: (presentId, insteadOf, coming) =>
    transaction(async (session) => {
      const present = await lockedDeployment(session, name);
      const change = rotationChange(present, presentId, insteadOf, coming);
      if (change === 'none') return false;
      await session.query(DROP_SUCCESSORS);
      if (change === 'another-key') await session.query(DROP_RESEALED);
      await session.query(DROP_ROTATION);
      await session.query(INSERT_ROTATION, masterKeyValues(coming));
      return true;
    }),
  finish: (comingId, check) =>
    transaction(async (session) => {
      const deployment = await lockedDeployment(session, name);
      const { masterKeyId, rotation } = deployment;
      if (rotation?.step !== 'resealing' || !rotation.coming.masterKeyId.equals(comingId)) return false;
      if (!(await none(session, NOT_RESEALED))) return false;
      await checkAll(session, check, name);
      await session.query(REPLACE_MASTER_KEY);
      await session.query(TAKE_RESEALED, [comingId]);
      await session.query(FORGET_COMING, [renews(deployment) ? 'renewing' : 'erasing', masterKeyId]);
      return true;
    }),
  finishRenewal: (check) =>
    transaction(async (session) => {
      const { rotations, logKeys } = await lockedDeployment(session, name);
      if (logKeys.sealedFormer !== null || !(await none(session, DUE, [rotations.number]))) return false;
      await checkAll(session, check, name);
      await session.query(SET_ERASING);
      return true;
    }),
  end: (replacedId) =>
    pipe(
      transaction(async (session) => {
        await lockDeployment(session);
        await session.query(END, [replacedId]);
      }),
      TE.map(() => undefined),
    ),
});

/** A rotation's view of the vault's tables. */
export const postgresRotationStorage = (database: Database): RotationStorage => {
  const { transaction, name } = database;
  return {
    deployment: presentDeployment(database),
    exclusively: (run) => transaction(async (session) => run(await lockedDeployment(session, name))),
    retireLogKey: logKeyRetirer(database),
    ...steps(database),
    ...rotatedWorkspaceKeys(database),
    ...rotatedDataKeys(database),
    erase: postgresEraser(database),
  };
};
