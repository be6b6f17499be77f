import { Obstacle } from './obstacle';
import { outliveOldTransactions, oldTransaction, transactionIdNow } from './oldTransactions';
import { oneAtATime } from './oneAtATime';
import { majorVersion, missingRights, OLDEST } from './rights';
import { rewriteTables } from './rewrite';
import { keepsOldBytes, readSettings, type ServerSettings } from './serverSettings';
import type { Session } from './session';
import { expectNoStatistics } from './statistics';
import type { StoredTables } from './storedTables';
import { expectNoStrayFiles } from './strayFiles';
import { findCopies } from './uncovered';
import { patienceOf } from './waiting';
import { emptyWriteAheadLog } from './writeAheadLog';

const expectServer = async (session: Session): Promise<ServerSettings> => {
  const version = await majorVersion(session);
  if (version < OLDEST) throw new Obstacle(`the server is PostgreSQL ${version}: ${OLDEST} is needed`);
  const rights = await missingRights(session);
  if (rights.length > 0)
    throw new Obstacle(`the user lacks rights; run as a superuser in its database: ${rights.join('; ')}`);
  const settings = await readSettings(session);
  const wrong = keepsOldBytes(settings);
  if (wrong.length > 0) throw new Obstacle(`the server keeps old bytes: ${wrong.join('; ')}`);
  return settings;
};

/**
 * Takes what was deleted or replaced in these tables until now out of the server's files: out of the tables, once no
 * transaction can see it, then out of the write-ahead log. Every step can be done again. Gives what was done and seen;
 * throws an {@link Obstacle} for what is in the way.
 */
export const eraseDeleted = (
  session: Session,
  { what, names }: StoredTables,
): Promise<ReadonlyArray<string>> =>
  oneAtATime(session, async () => {
    const patienceMs = await patienceOf(session);
    await expectServer(session);
    await expectNoStatistics(session);
    const xid = await transactionIdNow(session);
    await outliveOldTransactions(session, xid, patienceMs);
    await rewriteTables(session, names, patienceMs);
    // A standby server or a slot that came meanwhile may have brought an old snapshot.
    const held = await oldTransaction(session, xid);
    if (held !== null) throw new Obstacle(held);
    const segment = await emptyWriteAheadLog(session, patienceMs);
    await expectNoStrayFiles(session, patienceMs);
    const { decoders, uncovered } = await findCopies(session, await expectServer(session));
    if (decoders !== '')
      throw new Obstacle(
        `the logical replication slots ${decoders} keep rows in files of their own: drop them`,
      );
    return [
      `${what}: VACUUM FULL, new files, when no transaction of before ${xid} was left`,
      `pg_wal: pg_switch_wal, CHECKPOINT, no segment before ${segment} is left, wal_recycle=off`,
      'no file without a table is left in the database’s directory; no statistics of sealed columns',
      ...uncovered.map((copies) => `not covered: ${copies}`),
    ];
  });
