import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { sampled } from '@keyturn/testbed/sampling';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from '../faults';
import { openVault } from '../openVault';
import { faultOf, succeed } from '../testSupport/outcomes';
import { Killed, rotateWatched } from '../testSupport/rotations';
import { onEachStorage, type PlacedVault } from '../testSupport/storages';
import { closedAfterwards, sealNew, secondHandle } from '../testSupport/vaults';
import type { LogKeyRenewal } from '../vault';
import { rotateMasterKey } from './rotateMasterKey';

const bytesIn = async ({ sql }: PlacedVault, column: string): Promise<Buffer> => {
  const [bytes] = await sql(`SELECT ${column} FROM deployment`);
  if (!Buffer.isBuffer(bytes)) throw new Error('no bytes');
  return bytes;
};

const succeeded = E.right(undefined);

/** Of a rotation, from the first on. */
const upTo = (steps: number): ReadonlyArray<number> => Array.from({ length: steps }, (_, index) => index + 1);

/** A log that goes over at once. */
const goesOver = () => TE.right(undefined);

/** Away, as an event store may be. */
const away = () => TE.left(new VaultFault('rotation-incomplete', 'the event store is away'));

onEachStorage(({ kind, newVault, emptyVault }) => {
  test('a rotation that renews nothing keeps the log’s key', async () => {
    const { vault, options } = await emptyVault();
    const chain = randomBytes(32);
    const seal = vault.sealChain(chain);
    await succeed(rotateMasterKey(options));
    await succeed(vault.rereadLogKeys);
    expect(vault.verifySeal(chain, seal)).toBe('good');
    expect([vault.logKeyNumber(), await succeed(vault.logKeyRenewal)]).toEqual([1, null]);
  });

  test('a compromised one makes the next, and holds both until the log has gone over', async () => {
    const made = await emptyVault();
    const { vault, options } = made;
    const chain = randomBytes(32);
    const before = vault.sealChain(chain);
    const renewals: LogKeyRenewal[] = [];
    const renewLog = (renewal: LogKeyRenewal) => async () => {
      renewals.push(renewal);
      const other = await secondHandle(made);
      for (const handle of [vault, other]) {
        expect(await succeed(handle.logKeyRenewal)).toEqual({ from: 1, to: 2 });
        expect(handle.logKeyNumber()).toBe(2);
        expect(handle.sealChain(chain).sealKey).toBe(2);
        expect(handle.verifySeal(chain, before)).toBe('good');
        expect(handle.verifySeal(chain, handle.sealChain(chain))).toBe('good');
      }
      return succeeded;
    };
    await succeed(rotateMasterKey({ ...options, compromised: true, renewLog }));
    expect(renewals).toEqual([{ from: 1, to: 2 }]);
    expect(await succeed(vault.logKeyRenewal)).toBeNull();
    expect(vault.verifySeal(chain, before)).toBe('unknown-key');
    expect(vault.verifySeal(chain, vault.sealChain(chain))).toBe('good');
    await succeed(rotateMasterKey({ ...options, compromised: true, renewLog: goesOver }));
    await succeed(vault.rereadLogKeys);
    expect(vault.logKeyNumber()).toBe(3);
  });

  test('a service goes on by the key that it holds until it reads again', async () => {
    const { vault, options } = await emptyVault();
    await succeed(rotateMasterKey({ ...options, compromised: true, renewLog: goesOver }));
    const chain = randomBytes(32);
    const other = closedAfterwards(await succeed(openVault(options)));
    const [old, present] = [vault.sealChain(chain), other.sealChain(chain)];
    expect([old.sealKey, present.sealKey]).toEqual([1, 2]);
    expect([vault.verifySeal(chain, present), other.verifySeal(chain, old)]).toEqual([
      'unknown-key',
      'unknown-key',
    ]);
    await succeed(vault.rereadLogKeys);
    expect(vault.verifySeal(chain, present)).toBe('good');
  });

  test('it is not over while the log can not go over, and is taken up', async () => {
    const made = await emptyVault();
    await sealNew(made.vault);
    const rotation = rotateMasterKey({ ...made.options, compromised: true, renewLog: away });
    expect(await faultOf(rotation)).toBe('rotation-incomplete');
    expect(await faultOf(rotation)).toBe('rotation-incomplete');
    expect(await succeed(made.vault.logKeyRenewal)).toEqual({ from: 1, to: 2 });
    expect(await made.sql('SELECT step FROM rotation')).toEqual(['renewing']);
    // Another number ends nothing; the right one does, twice even.
    await succeed(made.vault.retireLogKey(2));
    await succeed(made.vault.retireLogKey(0));
    expect(await succeed(made.vault.logKeyRenewal)).toEqual({ from: 1, to: 2 });
    for (const number of [1, 1]) await succeed(made.vault.retireLogKey(number));
    expect(await succeed(made.vault.logKeyRenewal)).toBeNull();
    // It asks nobody any more.
    expect(await succeed(rotation)).toMatchObject({ resumed: true, renewed: true });
  });

  test('whatever it was killed at: the log’s key is renewed once, and seals of it are good', async () => {
    const chain = randomBytes(32);
    /** Rotates a new vault, and is killed at one of the steps. */
    const rotated = async (at?: number) => {
      const made = await emptyVault();
      await sealNew(made.vault);
      let steps = 0;
      const run = rotateWatched(
        made.options,
        (step) => {
          steps = step;
          return Promise.resolve(step === at ? (at % 2 === 0 ? 'kill-before' : 'kill-behind') : 'go-on');
        },
        { compromised: true, renewLog: goesOver },
      );
      const ended = await run().then(E.isRight, (error: unknown) => error instanceof Killed && 'killed');
      return { made, steps, ended };
    };
    const { steps, ended: whole } = await rotated();
    expect(whole).toBe(true);
    for (const at of kind === 'postgres' ? sampled(upTo(steps), 3) : upTo(steps)) {
      const { made, ended } = await rotated(at);
      expect(ended).toBe('killed');
      await succeed(made.vault.rereadLogKeys);
      const seal = made.vault.sealChain(chain);
      await succeed(rotateMasterKey({ ...made.options, compromised: true, renewLog: goesOver }));
      const present = closedAfterwards(await succeed(openVault(made.options)));
      // A rotation that had come to its end already is another one.
      expect([2, 3]).toContain(present.logKeyNumber());
      expect(['good', 'unknown-key']).toContain(present.verifySeal(chain, seal));
      expect(present.verifySeal(chain, present.sealChain(chain))).toBe('good');
      await Promise.all([made.vault.close(), present.close()]);
    }
  });

  test('asked for by nobody, it leaves the log its key; begun, it is not ended by who can not do it', async () => {
    const { vault, options } = await emptyVault();
    const chain = randomBytes(32);
    const seal = vault.sealChain(chain);
    await succeed(rotateMasterKey({ ...options, compromised: true }));
    expect(await succeed(vault.logKeyRenewal)).toBeNull();
    expect(vault.verifySeal(chain, seal)).toBe('good');
    expect(await faultOf(rotateMasterKey({ ...options, compromised: true, renewLog: away }))).toBe(
      'rotation-incomplete',
    );
    expect(await faultOf(rotateMasterKey(options))).toBe('rotation-incomplete');
    expect(await succeed(vault.logKeyRenewal)).toEqual({ from: 1, to: 2 });
    await succeed(rotateMasterKey({ ...options, renewLog: goesOver }));
    expect(await succeed(vault.logKeyRenewal)).toBeNull();
  });

  test('one that is changed to renew while it re-seals makes a new key, too', async () => {
    const { vault, options } = await emptyVault();
    await sealNew(vault);
    const killed = rotateWatched(options, (step) => Promise.resolve(step === 6 ? 'kill-behind' : 'go-on'));
    await expect(killed()).rejects.toThrow(Killed);
    expect(
      await succeed(rotateMasterKey({ ...options, compromised: true, renewLog: goesOver })),
    ).toMatchObject({
      renewed: true,
    });
    await succeed(vault.rereadLogKeys);
    expect(vault.logKeyNumber()).toBe(2);
    await sealNew(vault, { keyId: 'key-2' });
  });

  test('a key that was retired and is put back is found', async () => {
    const made = await emptyVault();
    let former: Buffer = Buffer.alloc(0);
    const renewLog = () => async () => {
      former = await bytesIn(made, 'sealed_former_log_key');
      return succeeded;
    };
    const { vault, options, sql } = made;
    await succeed(rotateMasterKey({ ...options, compromised: true, renewLog }));
    await sql('UPDATE deployment SET sealed_former_log_key = $1', former);
    expect(await faultOf(vault.rereadLogKeys)).not.toBe('no fault');
    expect(await faultOf(openVault(options))).toBe('tampered');
    await sql(
      'UPDATE deployment SET sealed_former_log_key = NULL, sealed_log_key = $1, log_key_number = 1',
      former,
    );
    expect(await faultOf(openVault(options))).toBe('tampered');
  });

  test('nothing of the former key is left in a file', async () => {
    const made = await newVault();
    const sealed = [await bytesIn(made, 'sealed_log_key')];
    const renewLog = () => async () => {
      sealed.push(await bytesIn(made, 'sealed_former_log_key'));
      return succeeded;
    };
    await succeed(rotateMasterKey({ ...made.options, compromised: true, renewLog }));
    expect(sealed).toHaveLength(2);
    const present = await bytesIn(made, 'sealed_log_key');
    expect(made.filesWith(sealed.map((bytes) => bytes.subarray(10)))).toBe(0);
    expect(made.filesWith([present.subarray(10)])).toBeGreaterThan(0);
  });
});
