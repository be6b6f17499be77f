import { alterations } from '@keyturn/sqlite';
import * as t from 'io-ts';
import { schemaAltered } from '../rowFaults';
import { decodeRows } from '../rows';
import { knownOf } from './knownSchema';
import { FORMATS, SCHEMA } from './schema';
import type { Session } from './session';

/**
 * All that stands in the vault's schema, or acts on its tables, as the server's catalogs have it. Of each: what it is,
 * its name, its table, and the words that make it. Settings that change nothing of what is stored, such as those of
 * autovacuum, are left out; so are constraints NOT NULL, which PostgreSQL 18 has apart, and columns tell as well.
 */
const CATALOG = `
  WITH relations AS (
    SELECT oid, relname::text AS name, relkind, relpersistence, relrowsecurity, relforcerowsecurity, relpartbound
    FROM pg_class WHERE relnamespace = $1::text::regnamespace
  ), ours AS (SELECT * FROM relations WHERE relkind NOT IN ('i', 'I', 'c'))
  SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
      WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' WHEN 'p' THEN 'partitioned table'
      ELSE 'relation' END AS type,
    name, name AS "table", concat_ws(' ', CASE relpersistence WHEN 'p' THEN 'logged' ELSE 'unlogged' END,
      pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid)) AS sql
  FROM ours
  UNION ALL
  SELECT 'row security', CASE WHEN relforcerowsecurity THEN 'forced' ELSE 'enabled' END, name, ''
  FROM ours WHERE relrowsecurity OR relforcerowsecurity
  UNION ALL
  SELECT 'column', a.attname::text, ours.name, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
    (SELECT 'COLLATE ' || quote_ident(l.collname) FROM pg_collation l
     WHERE l.oid = a.attcollation AND l.collname <> 'default'),
    CASE WHEN a.attnotnull THEN 'NOT NULL' END, 'STORAGE ' || a.attstorage::text,
    'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), nullif(a.attidentity::text, ''), nullif(a.attgenerated::text, ''))
  FROM ours JOIN pg_attribute a ON a.attrelid = ours.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE ours.relkind IN ('r', 'p', 'f')
  UNION ALL
  SELECT 'constraint', c.conname::text, ours.name, pg_get_constraintdef(c.oid)
  FROM ours JOIN pg_constraint c ON c.conrelid = ours.oid WHERE c.contype <> 'n'
  UNION ALL
  SELECT 'foreign key', c.conname::text, ours.name, pg_get_constraintdef(c.oid)
  FROM pg_constraint c JOIN ours ON c.confrelid = ours.oid WHERE c.contype = 'f'
  UNION ALL
  SELECT 'index', i.relname::text, ours.name, pg_get_indexdef(i.oid)
  FROM ours JOIN pg_index x ON x.indrelid = ours.oid JOIN pg_class i ON i.oid = x.indexrelid
  UNION ALL
  SELECT 'trigger', g.tgname::text, ours.name, pg_get_triggerdef(g.oid)
  FROM ours JOIN pg_trigger g ON g.tgrelid = ours.oid WHERE NOT g.tgisinternal
  UNION ALL
  SELECT 'rule', r.rulename::text, ours.name, pg_get_ruledef(r.oid)
  FROM ours JOIN pg_rewrite r ON r.ev_class = ours.oid WHERE ours.relkind IN ('r', 'p')
  UNION ALL
  SELECT 'policy', p.polname::text, ours.name, '' FROM ours JOIN pg_policy p ON p.polrelid = ours.oid
  UNION ALL
  SELECT 'child table', h.inhrelid::regclass::text, ours.name, ''
  FROM ours JOIN pg_inherits h ON h.inhparent = ours.oid
  UNION ALL
  SELECT 'parent table', h.inhparent::regclass::text, ours.name, ''
  FROM ours JOIN pg_inherits h ON h.inhrelid = ours.oid
  UNION ALL
  SELECT 'statistics object', s.stxname::text, ours.name, '' FROM ours JOIN pg_statistic_ext s ON s.stxrelid = ours.oid
  UNION ALL
  SELECT 'publication', pubname::text, tablename::text, '' FROM pg_publication_tables WHERE schemaname = $1::text
  ORDER BY 3, 1, 2`;

const ObjectRow = t.type({ type: t.string, name: t.string, table: t.string, sql: t.string });

/** What stands in the vault's schema. */
export const catalogOf = async (session: Session): Promise<ReadonlyArray<t.TypeOf<typeof ObjectRow>>> => {
  const { rows } = await session.query(CATALOG, [SCHEMA]);
  return decodeRows(ObjectRow, rows, 'pg_class');
};

/**
 * Throws `schema-altered` where the vault's schema has anything but what a vault of its format has. A trigger, a rule
 * or a policy would act on our own statements, and the server would say that all went well.
 */
export const requireKnownSchema = async (
  session: Session,
  where: string,
  format = FORMATS.present,
): Promise<void> => {
  const found = alterations(await catalogOf(session), { required: knownOf(format) });
  if (found.length > 0) throw schemaAltered(`${where}, schema ${SCHEMA}`, found);
};
