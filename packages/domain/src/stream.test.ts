import { expect, test } from '@jest/globals';
import { workspaceId } from './idsFromText';
import { keyringStream, workspaceOfStream } from './stream';

test('a keyring’s stream tells its workspace', () => {
  expect(keyringStream(workspaceId('acme_1-B'))).toBe('keyring-acme_1-B');
  expect(workspaceOfStream('keyring-acme_1-B')).toBe('acme_1-B');
});

test.each([
  'keyring-',
  'keyring',
  'keyring-service.audit',
  'Keyring-acme',
  `keyring-${'a'.repeat(65)}`,
  'keyring-a\n',
])('I-8: %j is no keyring’s', (stream) => {
  expect(workspaceOfStream(stream)).toBeNull();
});
