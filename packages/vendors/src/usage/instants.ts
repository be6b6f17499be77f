const DAY_MS = 86_400_000;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A time of RFC 3339, whose zone is written: a local time would be another one on another machine. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/i;

/** The days of a month are asked about: JavaScript takes the 31st of November for the 1st of December. */
const isDayOfCalendar = (day: string): boolean => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};

/** A time with its zone as milliseconds since 1970, or null where a text is none. */
export const readInstant = (text: string): number | null => {
  if (!RFC_3339.test(text) || !isDayOfCalendar(text.slice(0, 10))) return null;
  const at = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(at) ? null : at;
};

/** The beginning and the end of a day in UTC, such as `2026-11-05`, or null where a text is none. */
export const readDay = (text: string): readonly [number, number] | null => {
  const day = text.replace(/ 00:00:00$/, '');
  if (!DAY.test(day) || !isDayOfCalendar(day)) return null;
  const start = Date.parse(`${day}T00:00:00Z`);
  return [start, start + DAY_MS];
};
