import { expect, test } from '@jest/globals';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/Either';
import { Secret } from '@keyturn/vault';
import { expectRight, openKeyturnOnDisk } from '../../keyturnOnDisk';
import { sealedBytesOf, searchBelow } from './sealedBytes';
import { shredding } from './shredding';

test('nothing of a destroyed key is left, and no process gives it out', async () => {
  const { figures, violations } = await shredding.run({ until: 0, seed: 1, progress: () => undefined });
  expect(violations).toEqual([]);
  expect(figures).toMatchObject({ rounds: 1, keys: 2 });
  expect(figures['releases']).toBeGreaterThanOrEqual(4);
}, 120_000);

test('what is left of a key is found: sealed or in clear, whole or a piece, in any file', async () => {
  const site = await openKeyturnOnDisk();
  try {
    const data = join(site.directory, 'data');
    const pasted = site.sandbox.issueKey('anthropic');
    const { key } = await expectRight(site.keyturn.addKey(site.as(), { vendor: 'anthropic', pasted }));
    const sealed = sealedBytesOf(join(data, 'vault'), 'acme', key.keyId);
    expect(sealed).toHaveLength(2);
    expect(searchBelow(data, sealed).found).not.toEqual([]);
    await expectRight(site.keyturn.hardDeleteKey(site.as(), { keyId: key.keyId, caseId: 'C-1' }));
    expect(searchBelow(data, sealed).found).toEqual([]);
    for (const [index, value] of sealed.entries()) {
      const name = `piece-${index}`;
      appendFileSync(join(data, name), value.subarray(value.length - 60));
      expect(searchBelow(data, sealed).found).toContain(name);
    }
    expect(E.isRight(Secret.from(pasted))).toBe(true);
  } finally {
    await site.close();
  }
}, 60_000);
