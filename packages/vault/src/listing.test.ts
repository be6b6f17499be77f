import { describe, expect, test } from '@jest/globals';
import { randomText, secretOf } from './testSupport/generators';
import { faultOf, succeed } from './testSupport/outcomes';
import { bindingOf, sealNew, secondHandle, textOf } from './testSupport/vaults';
import { onEachStorage } from './testSupport/storages';
import { shred } from './testSupport/shredding';

/** A clock that says what it is told. */
const clockAt = (start: number) => {
  let now = start;
  return {
    clocks: { wallMs: () => now, monotonicMs: () => now },
    set: (to: number) => {
      now = to;
    },
  };
};

onEachStorage(({ emptyVault }) => {
  describe('what lies in a vault', () => {
    test('is listed by workspace, in the order of their ids, a page at a time', async () => {
      const { vault } = await emptyVault();
      for (const workspaceId of ['m', 'Z', '0', 'k']) await sealNew(vault, { workspaceId });
      expect(await succeed(vault.workspaceIds(null, 3))).toEqual(['0', 'Z', 'k']);
      expect(await succeed(vault.workspaceIds('k', 3))).toEqual(['m']);
      expect(await succeed(vault.workspaceIds('m', 3))).toEqual([]);
    });

    test('goes on naming a workspace whose last secret was shredded', async () => {
      const { vault } = await emptyVault();
      await sealNew(vault, { workspaceId: 'acme', keyId: 'only' });
      await succeed(shred(vault, 'acme', ['only']));
      expect(await succeed(vault.workspaceIds(null, 10))).toEqual(['acme']);
      expect(await succeed(vault.rowsOf('acme'))).toEqual([]);
    });

    test('is listed by row, oldest first, with its state and age, and of one workspace alone', async () => {
      const clock = clockAt(1_000);
      const { vault } = await emptyVault({ clocks: clock.clocks });
      await sealNew(vault, { keyId: 'b' });
      await sealNew(vault, { keyId: 'a' });
      clock.set(500);
      await sealNew(vault, { keyId: 'early' });
      await sealNew(vault, { workspaceId: 'other', keyId: 'not-mine' });
      clock.set(2_000);
      await succeed(vault.freeze({ workspaceId: 'acme', keyId: 'a' }));
      expect(await succeed(vault.rowsOf('acme'))).toEqual([
        { keyId: 'early', state: 'live', createdAt: 500, frozenAt: null, named: false },
        { keyId: 'a', state: 'frozen', createdAt: 1_000, frozenAt: 2_000, named: false },
        { keyId: 'b', state: 'live', createdAt: 1_000, frozenAt: null, named: false },
      ]);
    });

    test('I-15: a row whose data key is gone is told from one that opens', async () => {
      const { vault, sql } = await emptyVault();
      for (const keyId of ['half', 'whole']) await sealNew(vault, { keyId });
      await sql("DELETE FROM data_keys WHERE key_id = 'half'");
      const states = (await succeed(vault.rowsOf('acme'))).map(({ keyId, state }) => `${keyId} ${state}`);
      expect(states.sort()).toEqual(['half without-data-key', 'whole live']);
    });

    test('a data key whose secret was never stored, or is gone already, is listed too', async () => {
      const clock = clockAt(7);
      const { vault, sql } = await emptyVault({ clocks: clock.clocks });
      for (const keyId of ['d-half', 'c', 'a', 'b-half']) await sealNew(vault, { keyId });
      await sql("DELETE FROM sealed_secrets WHERE key_id LIKE '%half'");
      const common = { createdAt: 7, frozenAt: null, named: false };
      expect(await succeed(vault.rowsOf('acme'))).toEqual([
        { keyId: 'a', state: 'live', ...common },
        { keyId: 'b-half', state: 'data-key-only', ...common },
        { keyId: 'c', state: 'live', ...common },
        { keyId: 'd-half', state: 'data-key-only', ...common },
      ]);
    });
  });

  test('the rows of a secret are found by its fingerprint, frozen ones too, and of one workspace alone', async () => {
    const { vault } = await emptyVault();
    const secret = secretOf(randomText());
    for (const more of [
      { keyId: 'b', endpoint: 'https://example.com' },
      { keyId: 'a' },
      { workspaceId: 'globex', keyId: 'not-mine' },
    ]) {
      await succeed(vault.seal(bindingOf(vault, secret, more), secret));
    }
    await sealNew(vault, { keyId: 'of-another-secret' });
    await succeed(vault.freeze({ workspaceId: 'acme', keyId: 'b' }));
    const fingerprint = vault.fingerprint('acme', secret);
    const found = await succeed(vault.sealedKeyIds('acme', fingerprint));
    expect([...found].sort()).toEqual(['a', 'b']);
    expect(await succeed(vault.sealedKeyIds('none', fingerprint))).toEqual([]);
  });

  test('a row is named once the log is seen to name it, and goes on being so', async () => {
    const { vault } = await emptyVault();
    for (const keyId of ['named', 'other']) await sealNew(vault, { keyId });
    await succeed(vault.markNamed({ workspaceId: 'acme', keyId: 'named' }));
    await succeed(vault.markNamed({ workspaceId: 'acme', keyId: 'named' }));
    await succeed(vault.markNamed({ workspaceId: 'acme', keyId: 'never-sealed' }));
    await succeed(vault.freeze({ workspaceId: 'acme', keyId: 'named' }));
    expect((await succeed(vault.rowsOf('acme'))).map(({ keyId, named }) => [keyId, named])).toEqual([
      ['named', true],
      ['other', false],
    ]);
  });

  describe('a frozen row', () => {
    const ref = { workspaceId: 'acme', keyId: 'key-1' };

    test('opens again only if it was frozen no later than was said', async () => {
      const clock = clockAt(100);
      const { vault } = await emptyVault({ clocks: clock.clocks });
      const { binding } = await sealNew(vault);
      await succeed(vault.freeze(ref));
      await succeed(vault.unfreeze(ref, 99));
      expect(await faultOf(textOf(vault, binding))).toBe('frozen');
      await succeed(vault.unfreeze(ref, 100));
      expect(await faultOf(textOf(vault, binding))).toBe('no fault');
    });

    test('frozen anew by another process counts from then on', async () => {
      const clock = clockAt(100);
      const made = await emptyVault({ clocks: clock.clocks });
      const other = await secondHandle(made);
      const { binding } = await sealNew(made.vault);
      await succeed(made.vault.freeze(ref));
      clock.set(6_000);
      await succeed(other.freeze(ref));
      await succeed(made.vault.unfreeze(ref, 5_900));
      expect(await faultOf(textOf(made.vault, binding))).toBe('frozen');
      await succeed(made.vault.unfreeze(ref));
      expect(await faultOf(textOf(made.vault, binding))).toBe('no fault');
    });

    test('frozen again within five seconds keeps its time: an urgent delete writes nothing twice', async () => {
      const clock = clockAt(100);
      const { vault } = await emptyVault({ clocks: clock.clocks });
      await sealNew(vault);
      const frozenAt = async (now: number) => {
        clock.set(now);
        await succeed(vault.freeze(ref));
        return (await succeed(vault.rowsOf('acme')))[0]?.frozenAt;
      };
      expect([await frozenAt(100), await frozenAt(5_100), await frozenAt(5_101)]).toEqual([100, 100, 5_101]);
      await succeed(vault.unfreeze(ref));
      expect(await frozenAt(5_102)).toBe(5_102);
    });

    test('that is not there can be neither frozen nor unfrozen', async () => {
      const { vault } = await emptyVault();
      expect(await faultOf(vault.freeze(ref))).toBe('missing-secret');
      expect(await faultOf(vault.unfreeze(ref))).toBe('missing-secret');
      expect(await faultOf(vault.unfreeze(ref, 5))).toBe('missing-secret');
    });
  });

  describe('the event store that a vault belongs to', () => {
    test('is none at first, then the first that it is paired with', async () => {
      const made = await emptyVault();
      expect(await succeed(made.vault.pairing)).toBeNull();
      await succeed(made.vault.pair({ storeId: 'store-1', highWater: null }));
      expect(await succeed((await secondHandle(made)).pairing)).toEqual({
        storeId: 'store-1',
        highWater: null,
      });
      expect(await faultOf(made.vault.pair({ storeId: 'store-2', highWater: 5n }))).toBe('other-event-store');
      expect(await succeed(made.vault.pairing)).toEqual({ storeId: 'store-1', highWater: null });
    });

    test('is remembered by its very first position, too', async () => {
      const { vault } = await emptyVault();
      await succeed(vault.pair({ storeId: 's', highWater: null }));
      await succeed(vault.pair({ storeId: 's', highWater: 0n }));
      expect(await succeed(vault.pairing)).toEqual({ storeId: 's', highWater: 0n });
    });

    test('is remembered by the highest position that it was seen at', async () => {
      const { vault } = await emptyVault();
      const beyond63Bits = 2n ** 63n + 1n;
      for (const highWater of [9n, 10n, 2n, null, beyond63Bits, 7n]) {
        await succeed(vault.pair({ storeId: 's', highWater }));
      }
      expect(await succeed(vault.pairing)).toEqual({ storeId: 's', highWater: beyond63Bits });
    });

    test('is remembered by a lower position when a loss was accepted, and then by higher ones again', async () => {
      const made = await emptyVault();
      const { vault } = made;
      await succeed(vault.lowerHighWater(3n));
      expect(await succeed(vault.pairing)).toBeNull();
      await succeed(vault.pair({ storeId: 's', highWater: 9n }));
      for (const position of [4n, null]) {
        await succeed(vault.lowerHighWater(position));
        const other = await secondHandle(made);
        expect(await succeed(other.pairing)).toEqual({ storeId: 's', highWater: position });
      }
      await succeed(vault.pair({ storeId: 's', highWater: 2n }));
      expect(await succeed(vault.pairing)).toEqual({ storeId: 's', highWater: 2n });
    });
  });
});
