import * as t from 'io-ts';

/** A point in time: milliseconds since 1970-01-01T00:00:00Z, a whole number. Stored as `2026-11-23T07:36:33.000Z`. */
export type Instant = number;

const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const EARLIEST = 0;
const DAY_MS = 86_400_000;
const STORED_LENGTH = '2026-11-23T07:36:33.000Z'.length;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isInstant = (u: unknown): u is Instant =>
  typeof u === 'number' && Number.isInteger(u) && u >= EARLIEST && u <= LATEST;

/** The number written at `from` in `length` digits; NaN when one of them is no digit. */
const digits = (text: string, from: number, length: number): number => {
  let value = 0;
  for (let i = from; i < from + length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const daysIn = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);

/** Days since 1970-01-01 in the Gregorian calendar, counting years from March so that leap days come last. */
const dayNumber = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

const isPunctuated = (text: string): boolean =>
  text.length === STORED_LENGTH &&
  text[4] === '-' &&
  text[7] === '-' &&
  text[10] === 'T' &&
  text[13] === ':' &&
  text[16] === ':' &&
  text[19] === '.' &&
  text[23] === 'Z';

/**
 * Reads an instant as it is stored, and nothing else that looks like a time; null for anything else. By hand: millions
 * of events are read with three instants each, and `Date.parse` also takes days that no month has.
 */
export const parseInstant = (text: string): Instant | null => {
  if (!isPunctuated(text)) return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const millisecond = digits(text, 20, 3);
  const fits = day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60;
  if (!fits) return null;
  const timeOfDay = ((hour * 60 + minute) * 60 + second) * 1_000 + millisecond;
  const instant = dayNumber(year, month, day) * DAY_MS + timeOfDay;
  return isInstant(instant) ? instant : null;
};

/** Events of one command share their times, and writing a time as text is slow: the last one is kept. */
const written = { instant: 0, text: new Date(0).toISOString() };

const writeInstant = (instant: Instant): string => {
  if (instant !== written.instant) {
    written.text = new Date(instant).toISOString();
    written.instant = instant;
  }
  return written.text;
};

/** Instants in memory, RFC 3339 text in UTC with milliseconds in the store. */
export const Instant = new t.Type<Instant, string, unknown>(
  'Instant',
  isInstant,
  (u, context) => {
    const instant = typeof u === 'string' ? parseInstant(u) : null;
    return instant === null ? t.failure(u, context, 'not an RFC 3339 UTC time') : t.success(instant);
  },
  writeInstant,
);
