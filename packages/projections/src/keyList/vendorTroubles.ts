import { OUR_REASONS, type VendorTrouble } from '@keyturn/domain';
import type { SqliteConnection } from '@keyturn/sqlite';

const OURS: ReadonlyArray<string> = ['clock', ...OUR_REASONS];

/** Every vendor that was called since then, by the newest test calls of each workspace. No workspace is named. */
export const vendorTroubles = (database: SqliteConnection, since: number): ReadonlyArray<VendorTrouble> =>
  database
    .prepare<[number, number, string, number], VendorTrouble>(
      `select vendor, count(*) as called, sum(coalesce(troubled_at_ms >= ?, 0)) as troubled,
        sum(coalesce(troubled_at_ms >= ? and trouble in (select value from json_each(?)), 0)) as ours
        from vendor_calls_v1 where called_at_ms >= ? group by vendor order by vendor`,
    )
    .all(since, since, JSON.stringify(OURS), since);
