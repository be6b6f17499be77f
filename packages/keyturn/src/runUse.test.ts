import { describe, expect, test } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { KeyturnError } from './errors';
import type { Keyturn } from './keyturn';
import type { RunSecret } from './runSecret';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });

const withKey = async (): Promise<{ keyturn: Keyturn; pasted: string; keyId: string }> => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const pasted = sandbox.issueKey('anthropic');
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted });
  return { keyturn, pasted, keyId: key.keyId };
};

const outcomes = async (keyturn: Keyturn): Promise<ReadonlyArray<string | null>> =>
  (await keyturn.runs.list(ada)).runs.map(({ outcome }) => outcome);

/** The list of runs as a Keyturn of its own sees it, while the first one is closing or closed. */
const outcomesElsewhere = async (): Promise<ReadonlyArray<string | null>> => outcomes(await at().open());

/** A promise to be settled by hand. */
const byHand = <A>() => {
  let resolve: (value: A) => void = () => undefined;
  const promise = new Promise<A>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
};

const untilAborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    signal.addEventListener('abort', () => {
      resolve(signal.reason);
    });
  });

describe('using a run', () => {
  test('hands the key over in each of its forms, and wipes it when the function has ended', async () => {
    const { keyturn, pasted } = await withKey();
    const kept: RunSecret[] = [];
    await keyturn.runs.use(ada, { runId: 'r1' }, ({ secret }) => {
      expect(secret.reveal()).toBe(pasted);
      expect(secret.use((bytes) => Buffer.from(bytes).toString())).toBe(pasted);
      expect(secret.authHeaders()).toEqual({ 'x-api-key': pasted });
      kept.push(secret);
    });
    expect(kept).toHaveLength(1);
    expect(() => kept[0]?.reveal()).toThrow('wiped');
  });

  test('prints, inspects and serialises as its last four', async () => {
    const { keyturn, pasted } = await withKey();
    const masked = `…${pasted.slice(-4)}`;
    await keyturn.runs.use(ada, { runId: 'r1' }, ({ secret, pin, signal, finishAs }) => {
      expect([String(secret), inspect(secret)]).toEqual([masked, masked]);
      expect(JSON.stringify({ secret })).toBe(JSON.stringify({ secret: masked }));
      expect(inspect({ secret, pin, signal, finishAs }, { depth: 9, showHidden: true })).not.toContain(
        pasted,
      );
      expect(() => structuredClone(secret)).toThrow();
    });
  });

  test('finishes as the function ends', async () => {
    const { keyturn } = await withKey();
    await expect(keyturn.runs.use(ada, { runId: 'r1' }, () => 'draft')).resolves.toBe('draft');
    const mine = new Error('mine');
    await expect(keyturn.runs.use(ada, { runId: 'r2' }, () => Promise.reject(mine))).rejects.toBe(mine);
    await keyturn.runs.use(ada, { runId: 'r3' }, ({ finishAs }) => {
      finishAs('failed');
    });
    const thrownAtOnce = keyturn.runs.use(ada, { runId: 'r4' }, () => {
      throw mine;
    });
    await expect(thrownAtOnce).rejects.toBe(mine);
    await expect(outcomes(keyturn)).resolves.toEqual(['failed', 'failed', 'failed', 'succeeded']);
    await expect(keyturn.runs.list(ada, { openOnly: true })).resolves.toMatchObject({ runs: [] });
  });

  test.each([
    ['an error', new Error('its own')],
    ['anything else', { code: 7 }],
    ['nothing', undefined],
  ])('passes on what the function rejects with or throws, as it is: %s', async (_, reason) => {
    const { keyturn } = await withKey();
    const rejecting = keyturn.runs.use(ada, { runId: 'r1' }, () =>
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- any reason is the caller's own
      Promise.reject(reason),
    );
    await expect(rejecting).rejects.toBe(reason);
    await keyturn.runs.start(ada, { runId: 'r2' });
    const throwing = keyturn.runs.use(ada, { runId: 'r2', run: 'open' }, () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- as above
      throw reason;
    });
    await expect(throwing).rejects.toBe(reason);
  });

  test('tells how the run was finished, and what was destroyed with it', async () => {
    const { keyturn, keyId } = await withKey();
    const told: unknown[] = [];
    await keyturn.runs.use(
      ada,
      { runId: 'r1' },
      async () => {
        const deleted = await keyturn.keys.delete(ada, { keyId, leaveEmpty: true });
        expect(deleted.state).toBe('retired');
      },
      { onFinished: (finished, outcome) => told.push([outcome, finished.destructions]) },
    );
    expect(told).toEqual([['succeeded', [{ keyId, state: 'confirmed', reason: null }]]]);
  });

  test('of a run that is open takes it over, or is refused, as was asked', async () => {
    const { keyturn, keyId } = await withKey();
    await keyturn.runs.start(ada, { runId: 'r1' });
    const again = keyturn.runs.use(ada, { runId: 'r1', run: 'new' }, () => 'never');
    await expect(again).rejects.toMatchObject({ kind: 'refusal', code: 'run-already-open' });
    await expect(keyturn.runs.list(ada, { openOnly: true })).resolves.toMatchObject({
      runs: [{ runId: 'r1' }],
    });
    await expect(keyturn.runs.use(ada, { runId: 'r1', run: 'open' }, ({ pin }) => pin.keyId)).resolves.toBe(
      keyId,
    );
    const gone = keyturn.runs.use(ada, { runId: 'r2', run: 'open' }, () => 'never');
    await expect(gone).rejects.toMatchObject({ code: 'run-not-open' });
  });

  test('renews the lease while the function works', async () => {
    const { keyturn } = await withKey();
    await keyturn.runs.use(ada, { runId: 'r1', leaseSeconds: 1 }, async () => {
      for (;;) {
        const { runs } = await keyturn.runs.list(ada, { runId: 'r1' });
        if (runs.some(({ resumed }) => resumed >= 2)) return;
        // Queries of SQLite settle without it, and timers would never have their turn.
        await turn();
      }
    });
    await keyturn.runs.expire(ada, undefined);
    await expect(outcomes(keyturn)).resolves.toEqual(['succeeded']);
  });

  test('aborts the signal when the key is hard-deleted under the run', async () => {
    const { keyturn, keyId } = await withKey();
    const reason = await keyturn.runs.use(ada, { runId: 'r1', leaseSeconds: 1 }, async ({ signal }) => {
      await keyturn.keys.hardDelete(ada, { keyId, caseId: 'case-1' });
      return untilAborted(signal);
    });
    expect(reason).toMatchObject({ kind: 'refusal', code: 'run-interrupted' });
    await expect(outcomes(keyturn)).resolves.toEqual(['cancelled']);
  });

  test("aborts with the caller's own signal, and is recorded as cancelled", async () => {
    const { keyturn } = await withKey();
    const mine = new AbortController();
    const used = keyturn.runs.use(
      ada,
      { runId: 'r1' },
      async ({ signal }) => {
        mine.abort(new Error('no more'));
        throw await untilAborted(signal);
      },
      { signal: mine.signal },
    );
    await expect(used).rejects.toThrow('no more');
    await expect(outcomes(keyturn)).resolves.toEqual(['cancelled']);
  });

  test('with a signal that has aborted already begins nothing', async () => {
    const { keyturn } = await withKey();
    const used = keyturn.runs.use(ada, { runId: 'r1' }, () => 'never', { signal: AbortSignal.abort() });
    await expect(used).rejects.toMatchObject({ kind: 'fault', code: 'cancelled' });
    await expect(outcomes(keyturn)).resolves.toEqual([]);
  });

  test("ties a run's events together", async () => {
    const { keyturn } = await withKey();
    await keyturn.runs.use(ada, { runId: 'r1' }, () => 'draft');
    const { entries } = await keyturn.audit.page(ada, { runId: 'r1' });
    expect(entries.map(({ type }) => type)).toEqual(['RunKeyReleased', 'RunKeyPinned']);
    expect(new Set(entries.map(({ correlationId }) => correlationId)).size).toBe(1);
  });
});

