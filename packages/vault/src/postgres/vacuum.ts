import * as t from 'io-ts';
import { decodeRows } from '../rows';
import { Obstacle } from './obstacle';
import { sqlstateOf } from './postgresFaults';
import { SCHEMA } from './schema';
import type { Session } from './session';
import { someOf } from '../someOf';
import type { StoredTables } from './storedTables';

/** What the server may have kept of rows that are gone. It shows no files where the proof is `row`. */
const REMAINS = [
  'not covered (proof: row): sealed bytes in the server’s files, until they are written over',
  'not covered (proof: row): sealed bytes in its write-ahead log and log, on standbys, in backups and archives',
];

/** As the server has it: who owns a table may vacuum it, or who owns the database. */
const NOT_OWNED = `
  SELECT c.relname::text AS name FROM pg_class c, pg_database d
  WHERE c.relnamespace = $1::text::regnamespace AND c.relname = ANY ($2::text[]) AND d.datname = current_database()
    AND NOT pg_has_role(c.relowner, 'USAGE') AND NOT pg_has_role(d.datdba, 'USAGE')`;

const NameRow = t.type({ name: t.string });

/** Without the right to it the server only warns, and does nothing. */
const requireRight = async (session: Session, tables: ReadonlyArray<string>): Promise<void> => {
  const { rows } = await session.query(NOT_OWNED, [SCHEMA, tables]);
  const names = decodeRows(NameRow, rows, 'pg_class').map(({ name }) => name);
  if (names.length > 0)
    throw new Obstacle(`the server does not vacuum ${someOf(names)}: the user must own the tables`);
};

/**
 * For a server that can't show its files: lets the space of what was deleted in these tables be written over. Nobody
 * waits for it. Throws an {@link Obstacle} for what is in the way.
 */
export const vacuumDeleted = async (
  session: Session,
  { what, names }: StoredTables,
): Promise<ReadonlyArray<string>> => {
  await requireRight(session, names);
  try {
    await session.query(`VACUUM ${names.map((table) => `${SCHEMA}.${table}`).join(', ')}`);
  } catch (error) {
    if (sqlstateOf(error) === '55P03')
      throw new Obstacle(`another session keeps ${someOf(names, ' or ')} to itself`);
    throw error;
  }
  return [`${what}: VACUUM`, ...REMAINS];
};
