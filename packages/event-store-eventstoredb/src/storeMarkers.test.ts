import { describe, expect, test } from '@jest/globals';
import type { AppendConflict, StoreFault } from '@keyturn/event-store';
import { event, left, right } from './testSupport/outcomes';
import { withServer, type OnServer } from './testSupport/onServer';

describe('the name of a store', () => {
  test(
    'is the same for all who ask at once, and stays',
    withServer(async ({ server, another }) => {
      const stores = await Promise.all(Array.from({ length: 6 }, () => another()));
      const names = await Promise.all(stores.map(({ storeId }) => right(storeId)));
      expect(new Set(names).size).toBe(1);
      server.restart();
      expect(await right((await another()).storeId)).toBe(names[0]);
    }),
  );

  test('is another on another server', async () => {
    const names: string[] = [];
    const ask = withServer(async ({ store }) => {
      names.push(await right(store.storeId));
    });
    await ask();
    await ask();
    expect(new Set(names).size).toBe(2);
  });

  test(
    'is made once, also where the answer got lost',
    withServer(async ({ server, store, another, bare }) => {
      server.faults.dropAfterCommit();
      const first = await store.storeId();
      const name = await right(store.storeId);
      expect([name, undefined]).toContain(first._tag === 'Right' ? first.right : undefined);
      expect(await right((await another()).storeId)).toBe(name);
      let count = 0;
      for await (const { event: one } of bare.readStream('keyturn-store')) if (one !== undefined) count += 1;
      expect(count).toBe(1);
    }),
  );
});

describe('ES-R2: a name that is there and can not be read yet', () => {
  /** Begins to name the store, and ends when the server has taken that. */
  const beginNaming = async ({ store, another }: OnServer) => {
    const naming = right(store.storeId);
    const other = await another('defaultDeadline=5000');
    const end = async () => {
      const refused: AppendConflict | StoreFault = await left(other.append('keyturn-store', 7, [event()]));
      return 'actual' in refused ? refused.actual : null;
    };
    while ((await end()) !== 0);
    return { naming, other };
  };

  test(
    'is waited for',
    withServer(async (on) => {
      on.server.setIndexLag(Infinity);
      const { naming, other } = await beginNaming(on);
      const asked = right(other.storeId);
      // Meanwhile it is refused.
      for (let round = 0; round < 20; round += 1) await right(other.head);
      on.server.setIndexLag(0);
      expect(await asked).toBe(await naming);
    }),
  );

  test(
    'is nobody’s name for whoever could not read it in time',
    withServer(async (on) => {
      on.server.setIndexLag(Infinity);
      const { naming } = await beginNaming(on);
      const hasty = await on.another('defaultDeadline=100');
      expect(await left(hasty.storeId)).toMatchObject({ code: 'unavailable' });
      on.server.setIndexLag(0);
      expect(await right(hasty.storeId)).toBe(await naming);
    }),
  );
});

describe("the store's clock", () => {
  test(
    'ES-S1: of a server that is too slow could not be read, whatever was written for it',
    withServer(async ({ server, another }) => {
      const hasty = await another('defaultDeadline=50');
      server.faults.delay(500);
      const fault = await left(hasty.clock);
      expect(fault).toMatchObject({ code: 'unavailable' });
      expect(fault.message).toContain('clock could not be read');
      server.faults.delay(0);
    }),
  );

  test(
    'ES-S1: the same where it gets slow later',
    withServer(async ({ server, another }) => {
      const hasty = await another('defaultDeadline=200');
      server.faults.timeOutAfterCommit(1_000, 1);
      expect(await left(hasty.clock)).toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('clock could not be read'),
      });
    }),
  );

  test(
    'lies between what is recorded before and after, within the time of an append',
    withServer(async ({ store }) => {
      const recorded = async (): Promise<number> => {
        await right(store.append('keyring-a', 'any', [event()]));
        const page = await right(store.readStream('keyring-a', { direction: 'backwards', limit: 1 }));
        return page.events[0]?.recordedAt ?? 0;
      };
      for (let round = 0; round < 5; round += 1) {
        const began = performance.now();
        const before = await recorded();
        const clock = await right(store.clock);
        const after = await recorded();
        const slack = performance.now() - began + 1;
        expect(clock).toBeGreaterThanOrEqual(before - slack);
        expect(clock).toBeLessThanOrEqual(after + slack);
      }
    }),
  );

  test(
    'never steps back, and is asked of the server once for many askers',
    withServer(async ({ store, bare }) => {
      const times: number[] = [];
      for (let round = 0; round < 50; round += 1) times.push(await right(store.clock));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      let newest = -1n;
      for await (const { event: one } of bare.readStream('keyturn-clock')) newest = one?.revision ?? newest;
      expect(newest).toBe(0n);
    }),
  );

  test(
    'goes on while the server is away for a moment',
    withServer(async ({ server, store }) => {
      const before = await right(store.clock);
      server.stop();
      expect(await right(store.clock)).toBeGreaterThanOrEqual(before);
      server.start();
    }),
  );
});
