import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_RETRY, retryDelay } from './retryDelay';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const NOW = Date.UTC(2026, 10, 5);

test('waits of our own double, have full jitter, and end at the cap', () => {
  const policy = { ...DEFAULT_RETRY, attempts: 40 };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 39 }), random, (attempt, jitter) => {
      const bound = Math.min(8_000, 500 * 2 ** (attempt - 1));
      expect(retryDelay(policy, attempt, null, NOW, jitter)).toBe(Math.round(jitter * bound));
    }),
  );
});

test('no wait is shorter than the vendor asked, in seconds or by date', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 }), random, (seconds, jitter) => {
      for (const asked of [String(seconds), new Date(NOW + seconds * 1_000).toUTCString()]) {
        const wait = retryDelay(DEFAULT_RETRY, 1, asked, NOW, jitter);
        expect(wait).toBeGreaterThanOrEqual(seconds * 1_000);
        expect(wait).toBeLessThanOrEqual(Math.max(seconds * 1_000, 500));
      }
    }),
  );
});

test('a vendor that asks for more than there is gets no further call', () => {
  expect(retryDelay(DEFAULT_RETRY, 1, '11', NOW, 0)).toBeNull();
  expect(retryDelay(DEFAULT_RETRY, 1, new Date(NOW + 60_000).toUTCString(), NOW, 0)).toBeNull();
});

test('a date that has passed asks for nothing, and neither does nonsense', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.constant(new Date(NOW - 60_000).toUTCString()),
        fc.string().filter((text) => !/^\d+$/.test(text)),
        fc.constantFrom('-5', '1.5', '1e9', '9999999999', 'Infinity', 'Mon, nonsense'),
      ),
      (asked) => retryDelay(DEFAULT_RETRY, 1, asked, NOW, 0) === 0,
    ),
  );
});

test('the last attempt is the last', () => {
  expect(retryDelay(DEFAULT_RETRY, 2, null, NOW, 0)).toBe(0);
  expect(retryDelay(DEFAULT_RETRY, 3, null, NOW, 0)).toBeNull();
});
