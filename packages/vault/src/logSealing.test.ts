import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { HeldKeys } from './heldKeys';
import { VaultFault } from './faults';
import * as TE from 'fp-ts/TaskEither';
import { logSealing } from './logSealing';
import { deploymentKeys } from './testSupport/deploymentKeys';
import { faultOf, succeed } from './testSupport/outcomes';
import { onEachStorage } from './testSupport/storages';
import { sealNew } from './testSupport/vaults';
import type { SealedSnapshot } from './vault';

const nobody = () => TE.left(new VaultFault('unavailable', 'nobody asks'));

const sealingBy = (number: number, present: Buffer, former: Buffer | null = null) =>
  logSealing(new HeldKeys(deploymentKeys({ logKeys: { number, present, former } }), nobody), {
    retireLogKey: nobody,
  });

const chains = fc.uint8Array({ minLength: 32, maxLength: 32 });
const keys = chains.map((bytes) => Buffer.from(bytes));

/** The construction of integrity.md, written down a second time. */
const sealOf = (key: Buffer, context: string, parts: ReadonlyArray<Uint8Array>): Buffer => {
  const hmac = createHmac('sha512', key).update(`${context}\0`);
  for (const part of parts) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    hmac.update(length).update(part);
  }
  return hmac.digest().subarray(0, 32);
};

const numbered = (n: bigint, bytes: number): Buffer =>
  Buffer.from(n.toString(16).padStart(2 * bytes, '0'), 'hex');

const snapshots: fc.Arbitrary<SealedSnapshot> = fc.record({
  stream: fc.stringMatching(/^keyring-[A-Za-z0-9_-]{1,64}$/),
  revision: fc.maxSafeNat(),
  schemaVersion: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  chain: chains,
  text: fc.string({ unit: 'grapheme' }),
});

describe('a seal of the event log', () => {
  test('has the bytes of the format', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1 }), chains, snapshots, (key, number, chain, snapshot) => {
        const sealing = sealingBy(number, key);
        expect(sealing.logKeyNumber()).toBe(number);
        expect(sealing.sealChain(chain)).toEqual({
          seal: sealOf(key, 'keyturn/log-seal/1', [chain]),
          sealKey: number,
        });
        const { stream, revision, schemaVersion, text } = snapshot;
        expect(sealing.sealSnapshot(snapshot)).toEqual({
          seal: sealOf(key, 'keyturn/snapshot-seal/1', [
            Buffer.from(stream),
            numbered(BigInt(revision), 8),
            numbered(BigInt(schemaVersion), 4),
            snapshot.chain,
            Buffer.from(text),
          ]),
          sealKey: number,
        });
      }),
    );
  });

  test('of one chain value is good for that and for no other', () => {
    fc.assert(
      fc.property(keys, chains, chains, (key, chain, other) => {
        fc.pre(Buffer.compare(chain, other) !== 0);
        const sealing = sealingBy(1, key);
        const seal = sealing.sealChain(chain);
        expect(sealing.verifySeal(chain, seal)).toBe('good');
        expect(sealing.verifySeal(other, seal)).toBe('bad');
      }),
    );
  });

  test('of one snapshot is good for that and for no other', () => {
    fc.assert(
      fc.property(keys, snapshots, snapshots, (key, snapshot, other) => {
        const sealing = sealingBy(1, key);
        const seal = sealing.sealSnapshot(snapshot);
        expect(sealing.verifySnapshot(snapshot, seal)).toBe('good');
        for (const member of ['stream', 'revision', 'schemaVersion', 'chain', 'text'] as const) {
          const changed = { ...snapshot, [member]: other[member] };
          const same = JSON.stringify(changed) === JSON.stringify(snapshot);
          expect(sealing.verifySnapshot(changed, seal)).toBe(same ? 'good' : 'bad');
        }
      }),
    );
  });

  test('that was cut, lengthened or altered is bad; one by another deployment’s key, too', () => {
    const [key, chain] = [randomBytes(32), randomBytes(32)];
    const sealing = sealingBy(1, key);
    const { seal, sealKey } = sealing.sealChain(chain);
    const altered = Buffer.from(seal);
    altered.writeUInt8(altered.readUInt8(31) ^ 1, 31);
    for (const bad of [altered, seal.subarray(0, 31), Buffer.concat([seal, seal]), Buffer.alloc(0)])
      expect(sealing.verifySeal(chain, { seal: bad, sealKey })).toBe('bad');
    expect(sealingBy(1, randomBytes(32)).verifySeal(chain, { seal, sealKey })).toBe('bad');
  });

  test('of a chain value is none of a snapshot', () => {
    const sealing = sealingBy(1, randomBytes(32));
    const snapshot = { stream: 'keyring-a', revision: 1, schemaVersion: 1, chain: randomBytes(32), text: '' };
    expect(sealing.verifySnapshot(snapshot, sealing.sealChain(snapshot.chain))).toBe('bad');
  });

  test('by the number before is good while both are held, by any other unknown', () => {
    const [first, second, chain] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    const before = sealingBy(4, first).sealChain(chain);
    const both = sealingBy(5, second, first);
    expect(both.verifySeal(chain, before)).toBe('good');
    expect(both.verifySeal(randomBytes(32), before)).toBe('bad');
    expect(both.sealChain(chain).sealKey).toBe(5);
    expect(both.verifySeal(chain, both.sealChain(chain))).toBe('good');
    expect(both.verifySeal(chain, { ...before, sealKey: 5 })).toBe('bad');
    expect(sealingBy(5, second).verifySeal(chain, before)).toBe('unknown-key');
    for (const sealKey of [0, 3, 6, 4.5, NaN])
      expect(both.verifySeal(chain, { ...before, sealKey })).toBe('unknown-key');
  });

  test('of what can not be a snapshot is not made, and never good', () => {
    const sealing = sealingBy(1, randomBytes(32));
    const good = { stream: 'keyring-a', revision: 1, schemaVersion: 1, chain: randomBytes(32), text: 'x' };
    const seal = sealing.sealSnapshot(good);
    const bad: ReadonlyArray<Partial<SealedSnapshot>> = [
      { revision: -1 },
      { revision: 0.5 },
      { revision: 2 ** 53 },
      { schemaVersion: -1 },
      { schemaVersion: 2 ** 32 },
      { text: '\ud800' },
      { stream: 'keyring-\udfff' },
    ];
    for (const member of bad) {
      expect(() => sealing.sealSnapshot({ ...good, ...member })).toThrow('a snapshot has a revision');
      expect(sealing.verifySnapshot({ ...good, ...member }, seal)).toBe('bad');
    }
  });
});

