import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { found } from './found';
import { schedules } from './schedule';
import { openCommon, openSite, type Common } from './site';
import { wrongAfter } from './wrongAfter';

let common: Common;
beforeAll(async () => {
  common = await openCommon();
});
afterAll(() => common.close());

describe('the whole service over the wire, whatever goes wrong there', () => {
  // As many as time allows are tried by `scripts/trust --only schedules`.
  test('loses nothing, doubles nothing, keeps order and invariants; projections are what a rebuild makes', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async (turns) => {
        const site = await openSite(common);
        try {
          expect(await wrongAfter(site, turns)).toEqual([]);
        } finally {
          await site.close();
        }
      }),
      { numRuns: 4, examples: [...found] },
    );
  });
});
