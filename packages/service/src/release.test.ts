import { describe, expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import { Secret, SecretWiped, VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { intercepted, type Interception } from './testSupport/interceptedStore';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';
import { eventTypes, storedEvents } from './testSupport/stream';
import { watchedVault, type VaultWatch } from './testSupport/watchedVault';

const site = freshSite();

const textOf = (secret: Secret) => TE.right(secret.use((bytes) => Buffer.from(bytes).toString('latin1')));
const lost = E.left(new StoreFault('outcome-unknown', 'The answer got lost.'));

const secretOf = (text: string): Secret => {
  const secret = Secret.from(text);
  if (E.isLeft(secret)) throw new Error(secret.left.message);
  return secret.right;
};

/** A service whose vault's calls and store's reads and appends are noted in one list. */
const noted = () => {
  const watch: VaultWatch = { calls: [] };
  const by: Interception = {
    append: (next, stream, expected, events) => {
      watch.calls.push(`append ${events.map(({ type }) => type).join(' ')}`);
      return next(stream, expected, events);
    },
    readStream: (next, ...args) => {
      watch.calls.push('read');
      return next(...args);
    },
  };
  const keyturn = site().another({
    vault: watchedVault(site().vault, watch),
    eventStore: intercepted(site().eventStore, by),
  });
  return { keyturn, watch, by };
};

describe('the order of a release', () => {
  test('append, then a read to the head, then the secret; wiped afterwards', async () => {
    const { pasted } = await addedKey(site());
    const { keyturn, watch } = noted();
    await expectRight(keyturn.startRun(site().as(), { runId: 'r0' }));
    watch.calls.length = 0;
    const secrets: Secret[] = [];
    const seen = await expectRight(
      keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, (secret, pin) => {
        secrets.push(secret);
        watch.calls.push(`use ${pin.runId}`);
        return textOf(secret);
      }),
    );
    expect(seen).toBe(pasted);
    expect(watch.calls).toEqual(['open', 'append RunKeyPinned', 'read', 'use r1']);
    expect(() => secrets[0]?.bytes()).toThrow(SecretWiped);
  });

  test.each([
    ['fails', () => TE.left('its own reason')],
    ['rejects', () => () => Promise.reject<E.Either<string, never>>(new Error('its own error'))],
    [
      'throws',
      (): TE.TaskEither<string, never> => {
        throw new Error('its own error');
      },
    ],
  ])('a use that %s still has its secret wiped', async (_, use) => {
    await addedKey(site());
    const secrets: Secret[] = [];
    const result = site()
      .keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, (secret) => {
        secrets.push(secret);
        return use();
      })()
      .catch((error: unknown) => error);
    expect(await result).toMatchObject(
      (await result) instanceof Error ? { message: 'its own error' } : E.left('its own reason'),
    );
    expect(() => secrets[0]?.bytes()).toThrow(SecretWiped);
  });

  test('nothing opens when the read to the head fails', async () => {
    await addedKey(site());
    const { keyturn, by } = noted();
    await expectRight(keyturn.startRun(site().as(), { runId: 'r0' }));
    by.readStream = () => () => Promise.resolve(E.left(new StoreFault('unavailable', 'The store is away.')));
    let used = false;
    const fault = await leftOf(
      keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, (secret) => {
        used = true;
        return textOf(secret);
      }),
    );
    expect(fault).toMatchObject({ _tag: 'StoreFault', code: 'unavailable' });
    expect(used).toBe(false);
  });
});

describe('what the release stands on', () => {
  test('a start sent again: an event of its own before the key is opened again', async () => {
    const { pasted } = await addedKey(site());
    const context = site().as({ commandId: 'start-1' });
    for (const expected of [['RunKeyPinned'], ['RunKeyPinned', 'RunKeyResumed']]) {
      const seen = await expectRight(site().keyturn.startRunWithSecret(context, { runId: 'r1' }, textOf));
      expect(seen).toBe(pasted);
      const types = await eventTypes(site().eventStore);
      expect(types.filter((type) => type.startsWith('RunKey'))).toEqual(expected);
    }
  });

  test('a start of a run that is open: the same pin, and an event of its own', async () => {
    await addedKey(site());
    const first = await expectRight(site().keyturn.startRun(site().as(), { runId: 'r1' }));
    const again = await expectRight(
      site().keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, (_, pin) => TE.right(pin)),
    );
    expect(again).toMatchObject({ keyId: first.keyId, choice: first.choice, runId: 'r1' });
    expect((await eventTypes(site().eventStore)).at(-1)).toBe('RunKeyResumed');
  });

  test('a start that is to be new refuses a run that was open', async () => {
    await addedKey(site());
    const request = { runId: 'r1', onlyNew: true };
    const context = site().as({ commandId: 'start-1' });
    await expectRight(site().keyturn.startRunWithSecret(context, request, textOf));
    for (const again of [context, site().as()]) {
      await expect(leftOf(site().keyturn.startRunWithSecret(again, request, textOf))).resolves.toMatchObject({
        code: 'run-already-open',
      });
    }
  });

  test.each([[false], [true]])(
    'an append whose answer got lost entitles to nothing: another is made (only new: %s)',
    async (onlyNew) => {
      const { pasted } = await addedKey(site());
      const { keyturn, by, watch } = noted();
      const append = by.append;
      let sends = 0;
      by.append =
        (next, ...args) =>
        async () => {
          sends += 1;
          const result = await (append?.(next, ...args) ?? next(...args))();
          return sends === 1 ? lost : result;
        };
      const seen = await expectRight(
        keyturn.startRunWithSecret(site().as(), { runId: 'r1', onlyNew }, textOf),
      );
      expect(seen).toBe(pasted);
      expect(watch.calls.filter((call) => call.startsWith('append'))).toEqual([
        'append RunKeyPinned',
        'append RunKeyPinned',
        'append RunKeyResumed',
      ]);
      const types = await eventTypes(site().eventStore);
      expect(types.filter((type) => type.startsWith('RunKey'))).toEqual(['RunKeyPinned', 'RunKeyResumed']);
    },
  );

  test('answers that keep getting lost: nothing opens', async () => {
    await addedKey(site());
    const { keyturn, by } = noted();
    let sends = 0;
    by.append =
      (next, ...args) =>
      async () => {
        sends += 1;
        const result = await next(...args)();
        return sends % 2 === 1 ? lost : result;
      };
    let used = false;
    const fault = await leftOf(
      keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, (secret) => {
        used = true;
        return textOf(secret);
      }),
    );
    expect(fault).toMatchObject({ _tag: 'ServiceFault', code: 'contention' });
    expect(used).toBe(false);
  });
});

