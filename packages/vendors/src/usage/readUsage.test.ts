import { describe, expect, test } from '@jest/globals';
import { readUsage } from './readUsage';

const read = (text: string, vendor = 'groq', keyId: string | null = null): unknown => {
  const result = readUsage(Buffer.from(text, 'utf8'), vendor, keyId);
  return result._tag === 'Right' ? result.right : result.left;
};
const csv = (...lines: ReadonlyArray<string>): string => ['start,end,requests', ...lines].join('\n');
const HOUR = '2026-11-05T14:00:00Z,2026-11-05T15:00:00Z';

describe('CSV is refused, with the line', () => {
  const HEADER = 'a first line with start, end and requests, and tokens if they are known';
  const TIME = 'a time with its zone, such as 2026-11-05T14:00:00Z, or a day in UTC, such as 2026-11-05';
  test.each<[string, string, string, string]>([
    ['that is empty', '', 'line 1', HEADER],
    ['without a header', HOUR + ',1', 'line 1', `${HEADER}; column 1 is none of them`],
    ['without requests', 'start,end', 'line 1', `${HEADER}; requests is missing`],
    ['with a column twice', 'start,end,requests,end', 'line 1', `${HEADER}; end is there twice`],
    ['with a cell too few', csv(`${HOUR},1`, HOUR), 'line 3', '3 columns, as the first line has'],
    ['with a cell too many', csv(`${HOUR},1,2`), 'line 2', '3 columns, as the first line has'],
    ['with a local time', csv('2026-11-05T14:00:00,2026-11-05T15:00:00Z,1'), 'line 2', `start: ${TIME}`],
    ['with a day that is none', csv('2026-11-31,2026-12-01,1'), 'line 2', `start: ${TIME}`],
    ['with a date of a spreadsheet', csv('05/11/2026,2026-11-06,1'), 'line 2', `start: ${TIME}`],
    ['with an end that is none', csv('2026-11-05,tomorrow,1'), 'line 2', `end: ${TIME}`],
    ['that ends as it begins', csv('2026-11-05,2026-11-05,1'), 'line 2', 'end: a time after start'],
    ['below zero', csv(`${HOUR},-1`), 'line 2', 'requests: a whole number, 0 or more, or nothing'],
    ['with a fraction', csv(`${HOUR},1.5`), 'line 2', 'requests: a whole number, 0 or more, or nothing'],
    [
      'with points between thousands',
      csv(`${HOUR},1.000`),
      'line 2',
      'requests: a whole number, 0 or more, or nothing',
    ],
    [
      'that overlaps',
      csv(`${HOUR},1`, '2026-11-05T14:59:00Z,2026-11-05T16:00:00Z,1'),
      'line 3',
      'a time that does not overlap that of line 2',
    ],
    [
      'with a quotation mark that never ends',
      csv(`"${HOUR},1`),
      'line 2',
      'a line of CSV, each quotation mark with its counterpart',
    ],
  ])('%s', (_what, text, at, problem) => {
    expect(read(text)).toEqual({ at, problem });
  });

  test('whose line never ends', () => {
    expect(read(csv('x'.repeat(5_000)))).toMatchObject({ at: 'line 2' });
  });
});

test('CSV takes days, blank lines, and counts that are not known', () => {
  expect(read('Start,End,Requests,Tokens\n\n2026-11-05,2026-11-06,,7\n2026-11-06,2026-11-07,3,\n')).toEqual({
    format: 'csv',
    buckets: [
      { start: Date.UTC(2026, 10, 5), end: Date.UTC(2026, 10, 6), requests: null, tokens: 7 },
      { start: Date.UTC(2026, 10, 6), end: Date.UTC(2026, 10, 7), requests: 3, tokens: null },
    ],
    rows: 2,
    rowsWithoutKey: 0,
    rowsOfOtherKeys: 0,
    morePages: false,
  });
});

describe('an input is refused', () => {
  test('that is longer than 32 MiB', () => {
    const result = readUsage(Buffer.alloc(32 * 1024 * 1024 + 1, 0x20), 'groq', null);
    expect(result).toMatchObject({ left: { at: null, problem: 'no more than 32 MiB' } });
  });
  test('that is no text', () => {
    expect(readUsage(Buffer.from([0xff, 0xfe, 0x73]), 'groq', null)).toMatchObject({
      left: { problem: 'text in UTF-8' },
    });
  });
  test('in JSON, of a vendor that has no such format', () => {
    expect(read('{"data":[]}', 'groq')).toEqual({
      at: null,
      problem: 'CSV: no usage of this vendor is known in JSON',
    });
  });
  test('in JSON that is cut', () => {
    expect(read('{"data":[', 'openai')).toEqual({ at: null, problem: 'whole JSON, or CSV' });
  });
});
