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
const NARROWEST = 8;

/** Columns under headings, without lines. */
export const table = (
  headings: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
): ReadonlyArray<Line> => [{ headings, rows }];

/** The widest column that there may be, so that all of them fit. */
const capFor = (widths: ReadonlyArray<number>, room: number): number => {
  let cap = Math.max(...widths);
  while (cap > NARROWEST && widths.reduce((sum, width) => sum + Math.min(width, cap), 0) > room) cap -= 1;
  return cap;
};

const widthsOf = ({ headings, rows }: TableLine): ReadonlyArray<number> =>
  headings.map((heading, column) =>
    Math.max(...[heading, ...rows.map((row) => row[column] ?? '')].map((cell) => stringWidth(cell))),
  );

/**
 * The lines of a table, headings first. Where it would be wider than `columns`, its widest cells are wrapped at words,
 * and a word that is too long ends in "…".
 */
export const drawn = (lines: TableLine, columns: number | null): ReadonlyArray<string> => {
  const widths = widthsOf(lines);
  const room = (columns ?? Number.POSITIVE_INFINITY) - GAP * (widths.length - 1);
  const cap = capFor(widths, room);
  const set = new Table({
    head: [...lines.headings],
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colWidths: widths.map((width) => Math.min(width, cap)),
    wordWrap: true,
  });
  set.push(...lines.rows.map((row) => [...row]));
  return set
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
};
