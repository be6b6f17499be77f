import stringWidth from 'string-width';
import type { TableLine } from './report';

const GAP = 2;

/** A table as lines of text. */
interface Drawn {
  readonly headings: ReadonlyArray<string>;
  readonly rows: ReadonlyArray<string>;
}

/** What most cells are made of: each of these takes one column. */
const PLAIN = /^[ -~·–…]*$/;

const widthOf = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

const longestWord = (cell: string): number => Math.max(...cell.split(' ').map((word) => widthOf(word)));

const columnsOf = ({ headings, rows }: TableLine, widthIn: (cell: string) => number): ReadonlyArray<number> =>
  headings.map((heading, column) =>
    Math.max(...[heading, ...rows.map((row) => row[column] ?? '')].map(widthIn)),
  );

const total = (widths: ReadonlyArray<number>): number =>
  widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1));

/** The widths at which all columns fit, the widest made narrower first; null where that would cut words. */
const fitted = (lines: TableLine, columns: number): ReadonlyArray<number> | null => {
  const narrowest = columnsOf(lines, longestWord);
  if (total(narrowest) > columns) return null;
  const widths = [...columnsOf(lines, widthOf)];
  while (total(widths) > columns) {
    const widest = Math.max(...widths.filter((width, column) => width > (narrowest[column] ?? 0)));
    const column = widths.findIndex((width, at) => width === widest && width > (narrowest[at] ?? 0));
    widths[column] = widest - 1;
  }
  return widths;
};

const padded = (widths: ReadonlyArray<number>, row: ReadonlyArray<string>): string =>
  row
    .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
    .join(' '.repeat(GAP))
    .trimEnd();

const drawnAt = async (
  widths: ReadonlyArray<number>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
): Promise<ReadonlyArray<string>> => {
  const fits = rows.every((row) => row.every((cell, column) => widthOf(cell) <= (widths[column] ?? 0)));
  if (fits) return rows.map((row) => padded(widths, row));
  // Half of a list's own time, and most lists need none of it.
  const { wrappedRows } = await import('./wrappedRows.js');
  return wrappedRows(widths, rows);
};

/**
 * Each row by itself: a line for each cell that is not empty, behind its heading. A cell with a word that does not fit
 * is one line, however long: a terminal goes on with it on the next, and cuts nothing.
 */
const asRecords = async ({ headings, rows }: TableLine, columns: number): Promise<ReadonlyArray<string>> => {
  const widest = Math.max(...headings.map((heading) => widthOf(heading)));
  const room = columns - widest - GAP;
  const lines: string[] = [];
  for (const [index, row] of rows.entries()) {
    if (index > 0) lines.push('');
    for (const [column, heading] of headings.entries()) {
      const cell = row[column] ?? '';
      const width = longestWord(cell) <= room ? room : widthOf(cell);
      if (cell !== '') lines.push(...(await drawnAt([widest, width], [[heading, cell]])));
    }
  }
  return lines;
};

/**
 * A table as it fits `columns`: the widest columns are wrapped at words. Where words would be cut even so, each row is
 * written by itself, below no headings.
 */
export const drawn = async (lines: TableLine, columns: number | null): Promise<Drawn> => {
  const widths = columns === null ? columnsOf(lines, widthOf) : fitted(lines, columns);
  if (widths === null) return { headings: [], rows: await asRecords(lines, columns ?? 0) };
  return { headings: await drawnAt(widths, [lines.headings]), rows: await drawnAt(widths, lines.rows) };
};
