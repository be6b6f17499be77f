import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { readRemoval, removalUnder, storedRemoval } from './removal';

const key = randomBytes(32);
const name = { deploymentId: 'deployment-1', workspaceId: 'acme' };
const removal = { ordinal: 3, keyId: 'key-1', fingerprint: 'f', hardDeleted: true, leaked: false };

test('a removal is read under its key and name, and under no other', () => {
  const stored = storedRemoval(key, name, removal);
  expect(readRemoval(key, name, stored)).toEqual(removal);
  // Also where one key were to serve both: keys of workspaces are random, and never do.
  for (const other of [
    { ...name, deploymentId: 'deployment-2' },
    { ...name, workspaceId: 'umbrella' },
  ])
    expect(() => readRemoval(key, other, stored)).toThrow('is not what it kept');
  expect(() => readRemoval(randomBytes(32), name, stored)).toThrow('is not what it kept');
});

test('a removal goes over to another key, unless it was not kept under the first', () => {
  const [stored, next] = [storedRemoval(key, name, removal), randomBytes(32)];
  const gone = removalUnder([key, next], name, stored);
  expect(gone === null ? null : readRemoval(next, name, gone)).toEqual(removal);
  expect(removalUnder([key, next], name, { ...stored, leaked: true })).toBeNull();
});
