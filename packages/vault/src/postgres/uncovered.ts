import * as t from 'io-ts';
import { decodeOnlyRow } from '../rows';
import { logsSealedBytes, type ServerSettings } from './serverSettings';
import type { Session } from './session';

/** Walsenders are standby servers, and backups that are being taken. */
const COPIES = `
  SELECT (SELECT count(*)::integer FROM pg_stat_replication) AS receivers,
         (SELECT coalesce(string_agg(slot_name, ', ' ORDER BY slot_name), '') FROM pg_replication_slots) AS slots,
         (SELECT coalesce(string_agg(slot_name, ', ' ORDER BY slot_name), '') FROM pg_replication_slots
          WHERE slot_type = 'logical' AND database = current_database()) AS decoders,
         current_setting('archive_mode') AS archive`;

const CopiesRow = t.type({ receivers: t.number, slots: t.string, decoders: t.string, archive: t.string });

export interface Copies {
  /** Slots of this database whose decoder may write rows to files of the server's; empty: none. */
  readonly decoders: string;
  /** What an erasure leaves, by what the server knows of it. */
  readonly uncovered: ReadonlyArray<string>;
}

export const findCopies = async (session: Session, settings: ServerSettings): Promise<Copies> => {
  const { rows } = await session.query(COPIES);
  const { receivers, slots, decoders, archive } = decodeOnlyRow(CopiesRow, rows, 'pg_replication_slots');
  const logging = logsSealedBytes(settings);
  return {
    decoders,
    uncovered: [
      'backups and snapshots of the server’s files, and dumps',
      ...(receivers > 0 ? [`${receivers} connected standby servers or backups under way`] : []),
      ...slots
        .split(', ')
        .filter((slot) => slot !== '')
        .map((slot) => `what was received by way of the replication slot ${slot}`),
      ...(archive === 'off' ? [] : [`the archive of the write-ahead log (archive_mode=${archive})`]),
      ...(logging.length > 0 ? ['the server’s log, which is set to have sealed bytes'] : []),
    ],
  };
};
