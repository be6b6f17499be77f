import { describe, expect, test } from '@jest/globals';
import { makeClosing } from './closing';

describe('closing what was opened', () => {
  test('goes in the opposite order, and on after a failure, which is thrown at the end', async () => {
    const closing = makeClosing();
    const closed: string[] = [];
    const close = (name: string, failure?: Error) => {
      closing.add(() => {
        closed.push(name);
        return failure === undefined ? Promise.resolve() : Promise.reject(failure);
      });
    };
    close('store');
    close('vault', new Error('first'));
    close('models', new Error('last'));
    await expect(closing.all()).rejects.toThrow('last');
    expect(closed).toEqual(['models', 'vault', 'store']);
    await expect(closing.all()).resolves.toBeUndefined();
  });
});
