import { describe, expect, test } from '@jest/globals';
import type { RunSecret } from './runSecret';
import { ada, atWork } from './testSupport/atWork';
import { outcomes, untilAborted, withKey } from './testSupport/runsInUse';

const at = atWork({ made: true });

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

describe('closing during a run', () => {
  test('hands no secret to a function that has not begun', async () => {
    const { open } = at();
    await withKey(at());
    const [asked, answer] = [byHand<null>(), byHand<boolean>()];
    const keyturn = await open({
      authorize: ({ action }) => {
        if (action !== 'StartRun') return true;
        asked.resolve(null);
        return answer.promise;
      },
    });
    let handedOver = false;
    const used = keyturn.runs.use(ada, { runId: 'r1' }, () => {
      handedOver = true;
    });
    used.catch(() => undefined);
    await asked.promise;
    const closing = keyturn.close({ drainMs: 0 });
    answer.resolve(true);
    await closing;
    await expect(used).rejects.toMatchObject({ kind: 'fault' });
    expect(handedOver).toBe(false);
    await expect(outcomesElsewhere()).resolves.not.toContain(null);
  });

  test('F-B6: waits for the function, then finishes the run', async () => {
    const { keyturn } = await withKey(at());
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

  test('F-B6: aborts what is not done when the time is over, and finishes its run as cancelled', async () => {
    const { keyturn } = await withKey(at());
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
    const { keyturn } = await withKey(at());
    const begun = byHand<RunSecret>();
    const used = keyturn.runs.use(ada, { runId: 'r1' }, ({ secret }) => {
      begun.resolve(secret);
      return new Promise<never>(() => undefined);
    });
    used.catch(() => undefined);
    const secret = await begun.promise;
    await keyturn.close({ drainMs: 0 });
    expect(() => secret.reveal()).toThrow('wiped');
    await expect(used).rejects.toMatchObject({ code: 'cancelled', cause: { code: 'closed' } });
    await expect(outcomesElsewhere()).resolves.toEqual(['cancelled']);
  });
});
