import { expect, test } from '@jest/globals';
import { someHistory } from '../testSupport/histories';
import { left, on, right, withOnDisk } from '../testSupport/onDisk';

const PAGE = { order: 'newest-first', limit: 10 } as const;

test.each([
  ['a total of everybody', "actor_id = ''"],
  ['a total of somebody', "actor_id > ''"],
])('who removes %s hides no entry by it', async (_, whose) => {
  await withOnDisk(async ({ append, open, file }) => {
    await append(someHistory(120, 9));
    const models = await open();
    await right(models.catchUp);
    const filters = [{}, { workspaceId: 'ws-0' }];
    for (const filter of filters) await right(models.auditPage(filter, PAGE));
    for (const totals of ['audit_totals_g1', 'audit_totals_overall_g1']) {
      on(file, `delete from ${totals} where type = 'KeyAdded' and ${whose}`);
    }
    for (const filter of filters) {
      const faults = [await left(models.auditPage(filter, PAGE)), await left(models.countByAction(filter))];
      for (const fault of faults) {
        expect(fault).toMatchObject({
          code: 'read-model-altered',
          message: expect.stringContaining('totals'),
        });
      }
    }
  });
});
