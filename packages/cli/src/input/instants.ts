import { UsageError } from '../problems';

const DAY_MS = 86_400_000;
/** No time behind it can be written in RFC 3339, or kept. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const DATE = /^(\d{4})-(\d{2})-(\d{2})/;
/** Behind the date: nothing, or a time of day with its offset (RFC 3339, section 5.6). */
const TIME_OF_DAY =
  /^[Tt ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Which midnight of its day (in UTC) a date without a time of day stands for. */
export type DayEnd = 'start' | 'end';

const startOfDay = (text: string): number | null => {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.toISOString().startsWith(text.slice(0, 10)) ? date.getTime() : null;
};

const instantOf = (text: string, dayEnd: DayEnd): number | null => {
  const day = startOfDay(text);
  const timeOfDay = text.slice(10);
  if (day === null) return null;
  if (timeOfDay === '') return dayEnd === 'start' ? day : Math.min(day + DAY_MS, LATEST);
  return TIME_OF_DAY.test(timeOfDay) ? Date.parse(text.toUpperCase().replace(' ', 'T')) : null;
};

/** Reads an RFC 3339 time, or a date alone, as milliseconds since 1970. @throws UsageError */
export const parseInstant = (option: string, text: string, dayEnd: DayEnd): number => {
  const instant = instantOf(text, dayEnd);
  if (instant === null || Number.isNaN(instant) || instant < 0 || instant > LATEST) {
    throw new UsageError(
      `${option} takes a time such as 2026-11-23T07:36:33Z, or a date such as 2026-11-23 (UTC).`,
    );
  }
  return instant;
};
