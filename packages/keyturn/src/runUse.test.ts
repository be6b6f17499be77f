import { describe, expect, test } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { openSqlite } from '@keyturn/sqlite';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { openKeyturn } from './openKeyturn';
import type { RunSecret } from './runSecret';
import { ada, atWork } from './testSupport/atWork';
import { outcomes, untilAborted, withKey } from './testSupport/runsInUse';

const at = atWork({ made: true });

describe('using a run', () => {
  test('F-A8: hands the key over in each of its forms, and wipes it when the function has ended', async () => {
    const { keyturn, pasted } = await withKey(at());
    const kept: RunSecret[] = [];
    await keyturn.runs.use(ada, { runId: 'r1' }, ({ secret }) => {
      expect(secret.reveal()).toBe(pasted);
      expect(secret.use((bytes) => Buffer.from(bytes).toString())).toBe(pasted);
      expect(secret.authHeaders()).toEqual({ 'x-api-key': pasted });
      kept.push(secret);
    });
    expect(kept).toHaveLength(1);
    expect(() => kept[0]?.reveal()).toThrow(expect.objectContaining({ code: 'secret-wiped' }));
  });

  test('prints, inspects and serialises as its last four', async () => {
    const { keyturn, pasted } = await withKey(at());
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

  test('F-A5, F-B3: finishes as the function ends, whatever that does', async () => {
    const { keyturn } = await withKey(at());
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
    const { keyturn } = await withKey(at());
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
    const { keyturn, keyId } = await withKey(at());
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
    expect(told).toEqual([['succeeded', [{ keyId, state: 'confirmed', proof: 'erased', reason: null }]]]);
  });

  test('of a run that is open takes it over, or is refused, as was asked', async () => {
    const { keyturn, keyId } = await withKey(at());
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
    const { keyturn } = await withKey(at());
    const leases = new Set<number>();
    await keyturn.runs.use(ada, { runId: 'r1', leaseSeconds: 1 }, async () => {
      for (;;) {
        const { runs } = await keyturn.runs.list(ada, { runId: 'r1' });
        for (const { leaseUntil } of runs) leases.add(leaseUntil);
        if (leases.size >= 3) return;
        // Queries of SQLite settle without it, and timers would never have their turn.
        await turn();
      }
    });
    await keyturn.runs.expire(ada, undefined);
    await expect(outcomes(keyturn)).resolves.toEqual(['succeeded']);
  });

  test('aborts the signal when the key is hard-deleted under the run', async () => {
    const { keyturn, keyId } = await withKey(at());
    const reason = await keyturn.runs.use(ada, { runId: 'r1', leaseSeconds: 1 }, async ({ signal }) => {
      await keyturn.keys.hardDelete(ada, { keyId, caseId: 'case-1' });
      return untilAborted(signal);
    });
    expect(reason).toMatchObject({ kind: 'refusal', code: 'run-interrupted' });
    await expect(outcomes(keyturn)).resolves.toEqual(['cancelled']);
  });

  test("aborts with the caller's own signal, and is recorded as cancelled", async () => {
    const { keyturn } = await withKey(at());
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
    const { keyturn } = await withKey(at());
    const used = keyturn.runs.use(ada, { runId: 'r1' }, () => 'never', { signal: AbortSignal.abort() });
    await expect(used).rejects.toMatchObject({ kind: 'fault', code: 'cancelled' });
    await expect(outcomes(keyturn)).resolves.toEqual([]);
  });

  test("ties a run's events together", async () => {
    const { keyturn } = await withKey(at());
    await keyturn.runs.use(ada, { runId: 'r1' }, () => 'draft');
    const { entries } = await keyturn.audit.page(ada, { runId: 'r1' });
    expect(entries.map(({ type }) => type)).toEqual(['RunKeyReleased', 'RunKeyPinned']);
    expect(new Set(entries.map(({ correlationId }) => correlationId)).size).toBe(1);
  });
});

describe('what use does not end', () => {
  test("is somebody else's run, whatever fault comes before its own pin", async () => {
    const { keyturn } = await withKey(at());
    await keyturn.runs.start(ada, { runId: 'r1' });
    const failing = at().opened(
      await openKeyturn({ ...at().options, authorize: () => Promise.reject(new Error('away')) }),
    );
    for (const run of ['new', 'either', 'open'] as const) {
      const aborted = { signal: AbortSignal.abort() };
      const cancelled = keyturn.runs.use(ada, { runId: 'r1', run }, () => 'never', aborted);
      await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
      const failed = failing.runs.use(ada, { runId: 'r1', run }, () => 'never');
      await expect(failed).rejects.toMatchObject({ code: 'authorisation-failed' });
    }
    await expect(outcomes(keyturn)).resolves.toEqual([null]);
  });
});

describe('what use does end', () => {
  test('is its own run, of which no secret came', async () => {
    const { keyturn, keyId } = await withKey(at());
    const database = openSqlite(join(at().root, 'data', 'vault', 'vault.sqlite'));
    database.exec('DELETE FROM sealed_secrets');
    database.close();
    const used = keyturn.runs.use(ada, { runId: 'r1' }, () => 'never');
    await expect(used).rejects.toMatchObject({ kind: 'fault' });
    const { runs } = await keyturn.runs.list(ada, { keyId });
    expect(runs.filter(({ releasedAt }) => releasedAt === null)).toEqual([]);
  });
});

describe('a run whose lease can not be renewed', () => {
  test('is told so when the lease is over, and its hook is not asked in a tight loop', async () => {
    const { open } = at();
    await withKey(at());
    let resumes = 0;
    const keyturn = await open({
      authorize: ({ action }) => {
        if (action === 'ResumeRun') resumes += 1;
        return action !== 'ResumeRun';
      },
    });
    const reason = await keyturn.runs.use(ada, { runId: 'r1', leaseSeconds: 1 }, ({ signal }) =>
      untilAborted(signal),
    );
    expect(reason).toMatchObject({ code: 'not-permitted' });
    expect(resumes).toBeLessThan(8);
  });
});

describe('a use that is foreseen', () => {
  test('says what its start would record, and hands nothing over', async () => {
    const { keyturn } = await withKey(at());
    const never = (): never => {
      throw new Error('handed over');
    };
    const foreseen = await keyturn.runs.use(ada, { runId: 'r1' }, never, { dryRun: true });
    expect(foreseen).toMatchObject({ dryRun: true, events: [{ type: 'RunKeyPinned' }] });
    await expect(outcomes(keyturn)).resolves.toEqual([]);
  });
});
