import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { pipe } from 'fp-ts/function';
import type { Secret } from './secret';
import { SecretWiped } from './secret';
import { secretOf } from './testSupport/generators';
import { faultOf, succeed } from './testSupport/outcomes';
import { bindingOf, openGate, sealNew, secondHandle, textOf } from './testSupport/vaults';
import type { KeyBinding, ReleaseGate } from './vault';
import { onEachStorage } from './testSupport/storages';
import { shred } from './testSupport/shredding';

type Confirmed = Pick<ReleaseGate<string>, 'authorise'> & { readonly confirm: TE.TaskEither<string, void> };

/** A gate and a use that write down their calls and keep hold of the secret. */
const recorded = (binding: KeyBinding, on: Partial<Confirmed> = {}) => {
  const calls: Array<string> = [];
  const seen: Array<Secret> = [];
  const views: Array<Uint8Array> = [];
  const note = <A>(call: string, task: TE.TaskEither<string, A>): TE.TaskEither<string, A> =>
    pipe(
      TE.rightIO<string, number>(() => calls.push(call)),
      TE.chain(() => task),
    );
  return {
    calls,
    seen,
    views,
    gate: {
      authorise: note('authorise', on.authorise ?? TE.right(binding)),
      confirm: () => note('confirm', on.confirm ?? TE.right(undefined)),
    },
    use:
      <A>(result: TE.TaskEither<string, A>) =>
      (secret: Secret) => {
        calls.push('use');
        seen.push(secret);
        views.push(secret.bytes());
        return result;
      },
  };
};

const wiped = ({ seen, views }: Pick<ReturnType<typeof recorded>, 'seen' | 'views'>): boolean =>
  seen.length > 0 &&
  views.every((bytes) => bytes.every((byte) => byte === 0)) &&
  seen.every((secret) => {
    try {
      secret.bytes();
      return false;
    } catch (error) {
      return error instanceof SecretWiped;
    }
  });

