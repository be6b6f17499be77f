import Table from 'cli-table3';

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

/** Rows in columns of these widths: a cell that is wider than its column is wrapped at words. */
export const wrappedRows = (
  widths: ReadonlyArray<number>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
): ReadonlyArray<string> => {
  const set = new Table({
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
