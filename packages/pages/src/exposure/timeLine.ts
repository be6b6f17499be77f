import type { ExposureReport, LeakCaseKeyStanding } from 'keyturn';

/** What is drawn of a report: places from 0 to 1, from the beginning of the window to its end. */
export interface TimeLine {
  readonly columns: ReadonlyArray<Column>;
  /** The most pins and resumes of a column. */
  readonly most: number;
  readonly holds: ReadonlyArray<{ readonly from: number; readonly to: number }>;
  readonly testCalls: ReadonlyArray<number>;
  readonly moves: ReadonlyArray<{ readonly at: number; readonly toKey: boolean }>;
  readonly refused: ReadonlyArray<number>;
  readonly marks: ReadonlyArray<Mark>;
  readonly ticks: ReadonlyArray<{ readonly at: number; readonly text: string }>;
}

/** A stretch of the window in which something was. */
interface Column {
  readonly from: number;
  readonly to: number;
  readonly place: number;
  readonly pinned: number;
  readonly resumed: number;
  readonly testCalls: number;
  readonly refused: number;
}

interface Mark {
  readonly at: number;
  readonly text: string;
  /** Null outside of the window: it is told, and not drawn. */
  readonly place: number | null;
}

export const COLUMNS = 96;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
  ...[DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 182 * DAY, 364 * DAY],
];
const TICKS_AT_MOST = 8;

const ticksOf = (since: number, until: number): TimeLine['ticks'] => {
  const length = until - since;
  const step = STEPS.find((one) => length / one <= TICKS_AT_MOST) ?? 10 * 364 * DAY;
  const ticks: Array<{ at: number; text: string }> = [];
  for (let time = Math.ceil(since / step) * step; time < until; time += step) {
    const [date, clock] = new Date(time).toISOString().split('T');
    const text = step < DAY ? `${date?.slice(5) ?? ''} ${clock?.slice(0, 5) ?? ''}` : (date ?? '');
    ticks.push({ at: (time - since) / length, text });
  }
  return ticks;
};

/** Stretches that touch on paper are one: there may be thousands of runs. */
const merged = (spans: ReadonlyArray<{ from: number; to: number }>): TimeLine['holds'] => {
  const all: Array<{ from: number; to: number }> = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && from <= last.to + 0.001) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
};

const distinct = (places: ReadonlyArray<number>): ReadonlyArray<number> => [
  ...new Set(places.map((place) => Math.round(place * 1000) / 1000)),
];

const marksOf = (report: ExposureReport, ofCase: LeakCaseKeyStanding | null): Array<Omit<Mark, 'place'>> => {
  const stepAt = (step: 'revoke' | 'kill-check'): number | null =>
    ofCase?.steps.find((one) => one.step === step && one.done)?.mark?.at ?? null;
  const { suspectedSince, reportedAt, key } = report;
  const known: ReadonlyArray<readonly [string, number | null]> = [
    ['suspected from here on', suspectedSince],
    ['reported', reportedAt],
    ['revoked at the vendor', stepAt('revoke')],
    ['shown dead', stepAt('kill-check')],
    ['hard-deleted here', key.hardDeletedAt],
  ];
  return known.flatMap(([text, at]) => (at === null ? [] : [{ text, at }])).sort((a, b) => a.at - b.at);
};

/** What a report shows along its window. */
export const timeLineOf = (report: ExposureReport, ofCase: LeakCaseKeyStanding | null): TimeLine => {
  const { window, uses, holds, defaultMoves, refusals } = report;
  const { since, until } = window;
  const length = until - since;
  const placeOf = (at: number): number => Math.min(1, Math.max(0, (at - since) / length));
  const isIn = (at: number): boolean => at >= since && at < until;
  const counted = Array.from({ length: COLUMNS }, (_, place) => ({
    from: since + Math.round((length * place) / COLUMNS),
    to: since + Math.round((length * (place + 1)) / COLUMNS),
    place: place / COLUMNS,
    pinned: 0,
    resumed: 0,
    testCalls: 0,
    refused: 0,
  }));
  const columnOf = (at: number) => counted[Math.min(COLUMNS - 1, Math.floor(placeOf(at) * COLUMNS))];
  for (const { at, kind } of uses) {
    const column = columnOf(at);
    if (column === undefined) continue;
    if (kind === 'pinned') column.pinned += 1;
    else if (kind === 'resumed') column.resumed += 1;
    else column.testCalls += 1;
  }
  for (const { at } of refusals) {
    const column = columnOf(at);
    if (column !== undefined) column.refused += 1;
  }
  return {
    columns: counted.filter(
      ({ pinned, resumed, testCalls, refused }) => pinned + resumed + testCalls + refused > 0,
    ),
    most: counted.reduce((most, { pinned, resumed }) => Math.max(most, pinned + resumed), 0),
    holds: merged(holds.map(({ from, to }) => ({ from: placeOf(from), to: placeOf(to) }))),
    testCalls: distinct(uses.filter(({ kind }) => kind === 'test-call').map(({ at }) => placeOf(at))),
    moves: defaultMoves.map(({ at, to }) => ({ at: placeOf(at), toKey: to === 'this-key' })),
    refused: distinct(refusals.map(({ at }) => placeOf(at))),
    marks: marksOf(report, ofCase).map((mark) => ({
      ...mark,
      place: isIn(mark.at) ? placeOf(mark.at) : null,
    })),
    ticks: ticksOf(since, until),
  };
};
