import { expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import * as fc from 'fast-check';
import { histories } from '../testSupport/histories';
import { allRows, right, withOnDisk } from '../testSupport/onDisk';

const batchSizes = fc.constantFrom(1, 2, 3, 7, 500);

test('any batch sizes and restarts give the rows of a rebuild from scratch', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(40),
      fc.array(fc.record({ upTo: fc.nat(40), batchSize: batchSizes }), { maxLength: 4 }),
      async (history, restarts) => {
        await withOnDisk(async ({ append, open, file }) => {
          const stops = [...restarts].sort((a, b) => a.upTo - b.upTo);
          let done = 0;
          for (const { upTo, batchSize } of [...stops, { upTo: history.length, batchSize: 3 }]) {
            await append(history.slice(done, upTo));
            done = Math.max(done, upTo);
            const models = await open({ batchSize });
            await right(models.catchUp);
            await models.close();
          }
          const projected = allRows(file);
          const models = await open();
          for (const name of ['key-list', 'run-usage', 'audit-log'] as const) {
            await right(models.rebuild(name));
          }
          expect(projected).toEqual(allRows(file));
        });
      },
    ),
    { numRuns: longRuns(12) },
  );
});

test('two runtimes on one file, while events arrive, neither double nor lose a row', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(40),
      batchSizes,
      batchSizes,
      fc.array(fc.constantFrom('one', 'other', 'both'), { minLength: 1, maxLength: 12 }),
      fc.scheduler(),
      async (history, sizeOfOne, sizeOfOther, turns, scheduler) => {
        await withOnDisk(async ({ append, open, file, store }) => {
          const readAll: typeof store.readAll = (options) => () =>
            scheduler.schedule(store.readAll(options)(), 'read');
          const slow = { ...store, readAll };
          const one = await open({ store: slow, batchSize: sizeOfOne });
          const other = await open({ store: slow, batchSize: sizeOfOther });
          const work = (async () => {
            for (let i = 0; i < history.length; i += 5) {
              await append(history.slice(i, i + 5));
              const turn = turns[(i / 5) % turns.length];
              await Promise.all([
                turn === 'other' ? null : right(one.catchUp),
                turn === 'one' ? null : right(other.catchUp),
              ]);
            }
            await right(one.catchUp);
          })();
          await scheduler.waitFor(work);
          const projected = allRows(file);
          const audit = await right(one.auditPage({}, { order: 'oldest-first', limit: 1000 }));
          const events = history.flatMap((appended) => appended.events);
          expect(audit.entries.map((entry) => entry.sequence)).toEqual(events.map((_, i) => i + 1));
          expect(audit.entries.map((entry) => entry.type)).toEqual(events.map(({ event }) => event.type));
          for (const name of ['key-list', 'run-usage', 'audit-log'] as const) {
            await scheduler.waitFor(right(other.rebuild(name)));
          }
          expect(projected).toEqual(allRows(file));
        });
      },
    ),
    { numRuns: longRuns(10) },
  );
});
