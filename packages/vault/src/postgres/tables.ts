import { VaultFault } from '../faults';
import { SCHEMA } from './schema';
import type { Session } from './session';

export const isThere = async (
  session: Session,
  what: 'to_regnamespace' | 'to_regclass',
  name: string,
): Promise<boolean> => (await session.query(`SELECT WHERE ${what}($1) IS NOT NULL`, [name])).count > 0;

export const hasTables = (session: Session): Promise<boolean> =>
  isThere(session, 'to_regclass', `${SCHEMA}.deployment`);

/** Throws `not-initialised` when there is no vault in the database. */
export const requireTables = async (session: Session, where: string): Promise<void> => {
  if (await hasTables(session)) return;
  throw new VaultFault(
    'not-initialised',
    `there is no vault in ${where}: create one, or name the right database`,
  );
};
