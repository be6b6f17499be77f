import { expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import { FAULT_WINDOW_MS, OUR_REASONS, type VendorTrouble } from '@keyturn/domain';
import * as fc from 'fast-check';
import { areFarApart } from '../auditLog/clocks';
import { type Appended, someHistory } from '../testSupport/histories';
import { right, withOnDisk } from '../testSupport/onDisk';

interface Seen {
  readonly called: Set<string>;
  readonly troubled: Map<string, boolean>;
}

/** The same counted by hand; a clock that is off makes a test call without a verdict ours. */
const counted = (history: ReadonlyArray<Appended>, now: number): ReadonlyArray<VendorTrouble> => {
  const vendors = new Map<string, string>();
  const accepted = new Set<string>();
  const seen = new Map<string, Seen>();
  for (const { workspaceId, events } of history) {
    for (const { event, envelope } of events) {
      if (!('keyId' in event.data) || event.data.keyId === null) continue;
      const key = `${workspaceId} ${event.data.keyId}`;
      if (event.type === 'KeyAdded') vendors.set(key, event.data.vendor);
      const vendor = vendors.get(key);
      if (vendor === undefined) continue;
      const here = seen.get(vendor) ?? { called: new Set<string>(), troubled: new Map<string, boolean>() };
      if (event.type === 'KeyValidated') accepted.add(key);
      else if (event.type === 'KeyValidationInconclusive') {
        here.troubled.set(
          workspaceId,
          areFarApart(envelope.time, now) || OUR_REASONS.includes(event.data.reason),
        );
      } else if (event.type === 'KeyValidationFailed') {
        if (event.data.reason === 'rejected' && accepted.has(key)) here.troubled.set(workspaceId, false);
      } else continue;
      here.called.add(workspaceId);
      seen.set(vendor, here);
    }
  }
  return [...seen]
    .map(([vendor, { called, troubled }]) => ({
      vendor,
      called: called.size,
      troubled: troubled.size,
      ours: [...troubled.values()].filter(Boolean).length,
    }))
    .sort((a, b) => (a.vendor < b.vendor ? -1 : 1));
};

test('what speaks against no key is counted per vendor and workspace, in whatever batches', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000), fc.integer({ min: 1, max: 50 }), async (seed, batchSize) => {
      await withOnDisk(async ({ append, open }) => {
        const history = someHistory(150, seed);
        const models = await open({ batchSize });
        await append(history);
        await right(models.catchUp);
        const expected = counted(history, Date.now());
        expect(await right(models.vendorTroubles)).toEqual(expected);
        await right(models.rebuild('key-list'));
        expect(await right(models.vendorTroubles)).toEqual(expected);
        const later = await open({ clock: () => Date.now() + FAULT_WINDOW_MS + 60_000 });
        expect(await right(later.vendorTroubles)).toEqual([]);
      });
    }),
    { numRuns: longRuns(5) },
  );
});
