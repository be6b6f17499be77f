import { describe, expect, test } from '@jest/globals';
import { Instant, parseInstant } from './instant';

const WRITTEN = '2026-11-23T07:36:33.000Z';

describe('the stored form of an instant', () => {
  test.each(Array.from(WRITTEN, (char, at) => [at, char] as const))(
    'has at %d what it has to have: %s',
    (at) => {
      for (const other of ['/', ':', '-', 'x', ' ']) {
        if (other === WRITTEN[at]) continue;
        expect(parseInstant(`${WRITTEN.slice(0, at)}${other}${WRITTEN.slice(at + 1)}`)).toBeNull();
      }
    },
  );

  test.each([
    `${WRITTEN}Z`,
    WRITTEN.slice(0, -1),
    '2026-11-31T07:36:33.000Z',
    '2026-13-01T07:36:33.000Z',
    '2026-00-01T07:36:33.000Z',
    '2026-11-00T07:36:33.000Z',
    '2026-02-29T00:00:00.000Z',
    '2100-02-29T00:00:00.000Z',
    '2026-11-23T24:00:00.000Z',
    '2026-11-23T07:60:00.000Z',
    '2026-11-23T07:36:60.000Z',
    '1969-12-31T23:59:59.999Z',
  ])('is not %s', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  test.each([
    ['1970-01-01T00:00:00.000Z', 0],
    ['2000-02-29T23:59:59.999Z', Date.UTC(2000, 1, 29, 23, 59, 59, 999)],
    ['2024-02-29T00:00:00.000Z', Date.UTC(2024, 1, 29)],
    ['2100-03-01T00:00:00.000Z', Date.UTC(2100, 2, 1)],
    ['9999-12-31T23:59:59.999Z', Date.UTC(9999, 11, 31, 23, 59, 59, 999)],
  ])('may be %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
    expect(Instant.encode(instant)).toBe(text);
  });
});

test.each([-1, 0.5, Number.NaN, Infinity, Date.UTC(10_000, 0, 1), '0', null])('%p is no instant', (value) => {
  expect(Instant.is(value)).toBe(false);
});
