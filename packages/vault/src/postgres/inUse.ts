import type { TakenFormats } from '@keyturn/sqlite';
import { toFormat, standing } from '../deploymentRows';
import type { VaultFormat } from '../format';
import { inUse } from '../rowFaults';
import { Obstacle } from './obstacle';
import { FORMATS, SCHEMA } from './schema';
import type { Session } from './session';
import { hasTables } from './tables';
import { patienceOf, untilFree } from './waiting';

/** Names the lock among those of other programs that use the database. */
const LOCK = [0x6b65_7974, 0x666f_726d].map((half) => `${half}::integer`).join(', ');

/** How the tables of a vault that stands are stored. */
export const readFormat = async (
  session: Session,
  taken: TakenFormats,
  where: string,
): Promise<VaultFormat> => {
  // By its full name: a schema that this user may not use is passed over in the path.
  const { rows } = await session.query(`SELECT * FROM ${SCHEMA}.deployment`);
  return standing(toFormat(rows[0], FORMATS, taken, where), where);
};

/**
 * For each new session: as long as it lasts the vault is not migrated. Throws where it was, since other sessions of
 * this process began.
 */
export const useInPresentFormat = async (session: Session, where: string): Promise<void> => {
  await session.query(`SELECT pg_advisory_lock_shared(${LOCK})`);
  if (await hasTables(session)) await readFormat(session, 'present', where);
};

/**
 * In a transaction: until it is over nobody has a session that uses the vault. The lock is asked for and never waited
 * for by the server, where new sessions would have to wait behind.
 */
export const haveAlone = async (session: Session, where: string): Promise<void> => {
  try {
    await untilFree(await patienceOf(session), async () => {
      const { rows } = await session.query(
        `SELECT 1 FROM pg_try_advisory_xact_lock(${LOCK}) AS had WHERE had`,
      );
      return rows.length > 0 ? null : 'it is in use';
    });
  } catch (error) {
    throw error instanceof Obstacle ? inUse(`in ${where}`, error) : error;
  }
};
