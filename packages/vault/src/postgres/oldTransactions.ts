import * as t from 'io-ts';
import { decodeOnlyRow, decodeRow } from '../rows';
import type { Session } from './session';
import { untilFree } from './waiting';

const XidRow = t.type({ xid: t.string });

/** Of all that has happened in the server so far, nothing has a greater transaction id. */
export const transactionIdNow = async (session: Session): Promise<string> => {
  const { rows } = await session.query('SELECT pg_current_xact_id()::text AS xid');
  return decodeOnlyRow(XidRow, rows, 'pg_current_xact_id').xid;
};

/**
 * A version of a row goes only when no snapshot can see it: not one that is held, nor one that is yet to be taken,
 * which reaches back to the oldest transaction that is still writing, in whatever database. Standby servers and
 * replication slots hold snapshots, too. The query text of others is nobody's business here.
 */
const HOLDERS = `
  WITH mine AS (SELECT age($1::xid8::xid) AS age)
  SELECT CASE WHEN a.backend_type = 'walsender' THEN 'a standby server or backup'
              ELSE 'a transaction of another session' END
         || coalesce(' that began at ' || to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '')
         AS holder
  FROM pg_stat_activity a, mine
  WHERE a.pid <> pg_backend_pid()
    AND (age(a.backend_xid) >= mine.age
         OR (age(a.backend_xmin) >= mine.age
             AND (a.datid IS NULL OR a.backend_type = 'walsender'
                  OR a.datname = current_database())))
  UNION ALL
  SELECT 'a prepared transaction of ' || to_char(p.prepared AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
  FROM pg_prepared_xacts p, mine WHERE age(p.transaction) >= mine.age
  UNION ALL
  SELECT 'the replication slot ' || s.slot_name
  FROM pg_replication_slots s, mine WHERE age(s.xmin) >= mine.age
  UNION ALL
  SELECT 'a transaction that is ending'
  WHERE pg_snapshot_xmin(pg_current_snapshot()) <= $1::xid8
  LIMIT 1`;

const HolderRow = t.type({ holder: t.string });

/** What could still see versions of rows that were replaced or deleted up to this transaction; null: nothing. */
export const oldTransaction = async (session: Session, xid: string): Promise<string | null> => {
  const { rows } = await session.query(HOLDERS, [xid]);
  const holder = decodeRow(HolderRow, rows[0], 'pg_stat_activity')?.holder;
  return holder === undefined ? null : `${holder} can still see the old rows, and is to be ended first`;
};

/** Waits until nothing can. */
export const outliveOldTransactions = (session: Session, xid: string, patienceMs: number): Promise<void> =>
  untilFree(patienceMs, () => oldTransaction(session, xid));
