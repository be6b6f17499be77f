import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { KeyHold, KeyUse, VendorBucket } from '../facts';
import { exceeding } from './exceeding';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ALLOWANCE = 5 * MINUTE;

const hold = (runId: string, from: number, to: number): KeyHold => ({
  runId,
  from,
  to,
  isEnded: true,
  outcome: 'succeeded',
  interrupted: false,
});
const bucket = (start: number, requests: number | null): VendorBucket => ({
  start,
  end: start + HOUR,
  requests,
  tokens: null,
});
const told = (
  holds: ReadonlyArray<KeyHold>,
  requests: Readonly<Record<string, number>>,
  buckets: ReadonlyArray<VendorBucket>,
  uses: ReadonlyArray<KeyUse> = [],
) =>
  exceeding({ holds, uses, requestsOfRuns: new Map(Object.entries(requests)) }, buckets, ALLOWANCE).map(
    ({ start, requests: counted, sent }) => [start / HOUR, counted, sent],
  );

const long = [hold('long', 0, 10 * HOUR)];
const testCall: KeyUse = {
  kind: 'test-call',
  sequence: 1,
  at: 30 * MINUTE,
  actor: 'user:ada',
  originRef: null,
  projectId: null,
  runId: null,
  cause: 'validate',
};

test('more in one bucket than the runs that touch it sent is told, and as much is not', () => {
  const runs = [hold('a', 10 * MINUTE, 20 * MINUTE), hold('b', 40 * MINUTE, 50 * MINUTE)];
  expect(told(runs, { a: 3, b: 4 }, [bucket(0, 8)])).toEqual([[0, 8, 7]]);
  expect(told(runs, { a: 3, b: 4 }, [bucket(0, 7)])).toEqual([]);
});

test('a little in each hour of a long run is told by the sum', () => {
  const hours = Array.from({ length: 10 }, (_, n) => bucket(n * HOUR, 20));
  expect(told(long, { long: 100 }, hours)).toEqual([[0, 200, 100]]);
  expect(told(long, { long: 200 }, hours)).toEqual([]);
});

test('a run that did not say how many leaves nothing to compare where it may have been counted', () => {
  const runs = [hold('a', 10 * MINUTE, 20 * MINUTE), hold('b', 40 * MINUTE, 50 * MINUTE)];
  expect(told(runs, { a: 3 }, [bucket(0, 80)])).toEqual([]);
  const later = hold('c', 5 * HOUR, 5 * HOUR + MINUTE);
  expect(told([...runs, later], { a: 3, c: 1 }, [bucket(0, 80), bucket(5 * HOUR, 2)])).toEqual([[5, 2, 1]]);
  expect(told(long, {}, [bucket(0, 80)])).toEqual([]);
  expect(told(long, { long: 1 }, [bucket(0, null)])).toEqual([]);
});

test('a test call is ours, and a run at the edge of a bucket may have been counted in both', () => {
  expect(told(long, { long: 10 }, [bucket(0, 16)], [testCall])).toEqual([]);
  expect(told(long, { long: 10 }, [bucket(0, 17)], [testCall])).toEqual([[0, 17, 16]]);
  const edge = [hold('edge', HOUR + 4 * MINUTE, HOUR + 5 * MINUTE)];
  expect(told(edge, { edge: 5 }, [bucket(0, 5), bucket(HOUR, 0)])).toEqual([]);
  expect(told(edge, { edge: 5 }, [bucket(0, 3), bucket(HOUR, 3)])).toEqual([[0, 6, 5]]);
});

test('what our runs sent is never told, however the vendor puts it into buckets', () => {
  const run = fc.record({ from: fc.nat(48 * 60), minutes: fc.nat(600), sent: fc.nat(50) });
  fc.assert(
    fc.property(
      fc.array(run, { minLength: 1, maxLength: 12 }),
      fc.infiniteStream(fc.nat(1_000)),
      (runs, at) => {
        const holds = runs.map(({ from, minutes }, n) =>
          hold(`r${n}`, from * MINUTE, (from + minutes) * MINUTE),
        );
        const counted = new Map<number, number>();
        runs.forEach(({ from, minutes, sent }) => {
          for (let n = 0; n < sent; n += 1) {
            const minute = from + ((at.next().value ?? 0) % (minutes + 1));
            const hour = Math.floor(minute / 60);
            counted.set(hour, (counted.get(hour) ?? 0) + 1);
          }
        });
        const buckets = [...counted].map(([hour, requests]) => bucket(hour * HOUR, requests));
        const requests = Object.fromEntries(runs.map(({ sent }, n) => [`r${n}`, sent]));
        expect(told(holds, requests, buckets)).toEqual([]);
        const all = [...counted.values()].reduce((sum, one) => sum + one, 0);
        const [first] = buckets;
        if (first === undefined || runs.length > 1) return;
        const stolen = [{ ...first, requests: (first.requests ?? 0) + 1 }, ...buckets.slice(1)];
        expect(told(holds, requests, stolen)).toHaveLength(1);
        expect(all).toBe(runs[0]?.sent);
      },
    ),
    { numRuns: 200 },
  );
});
