import { describe, expect, test } from '@jest/globals';
import { randomText, secretOf } from './testSupport/generators';
import { faultOf, succeed } from './testSupport/outcomes';
import { onEachStorage } from './testSupport/storages';
import { shred } from './testSupport/shredding';
import { bindingOf, sealNew } from './testSupport/vaults';

onEachStorage(({ emptyVault }) => {
  describe('checkOpens', () => {
    test('says yes of a row that opens as what the log says, live or frozen, and hands nothing out', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      await expect(succeed(vault.checkOpens(binding))).resolves.toBeUndefined();
      await succeed(vault.freeze(binding));
      await expect(succeed(vault.checkOpens(binding))).resolves.toBeUndefined();
      expect((await succeed(vault.rowsOf('acme'))).map(({ state }) => state)).toEqual(['frozen']);
    });

    test('says no of a row that was shredded, and of one that never was', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      expect(await faultOf(vault.checkOpens({ ...binding, keyId: 'key-2' }))).toBe('missing-secret');
      await succeed(shred(vault, 'acme', [binding.keyId]));
      expect(await faultOf(vault.checkOpens(binding))).toBe('missing-secret');
    });

    test('says no of a row that is another secret’s, vendor’s or endpoint’s than the log says', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const other = bindingOf(vault, secretOf(randomText()));
      for (const change of [
        { fingerprint: other.fingerprint },
        { vendor: 'anthropic' },
        { endpoint: 'https://x.test' },
      ]) {
        expect(await faultOf(vault.checkOpens({ ...binding, ...change }))).toBe('tampered');
      }
    });
  });
});
