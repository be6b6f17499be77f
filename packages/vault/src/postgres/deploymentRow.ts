import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { Deployment } from '../deployment';
import { MASTER_KEY_COLUMNS, masterKeyValues, standing, toDeployment, toFormat } from '../deploymentRows';
import { VaultFault } from '../faults';
import type { VaultStorage } from '../storage';
import type { Database } from './connection';
import { CREATE_TABLES, FORMATS, SCHEMA } from './schema';
import { requireKnownSchema } from './schemaCheck';
import type { Session } from './session';
import { hasSchema, hasTables, requireTables } from './tables';

/**
 * In a transaction, and first there: nobody else begins, finishes or ends a rotation until it is over, or adds a
 * workspace's key, on whatever machine. The server lets a lock go with the connection of a process that died.
 */
export const lockDeployment = (session: Session): Promise<unknown> =>
  session.query('SELECT FROM deployment FOR UPDATE');

/** To be called in a transaction that sees one state of the database, or that holds {@link lockDeployment}. */
const readRows = async (session: Session, where: string): Promise<Deployment | null> => {
  const { rows: deployments } = await session.query('SELECT * FROM deployment');
  const [deployment] = deployments;
  // First: another format may have no such table of rotations.
  if (toFormat(deployment, FORMATS, 'present', where) === null) return null;
  const { rows: rotations } = await session.query('SELECT * FROM rotation');
  return toDeployment({ deployment, rotation: rotations[0] }, where);
};

const ONE_STATE = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY';

/** The row of a vault that stands, in a transaction of its own. */
export const presentDeployment = ({ transaction, name }: Database): TE.TaskEither<VaultFault, Deployment> =>
  transaction(async (session) => {
    await session.query(ONE_STATE);
    return standing(await readRows(session, name), name);
  });

/** Locks the row of a vault that stands until the transaction is over, and reads it. */
export const lockedDeployment = async (session: Session, where: string): Promise<Deployment> => {
  await lockDeployment(session);
  return standing(await readRows(session, where), where);
};

/** The vault's own row. Fault `not-initialised` when there is no vault in the database. */
export const readDeployment = ({ transaction, name }: Database): TE.TaskEither<VaultFault, Deployment> =>
  transaction(async (session) => {
    await session.query(ONE_STATE);
    await requireTables(session, name);
    return standing(await readRows(session, name), name);
  });

/** Of several creators in one database, one goes on. Any number will do that nothing else locks there. */
const LOCK_CREATION = 'SELECT pg_advisory_xact_lock(1801812340, 1986098540)';

const INSERT = `
  INSERT INTO deployment (only_row, format, needs_release, deployment_id, created_at, ${MASTER_KEY_COLUMNS}, proof)
  VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`;

/**
 * Makes the schema, its tables and the vault's row in one transaction. A schema may be there already, made by an
 * administrator.
 */
export const createDeployment = (
  { transaction, name }: Database,
  make: () => Deployment,
): TE.TaskEither<VaultFault, void> =>
  transaction(async (session) => {
    await session.query(LOCK_CREATION);
    if (await hasTables(session))
      throw new VaultFault(
        'already-initialised',
        `there is a vault in ${name} already, and it was left alone: open it, or name another database`,
      );
    if (!(await hasSchema(session))) await session.query(`CREATE SCHEMA ${SCHEMA}`);
    for (const statement of CREATE_TABLES) await session.query(statement);
    await requireKnownSchema(session, name);
    const deployment = make();
    const { deploymentId, createdAt } = deployment;
    await session.query(INSERT, [
      FORMATS.present,
      FORMATS.needsRelease,
      deploymentId,
      createdAt,
      ...masterKeyValues(deployment),
      deployment.proof,
    ]);
  });

const RETIRE_LOG_KEY = `
  UPDATE deployment SET sealed_former_log_key = NULL
  WHERE log_key_number = $1::integer + 1 AND sealed_former_log_key IS NOT NULL`;

/** Deletes a log key that was replaced. */
export const logKeyRetirer =
  ({ run }: Database): VaultStorage['retireLogKey'] =>
  (number) =>
    pipe(
      run((session) => session.query(RETIRE_LOG_KEY, [number])),
      TE.map(() => undefined),
    );
