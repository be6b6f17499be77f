import { describe, expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { left as leftOf } from 'fp-ts/Either';
import { someHistory } from '../testSupport/histories';
import { allRows, left, on, right, withOnDisk } from '../testSupport/onDisk';

const history = someHistory(80, 6);
const NEWEST = { order: 'newest-first', limit: 1000 } as const;
const ALL = ['key-list', 'run-usage', 'audit-log'] as const;

describe('I-12: a log that was put back and has grown again', () => {
  test('is found when a process begins, and a rebuild tells what it says now', async () => {
    await withOnDisk(async ({ append, open, file, directory }) => {
      await append(history.slice(0, 30));
      await right((await open()).catchUp);
      await withOnDisk(async (other) => {
        // The same log up to half of it, and then something else.
        await other.append(history.slice(0, 15));
        await other.append(history.slice(40));
        const storeId = await right((await other.open()).status).then(() => other.store.storeId());
        if (storeId._tag === 'Left') throw storeId.left;
        on(file, `update read_model_info set store_id = '${storeId.right}'`);
        const models = await other.open({ file });
        expect(await left(models.catchUp)).toMatchObject({
          code: 'store-behind',
          message: expect.stringContaining('has grown again since'),
        });
        expect((await right(models.status)).map(({ lastError }) => lastError)).toEqual(
          ALL.map(() => expect.stringContaining('has grown again since')),
        );
        for (const name of ALL) await right(models.rebuild(name));
        await right(models.catchUp);
        const fresh = `${directory}/fresh.db`;
        await right((await other.open({ file: fresh })).catchUp);
        expect(allRows(file)).toEqual(allRows(fresh));
      });
    });
  });

  test('an event that was rewritten where it stood stops its workspace alone', async () => {
    await withOnDisk(async ({ append, open, eventFile }) => {
      await append(history);
      await right((await open()).catchUp);
      on(
        eventFile,
        `UPDATE events SET event_id = '00000000-0000-5000-8000-0000000fffff'
         WHERE position = (SELECT max(position) FROM events)`,
      );
      const models = await open();
      await right(models.catchUp);
      const [status] = await right(models.status);
      expect(status?.stopped).toMatchObject([{ code: 'log-damaged' }]);
      const [stopped] = status?.stopped ?? [];
      expect(stopped?.message).toContain('is not the event that was projected from there');
      const other = stopped?.workspaceId === 'ws-0' ? 'ws-1' : 'ws-0';
      expect((await right(models.listKeys(other))).length).toBeGreaterThan(0);
    });
  });

  test.each(['stream-deleted', 'stream-tombstoned', 'stream-cut'] as const)(
    'I-9, I-10: %s is that workspace’s own end, and the next newest is looked at',
    async (code) => {
      await withOnDisk(async ({ append, open, store }) => {
        await append(history);
        await right((await open()).catchUp);
        const last = (await right(store.readAll({ limit: 4_096 }))).events.at(-1)?.stream;
        const models = await open({
          store: {
            ...store,
            readStream: (stream, options) =>
              stream === last
                ? async () => leftOf(new StoreFault(code, 'It ends.'))
                : store.readStream(stream, options),
          },
        });
        await right(models.catchUp);
        const [status] = await right(models.status);
        expect(status?.stopped).toMatchObject([{ code, stream: last }]);
      });
    },
  );
});

test('I-9: a tombstone that is delivered stops its workspace alone', async () => {
  await withOnDisk(async ({ append, open, store }) => {
    await append(history);
    const readAll: typeof store.readAll = (options) => async () => {
      const page = await store.readAll(options)();
      if (page._tag === 'Left') return page;
      const events = page.right.events.map((event) =>
        event.stream === 'keyring-ws-0' && event.revision === 7
          ? { ...event, type: '$streamDeleted', revision: Number.MAX_SAFE_INTEGER, data: '', metadata: '' }
          : event,
      );
      return { ...page, right: { ...page.right, events } };
    };
    const models = await open({ store: { ...store, readAll } });
    await right(models.catchUp);
    expect(await left(models.listKeys('ws-0'))).toMatchObject({
      code: 'stream-tombstoned',
      message: expect.stringContaining('event 7 of stream keyring-ws-0 can’t be read: the stream was ended'),
    });
    expect((await right(models.listKeys('ws-1'))).length).toBeGreaterThan(0);
  });
});

describe('I-11: rows of the audit log that somebody removed', () => {
  test.each([
    ['of one workspace', 'ws-0'],
    ['of all', undefined],
  ])('%s are missed', async (_, workspaceId) => {
    await withOnDisk(async ({ append, open, file }) => {
      await append(history);
      const models = await open();
      await right(models.catchUp);
      const filter = workspaceId === undefined ? {} : { workspaceId };
      expect((await right(models.auditPage(filter, NEWEST))).entries.length).toBeGreaterThan(3);
      on(file, "DELETE FROM audit_entries_g1 WHERE workspace_id = 'ws-0' AND revision IN (2, 3)");
      for (const query of [models.auditPage(filter, NEWEST), models.countByAction(filter)])
        expect(await left<unknown, unknown>(query)).toMatchObject({
          code: 'read-model-altered',
          message: expect.stringContaining('rebuild audit-log'),
        });
      await right(models.rebuild('audit-log'));
      await right(models.auditPage(filter, NEWEST));
    });
  });

  test('the newest ones are missed by their number', async () => {
    await withOnDisk(async ({ append, open, file }) => {
      await append(history);
      const models = await open();
      await right(models.catchUp);
      on(file, 'DELETE FROM audit_entries_g1 WHERE sequence > 9');
      expect((await left(models.auditPage({}, NEWEST))).message).toContain('its highest number is 9');
    });
  });
});
