import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { someHistory } from '../testSupport/histories';
import { left, right, withOnDisk } from '../testSupport/onDisk';

describe('queries that are refused', () => {
  const options = { order: 'newest-first', limit: 10 } as const;

  test.each([0, -1, 1.5, 1001, Number.NaN])('a page of %p lines', async (limit) => {
    await withOnDisk(async ({ open }) => {
      const models = await open();
      const fault = await left(models.auditPage({}, { ...options, limit }));
      expect(fault.code).toBe('invalid-query');
    });
  });

  test('a cursor of something else, or of the other order', async () => {
    await withOnDisk(async ({ append, open }) => {
      const models = await open();
      await append(someHistory(40, 2));
      await right(models.catchUp);
      const { next } = await right(models.auditPage({}, { order: 'oldest-first', limit: 1 }));
      for (const after of [
        '',
        'x',
        '0',
        '017',
        '1e3',
        next ?? '',
        Buffer.from('audit1-newest-first:1e3').toString('base64url'),
      ]) {
        expect((await left(models.auditPage({}, { ...options, after }))).code).toBe('invalid-query');
      }
      await right(models.auditPage({}, { ...options, order: 'oldest-first', after: next ?? '' }));
      for (const order of ['oldest-first', 'newest-first'] as const) {
        const { entries } = await right(models.auditPage({}, { order, limit: 1, after: '17' }));
        expect(entries.map(({ sequence }) => sequence)).toEqual([order === 'oldest-first' ? 18 : 16]);
      }
    });
  });

  test.each(['workspaceId', 'keyId', 'last4', 'actor', 'action'])('F-C1: no %s at all', async (name) => {
    await withOnDisk(async ({ open }) => {
      const models = await open();
      const fault = await left(models.auditPage({ [name]: [] }, options));
      expect([fault.code, fault.message]).toEqual(['invalid-query', expect.stringContaining(name)]);
    });
  });

  test('more combinations than are looked up at once', async () => {
    await withOnDisk(async ({ open }) => {
      const models = await open();
      const workspaceId = Array.from({ length: 41 }, (_, i) => `ws-${i}`);
      const actor = Array.from({ length: 10 }, (_, i) => ({ id: `actor-${i}` }));
      const fault = await left(models.auditPage({ workspaceId, actor }, options));
      expect([fault.code, fault.message]).toEqual(['invalid-query', expect.stringContaining('over 400')]);
      await right(models.auditPage({ workspaceId: workspaceId.slice(1), actor }, options));
    });
  });

  test('a project without its workspace', async () => {
    await withOnDisk(async ({ open }) => {
      const models = await open();
      expect((await left(models.auditPage({ projectId: 'web' }, options))).message).toContain('workspace');
    });
  });
});

test('nobody is an actor without a name: an empty one does not pass for everybody', async () => {
  await withOnDisk(async ({ append, open }) => {
    const models = await open();
    await append(someHistory(40, 2));
    await right(models.catchUp);
    const filter = { actor: { id: '' } };
    expect((await right(models.auditPage(filter, { order: 'newest-first', limit: 10 }))).entries).toEqual([]);
    expect(await right(models.countByAction(filter))).toEqual([]);
    expect(await right(models.countByActor(filter))).toEqual([]);
  });
});

test('the documented views have the documented columns', async () => {
  await withOnDisk(async ({ append, open, file }) => {
    const models = await open();
    const history = someHistory(80, 6);
    await append(history);
    await right(models.catchUp);
    const database = openSqlite(file, { readonly: true });
    const columns = (view: string) =>
      database.pluck<[string]>('select name from pragma_table_info(?)').all(view);
    expect({
      audit_entries_v2: columns('audit_entries_v2'),
      key_list_v3: columns('key_list_v3'),
      run_usage_v1: columns('run_usage_v1'),
    }).toMatchSnapshot();
    const entry = database.prepare('select time, time_ms from audit_entries_v2 limit 1').get();
    const time = history[0]?.events[0]?.envelope.time ?? 0;
    expect(entry).toEqual({ time: new Date(time).toISOString(), time_ms: time });
    database.close();
  });
});
