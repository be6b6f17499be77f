import { VaultFault } from '../faults';
import { SCHEMA } from './schema';
import type { Session } from './session';

// What the catalogs have is read as rows: functions such as to_regclass answer from a cache of the session's, which may
// not know yet what another session has made.

export const hasSchema = async (session: Session): Promise<boolean> =>
  (await session.query('SELECT FROM pg_namespace WHERE nspname = $1', [SCHEMA])).count > 0;

export const hasTables = async (session: Session): Promise<boolean> =>
  (await session.query("SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = 'deployment'", [SCHEMA]))
    .count > 0;

/** Throws `not-initialised` when there is no vault in the database. */
export const requireTables = async (session: Session, where: string): Promise<void> => {
  if (await hasTables(session)) return;
  throw new VaultFault(
    'not-initialised',
    `there is no vault in ${where}: create one, or name the right database`,
  );
};
