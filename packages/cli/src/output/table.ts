import Table from 'cli-table3';
import type { Line } from './report';

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

/** Control characters are for terminals to act on: none comes out of data. */
const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Text from outside as it may be shown on a terminal. */
const shown = (text: string): string => text.replace(CONTROL, '\ufffd');

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
