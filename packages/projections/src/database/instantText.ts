import { type Expression, type RawBuilder, sql } from 'kysely';

/** A column of milliseconds since 1970 as RFC 3339 text in UTC, for the views that people read. */
export const instantText = <T extends number | null>(
  column: Expression<T>,
): RawBuilder<T extends null ? string | null : string> =>
  sql`strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`;
