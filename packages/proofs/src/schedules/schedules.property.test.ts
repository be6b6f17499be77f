import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { KeyturnOnDisk } from '../keyturnOnDisk';
import { found } from './found';
import { schedules } from './schedule';
import { openParts, openSite } from './site';
import { wrongAfter } from './wrongAfter';

let parts: KeyturnOnDisk;
beforeAll(async () => {
  parts = await openParts();
});
afterAll(() => parts.close());

describe('the whole service over the wire, whatever goes wrong there', () => {
  // As many as time allows are tried by `scripts/trust --only schedules`.
  test('loses nothing, doubles nothing, keeps every order and invariant, and its projections are what a rebuild makes', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async (turns) => {
        const site = await openSite(parts);
        try {
          expect(await wrongAfter(site, turns)).toEqual([]);
        } finally {
          await site.close();
        }
      }),
      { numRuns: 4, examples: [...found] },
    );
  }, 120_000);
});
