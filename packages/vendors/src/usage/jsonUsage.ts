import * as E from 'fp-ts/Either';
import { holds, valuesAt } from '../jsonPath';
import { addedUp, type UsageRow } from './addedUp';
import { readDay, readInstant } from './instants';
import type { Usage, UsageProblem } from './usage';
import type { UsageFormat } from './usageFormat';

/** A row, and the key that it names; undefined where it stands for a bucket without rows. */
interface KeyedRow extends UsageRow {
  readonly keyId: string | null | undefined;
}

type Read<A> = E.Either<UsageProblem, A>;

/** Of the year 5138: what is longer is in milliseconds. */
const MOST_SECONDS = 1e11;

const COUNT = 'a whole number, 0 or more';
const TIME: { readonly [F in UsageFormat['times']['form']]: string } = {
  'rfc-3339': 'a time with its zone, such as 2026-11-05T14:00:00Z',
  'unix-seconds': 'a time in whole seconds since 1970',
  day: 'a day, such as 2026-11-05',
};

const problem = (at: string, what: string): E.Left<UsageProblem> => ({
  _tag: 'Left',
  left: { at, problem: what },
});

const at = (place: string, path: string): string => `${place}.${path}`;

const timeAt = (
  json: unknown,
  place: string,
  path: string,
  form: 'rfc-3339' | 'unix-seconds',
): Read<number> => {
  const [value] = valuesAt(json, path);
  if (form === 'unix-seconds') {
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < MOST_SECONDS
      ? E.right(value * 1_000)
      : problem(at(place, path), TIME[form]);
  }
  const instant = typeof value === 'string' ? readInstant(value) : null;
  return instant === null ? problem(at(place, path), TIME[form]) : E.right(instant);
};

const timesOf = ({ times }: UsageFormat, bucket: unknown, place: string): Read<readonly [number, number]> => {
  if (times.form === 'day') {
    const [value] = valuesAt(bucket, times.day);
    const day = typeof value === 'string' ? readDay(value) : null;
    return day === null ? problem(at(place, times.day), TIME.day) : E.right(day);
  }
  const start = timeAt(bucket, place, times.start, times.form);
  if (E.isLeft(start)) return start;
  const end = timeAt(bucket, place, times.end, times.form);
  if (E.isLeft(end)) return end;
  return end.right > start.right
    ? E.right([start.right, end.right])
    : problem(at(place, times.end), 'a time after the one at which it begins');
};

/** A count; null where the vendor says that it has none. A member that is left out is a problem. */
const countAt = (row: unknown, place: string, path: string): Read<number | null> => {
  const [value] = valuesAt(row, path);
  if (value === null) return E.right(null);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? E.right(value)
    : problem(at(place, path), COUNT);
};

const rowOf = (
  format: UsageFormat,
  row: unknown,
  place: string,
  [start, end]: readonly [number, number],
): Read<KeyedRow> => {
  const requests = format.requests === null ? E.right(null) : countAt(row, place, format.requests);
  if (E.isLeft(requests)) return requests;
  let tokens: number | null = 0;
  for (const path of format.tokens) {
    const count = countAt(row, place, path);
    if (E.isLeft(count)) return count;
    tokens = tokens === null || count.right === null ? null : tokens + count.right;
  }
  const [keyId] = format.keyId === null ? [] : valuesAt(row, format.keyId);
  if (keyId !== undefined && keyId !== null && typeof keyId !== 'string') {
    return problem(at(place, format.keyId ?? ''), 'the id of a key, or null');
  }
  return E.right({ at: place, start, end, requests: requests.right, tokens, keyId: keyId ?? null });
};

const rowsOf = (format: UsageFormat, bucket: unknown, place: string): Read<ReadonlyArray<KeyedRow>> => {
  const times = timesOf(format, bucket, place);
  if (E.isLeft(times)) return times;
  if (format.rows === null) {
    const row = rowOf(format, bucket, place, times.right);
    return E.isLeft(row) ? row : E.right([row.right]);
  }
  const [rows] = valuesAt(bucket, format.rows);
  if (!Array.isArray(rows)) return problem(at(place, format.rows), 'a list');
  // A bucket without rows is one in which nothing was used.
  if (rows.length === 0) {
    const requests = format.requests === null ? null : 0;
    const [start, end] = times.right;
    return E.right([{ at: place, start, end, requests, tokens: 0, keyId: undefined }]);
  }
  const read: KeyedRow[] = [];
  for (const [index, each] of rows.entries()) {
    const row = rowOf(format, each, `${at(place, format.rows)}[${index}]`, times.right);
    if (E.isLeft(row)) return row;
    read.push(row.right);
  }
  return E.right(read);
};

/** The format that the first bucket has; the first of them where there is none. */
const formatOf = (formats: ReadonlyArray<UsageFormat>, first: unknown): UsageFormat | undefined =>
  first === undefined
    ? formats[0]
    : formats.find(({ marks }) => marks.every((mark) => valuesAt(first, mark).length > 0));

const isOfOther = ({ keyId }: KeyedRow, wanted: string | null): boolean =>
  wanted !== null && typeof keyId === 'string' && keyId !== wanted;

/** A row of another key, as nothing of this one: that the vendor looked and found nothing is a fact, too. */
const asNothing = ({ requests }: UsageFormat, row: KeyedRow): KeyedRow => ({
  ...row,
  requests: requests === null ? null : 0,
  tokens: 0,
});

/**
 * Reads a vendor's answer about usage.
 *
 * @param formats those that it may have
 * @param keyId the vendor's id of the key: rows of others are counted, and left out; null to take all
 */
export const readJsonUsage = (
  json: unknown,
  formats: ReadonlyArray<UsageFormat>,
  keyId: string | null,
): Read<Usage> => {
  const [buckets] = valuesAt(json, 'data');
  const wanted = `an answer about usage: ${formats.map(({ name }) => name).join(' or ')}`;
  if (!Array.isArray(buckets)) return E.left({ at: 'data', problem: wanted });
  const format = formatOf(formats, buckets[0]);
  if (format === undefined) return E.left({ at: buckets.length === 0 ? null : 'data[0]', problem: wanted });
  const rows: KeyedRow[] = [];
  for (const [index, bucket] of buckets.entries()) {
    const read = rowsOf(format, bucket, `data[${index}]`);
    if (E.isLeft(read)) return read;
    rows.push(...read.right);
  }
  const added = addedUp(rows.map((row) => (isOfOther(row, keyId) ? asNothing(format, row) : row)));
  if (E.isLeft(added)) return added;
  const told = rows.filter((row) => row.keyId !== undefined);
  const others = told.filter((row) => isOfOther(row, keyId)).length;
  const withoutKey = keyId === null ? 0 : told.filter((row) => row.keyId === null).length;
  return E.right({
    format: format.name,
    buckets: added.right,
    rows: told.length - others - withoutKey,
    rowsWithoutKey: withoutKey,
    rowsOfOtherKeys: others,
    morePages: format.more !== null && holds(json, { path: format.more, oneOf: [true] }),
  });
};
