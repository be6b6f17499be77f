import { describe, expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { inspect } from 'node:util';
import { KeyturnError, withPromises } from './promises';
import { intercepted } from './testSupport/interceptedStore';
import { addedKey, freshSite } from './testSupport/site';

const site = freshSite();

const rejectionOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('A rejection was expected.');
    },
    (error: unknown) => error,
  );

describe('the promise form', () => {
  test('covers every use case', () => {
    const { keyturn, promises } = site();
    expect(Object.keys(promises).sort()).toEqual(Object.keys(keyturn).sort());
    expect(Object.keys(promises.foresee).sort()).toEqual(Object.keys(keyturn.foresee).sort());
  });

  test('resolves to what the right side is', async () => {
    await addedKey(site());
    const pin = await site().promises.startRun(site().as(), { runId: 'r1' });
    expect(pin).toMatchObject({ runId: 'r1', choice: 'workspace-default' });
    expect(await site().promises.history(site().as())).toMatchObject({ openRuns: [{ runId: 'r1' }] });
  });

  test('rejects with the refusal', async () => {
    const error = await rejectionOf(site().promises.startRun(site().as(), { runId: 'r1' }));
    expect(error).toBeInstanceOf(KeyturnError);
    expect(error).toMatchObject({
      name: 'KeyturnError',
      refusal: { code: 'no-key-on-file' },
      fault: null,
    });
    expect(error).toHaveProperty('message', expect.stringMatching(/No key is on file|add/i));
  });

  test('rejects with the fault', async () => {
    const fault = new StoreFault('unavailable', 'The store is away.');
    const eventStore = intercepted(site().eventStore, {
      loadSnapshot: () => () => Promise.resolve(E.left(fault)),
    });
    const keyturn = withPromises(site().another({ eventStore }));
    const error = await rejectionOf(keyturn.startRun(site().as(), { runId: 'r1' }));
    expect(error).toBeInstanceOf(KeyturnError);
    expect(error).toMatchObject({ refusal: null, fault, cause: fault, message: 'The store is away.' });
  });

  test.each([
    ['an error', new Error('its own')],
    ['anything else', { code: 7 }],
    ['nothing', undefined],
  ])("passes on what the caller's own function rejects with: %s", async (_, reason) => {
    await addedKey(site());
    const started = site().promises.startRunWithSecret(site().as(), { runId: 'r1' }, () =>
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- any reason is the caller's own
      Promise.reject(reason),
    );
    expect(await rejectionOf(started)).toBe(reason);
  });

  test("passes on what the caller's own function throws", async () => {
    await addedKey(site());
    await site().promises.startRun(site().as(), { runId: 'r1' });
    const reason = new Error('its own');
    const resumed = site().promises.resumeRunWithSecret(site().as(), { runId: 'r1' }, () => {
      throw reason;
    });
    expect(await rejectionOf(resumed)).toBe(reason);
  });
});

describe('what is told of a failure', () => {
  test('has nothing of a secret, however it is looked at', async () => {
    const { pasted } = await addedKey(site());
    const other = site().sandbox.issueKey('anthropic', 'echoes-key');
    const failures = [
      await rejectionOf(site().promises.addKey(site().as(), { vendor: 'anthropic', pasted })),
      await rejectionOf(site().promises.addKey(site().as(), { vendor: 'openai', pasted })),
      await rejectionOf(site().promises.addKey(site().as(), { vendor: pasted, pasted })),
      await rejectionOf(site().promises.addKey(site().as(), { vendor: 'anthropic', pasted: `${pasted} ` })),
      await rejectionOf(
        site().promises.addKey(site().as(), {
          vendor: 'anthropic',
          pasted: other,
          label: other.slice(0, 40),
        }),
      ),
      await rejectionOf(site().promises.validateKey(site().as(), { keyId: pasted })),
      await rejectionOf(site().promises.startRun(site().as(), { runId: pasted })),
      await rejectionOf(site().promises.startRun(site().as({ commandId: pasted }), { runId: 'r1' })),
      await site().promises.addKey(site().as(), { vendor: 'anthropic', pasted: other }),
    ];
    for (const failure of failures) {
      const told =
        inspect(failure, { depth: null, showHidden: true }) +
        JSON.stringify(failure, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v));
      for (const secret of [pasted, other]) {
        expect(told).not.toContain(secret.slice(-16, -4));
        expect(told).not.toContain(secret.slice(16, 28));
      }
    }
  });
});
