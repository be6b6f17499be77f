import Table from 'cli-table3';
import stringWidth from 'string-width';
import type { Line, TableLine } from './report';

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

const GAP = 2;

/** Columns under headings, without lines. */
export const table = (
  headings: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
): ReadonlyArray<Line> => [{ headings, rows }];

/** A table as lines of text. */
interface Drawn {
  readonly headings: ReadonlyArray<string>;
  readonly rows: ReadonlyArray<string>;
}

const longestWord = (cell: string): number => Math.max(...cell.split(' ').map((word) => stringWidth(word)));

const columnsOf = ({ headings, rows }: TableLine, widthOf: (cell: string) => number): ReadonlyArray<number> =>
  headings.map((heading, column) =>
    Math.max(...[heading, ...rows.map((row) => row[column] ?? '')].map(widthOf)),
  );

const total = (widths: ReadonlyArray<number>): number =>
  widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1));

/** The widths at which all columns fit, the widest made narrower first; null where that would cut words. */
const fitted = (lines: TableLine, columns: number): ReadonlyArray<number> | null => {
  const narrowest = columnsOf(lines, longestWord);
  if (total(narrowest) > columns) return null;
  const widths = [...columnsOf(lines, stringWidth)];
  while (total(widths) > columns) {
    const widest = Math.max(...widths.filter((width, column) => width > (narrowest[column] ?? 0)));
    const column = widths.findIndex((width, at) => width === widest && width > (narrowest[at] ?? 0));
    widths[column] = widest - 1;
  }
  return widths;
};

const drawnAt = (
  widths: ReadonlyArray<number>,
  headings: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
): ReadonlyArray<string> => {
  const set = new Table({
    head: [...headings],
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colWidths: [...widths],
    wordWrap: true,
  });
  set.push(...rows.map((row) => [...row]));
  return set
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
};

/**
 * Each row by itself: a line for each cell that is not empty, behind its heading. A cell with a word that does not fit
 * is one line, however long: a terminal goes on with it on the next, and cuts nothing.
 */
const asRecords = ({ headings, rows }: TableLine, columns: number): ReadonlyArray<string> => {
  const widest = Math.max(...headings.map((heading) => stringWidth(heading)));
  const room = columns - widest - GAP;
  return rows.flatMap((row, index) => {
    const lines = headings.flatMap((heading, column) => {
      const cell = row[column] ?? '';
      const width = longestWord(cell) <= room ? room : stringWidth(cell);
      return cell === '' ? [] : drawnAt([widest, width], [], [[heading, cell]]);
    });
    return [...(index === 0 ? [] : ['']), ...lines];
  });
};

/**
 * A table as it fits `columns`: the widest columns are wrapped at words. Where words would be cut even so, each row is
 * written by itself, below no headings.
 */
export const drawn = (lines: TableLine, columns: number | null): Drawn => {
  const widths = columns === null ? columnsOf(lines, stringWidth) : fitted(lines, columns);
  if (widths === null) return { headings: [], rows: asRecords(lines, columns ?? 0) };
  const rows = lines.rows.length === 0 ? [] : drawnAt(widths, [], lines.rows);
  return { headings: drawnAt(widths, lines.headings, []), rows };
};
