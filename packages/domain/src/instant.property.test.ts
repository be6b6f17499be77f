import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { Instant, parseInstant } from './instant';

const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

test('what is written is what is read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: LATEST }), (instant) => {
      const text = Instant.encode(instant);
      expect(text).toBe(new Date(instant).toISOString());
      expect(parseInstant(text)).toBe(instant);
    }),
    { numRuns: 1_000, examples: [[0], [LATEST], [Date.UTC(2000, 1, 29)], [Date.UTC(2100, 1, 28)]] },
  );
});

test.each([
  '2026-02-29T00:00:00.000Z',
  '2100-02-29T00:00:00.000Z',
  '2026-04-31T00:00:00.000Z',
  '2026-00-10T00:00:00.000Z',
  '2026-13-10T00:00:00.000Z',
  '2026-01-00T00:00:00.000Z',
  '2026-01-01T24:00:00.000Z',
  '2026-01-01T00:60:00.000Z',
  '2026-01-01T00:00:60.000Z',
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.000+00:00',
  '2026-01-01 00:00:00.000Z',
  '2026-01-01T00:00:00.00aZ',
  '1969-12-31T23:59:59.999Z',
  '',
])('%s is no stored time', (text) => {
  expect(parseInstant(text)).toBeNull();
  expect(E.isLeft(Instant.decode(text))).toBe(true);
});

test('any other text is refused, not misread', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9T:.Z-]{20,26}$/), (text) => {
      const instant = parseInstant(text);
      expect(instant === null || new Date(instant).toISOString() === text).toBe(true);
    }),
  );
});
