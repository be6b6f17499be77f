/** RFC 3339 in UTC, as in every JSON document. */
export const isoOf = (instant: number): string => new Date(instant).toISOString();

export const isoOrNull = (instant: number | null): string | null =>
  instant === null ? null : isoOf(instant);

/** To the second, for people: `2026-11-23 07:36:33Z`. */
export const readableTime = (instant: number): string => `${isoOf(instant).slice(0, 19).replace('T', ' ')}Z`;

export const readableOrNever = (instant: number | null): string =>
  instant === null ? '–' : readableTime(instant);
