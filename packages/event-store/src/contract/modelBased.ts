import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { idsOf } from './events';
import { follow } from './follower';
import type { Subject } from './fixture';
import { ModelStore } from './model';
import { history } from './operations';
import { right } from './results';
import { makeRun } from './modelRun';

/** Generated histories, done on the store and on a model of it, side by side. */
export const modelBased = ({ withStore, options }: Subject): void =>
  describe('any history', () => {
    test(
      'has the outcomes that the model has',
      withStore(async ({ store, another, stream }) => {
        const handles = [store, await another()] as const;
        let runs = 0;
        await fc.assert(
          fc.asyncProperty(history, async (operations) => {
            runs += 1;
            const prefix = stream(`run-${runs}-`);
            const head = await right(store.head);
            const start = head === null ? {} : { after: head };
            const model = new ModelStore();
            const run = makeRun({ model, handles, prefix, start });
            const follower = follow(store, { ...start, streamPrefix: prefix, batchSize: 4 });
            for (const operation of operations) await run(operation);
            await run({ kind: 'readAll', after: null, limit: 5 });
            await follower.untilEvents(model.log.length);
            await follower.stop();
            expect(idsOf(follower.events)).toEqual(idsOf(model.log));
          }),
          { numRuns: options.modelRuns ?? 40 },
        );
      }),
    );
  });
