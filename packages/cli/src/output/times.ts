const DAY_MS = 86_400_000;

/** RFC 3339 in UTC, as in every JSON document. */
export const isoOf = (instant: number): string => new Date(instant).toISOString();

export const isoOrNull = (instant: number | null): string | null =>
  instant === null ? null : isoOf(instant);

/** To the second, for people: `2026-11-23 07:36:33Z`. */
export const readableTime = (instant: number): string => `${isoOf(instant).slice(0, 19).replace('T', ' ')}Z`;

/** What dates alone were taken for, where a window has one: days are those of UTC. */
export const windowWords = ({
  since,
  until,
}: {
  readonly since?: number;
  readonly until?: number;
}): ReadonlyArray<string> => {
  const named = [
    ...(since === undefined ? [] : [`from ${isoOf(since)}`]),
    ...(until === undefined ? [] : [`before ${isoOf(until)}`]),
  ];
  const hasDay = [since, until].some((instant) => instant !== undefined && instant % DAY_MS === 0);
  return [
    ...(hasDay ? [`Days are those of UTC: ${named.join(', ')}.`] : []),
    ...(since !== undefined && since > Date.now() ? ['--since lies in the future.'] : []),
  ];
};

const READABLE = /\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/g;

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** The same time as clocks here show it, with its offset: `2026-11-23 08:36:33+01:00`. */
const localTime = (readable: string): string => {
  const instant = new Date(readable.replace(' ', 'T'));
  const offset = -instant.getTimezoneOffset();
  const shifted = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  const [sign, minutes] = offset < 0 ? ['-', -offset] : ['+', offset];
  return `${shifted}${sign}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
};

/** A text with its readable times as clocks here show them. */
export const withLocalTimes = (text: string): string => text.replace(READABLE, localTime);

export const readableOrNever = (instant: number | null): string =>
  instant === null ? '–' : readableTime(instant);
