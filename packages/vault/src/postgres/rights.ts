import * as t from 'io-ts';
import { decodeOnlyRow, decodeRows } from '../rows';
import type { Session } from './session';

export const OLDEST = 15;

const VersionRow = t.type({ version: t.number });

export const majorVersion = async (session: Session): Promise<number> => {
  const { rows } = await session.query(
    "SELECT current_setting('server_version_num')::integer / 10000 AS version",
  );
  return decodeOnlyRow(VersionRow, rows, 'server_version_num').version;
};

/**
 * To see others' snapshots and the log's segments; to begin a checkpoint; to switch segments; to look for stray files.
 */
const MISSING = `
  SELECT format(grants.grant_of, quote_ident(current_user)) AS "grant" FROM (VALUES
    (pg_has_role('pg_monitor', 'USAGE'), 'GRANT pg_monitor TO %s'),
    (pg_has_role('pg_checkpoint', 'USAGE'), 'GRANT pg_checkpoint TO %s'),
    (has_function_privilege('pg_switch_wal()', 'EXECUTE'), 'GRANT EXECUTE ON FUNCTION pg_switch_wal() TO %s'),
    (has_function_privilege('pg_ls_dir(text)', 'EXECUTE'), 'GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO %s'),
    (has_function_privilege('pg_stat_file(text, boolean)', 'EXECUTE'),
     'GRANT EXECUTE ON FUNCTION pg_stat_file(text, boolean) TO %s')
  ) AS grants (has, grant_of)
  WHERE NOT has`;

const GrantRow = t.type({ grant: t.string });

/** The statements that give the user what it lacks, to be run by a superuser in the vault's database. */
export const missingRights = async (session: Session): Promise<ReadonlyArray<string>> => {
  const { rows } = await session.query(MISSING);
  return decodeRows(GrantRow, rows, 'pg_has_role').map(({ grant }) => grant);
};
