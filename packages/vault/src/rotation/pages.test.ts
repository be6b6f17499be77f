import { describe, expect, test } from '@jest/globals';
import * as TE from 'fp-ts/TaskEither';
import { succeed } from '../testSupport/outcomes';
import { rotateByPages } from '../testSupport/rotations';
import { newVault, sealNew, textOf } from '../testSupport/vaults';
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

  test('are rotated one by one', async () => {
    const made = await newVault();
    const sealed: Array<Awaited<ReturnType<typeof sealNew>>> = [];
    for (const workspaceId of ['a', 'b', 'c']) {
      for (const keyId of ['1', '2', '3']) sealed.push(await sealNew(made.vault, { workspaceId, keyId }));
    }
    const seen: Array<string> = [];
    const report = await succeed(
      rotateByPages(made.options, 2, {
        compromised: true,
        onProgress: ({ step, done, total }) => seen.push(`${step} ${done}/${total}`),
      }),
    );
    expect(report).toMatchObject({
      workspaceKeysResealed: 3,
      workspaceKeysRenewed: 3,
      dataKeysResealed: 9,
      dataKeysUnopened: 0,
    });
    expect(seen).toEqual([
      'resealing 2/3',
      'resealing 3/3',
      'renewing 1/3',
      'renewing 2/3',
      'renewing 3/3',
      'erasing 0/1',
    ]);
    for (const { binding, text } of sealed) expect(await succeed(textOf(made.vault, binding))).toBe(text);
  });
});