onEachStorage(({ newVault }) => {
  test('a vault seals with its first log key, and so does every handle on it', async () => {
    const made = await newVault();
    const chain = randomBytes(32);
    const seal = made.vault.sealChain(chain);
    expect(seal.sealKey).toBe(1);
    const other = (await newVault()).vault;
    expect(other.verifySeal(chain, seal)).toBe('bad');
    await succeed(made.vault.rereadLogKeys);
    expect(made.vault.verifySeal(chain, seal)).toBe('good');
  });

  test('a closed vault seals nothing and verifies nothing', async () => {
    const { vault } = await newVault();
    const seal = vault.sealChain(randomBytes(32));
    await vault.close();
    for (const call of [
      () => vault.logKeyNumber(),
      () => vault.sealChain(randomBytes(32)),
      () => vault.verifySeal(randomBytes(32), seal),
    ])
      expect(call).toThrow(expect.objectContaining({ code: 'unavailable' }));
    expect(await faultOf(vault.rereadLogKeys)).toBe('unavailable');
  });

  test('seals are made and verified while the vault’s tables are gone', async () => {
    const { vault, sql } = await newVault();
    await sealNew(vault);
    await sql('ALTER TABLE deployment RENAME TO away');
    const chain = randomBytes(32);
    expect(vault.verifySeal(chain, vault.sealChain(chain))).toBe('good');
    expect(await faultOf(vault.rereadLogKeys)).not.toBe('no fault');
    expect(vault.verifySeal(chain, vault.sealChain(chain))).toBe('good');
  });

  test('a log key of another deployment does not open', async () => {
    const [one, two] = [await newVault(), await newVault()];
    const [sealed] = await two.sql('SELECT sealed_log_key FROM deployment');
    if (!Buffer.isBuffer(sealed)) throw new Error('no bytes');
    await one.sql('UPDATE deployment SET sealed_log_key = $1', sealed);
    expect(await faultOf(one.vault.rereadLogKeys)).toBe('tampered');
  });
});
