/** Times that are further apart are of clocks that disagree: five minutes. */
const APART_MS = 5 * 60_000;

/** Whether a time is so much later than another that one of the two clocks is wrong. */
export const isFarLater = (time: number, other: number): boolean => time - other > APART_MS;

export const areFarApart = (time: number, other: number): boolean =>
  isFarLater(time, other) || isFarLater(other, time);
