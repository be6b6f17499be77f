import { describe, expect, test } from '@jest/globals';
import * as TE from 'fp-ts/TaskEither';
import { succeed } from '../testSupport/outcomes';
import { eachPage } from './pages';

const ROWS = [1, 2, 3, 4, 5];

/** Works through the rows in pages of two until it comes to this one; gives the rows it has worked on. */
const workedOn = async (until: number): Promise<ReadonlyArray<number>> => {
  const seen: Array<number> = [];
  await succeed(
    eachPage(
      (after: number | null) => TE.right(ROWS.filter((row) => row > (after ?? 0)).slice(0, 2)),
      (row) => row,
      (rows) => {
        seen.push(...rows);
        return TE.right(!rows.includes(until));
      },
    ),
  );
  return seen;
};

describe('pages of rows', () => {
  test('are worked through, each row once', async () => {
    expect(await workedOn(6)).toEqual(ROWS);
  });

  test('that there is no use in going on with are not read', async () => {
    expect(await workedOn(3)).toEqual([1, 2, 3, 4]);
  });
});
