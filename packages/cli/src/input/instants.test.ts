import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { UsageError } from '../problems';
import { parseInstant } from './instants';

const parsed = (text: string, dayEnd: 'start' | 'end' = 'start'): number =>
  parseInstant('--at', text, dayEnd);

describe('a time', () => {
  test('of any instant reads as that instant', () => {
    const day = fc.date({ min: new Date(0), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true });
    fc.assert(fc.property(day, (date) => expect(parsed(date.toISOString())).toBe(date.getTime())));
  });

  test.each([
    ['2026-11-23T08:00:00+01:00', '2026-11-23T07:00:00Z'],
    ['2026-11-23t07:00:00z', '2026-11-23T07:00:00Z'],
    ['2026-11-23 07:00:00.5Z', '2026-11-23T07:00:00.500Z'],
    ['2028-02-29T00:00:00-00:30', '2028-02-29T00:30:00Z'],
  ])('%s is %s', (text, instant) => {
    expect(parsed(text)).toBe(Date.parse(instant));
  });

  test('a date alone is its beginning, or its end', () => {
    expect(parsed('2026-11-23')).toBe(Date.parse('2026-11-23T00:00:00Z'));
    expect(parsed('2026-11-23', 'end')).toBe(Date.parse('2026-11-24T00:00:00Z'));
  });

  test('of the last day that there is ends with it', () => {
    expect(parsed('9999-12-31', 'end')).toBe(Date.parse('9999-12-31T23:59:59.999Z'));
  });

  test.each([
    '',
    'now',
    '2026',
    '2026-11',
    '2026-02-30',
    '2026-13-01',
    '2026-02-29T00:00:00Z',
    '1969-12-31',
    '2026-11-23T07:00Z',
    '2026-11-23T07:00:00',
    '2026-11-23T24:00:00Z',
    '2026-11-23T07:00:60Z',
    '2026-11-23T07:00:00+25:00',
    '23.11.2026',
    '2026-11-23T07:00:00Z; rm',
    '9999-12-31T23:59:59-01:00',
  ])('%j is none', (text) => {
    expect(() => parsed(text)).toThrow(UsageError);
  });
});
