import * as t from 'io-ts';
import { decodeRows } from '../rows';
import { Obstacle } from './obstacle';
import { sqlstateOf } from './postgresFaults';
import { SCHEMA } from './schema';
import type { Session } from './session';
import { someOf } from '../someOf';
import { untilFree } from './waiting';

const FILES = `
  SELECT c.relname::text AS name, pg_relation_filenode(c.oid)::text AS file,
         pg_relation_filenode(coalesce(nullif(c.reltoastrelid, 0), c.oid))::text AS toast
  FROM pg_class c
  WHERE c.relnamespace = $1::text::regnamespace AND c.relname = ANY ($2::text[]) AND c.relkind = 'r'`;

/** A table without a TOAST table has its own file as both. */
const FilesRow = t.type({ name: t.string, file: t.string, toast: t.string });
type Files = t.TypeOf<typeof FilesRow>;

const filesOf = async (session: Session, tables: ReadonlyArray<string>): Promise<ReadonlyArray<Files>> => {
  const { rows } = await session.query(FILES, [SCHEMA, tables]);
  return decodeRows(FilesRow, rows, 'pg_class');
};

const isAnother = (before: Files, after: Files | undefined): boolean =>
  after !== undefined && after.file !== before.file && after.toast !== before.toast;

/** Whoever wants a table waits behind a statement that waits for it: so that waits no longer than this at a time. */
const LOCK_MS = 25;

const rewrite = (session: Session, table: string, patienceMs: number): Promise<void> =>
  untilFree(patienceMs, async () => {
    try {
      await session.query(`VACUUM (FULL) ${SCHEMA}.${table}`);
      return null;
    } catch (error) {
      if (sqlstateOf(error) !== '55P03') throw error;
      return `another session uses ${table} and keeps it from being written anew`;
    }
  });

/** One after the other, so that each is locked for no longer than it takes itself. */
const rewriteEach = async (
  session: Session,
  tables: ReadonlyArray<string>,
  patienceMs: number,
): Promise<void> => {
  await session.query(`SET lock_timeout = ${LOCK_MS}`);
  try {
    for (const table of tables) await rewrite(session, table, patienceMs);
  } finally {
    // To what the session was opened with. Where the connection was lost, what had been thrown says so.
    await session.query('RESET lock_timeout').catch(() => undefined);
  }
};

/**
 * Writes the tables anew, from rows that somebody can see, into other files; the old ones go with the commit and the
 * next checkpoint. Without the right to it the server only warns, and does nothing: so the files are compared. A table
 * that others use is tried again and again for as long as `patienceMs`.
 */
export const rewriteTables = async (
  session: Session,
  tables: ReadonlyArray<string>,
  patienceMs: number,
): Promise<void> => {
  const before = await filesOf(session, tables);
  await rewriteEach(session, tables, patienceMs);
  const after = await filesOf(session, tables);
  const same = before.filter(
    (old) =>
      !isAnother(
        old,
        after.find(({ name }) => name === old.name),
      ),
  );
  if (before.length < tables.length || same.length > 0)
    throw new Obstacle(
      `the server did not write ${someOf(same.map(({ name }) => name))} anew: the user must own the tables`,
    );
};
