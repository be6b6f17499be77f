import { Obstacle } from './obstacle';
import { sqlstateOf } from './postgresFaults';
import { SCHEMA } from './schema';
import type { Session } from './session';

/** What the server may have kept of rows that are gone. It shows no files where the proof is `row`. */
const REMAINS =
  'not covered (proof: row): sealed bytes of what was deleted may remain in the server’s files until they are ' +
  'written over, in its write-ahead log and its log, on standby servers, and in backups and archives';

/**
 * For a server that can't show its files: lets the space of what was deleted in these tables be written over. Nobody
 * waits for it. Throws an {@link Obstacle} for what is in the way.
 */
export const vacuumDeleted = async (
  session: Session,
  tables: ReadonlyArray<string>,
): Promise<ReadonlyArray<string>> => {
  try {
    await session.query(`VACUUM ${tables.map((table) => `${SCHEMA}.${table}`).join(', ')}`);
  } catch (error) {
    if (sqlstateOf(error) === '55P03')
      throw new Obstacle(`another session keeps ${tables.join(' or ')} to itself`);
    throw error;
  }
  return [`${tables.join(', ')}: VACUUM`, REMAINS];
};
