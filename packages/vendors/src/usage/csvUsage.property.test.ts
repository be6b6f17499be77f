import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readUsage } from './readUsage';
import type { Usage, UsageBucket, UsageProblem } from './usage';

const HOUR = 3_600_000;
const YEAR_2026 = Date.UTC(2026, 0, 1);

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const read = (text: string): Usage | UsageProblem => {
  const result = readUsage(bytes(text), 'groq', null);
  return result._tag === 'Right' ? result.right : result.left;
};

/** Buckets of an hour each, by time, none twice. */
const buckets = fc
  .uniqueArray(
    fc.record({
      hour: fc.nat(10_000),
      requests: fc.option(fc.nat(1e12)),
      tokens: fc.option(fc.nat(1e12)),
    }),
    { selector: ({ hour }) => hour, maxLength: 40 },
  )
  .map((hours) =>
    hours
      .map(({ hour, requests, tokens }): UsageBucket => ({
        start: YEAR_2026 + hour * HOUR,
        end: YEAR_2026 + (hour + 1) * HOUR,
        requests,
        tokens,
      }))
      .sort((a, b) => a.start - b.start),
  );

/** A time as some program may write it: in any zone, with or without seconds. */
const writtenTime = (ms: number, minutesEast: number): string => {
  const local = new Date(ms + minutesEast * 60_000).toISOString().slice(0, 16);
  const sign = minutesEast < 0 ? '-' : '+';
  const of = (minutes: number): string => String(minutes).padStart(2, '0');
  const [hours, rest] = [Math.floor(Math.abs(minutesEast) / 60), Math.abs(minutesEast) % 60];
  return `${local}${sign}${of(hours)}:${of(rest)}`;
};

const ways = fc.record({
  columns: fc.shuffledSubarray(['start', 'end', 'requests', 'tokens'], { minLength: 4, maxLength: 4 }),
  minutesEast: fc.integer({ min: -12 * 4, max: 14 * 4 }).map((quarters) => quarters * 15),
  quote: fc.constantFrom('', '"'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  bom: fc.constantFrom('', '\uFEFF'),
  space: fc.constantFrom('', ' '),
  order: fc.infiniteStream(fc.nat()),
});

test('what is written in any way comes back, in order of time', () => {
  fc.assert(
    fc.property(buckets, ways, (expected, { columns, minutesEast, quote, lineEnd, bom, space, order }) => {
      const cells = (bucket: UsageBucket): string =>
        columns
          .map((column) => {
            if (column === 'start') return writtenTime(bucket.start, minutesEast);
            if (column === 'end') return writtenTime(bucket.end, minutesEast);
            return String((column === 'requests' ? bucket.requests : bucket.tokens) ?? '');
          })
          .map((cell) => `${space}${quote}${cell}${quote}`)
          .join(',');
      const shuffled = expected
        .map((bucket) => ({ bucket, at: Number(order.next().value) }))
        .sort((a, b) => a.at - b.at)
        .map(({ bucket }) => bucket);
      const text = bom + [columns.join(','), ...shuffled.map(cells), ''].join(lineEnd);
      expect(read(text)).toEqual({
        format: 'csv',
        buckets: expected,
        rows: expected.length,
        rowsWithoutKey: 0,
        rowsOfOtherKeys: 0,
        morePages: false,
      });
    }),
  );
});

test('rows of the same hour are added up, and none is counted twice or left out', () => {
  const rows = fc.array(fc.record({ hour: fc.nat(5), requests: fc.nat(1e6) }), { maxLength: 60 });
  fc.assert(
    fc.property(rows, (all) => {
      const lines = all.map(({ hour, requests }) => {
        const [start, end] = [hour, hour + 1].map((at) => new Date(YEAR_2026 + at * HOUR).toISOString());
        return `${start},${end},${requests}`;
      });
      const usage = read(['start,end,requests', ...lines].join('\n'));
      const counted = 'buckets' in usage ? usage.buckets : [];
      const total = counted.reduce((sum, { requests }) => sum + (requests ?? 0), 0);
      expect(total).toBe(all.reduce((sum, { requests }) => sum + requests, 0));
      expect(counted.map(({ start }) => start)).toEqual(
        [...new Set(all.map(({ hour }) => YEAR_2026 + hour * HOUR))].sort((a, b) => a - b),
      );
    }),
  );
});

test('any bytes are usage or a problem, and a problem repeats nothing of them', () => {
  const secret = 'zQ9-Kf3xW7';
  const junk = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(
      fc.constantFrom('start', 'end', 'requests', ',', '\n', '"', secret, '7', '{', '[', '2026-11-05'),
    ),
  );
  fc.assert(
    fc.property(junk, fc.constantFrom('groq', 'openai', 'anthropic', 'openrouter'), (input, vendor) => {
      const text = typeof input === 'string' ? input + secret : [...input, secret].join('');
      const result = readUsage(bytes(text), vendor, null);
      expect(JSON.stringify(result)).not.toContain(secret);
    }),
    { numRuns: 1_000 },
  );
});
