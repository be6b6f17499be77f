import { expect, test } from '@jest/globals';
import { nearestWorkspace } from './nearestWorkspace';

const asReaderOfAll = () => ({ actor: { kind: 'user', id: 'ada' } }) as const;

test('a key that is on file is told, though the lists that would hint at another workspace lag', async () => {
  const nearest = () => new Promise<never>(() => undefined);
  const reader = () => Promise.resolve({ workspaces: { nearest } });
  expect(await nearestWorkspace({ reader, asReaderOfAll }, 'acme2')).toBeNull();
});

test('lists that can not be read hint at nothing', async () => {
  const reader = () => Promise.reject(new Error('no lists'));
  expect(await nearestWorkspace({ reader, asReaderOfAll }, 'acme2')).toBeNull();
});
