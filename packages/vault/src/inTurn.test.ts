import { describe, expect, test } from '@jest/globals';
import * as TE from 'fp-ts/TaskEither';
import { inTurn } from './inTurn';

describe('what is to be done in turn', () => {
  test('begins when what was called before has ended, in the order of the calls', async () => {
    const next = inTurn();
    const said: Array<string> = [];
    const saying = (name: string) => async () => {
      said.push(`${name} begins`);
      await Promise.resolve();
      said.push(`${name} ends`);
      return TE.right(name)();
    };
    const outcomes = await Promise.all([next(saying('one'))(), next(saying('two'))()]);
    expect(outcomes).toEqual([
      { _tag: 'Right', right: 'one' },
      { _tag: 'Right', right: 'two' },
    ]);
    expect(said).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  test('goes on after a mistake, which is its caller’s alone', async () => {
    const next = inTurn();
    const mistaken = next(() => Promise.reject(new Error('a mistake')))();
    const other = next(TE.right('done'))();
    await expect(mistaken).rejects.toThrow('a mistake');
    expect(await other).toEqual({ _tag: 'Right', right: 'done' });
  });
});
