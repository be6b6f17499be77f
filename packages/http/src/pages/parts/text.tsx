import { Text } from '@keyturn/pages';
import { WORDS } from '../words/words';

export { Text };

/** Nothing is there. On a narrow screen the cell is left out. */
export const None = () => <span class="nothing">{WORDS.none}</span>;

const isoOf = (instant: number): string => new Date(instant).toISOString();

/** A time to the minute, in UTC; the script tells it in the reader's own zone. */
export const Time = ({ at }: { readonly at: number }) => (
  <time class="time" datetime={isoOf(at)}>
    {`${isoOf(at).slice(0, 16).replace('T', ' ')}Z`}
  </time>
);

/** A time to the second, in UTC; the script tells it in the reader's own zone, with UTC below. */
export const TimeAndUtc = ({ at }: { readonly at: number }) => (
  <time class="time" datetime={isoOf(at)} data-beside="">
    {`${isoOf(at).slice(0, 19).replace('T', ' ')}Z`}
  </time>
);

/** In which zone the times of a page are: UTC, or where there is a script the reader's own. */
export const Zone = () => <span data-zone={WORDS.timesIn(WORDS.zone)}>{WORDS.timesInUtc}</span>;

/** `2027-03-31`. */
export const dayText = (instant: number): string => isoOf(instant).slice(0, 10);

/** A day, in UTC. */
export const Day = ({ at }: { readonly at: number }) => (
  <time class="time" datetime={isoOf(at)} data-day="">
    {dayText(at)}
  </time>
);

/** A day or a time, where there is one. */
export const MaybeTime = ({ at }: { readonly at: number | null }) =>
  at === null ? <None /> : <Time at={at} />;
export const MaybeDay = ({ at }: { readonly at: number | null }) =>
  at === null ? <None /> : <Day at={at} />;

export const MaybeText = ({ children }: { readonly children: string | null }) =>
  children === null || children === '' ? <None /> : <Text>{children}</Text>;
