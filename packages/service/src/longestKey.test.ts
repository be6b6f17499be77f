import { checkPaste, MAX_SECRET_BYTES, MIN_SECRET_BYTES } from '@keyturn/domain';
import { Secret } from '@keyturn/vault';
import { expect, test } from '@jest/globals';

// Two bounds of two packages that know nothing of each other: what may be pasted has to fit into the vault.

test.each([MIN_SECRET_BYTES, MAX_SECRET_BYTES])('a key of %d bytes can be pasted, and be sealed', (bytes) => {
  const key = 'k'.repeat(bytes);
  expect(checkPaste(key)).toEqual({ _tag: 'Right', right: key });
  expect(Secret.from(key)._tag).toBe('Right');
});
