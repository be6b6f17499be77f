import { expect, test } from '@jest/globals';
import { withPasted } from './leakPasted';

const asked = async (isPasted: boolean) => {
  const order: string[] = [];
  const answer = Buffer.from('what was pasted');
  const ask = (): Promise<Buffer> => {
    order.push('asked');
    return Promise.resolve(answer);
  };
  const io = { ask, stdin: -1, doneAsking: () => order.push('shown again') };
  await withPasted({ io }, isPasted, ({ pasted }) => {
    order.push(`used ${pasted === undefined ? 'nothing' : String(pasted)}`);
    return Promise.resolve();
  });
  return { order, answer };
};

test('the key is asked for, what is typed then is shown again, and the key is wiped once it was used', async () => {
  const { order, answer } = await asked(true);
  expect(order).toEqual(['asked', 'shown again', 'used what was pasted']);
  expect(answer.every((byte) => byte === 0)).toBe(true);
});

test('where it is not asked for, the terminal stays as it is for whatever is asked next', async () => {
  expect((await asked(false)).order).toEqual(['used nothing']);
});
