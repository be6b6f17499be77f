import * as t from 'io-ts';

/** A point in time: milliseconds since 1970-01-01T00:00:00Z, a whole number. Stored as `2026-11-23T07:36:33.000Z`. */
export type Instant = number;

const STORED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const EARLIEST = 0;

const isInstant = (u: unknown): u is Instant =>
  typeof u === 'number' && Number.isInteger(u) && u >= EARLIEST && u <= LATEST;

/** Instants in memory, RFC 3339 text in UTC with milliseconds in the store. */
export const Instant = new t.Type<Instant, string, unknown>(
  'Instant',
  isInstant,
  (u, context) => {
    const instant = typeof u === 'string' && STORED.test(u) ? Date.parse(u) : Number.NaN;
    return isInstant(instant) ? t.success(instant) : t.failure(u, context, 'not an RFC 3339 UTC time');
  },
  (instant) => new Date(instant).toISOString(),
);