describe('a hard delete between the event and the hand-over', () => {
  /** Runs once, when the service reads after its entitling append. */
  const betweenAppendAndConfirm = (by: Interception, work: () => Promise<unknown>) => {
    const append = by.append;
    by.append = (next, ...args) => {
      by.readStream =
        (read, ...options) =>
        async () => {
          delete by.readStream;
          await work();
          return read(...options)();
        };
      if (append !== undefined) by.append = append;
      return next(...args);
    };
  };

  test('no secret for the run, and it is told so', async () => {
    const { key } = await addedKey(site());
    const { keyturn, by } = noted();
    await expectRight(keyturn.finishRun(site().as(), { runId: 'warm-up' }));
    betweenAppendAndConfirm(by, () =>
      expectRight(site().keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' })),
    );
    let used = false;
    const refusal = await leftOf(
      keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, (secret) => {
        used = true;
        return textOf(secret);
      }),
    );
    expect(used).toBe(false);
    // Unsealed before the delete, or gone before it was unsealed: both are a "no".
    expect(refusal).toMatchObject({ code: 'run-interrupted', facts: { runId: 'r1' } });
    const deleted = (await storedEvents(site().eventStore)).find(({ type }) => type === 'KeyHardDeleted');
    expect(deleted?.data).toContain('"interruptedRuns":["r1"]');
  });

  test('no test call with it', async () => {
    const { key, pasted } = await addedKey(site());
    const { keyturn, by } = noted();
    await expectRight(keyturn.finishRun(site().as(), { runId: 'warm-up' }));
    betweenAppendAndConfirm(by, () =>
      expectRight(site().keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' })),
    );
    const refusal = await leftOf(keyturn.validateKey(site().as(), { keyId: key.keyId }));
    expect(refusal).toMatchObject({ code: 'run-interrupted', facts: { runId: null } });
    expect(site().sandbox.callsWith(pasted)).toHaveLength(1);
  });

  test('another key that was deleted meanwhile is no obstacle', async () => {
    const { pasted } = await addedKey(site());
    const { key: other } = await addedKey(site(), 'openai');
    const { keyturn, by } = noted();
    await expectRight(keyturn.finishRun(site().as(), { runId: 'warm-up' }));
    betweenAppendAndConfirm(by, () =>
      expectRight(site().keyturn.hardDeleteKey(site().as(), { keyId: other.keyId, caseId: 'C-1' })),
    );
    await expect(expectRight(keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, textOf))).resolves.toBe(
      pasted,
    );
  });
});

describe('a row that is not as it should be', () => {
  /** Seals another row in the place of the key's own. */
  const replaced = async (keyId: string, text: string, vendor: string) => {
    const ref = { workspaceId: 'acme', keyId };
    const secret = secretOf(text);
    await expectRight(site().vault.discard(ref));
    const fingerprint = site().vault.fingerprint('acme', secret);
    await expectRight(site().vault.seal({ ...ref, vendor, endpoint: null, fingerprint }, secret));
  };

  test.each([
    ['frozen', 'frozen', (keyId: string) => expectRight(site().vault.freeze({ workspaceId: 'acme', keyId }))],
    [
      'missing',
      'missing-secret',
      (keyId: string) => expectRight(site().vault.discard({ workspaceId: 'acme', keyId })),
    ],
    ['of another vendor', 'tampered', (keyId: string, pasted: string) => replaced(keyId, pasted, 'openai')],
    [
      'with another secret',
      'tampered',
      (keyId: string) => replaced(keyId, site().sandbox.issueKey('anthropic'), 'anthropic'),
    ],
  ])('%s: the fault %s, and no other row is opened', async (_, code, spoil) => {
    const { key, pasted } = await addedKey(site());
    await addedKey(site(), 'openai');
    await spoil(key.keyId, pasted);
    let used = false;
    const fault = await leftOf(
      site().keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, (secret) => {
        used = true;
        return textOf(secret);
      }),
    );
    expect(fault).toBeInstanceOf(VaultFault);
    expect(fault).toMatchObject({ code });
    expect(used).toBe(false);
  });
});
