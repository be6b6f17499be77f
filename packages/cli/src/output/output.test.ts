import { describe, expect, test } from '@jest/globals';
import { displayLine, english, pseudoLocale } from '@keyturn/domain';
import * as fc from 'fast-check';
import type { Foreseen, ForeseenEvent } from 'keyturn';
import { csvLine } from './csv';
import { foreseenLines, foreseenReport } from './foreseen';
import { shortIds } from './shortIds';
import type { Io, Output } from '../io';
import type { Line } from './report';
import { drawn } from './drawnTable';
import { table } from './table';
import { readableTime } from './times';
import { writeReport } from './write';

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
        const line = csvLine(row);
        expect(cellsOf(csvLine(row, true))).toEqual(row);
        expect(cellsOf(line)).toEqual(row.map((value) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value)));
      }),
      { examples: [[['=1+1', '"', ',', '']], [['-', '@x', 'a"b,c']]] },
    );
  });

  test('numbers stay numbers, and nothing is nothing', () => {
    expect(csvLine([-1, null])).toBe('-1,');
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

describe('what would happen', () => {
  const runs = Array.from({ length: 12 }, (_, i) => `run-${i}`);
  const events: ReadonlyArray<ForeseenEvent> = [
    { type: 'KeyHardDeleted', data: { keyId: 'k1', interruptedRuns: runs } },
    { type: 'KeyReportedLeaked', data: { keyId: 'k1', caseId: 'C-1' } },
  ];
  const foreseen: Foreseen = { dryRun: true, keyringRevision: 3, events };

  test('a dry run names every run that is interrupted', () => {
    const { lines } = foreseenReport(foreseen, []);
    expect(lines[1]).toBe(`Key k1 is destroyed, interrupting ${runs.join(', ')}.`);
    expect(lines[2]).toBe('Key k1 is reported as leaked: its secret does not come back on file.');
  });

  test('ahead of a question ten of them are', () => {
    const [line] = foreseenLines(foreseen, []);
    expect(line).toBe(`Key k1 is destroyed, interrupting ${runs.slice(0, 10).join(', ')} and 2 more.`);
  });
});

describe('a table', () => {
  test.each([english, pseudoLocale])('keeps its columns in line, in $language', async (words) => {
    const label = {
      failureReason: null,
      wasDefault: false,
      openRuns: 2,
      suspended: false,
      last4: 'AbCd',
    } as const;
    const { headings, rows } = await drawn(
      {
        headings: ['KEY', 'DISPLAY', 'RUNS'],
        rows: [
          ['k1', displayLine({ ...label, status: 'active', isDefault: true }, words), '##'],
          ['k2', displayLine({ ...label, status: 'retired', isDefault: false }, words), '##'],
        ],
      },
      null,
    );
    const column = headings[0]?.indexOf('RUNS');
    expect(rows.map((row) => row.indexOf('##'))).toEqual([column, column]);
  });

  test.each([40, 80, 132])(
    'F-E6: fits a terminal of %d columns, and loses no word to that',
    async (columns) => {
      const words = fc.array(fc.stringMatching(/^[a-zA-Z0-9.]{1,6}$/), { maxLength: 30 });
      await fc.assert(
        fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 4 }), async (row) => {
          const cells = row.map((cell) => cell.join(' '));
          const { headings, rows } = await drawn(
            { headings: row.map(() => 'HEADING'), rows: [cells] },
            columns,
          );
          expect(Math.max(...[...headings, ...rows].map((line) => line.length))).toBeLessThanOrEqual(columns);
          const shownWords = rows
            .join(' ')
            .split(/ +/)
            .filter((word) => word !== '' && word !== 'HEADING');
          expect(shownWords.sort()).toEqual(row.flat().sort());
        }),
      );
    },
  );

  test('F-E6: cuts no word: where columns would have to, each row is written by itself', async () => {
    const rows = ['1', '2'].map((n) => [`a${n}${'x'.repeat(22)}`, '', `c${n}${'y'.repeat(22)}`]);
    const lines = await drawn({ headings: ['A', 'EMPTY', 'LAST'], rows }, 40);
    expect(lines).toEqual({
      headings: [],
      rows: [
        `A      a1${'x'.repeat(22)}`,
        `LAST   c1${'y'.repeat(22)}`,
        '',
        `A      a2${'x'.repeat(22)}`,
        `LAST   c2${'y'.repeat(22)}`,
      ],
    });
  });

  test.each([0, 12, 20, 40, 80])(
    'F-E6: loses no text on a terminal of %d columns, however long a word is',
    async (columns) => {
      const cells = ['2026-11-28 19:59:54Z', `user:${'x'.repeat(256)}`, '鍵'.repeat(64), 'ada added a key'];
      const { rows } = await drawn({ headings: ['AT', 'ACTOR', 'LABEL', 'WHAT'], rows: [cells] }, columns);
      const text = rows.join(' ').replace(/ +/g, ' ');
      expect(text).toBe(`AT ${cells[0]} ACTOR ${cells[1]} LABEL ${cells[2]} WHAT ${cells[3]}`);
    },
  );

  test('F-E6: headings of several lines are headings', async () => {
    const { headings, rows } = await drawn(
      { headings: ['LAST USED', 'B'], rows: [['x', 'y'.repeat(30)]] },
      36,
    );
    expect([headings.length, rows.length]).toEqual([2, 1]);
  });

  test('F-E6: has characters of double width in their columns', async () => {
    const {
      headings: [heading = ''],
      rows: [first = '', second = ''],
    } = await drawn(
      {
        headings: ['LABEL', 'RUNS'],
        rows: [
          ['鍵'.repeat(6), '#'],
          ['key', '#'],
        ],
      },
      null,
    );
    expect(second.indexOf('#')).toBe(heading.indexOf('RUNS'));
    expect(first).toMatch(/^鍵{6} {2}#$/);
  });
});

const terminal = (text: string[], columns: number): Output => ({
  fd: -1,
  isTTY: true,
  columns,
  write: async (chunk) => {
    text.push(chunk);
    return true;
  },
});

const writtenOn = async (isTTY: boolean, utc: boolean, lines: ReadonlyArray<Line>): Promise<string> => {
  const text: string[] = [];
  const output = { ...terminal(text, 80), isTTY };
  const io: Io = {
    env: { NO_COLOR: '1' },
    cwd: '/',
    umask: 0,
    stdin: 0,
    stdout: output,
    stderr: output,
    ask: null,
    confirm: null,
  };
  await writeReport({ json: {}, lines }, { json: false, utc }, io);
  return text.join('');
};

describe('what is written', () => {
  test('has no control character of what it shows', async () => {
    const text = await writtenOn(true, false, table(['A', 'B'], [['\u001b[31mred\u0007', 'a\u202eb']]));
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text).toContain('red');
  });

  test('D: has local times with their offset on a terminal, and UTC with --utc and elsewhere', async () => {
    const time = Date.UTC(2026, 10, 23, 7, 36, 33);
    const lines = [`Until ${readableTime(time)}`, ...table(['AT'], [[readableTime(time)]])];
    for (const [isTTY, utc] of [
      [true, true],
      [false, false],
    ] as const) {
      expect((await writtenOn(isTTY, utc, lines)).match(/2026-11-23 07:36:33Z/g)).toHaveLength(2);
    }
    const local = [
      ...(await writtenOn(true, false, lines)).matchAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d/g),
    ];
    expect(local.map(([text]) => new Date(text.replace(' ', 'T')).getTime())).toEqual([time, time]);
  });
});
