import { describe, expect, test } from '@jest/globals';
import { displayLine, english, pseudoLocale } from '@keyturn/domain';
import * as fc from 'fast-check';
import { csvLines } from './csv';
import { shortIds } from './shortIds';
import { table } from './table';

/** Reads one line of RFC 4180 without line breaks in it. */
const cellsOf = (line: string): ReadonlyArray<string> =>
  [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );

describe('CSV', () => {
  test('reads back as it was, but for a mark before what a spreadsheet would run', () => {
    const text = fc.string().filter((value) => !/[\r\n]/.test(value));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (row) => {
        const [, line = ''] = csvLines(['x'], [row]);
        expect(cellsOf(line)).toEqual(row.map((value) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value)));
      }),
      { examples: [[['=1+1', '"', ',', '']], [['-', '@x', 'a"b,c']]] },
    );
  });

  test('numbers stay numbers, and nothing is nothing', () => {
    expect(csvLines(['a', 'b'], [[-1, null]])).toEqual(['a,b', '-1,']);
  });
});

describe('short ids', () => {
  test('are as short as they may be, and tell the ids apart', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid()), (ids) => {
        const short = shortIds(ids);
        expect(new Set(ids.map(short)).size).toBe(ids.length);
        for (const id of ids) expect(id.startsWith(short(id)) && short(id).length >= 8).toBe(true);
      }),
      { examples: [[['aaaaaaaa-aaaa-1aaa-8aaa-aaaaaaaaaaaa', 'aaaaaaaa-aaaa-1aaa-8aaa-aaaaaaaaaaab']]] },
    );
  });
});

describe('a table', () => {
  test('has no control character of what it shows', () => {
    const [, line = ''] = table(['A', 'B'], [['\u001b[31mred\u0007', 'a\u202eb']]);
    expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(line).toContain('red');
  });

  test.each([english, pseudoLocale])('keeps its columns in line, in $language', (words) => {
    const label = { failureReason: null, wasDefault: false, openRuns: 2, last4: 'AbCd' } as const;
    const lines = table(
      ['KEY', 'DISPLAY', 'RUNS'],
      [
        ['k1', displayLine({ ...label, status: 'active', isDefault: true }, words), '##'],
        ['k2', displayLine({ ...label, status: 'retired', isDefault: false }, words), '##'],
      ],
    );
    expect(lines).toHaveLength(3);
    const [headings, ...rows] = lines.map((line) => (typeof line === 'string' ? line : line.heading));
    const column = headings?.indexOf('RUNS');
    expect(rows.map((row) => row.indexOf('##'))).toEqual([column, column]);
  });
});