describe('closing during a run', () => {
  test('waits for the function, then finishes the run', async () => {
    const { keyturn } = await withKey();
    const [begun, work] = [byHand<null>(), byHand<string>()];
    const used = keyturn.runs.use(ada, { runId: 'r1' }, () => {
      begun.resolve(null);
      return work.promise;
    });
    await begun.promise;
    const closing = keyturn.close({ drainMs: 60_000 });
    await expect(keyturn.runs.start(ada, { runId: 'r2' })).rejects.toMatchObject({
      kind: 'fault',
      code: 'closed',
    });
    await expect(keyturn.keys.list(ada)).rejects.toMatchObject({ code: 'closed' });
    await expect(outcomesElsewhere()).resolves.toEqual([null]);
    work.resolve('draft');
    await expect(used).resolves.toBe('draft');
    await closing;
    await expect(outcomesElsewhere()).resolves.toEqual(['succeeded']);
  });

  test('aborts what is not done when the time is over, and finishes its run as cancelled', async () => {
    const { keyturn } = await withKey();
    const begun = byHand<null>();
    const used = keyturn.runs.use(ada, { runId: 'r1' }, async ({ signal }) => {
      begun.resolve(null);
      throw await untilAborted(signal);
    });
    used.catch(() => undefined);
    await begun.promise;
    await keyturn.close({ drainMs: 0 });
    await expect(used).rejects.toMatchObject({ code: 'closed' });
    await expect(outcomesElsewhere()).resolves.toEqual(['cancelled']);
  });

  test('takes the secret from a function that does not end by its signal', async () => {
    const { keyturn } = await withKey();
    const begun = byHand<RunSecret>();
    const used = keyturn.runs.use(ada, { runId: 'r1' }, ({ secret }) => {
      begun.resolve(secret);
      return new Promise<never>(() => undefined);
    });
    used.catch(() => undefined);
    const secret = await begun.promise;
    await keyturn.close({ drainMs: 0 });
    expect(() => secret.reveal()).toThrow('wiped');
    await expect(used).rejects.toMatchObject({ code: 'closed' } satisfies Partial<KeyturnError>);
    await expect(outcomesElsewhere()).resolves.toEqual(['cancelled']);
  });
});
