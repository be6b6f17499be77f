import type { Line } from './report';

/** Columns under headings, without lines. */
export const table = (
  headings: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
): ReadonlyArray<Line> => [{ headings, rows }];
