import * as t from 'io-ts';
import { decodeRow } from '../rows';
import { SCHEMA } from './schema';
import type { Session } from './session';
import { untilFree } from './waiting';

/**
 * A server that crashes while it writes a table anew leaves the new files, for ever, with rows in them that may be
 * deleted later. They belong to no table. An empty one is a deleted one that goes with the next checkpoint.
 */
const STRAY = `
  WITH directories AS (
    SELECT DISTINCT regexp_replace(pg_relation_filepath(oid), '/[^/]*$', '') AS directory
    FROM pg_class WHERE relnamespace = $1::text::regnamespace AND relkind = 'r'
  ), files AS (
    SELECT directory || '/' || file AS path, substring(file FROM '^[0-9]+')::oid AS node
    FROM directories, pg_ls_dir(directory) AS file WHERE file ~ '^[0-9]+(_[a-z]+)?([.][0-9]+)?$'
  )
  SELECT path FROM files
  WHERE NOT EXISTS (SELECT FROM pg_class c WHERE pg_relation_filenode(c.oid) = files.node)
    AND (pg_stat_file(path, true)).size > 0
  ORDER BY path LIMIT 1`;

const PathRow = t.type({ path: t.string });

/** What another session is just making looks the same: it is given time to end. */
export const expectNoStrayFiles = (session: Session, patienceMs: number): Promise<void> =>
  untilFree(patienceMs, async () => {
    const { rows } = await session.query(STRAY, [SCHEMA]);
    const path = decodeRow(PathRow, rows[0], 'pg_ls_dir')?.path;
    return path === undefined
      ? null
      : `${path} in the server's data directory belongs to no table: ` +
          'a crash has left it, or another session is making it. ' +
          'If it stays, stop the server and delete it';
  });
