import Table from 'cli-table3';
import type { Line } from './report';
import { shown } from './shown';

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

/** Columns under headings, without lines, as many lines as there are rows and one. */
export const table = (
  headings: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
): ReadonlyArray<Line> => {
  const drawn = new Table({
    head: [...headings],
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  drawn.push(...rows.map((row) => row.map(shown)));
  const [heading = '', ...lines] = drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  return [{ heading }, ...lines];
};
