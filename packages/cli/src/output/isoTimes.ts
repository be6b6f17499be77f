import { isoOf } from './times';

/** Members that are times, wherever they stand in the report. */
const TIMES: ReadonlySet<string> = new Set([
  ...['at', 'since', 'until', 'from', 'to', 'hour', 'suspectedSince', 'reportedAt', 'addedAt', 'expiresAt'],
  ...['lastUsedAt', 'lastValidatedAt', 'hardDeletedAt', 'destroyedAt', 'reportedLeakedAt', 'rotateBy'],
]);

/** The same value with its times as RFC 3339 text. */
const withIsoTimes = (value: unknown, name = ''): unknown => {
  if (typeof value === 'number') return TIMES.has(name) ? isoOf(value) : value;
  if (Array.isArray(value)) return value.map((one: unknown) => withIsoTimes(one));
  if (typeof value !== 'object' || value === null) return value;
  return withTimes(value);
};

/** A document with its times as RFC 3339 text. */
export const withTimes = (whole: object): object =>
  Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, withIsoTimes(value, name)]));
