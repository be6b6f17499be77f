import * as t from 'io-ts';
import { decodeRows } from '../rows';
import { Obstacle } from './obstacle';
import { sqlstateOf } from './postgresFaults';
import { SCHEMA } from './schema';
import type { Session } from './session';

const FILES = `
  SELECT c.relname::text AS name, pg_relation_filenode(c.oid)::text AS file,
         pg_relation_filenode(coalesce(nullif(c.reltoastrelid, 0), c.oid))::text AS toast
  FROM pg_class c WHERE c.relnamespace = $1::text::regnamespace AND c.relname = ANY ($2::text[])`;

/** A table without a TOAST table has its own file as both. */
const FilesRow = t.type({ name: t.string, file: t.string, toast: t.string });
type Files = t.TypeOf<typeof FilesRow>;

const filesOf = async (session: Session, tables: ReadonlyArray<string>): Promise<ReadonlyArray<Files>> => {
  const { rows } = await session.query(FILES, [SCHEMA, tables]);
  return decodeRows(FilesRow, rows, 'pg_class');
};

const isAnother = (before: Files, after: Files | undefined): boolean =>
  after !== undefined && after.file !== before.file && after.toast !== before.toast;

const rewrite = async (session: Session, tables: ReadonlyArray<string>): Promise<void> => {
  try {
    await session.query(`VACUUM (FULL) ${tables.map((table) => `${SCHEMA}.${table}`).join(', ')}`);
  } catch (error) {
    if (sqlstateOf(error) === '55P03')
      throw new Obstacle(
        `another session uses ${tables.join(' or ')} and keeps them from being written anew`,
      );
    throw error;
  }
};

/**
 * Writes the tables anew, from rows that somebody can see, into other files; the old ones go with the commit and the
 * next checkpoint. Without the right to it the server only warns, and does nothing: so the files are compared.
 */
export const rewriteTables = async (session: Session, tables: ReadonlyArray<string>): Promise<void> => {
  const before = await filesOf(session, tables);
  await rewrite(session, tables);
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
      `the server did not write ${same.map(({ name }) => name).join(', ')} anew: the user must own the tables`,
    );
};
