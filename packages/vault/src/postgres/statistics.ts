import * as t from 'io-ts';
import { decodeRows } from '../rows';
import { someOf } from '../someOf';
import { Obstacle } from './obstacle';
import { partitionsOf } from './partitioned';
import { SCHEMA, SEALED } from './schema';
import type { Session } from './session';

/** ANALYZE copies whole values of a column into the server's own table, unless it is told to take none. */
const SAMPLED = `
  SELECT c.relname || '.' || a.attname AS name
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = $1::text::regnamespace AND c.relname || '.' || a.attname = ANY ($2::text[])
    AND (coalesce(a.attstattarget, -1) <> 0
         OR EXISTS (SELECT FROM pg_stats s WHERE s.schemaname = $1::text AND s.tablename = c.relname
             AND s.attname = a.attname))
  ORDER BY name`;

const NameRow = t.type({ name: t.string });

const COLUMNS = Object.entries(SEALED).flatMap(([table, columns]) =>
  [table, ...partitionsOf(table)].flatMap((each) => columns.map((column) => `${each}.${column}`)),
);

export const expectNoStatistics = async (session: Session): Promise<void> => {
  const { rows } = await session.query(SAMPLED, [SCHEMA, COLUMNS]);
  const sampled = decodeRows(NameRow, rows, 'pg_stats').map(({ name }) => name);
  if (sampled.length > 0)
    throw new Obstacle(
      `the server's statistics may have sealed bytes of ${someOf(sampled)}: ` +
        'a superuser is to SET STATISTICS 0 for these columns, delete their rows of pg_statistic, ' +
        'and VACUUM FULL pg_statistic',
    );
};