onEachStorage(({ emptyVault }) => {
  test('the longest secret that there may be is sealed, and opened again', async () => {
    const { vault } = await emptyVault();
    const text = randomBytes(4096).toString('hex');
    const secret = secretOf(text);
    const binding = bindingOf(vault, secret);
    await succeed(vault.seal(binding, secret));
    expect(await succeed(textOf(vault, binding))).toBe(text);
  });

  describe('the order of a release', () => {
    test('authorise, confirm, use once; then the bytes are zeros', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const record = recorded(binding);
      expect(await succeed(vault.open(record.gate, record.use(TE.right('done'))))).toBe('done');
      expect(record.calls).toEqual(['authorise', 'confirm', 'use']);
      expect(wiped(record)).toBe(true);
    });

    test('once done, the row is known to be named by the log; a use that failed says nothing of that', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const named = async () => (await succeed(vault.rowsOf(binding.workspaceId))).map((row) => row.named);
      await faultOf(vault.open(openGate(binding), () => TE.left('vendor away')));
      expect(await named()).toEqual([false]);
      await succeed(vault.open(openGate(binding), () => TE.right('done')));
      expect(await named()).toEqual([true]);
    });

    test('a refused authorisation: nothing is read, let alone unsealed', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const record = recorded(binding, { authorise: TE.left('not allowed') });
      await vault.close();
      // A closed vault faults on every read: that the refusal comes through shows that nothing was read.
      expect(await faultOf(vault.open(record.gate, record.use(TE.right(1))))).toBe('not allowed');
      expect(record.calls).toEqual(['authorise']);
    });

    test('authorise comes first also when there is nothing to open', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const record = recorded({ ...binding, keyId: 'key-2' });
      expect(await faultOf(vault.open(record.gate, record.use(TE.right(1))))).toBe('missing-secret');
      expect(record.calls).toEqual(['authorise']);
    });

    test('a row that does not fit is found before confirm', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const record = recorded({ ...binding, vendor: 'anthropic' });
      expect(await faultOf(vault.open(record.gate, record.use(TE.right(1))))).toBe('tampered');
      expect(record.calls).toEqual(['authorise']);
    });

    test('confirm fails: never used', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const record = recorded(binding, { confirm: TE.left('hard-deleted meanwhile') });
      expect(await faultOf(vault.open(record.gate, record.use(TE.right(1))))).toBe('hard-deleted meanwhile');
      expect(record.calls).toEqual(['authorise', 'confirm']);
    });
  });

  describe('the secret is wiped', () => {
    test('when use fails', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const record = recorded(binding);
      expect(await faultOf(vault.open(record.gate, record.use(TE.left('vendor away'))))).toBe('vendor away');
      expect(wiped(record)).toBe(true);
    });

    test('when use rejects, which goes through', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const record = recorded(binding);
      const failing = vault.open(
        record.gate,
        record.use(() => Promise.reject(new Error('a mistake'))),
      );
      await expect(failing()).rejects.toThrow('a mistake');
      expect(wiped(record)).toBe(true);
    });

    test('when use throws', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const record = recorded(binding);
      const use = record.use(TE.right(1));
      const failing = vault.open(record.gate, (secret) => {
        use(secret);
        throw new Error('a mistake');
      });
      await expect(failing()).rejects.toThrow('a mistake');
      expect(wiped(record)).toBe(true);
    });
  });

  describe('five seconds after authorise', () => {
    const afterMs = async (delay: number) => {
      let now = 1000;
      const { vault } = await emptyVault({ clocks: { wallMs: () => 0, monotonicMs: () => now } });
      const { binding } = await sealNew(vault);
      const record = recorded(binding, {
        confirm: TE.rightIO(() => {
          now += delay;
        }),
      });
      return {
        outcome: await vault.open(record.gate, record.use(TE.right(1)))(),
        calls: record.calls,
      };
    };

    test('it is still released', async () => {
      expect(await afterMs(5000)).toEqual({ outcome: E.right(1), calls: ['authorise', 'confirm', 'use'] });
    });

    test('and a millisecond: refused', async () => {
      expect(await afterMs(5001)).toMatchObject({
        outcome: E.left({
          code: 'release-too-late',
          message:
            'key key-1 of workspace acme was not released, since over 5 s went by since its authorisation: ' +
            'start or resume the run again',
        }),
        calls: ['authorise', 'confirm'],
      });
    });

    test('time that passes while the row is looked at counts too', async () => {
      const times = [0, 5000, 5001];
      const { vault } = await emptyVault({
        clocks: { wallMs: () => 0, monotonicMs: () => times.shift() ?? 0 },
      });
      const { binding } = await sealNew(vault);
      const record = recorded(binding);
      expect(await faultOf(vault.open(record.gate, record.use(TE.right(1))))).toBe('release-too-late');
      expect(record.calls).toEqual(['authorise', 'confirm']);
    });
  });

  describe('what happens to the row meanwhile', () => {
    test.each([
      ['frozen', 'frozen'],
      ['shredded', 'missing-secret'],
      ['shredded half way', 'missing-secret'],
      ['discarded', 'missing-secret'],
      ['replaced', 'missing-secret'],
    ])('%s by another handle after it was unsealed: %s, never used', async (what, fault) => {
      const made = await emptyVault();
      const other = await secondHandle(made);
      const { binding } = await sealNew(made.vault);
      const meanwhile: Record<string, TE.TaskEither<unknown, unknown>> = {
        frozen: other.freeze(binding),
        shredded: shred(other, binding.workspaceId, [binding.keyId]),
        'shredded half way': TE.rightTask(() => made.sql('DELETE FROM data_keys')),
        discarded: other.discard(binding),
        replaced: pipe(
          other.discard(binding),
          TE.chainTaskK(() => async () => sealNew(other)),
        ),
      };
      const record = recorded(binding, {
        confirm: pipe(
          meanwhile[what] ?? TE.left('no such case'),
          TE.bimap(String, () => undefined),
        ),
      });
      expect(await faultOf(made.vault.open(record.gate, record.use(TE.right(1))))).toBe(fault);
      expect(record.calls).toEqual(['authorise', 'confirm']);
    });

    test('closed: refused', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const record = recorded(binding, {
        confirm: TE.rightTask(() => vault.close()),
      });
      expect(await faultOf(vault.open(record.gate, record.use(TE.right(1))))).toBe('unavailable');
      expect(record.calls).toEqual(['authorise', 'confirm']);
    });
  });

  describe('freezing', () => {
    test('a frozen row does not open, not even to be unsealed; unfrozen it does', async () => {
      const made = await emptyVault();
      const other = await secondHandle(made);
      const { binding, text } = await sealNew(made.vault);
      await succeed(made.vault.freeze(binding));
      await succeed(made.vault.freeze(binding));
      const record = recorded(binding);
      expect(await faultOf(other.open(record.gate, record.use(TE.right(1))))).toBe('frozen');
      expect(record.calls).toEqual(['authorise']);
      await succeed(other.unfreeze(binding));
      expect(await succeed(textOf(made.vault, binding))).toBe(text);
    });

    test('a row that is not there can not be frozen', async () => {
      const { vault } = await emptyVault();
      expect(await faultOf(vault.freeze({ workspaceId: 'acme', keyId: 'key-1' }))).toBe('missing-secret');
      expect(await faultOf(vault.unfreeze({ workspaceId: 'acme', keyId: 'key-1' }))).toBe('missing-secret');
    });
  });

  test('nothing of a release is kept: a gate runs anew each time', async () => {
    const { vault } = await emptyVault();
    const { binding } = await sealNew(vault);
    const views: Array<Uint8Array> = [];
    const open = vault.open(openGate(binding), (secret) => TE.rightIO(() => views.push(secret.bytes())));
    await succeed(open);
    await succeed(open);
    expect(views[0]?.buffer === views[1]?.buffer).toBe(false);
  });
});
