import { CsvError, parse } from 'csv-parse/sync';
import * as E from 'fp-ts/Either';
import { addedUp, type UsageRow } from './addedUp';
import { readDay, readInstant } from './instants';
import type { Usage, UsageProblem } from './usage';

/** Longest line. Three times and counts have a hundred characters. */
const LONGEST_RECORD = 4_096;

const REQUIRED = ['start', 'end', 'requests'] as const;
const COLUMNS = [...REQUIRED, 'tokens'] as const;
type Column = (typeof COLUMNS)[number];

type Read<A> = E.Either<UsageProblem, A>;
const problem = (line: number, what: string): E.Left<UsageProblem> => ({
  _tag: 'Left',
  left: { at: `line ${line}`, problem: what },
});

const HEADER = 'a first line with start, end and requests, and tokens if they are known';
const TIME = 'a time with its zone, such as 2026-11-05T14:00:00Z, or a day in UTC, such as 2026-11-05';

interface CsvRecord {
  readonly line: number;
  readonly cells: ReadonlyArray<string>;
}

/** `csv-parse` tells what it could not read with the text of it: that is left out. */
const recordsIn = (text: string): Read<ReadonlyArray<CsvRecord>> => {
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: LONGEST_RECORD,
      on_record: (cells: string[], { lines }) => {
        records.push({ line: lines, cells });
        return null;
      },
    });
    return E.right(records);
  } catch (error) {
    const line = error instanceof CsvError && typeof error['lines'] === 'number' ? error['lines'] : 1;
    return problem(line, 'a line of CSV, each quotation mark with its counterpart');
  }
};

/** Where each column stands. */
const columnsOf = ({ line, cells }: CsvRecord): Read<ReadonlyMap<Column, number>> => {
  const places = new Map<Column, number>();
  for (const [index, cell] of cells.entries()) {
    const column = COLUMNS.find((name) => name === cell.toLowerCase());
    if (column === undefined) return problem(line, `${HEADER}; column ${index + 1} is none of them`);
    if (places.has(column)) return problem(line, `${HEADER}; ${column} is there twice`);
    places.set(column, index);
  }
  const missing = REQUIRED.find((name) => !places.has(name));
  return missing === undefined ? E.right(places) : problem(line, `${HEADER}; ${missing} is missing`);
};

const timeIn = (text: string): number | null => readInstant(text) ?? readDay(text)?.[0] ?? null;

/** An empty cell says that it is not known. */
const countIn = (text: string): number | null | undefined => {
  if (text === '') return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

const rowOf = (columns: ReadonlyMap<Column, number>, { line, cells }: CsvRecord): Read<UsageRow> => {
  if (cells.length !== columns.size) return problem(line, `${columns.size} columns, as the first line has`);
  const cell = (column: Column): string => cells[columns.get(column) ?? -1] ?? '';
  const start = timeIn(cell('start'));
  if (start === null) return problem(line, `start: ${TIME}`);
  const end = timeIn(cell('end'));
  if (end === null) return problem(line, `end: ${TIME}`);
  if (end <= start) return problem(line, 'end: a time after start');
  const [requests, tokens] = [countIn(cell('requests')), countIn(cell('tokens'))];
  if (requests === undefined) return problem(line, 'requests: a whole number, 0 or more, or nothing');
  if (tokens === undefined) return problem(line, 'tokens: a whole number, 0 or more, or nothing');
  return E.right({ at: `line ${line}`, start, end, requests, tokens });
};

/** Reads `start,end,requests`, with `tokens` if they are known, in the order that the first line says. */
export const readCsvUsage = (text: string): Read<Usage> => {
  const records = recordsIn(text);
  if (E.isLeft(records)) return records;
  const [header, ...lines] = records.right;
  if (header === undefined) return problem(1, HEADER);
  const columns = columnsOf(header);
  if (E.isLeft(columns)) return columns;
  const rows: UsageRow[] = [];
  for (const record of lines) {
    const row = rowOf(columns.right, record);
    if (E.isLeft(row)) return row;
    rows.push(row.right);
  }
  const added = addedUp(rows);
  if (E.isLeft(added)) return added;
  return E.right({
    format: 'csv',
    buckets: added.right,
    rows: rows.length,
    rowsWithoutKey: 0,
    rowsOfOtherKeys: 0,
    morePages: false,
  });
};
