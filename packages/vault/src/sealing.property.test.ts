import { describe, expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import * as fc from 'fast-check';
import { ids, names, secretTexts, secretOf } from './testSupport/generators';
import { faultOf, succeed } from './testSupport/outcomes';
import { bindingOf, sealNew, textOf } from './testSupport/vaults';
import { onEachStorage } from './testSupport/storages';

onEachStorage(({ newVault, emptyVault }) => {
  describe('sealing', () => {
    test('what was sealed opens as itself, for any secret and binding', async () => {
      const { vault } = await emptyVault();
      await fc.assert(
        fc.asyncProperty(names, secretTexts, async (name, text) => {
          const secret = secretOf(text);
          const binding = bindingOf(vault, secret, name);
          await succeed(vault.discard(binding));
          await succeed(vault.seal(binding, secret));
          expect(await succeed(textOf(vault, binding))).toBe(text);
        }),
        { numRuns: longRuns(60) },
      );
    });

    test('the caller’s secret stays the caller’s', async () => {
      const { vault } = await emptyVault();
      const secret = secretOf('x'.repeat(20));
      await succeed(vault.seal(bindingOf(vault, secret), secret));
      expect(secret.bytes().every((byte) => byte === 0x78)).toBe(true);
    });

    test('a key id is taken once', async () => {
      const { vault } = await emptyVault();
      const { binding, text } = await sealNew(vault);
      const other = secretOf('y'.repeat(20));
      expect(await faultOf(vault.seal(bindingOf(vault, other), other))).toBe('duplicate-key');
      expect(await succeed(textOf(vault, binding))).toBe(text);
    });

    test('a fingerprint that is not the secret’s is refused, and nothing is stored', async () => {
      const { vault } = await emptyVault();
      const secret = secretOf('x'.repeat(20));
      const binding = bindingOf(vault, secret, { fingerprint: 'f'.repeat(55) });
      expect(await faultOf(vault.seal(binding, secret))).toBe('tampered');
      expect(await faultOf(vault.freeze(binding))).toBe('missing-secret');
    });
  });

  describe('fingerprints', () => {
    test('are equal for the same secret of one workspace alone', async () => {
      const { vault } = await emptyVault();
      fc.assert(
        fc.property(ids, ids, secretTexts, secretTexts, (one, two, a, b) => {
          fc.pre(one !== two && a !== b);
          const [first, second] = [secretOf(a), secretOf(b)];
          expect(vault.fingerprint(one, first)).toBe(vault.fingerprint(one, secretOf(a)));
          expect(vault.fingerprint(one, first)).not.toBe(vault.fingerprint(two, first));
          expect(vault.fingerprint(one, first)).not.toBe(vault.fingerprint(one, second));
          expect(vault.fingerprint(one, first)).toMatch(/^[A-Za-z0-9_-]{55}$/);
        }),
      );
    });

    test('differ from vault to vault', async () => {
      const [one, other] = [await newVault(), await newVault()];
      const secret = secretOf('x'.repeat(20));
      expect(one.vault.fingerprint('acme', secret)).not.toBe(other.vault.fingerprint('acme', secret));
    });
  });
});
