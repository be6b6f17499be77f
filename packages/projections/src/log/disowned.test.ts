import { describe, expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import type { EventStore } from '@keyturn/event-store';
import * as fc from 'fast-check';
import { isLeft, right as rightOf } from 'fp-ts/Either';
import { freshStreamState } from '../database/streamStates';
import { appendJunk, disown, history, OF_STREAM, STREAM, stored, type Junk } from '../testSupport/disowning';
import { left, on, type OnDisk, right, withOnDisk } from '../testSupport/onDisk';
import { testSeals } from '../testSupport/testSeals';
import { findingDisowned } from './disownedEvents';
import { eventsReadOnce } from './eventReading';
import { examine } from './examination';
import { sealCheckOf } from './sealChecking';
import { stretchesOf } from './streamReading';

const junk = fc.array(fc.constantFrom<Junk>('foreign', 'chained', 'half', 'sealed', 'disowning'), {
  minLength: 1,
  maxLength: 6,
});

const shown = async (models: Awaited<ReturnType<OnDisk['open']>>) => {
  const { entries } = await right(models.auditPage({}, { order: 'oldest-first', limit: 1_000 }));
  return {
    audit: entries.filter(({ workspaceId }) => workspaceId === 'ws-0').map(({ revision }) => revision),
    ofWorkspace: (
      await right(models.auditPage({ workspaceId: 'ws-0' }, { order: 'oldest-first', limit: 1_000 }))
    ).entries.length,
    keys: await right(models.listKeys('ws-0')),
    stopped: (await right(models.status)).flatMap(({ stopped }) => stopped),
  };
};

describe('what was disowned', () => {
  test('counts for nothing where seals are checked, wherever batches end', async () => {
    await fc.assert(
      fc.asyncProperty(junk, junk, fc.constantFrom(1, 2, 3, 5, 500), async (first, second, batchSize) => {
        await withOnDisk(async (place) => {
          const { append, open, seals } = place;
          await append(history);
          const honest = (await stored(place)).length;
          const models = await open({ verify: seals });
          await right(models.catchUp);
          const { keys } = await shown(models);
          await appendJunk(place, first);
          await disown(place, honest);
          const behind = honest + first.length + 1;
          await appendJunk(place, second);
          await disown(place, behind);
          expect((await stored(place)).length).toBe(behind + second.length + 1);

          const anew = await open({ verify: seals, batchSize, file: `${place.file}.anew` });
          await right(anew.catchUp);
          const audit = [...Array.from({ length: honest }, (_, n) => n), behind - 1, behind + second.length];
          const now = { audit, ofWorkspace: audit.length, keys, stopped: [] };
          expect(await shown(anew)).toEqual(now);
          expect(await right(anew.logOf('audit-log', 'ws-0'))).toMatchObject({
            revision: behind + second.length,
            sealedTo: behind + second.length,
          });
          // It followed the stream before, and meets the junk and its end in one go.
          await right(models.catchUp);
          expect(await shown(models)).toEqual(now);
          on(place.eventFile, `delete from events where ${OF_STREAM} and revision not in (${audit.join()})`);
          const without = await open({ verify: seals, batchSize, file: `${place.file}.without` });
          await right(without.catchUp);
          expect(await shown(without)).toEqual(now);
        });
      }),
      { numRuns: longRuns(10) },
    );
  });

  test('and is delivered again, as an event before it, is known', async () => {
    await withOnDisk(async (place) => {
      await place.append(history);
      const honest = (await stored(place)).length;
      await appendJunk(place, ['sealed', 'foreign', 'disowning']);
      await disown(place, honest);
      const events = await stored(place);
      const stretch = stretchesOf(place.store);
      const checkSeal = sealCheckOf(place.seals);
      const following = {
        read: eventsReadOnce(),
        stretch,
        checkSeal,
        findDisowned: findingDisowned(place.store, checkSeal),
      };
      const fresh = freshStreamState(STREAM);
      const first = await examine(events, () => fresh, following);
      expect(first.events).toHaveLength(honest + 1);
      const [state] = first.states;
      if (state === undefined) throw new Error('no state');
      expect(state).toMatchObject({ damage: null, disowned: 3 });
      const again = await examine(events, () => state, following);
      expect(again).toMatchObject({ events: [], states: [{ damage: null, head: state.head, disowned: 3 }] });
      const [one] = events.slice(honest - 2);
      const other = one === undefined ? [] : [{ ...one, metadata: events[0]?.metadata ?? '' }];
      const changed = await examine(other, () => state, following);
      expect(changed.states).toMatchObject([{ damage: { differs: 'doubled' } }]);
    });
  });

  test('is read a few times, and not once for each batch', async () => {
    await withOnDisk(async (place) => {
      await place.append(history);
      const honest = (await stored(place)).length;
      await appendJunk(
        place,
        Array.from({ length: 300 }, (_, n): Junk => (n % 2 === 0 ? 'sealed' : 'foreign')),
      );
      await disown(place, honest);
      let read = 0;
      const counting: EventStore = {
        ...place.store,
        readStream: (stream, options) => async () => {
          const page = await place.store.readStream(stream, options)();
          if (!isLeft(page)) read += page.right.events.length;
          return page;
        },
      };
      const models = await place.open({ verify: place.seals, batchSize: 10, store: counting });
      await right(models.catchUp);
      expect((await shown(models)).stopped).toEqual([]);
      // Three projections: each searches twice through the stream, and reads the range a few times.
      expect(read).toBeLessThan(3 * 5 * (await stored(place)).length);
    });
  });

  test('and was taken out while a process passed over it, hides nothing that came in its place', async () => {
    await withOnDisk(async (place) => {
      const half = history.length / 2;
      await place.append(history.slice(0, half));
      const honest = (await stored(place)).length;
      await appendJunk(
        place,
        Array.from({ length: 60 }, (): Junk => 'foreign'),
      );
      await disown(place, honest);
      const middle = (await stored(place))[honest + 30]?.position ?? 0n;
      const upToMiddle: EventStore = {
        ...place.store,
        head: () => Promise.resolve(rightOf(middle)),
        readAll: (options) => async () => {
          const page = await place.store.readAll(options)();
          if (isLeft(page)) return page;
          const events = page.right.events.filter(({ position }) => position <= middle);
          return rightOf({ events, readTo: middle, end: true });
        },
      };
      const cut = await place.open({ verify: place.seals, store: upToMiddle });
      await right(cut.catchUp);
      await cut.close();
      on(place.eventFile, `delete from events where ${OF_STREAM} and revision >= ${honest}`);
      await place.append(history.slice(half));
      const models = await place.open({ verify: place.seals });
      await right(models.catchUp);
      const anew = await place.open({ verify: place.seals, file: `${place.file}.anew` });
      await right(anew.catchUp);
      expect(await shown(models)).toEqual(await shown(anew));
      expect((await shown(models)).audit).toHaveLength((await stored(place)).length);
    });
  });

  test('and begins with a command whose end was taken out is passed over', async () => {
    await withOnDisk(async (place) => {
      await place.append(history);
      const honest = (await stored(place)).length;
      await appendJunk(place, ['half', 'foreign', 'foreign']);
      on(place.eventFile, `delete from events where ${OF_STREAM} and revision = ${honest + 1}`);
      await disown(place, honest);
      const models = await place.open({ verify: place.seals, batchSize: 1 });
      await right(models.catchUp);
      expect(await shown(models)).toMatchObject({ stopped: [] });
    });
  });

  test('from its beginning, sealed by a log key that was replaced, is not shown to begin with', async () => {
    await withOnDisk(async (place) => {
      await place.append(history);
      const honest = (await stored(place)).length;
      on(place.eventFile, `update events set data = data || ' ' where ${OF_STREAM} and revision = 20`);
      const seals = testSeals(2);
      await disown({ ...place, seals }, 0);
      const models = await place.open({ verify: seals, batchSize: 5 });
      await right(models.catchUp);
      expect(await shown(models)).toMatchObject({ stopped: [], audit: [honest], keys: [] });
    });
  });

  test('and calls itself a tombstone is passed over like any other', async () => {
    await withOnDisk(async (place) => {
      await place.append(history);
      const honest = (await stored(place)).length;
      await appendJunk(place, ['foreign']);
      on(place.eventFile, "update events set type = '$streamDeleted' where type = 'InvoiceSent'");
      await disown(place, honest);
      const models = await place.open({ verify: place.seals });
      await right(models.catchUp);
      expect(await shown(models)).toMatchObject({ stopped: [] });
    });
  });

  test('before its end was met stops the workspace, until a rebuild', async () => {
    await withOnDisk(async (place) => {
      await place.append(history);
      const honest = (await stored(place)).length;
      const models = await place.open({ verify: place.seals });
      await appendJunk(place, ['sealed', 'foreign']);
      await right(models.catchUp);
      expect(await left(models.listKeys('ws-0'))).toMatchObject({
        code: 'log-damaged',
        message: expect.stringContaining('keyturn log disown'),
      });
      await disown(place, honest);
      await right(models.catchUp);
      expect((await left(models.listKeys('ws-0'))).code).toBe('log-damaged');
      for (const name of ['key-list', 'run-usage', 'audit-log'] as const) await right(models.rebuild(name));
      expect((await shown(models)).stopped).toEqual([]);
      expect((await shown(models)).audit).toHaveLength(honest + 1);
    });
  });

  test('and was shown before, since no seal was checked, says so and what to do', async () => {
    await withOnDisk(async (place) => {
      await place.append(history);
      const honest = (await stored(place)).length;
      const reading = await place.open();
      await appendJunk(place, ['sealed']);
      await right(reading.catchUp);
      await disown(place, honest);
      await right(reading.catchUp);
      expect(await left(reading.listKeys('ws-0'))).toMatchObject({
        code: 'log-damaged',
        message: expect.stringContaining('by a process that has the vault'),
      });
      const models = await place.open({ verify: place.seals });
      for (const name of ['key-list', 'run-usage', 'audit-log'] as const) await right(models.rebuild(name));
      expect((await shown(models)).stopped).toEqual([]);
      expect((await shown(reading)).audit).toHaveLength(honest + 1);
    });
  });

  test('by nobody with the log key is not disowned', async () => {
    await withOnDisk(async (place) => {
      await place.append(history);
      const models = await place.open({ verify: place.seals });
      await appendJunk(place, ['disowning']);
      await right(models.catchUp);
      expect((await left(models.listKeys('ws-0'))).code).toBe('log-damaged');
    });
  });
});
