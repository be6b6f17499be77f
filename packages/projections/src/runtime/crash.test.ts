import { expect, test } from '@jest/globals';
import { someHistory } from '../testSupport/histories';
import { allRows, left, on, right, withOnDisk } from '../testSupport/onDisk';

const history = someHistory(80, 11);

test.each(['audit_entries_g1', 'key_list_g1', 'run_usage_g1'])(
  'a write to %s that fails in the middle of a batch leaves neither rows nor a moved checkpoint',
  async (table) => {
    await withOnDisk(async ({ append, open, file }) => {
      const models = await open({ batchSize: 10 });
      const middle = history.length / 2;
      await append(history.slice(0, middle));
      await right(models.catchUp);
      const before = allRows(file);
      const [status] = await right(models.status);
      on(file, `create trigger failing before insert on ${table} begin select raise(abort, 'no room'); end`);
      const last = await append(history.slice(middle));

      const fault = await left(models.catchUp);
      expect(fault.message).toContain('no room');
      const after = await right(models.status);
      expect(after.every(({ lastError }) => lastError?.includes('no room'))).toBe(true);
      expect(after.every(({ lag }) => lag > 0n)).toBe(true);
      expect(status?.lag).toBe(0n);
      expect(Object.keys(before)).toEqual(Object.keys(allRows(file)));

      on(file, 'drop trigger failing');
      await right(models.waitFor(last));
      expect((await right(models.status)).every(({ lastError }) => lastError === null)).toBe(true);
      const projected = allRows(file);
      for (const name of ['key-list', 'run-usage', 'audit-log'] as const) await right(models.rebuild(name));
      expect(projected).toEqual(allRows(file));
    });
  },
);

test('a rebuild that was cut off is taken up again, and readers see the old rows until it is whole', async () => {
  await withOnDisk(async ({ append, open, file }) => {
    await append(history);
    const models = await open({ batchSize: 10 });
    await right(models.catchUp);
    const before = allRows(file);
    const seen: number[] = [];
    const cut = await left(
      models.rebuild('audit-log', {
        onProgress: ({ done, total, events }) => {
          seen.push(events);
          expect(done).toBeLessThanOrEqual(total);
          expect(allRows(file)).toEqual(before);
          if (seen.length === 4) throw new Error('the process was killed');
        },
      }),
    );
    expect(cut.message).toContain('the process was killed');
    const reopened = await open({ batchSize: 10 });
    const taken = (await right(reopened.status)).find(({ name }) => name === 'audit-log');
    expect(taken?.rebuild?.position).toBeGreaterThan(0n);

    const resumed: number[] = [];
    await right(reopened.rebuild('audit-log', { onProgress: ({ events }) => resumed.push(events) }));
    expect(resumed[0]).toBe(seen.at(-1));
    expect(allRows(file)).toEqual(before);
    expect((await right(reopened.status)).every(({ rebuild }) => rebuild === null)).toBe(true);
    // The process that did not rebuild notices, and goes on from the new tables.
    await right(models.catchUp);
    expect(await right(models.auditPage({}, { order: 'oldest-first', limit: 1 }))).toMatchObject({
      entries: [{ sequence: 1 }],
    });
  });
});

test('two rebuilds at once come to one result', async () => {
  await withOnDisk(async ({ append, open, file }) => {
    await append(history);
    const one = await open({ batchSize: 7 });
    const other = await open({ batchSize: 20 });
    await right(one.catchUp);
    const before = allRows(file);
    await Promise.all([right(one.rebuild('key-list')), right(other.rebuild('key-list'))]);
    expect(allRows(file)).toEqual(before);
    await right(one.catchUp);
    await right(other.catchUp);
    expect(allRows(file)).toEqual(before);
  });
});
