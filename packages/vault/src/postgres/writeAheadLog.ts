import * as t from 'io-ts';
import { decodeOnlyRow, decodeRows } from '../rows';
import { Obstacle } from './obstacle';
import type { Session } from './session';
import { untilFree } from './waiting';

/** Not the history of a base backup, which has a segment's name in its own, and no row in it. */
const SEGMENT = /^[0-9A-F]{24}(?!\.[0-9A-F]{8}\.backup)/;
/** Each of them is at most a segment of zeros to be written: 1 GiB in all, as many as a server keeps by default. */
const MOST_SWITCHES = 70;

const NameRow = t.type({ name: t.string });

const namesOf = async (session: Session, query: string): Promise<ReadonlyArray<string>> => {
  const { rows } = await session.query(query);
  return decodeRows(NameRow, rows, 'pg_ls_waldir').map(({ name }) => name);
};

/** With what their names say beyond the segment's, such as `.partial`. */
const segments = async (session: Session): Promise<ReadonlyArray<string>> =>
  (await namesOf(session, 'SELECT name FROM pg_ls_waldir()')).filter((name) => SEGMENT.test(name));

/**
 * Begins a new segment, unless the log is at the beginning of one, where a switch does nothing; gives its name, or that
 * of a later one. Something is written after the switch: else the next one, past a recycled segment, would do nothing.
 */
const beginSegment = async (session: Session): Promise<string> => {
  await session.query('SELECT pg_switch_wal()');
  await session.query('SELECT pg_current_xact_id()');
  const { rows } = await session.query('SELECT pg_walfile_name(pg_current_wal_insert_lsn()) AS name');
  return decodeOnlyRow(NameRow, rows, 'pg_walfile_name').name;
};

/**
 * A segment with a name that is yet to come is an old one under a new name, with all that was in it, where
 * `wal_recycle` was on: the log is led past it, so that it becomes an old one that is deleted. The log must not stay in
 * the last of them: what is written there covers its beginning alone.
 */
const beginAfterRecycled = async (session: Session): Promise<string> => {
  for (let switches = 1; switches <= MOST_SWITCHES; switches += 1) {
    const before = await segments(session);
    const present = await beginSegment(session);
    if (!before.some((name) => name >= present)) return present;
  }
  throw new Obstacle('the server still has recycled segments of its log, with what was in them');
};

const KEEPERS = `
  SELECT 'the replication slot ' || slot_name AS name FROM pg_replication_slots WHERE restart_lsn IS NOT NULL
  UNION ALL
  SELECT 'wal_keep_size' FROM pg_settings WHERE name = 'wal_keep_size' AND setting <> '0'
  UNION ALL
  SELECT 'its archive, which lags behind or fails,' FROM pg_settings
  WHERE name = 'archive_mode' AND setting <> 'off'`;

const keepers = async (session: Session): Promise<string> =>
  (await namesOf(session, KEEPERS)).join(' or ') || 'something';

/** Gives the oldest segment that is left: nothing of what was logged before is in it, nor in a later one. */
export const emptyWriteAheadLog = async (session: Session, patienceMs: number): Promise<string> => {
  const first = await beginAfterRecycled(session);
  await untilFree(patienceMs, async () => {
    await session.query('CHECKPOINT');
    const old = (await segments(session)).filter((name) => name < first);
    return old.length === 0
      ? null
      : `${old.length} old segments of the server's log are still there: ${await keepers(session)} keeps them`;
  });
  return first;
};
