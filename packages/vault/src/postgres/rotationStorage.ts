import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { MASTER_KEY_COLUMNS, masterKeyValues, NO_MASTER_KEY } from '../deploymentRows';
import type { RotationStorage } from '../rotation/rotationStorage';
import type { Database } from './connection';
import { lockDeployment, lockedDeployment, presentDeployment } from './deploymentRow';
import { rotatedDataKeys, rotatedWorkspaceKeys } from './rotatedKeys';
import type { Session } from './session';
import { postgresEraser } from './rotationErase';

const DROP_RESEALED = 'UPDATE workspace_keys SET resealed = NULL WHERE resealed IS NOT NULL';
const DROP_ROTATION = 'DELETE FROM rotation';
const INSERT_ROTATION = `
  INSERT INTO rotation (only_row, step, renews, ${MASTER_KEY_COLUMNS})
  VALUES (1, 'resealing', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

const NOT_RESEALED = 'SELECT FROM workspace_keys WHERE resealed IS NULL LIMIT 1';
const REPLACE_MASTER_KEY = `
  UPDATE deployment SET (${MASTER_KEY_COLUMNS}) = (SELECT ${MASTER_KEY_COLUMNS} FROM rotation)`;
const TAKE_RESEALED =
  'UPDATE workspace_keys SET sealed = resealed, resealed = NULL, master_key_id = $1, renewal_due = $2';
const FORGET_COMING = `
  UPDATE rotation SET step = $1, replaced_id = $2,
    (${MASTER_KEY_COLUMNS}) = (${NO_MASTER_KEY})`;

const DUE = 'SELECT FROM workspace_keys WHERE renewal_due = 1 LIMIT 1';
const SET_ERASING = `UPDATE rotation SET step = 'erasing' WHERE step = 'renewing'`;
const END = `DELETE FROM rotation WHERE step = 'erasing' AND replaced_id = $1`;

const none = async (session: Session, text: string): Promise<boolean> =>
  (await session.query(text)).count === 0;

/**
 * The beginning and the end of a rotation. Each step holds the deployment's row, so that they come one after the other.
 */
const steps = ({
  transaction,
  name,
}: Database): Pick<RotationStorage, 'begin' | 'finish' | 'finishRenewal' | 'end'> => ({
  begin: (presentId, insteadOf, { coming, renews }) =>
    transaction(async (session) => {
      const { masterKeyId, rotation } = await lockedDeployment(session, name);
      const comingId = rotation?.step === 'resealing' ? rotation.coming.masterKeyId : null;
      const asExpected =
        insteadOf === null ? rotation === null : comingId !== null && comingId.equals(insteadOf);
      if (!asExpected || !masterKeyId.equals(presentId)) return false;
      if (comingId?.equals(coming.masterKeyId) === false) await session.query(DROP_RESEALED);
      await session.query(DROP_ROTATION);
      const stillRenews = renews || rotation?.renews === true;
      await session.query(INSERT_ROTATION, [stillRenews ? 1 : 0, ...masterKeyValues(coming)]);
      return true;
    }),
  finish: (comingId) =>
    transaction(async (session) => {
      const { masterKeyId, rotation } = await lockedDeployment(session, name);
      if (rotation?.step !== 'resealing' || !rotation.coming.masterKeyId.equals(comingId)) return false;
      if (!(await none(session, NOT_RESEALED))) return false;
      await session.query(REPLACE_MASTER_KEY);
      await session.query(TAKE_RESEALED, [comingId, rotation.renews ? 1 : 0]);
      await session.query(FORGET_COMING, [rotation.renews ? 'renewing' : 'erasing', masterKeyId]);
      return true;
    }),
  finishRenewal: transaction(async (session) => {
    await lockDeployment(session);
    if (!(await none(session, DUE))) return false;
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
    ...steps(database),
    ...rotatedWorkspaceKeys(database),
    ...rotatedDataKeys(database),
    erase: postgresEraser(database),
  };
};
