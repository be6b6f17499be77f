import { describe, expect, test } from '@jest/globals';
import { someHistory } from '../testSupport/histories';
import { actors, BUILT_BY_AN_OLDER_RELEASE } from '../testSupport/olderRelease';
import { left, on, right, withOnDisk } from '../testSupport/onDisk';

const history = someHistory(80, 13);
const NEWEST = { order: 'newest-first', limit: 1000 } as const;

describe('a process that may only read', () => {
  test('reads what another one keeps up, and waits for it', async () => {
    await withOnDisk(async ({ open, append }) => {
      const serving = await open();
      const reading = await open({ access: 'read' });
      const last = await append(history);
      expect((await left(reading.waitFor(last, { timeoutMs: 10 }))).code).toBe('timeout');
      const waiting = reading.waitFor(last)();
      const caughtUp = reading.catchUp();
      await right(serving.catchUp);
      expect(await waiting).toMatchObject({ _tag: 'Right' });
      expect(await caughtUp).toMatchObject({ _tag: 'Right' });
      expect(await right(reading.listKeys('ws-0'))).toEqual(await right(serving.listKeys('ws-0')));
      expect((await left(reading.rebuild('key-list'))).code).toBe('not-writable');
      expect((await left(reading.run(new AbortController().signal))).code).toBe('not-writable');
    });
  });

  test('reads the rows of an older release, and leaves them alone', async () => {
    await withOnDisk(async ({ open, append, file }) => {
      await append(history);
      await right((await open()).catchUp);
      on(file, ...BUILT_BY_AN_OLDER_RELEASE);
      const reading = await open({ access: 'read' });
      expect(await actors(reading)).toEqual(['old-row']);
      await right(reading.catchUp);
      expect((await right(reading.status)).map(({ outdated }) => outdated)).toEqual([false, false, true]);
      on(file, 'drop view audit_entries_v2');
      expect((await left(reading.auditPage({}, NEWEST))).code).toBe('rebuild-needed');
      expect(await actors(await open())).not.toContain('old-row');
      expect(await actors(reading)).not.toContain('old-row');
    });
  });

  test('says of a file that nobody has begun what is to be done', async () => {
    await withOnDisk(async ({ open, file }) => {
      await expect(open({ access: 'read' })).rejects.toMatchObject({ code: 'not-writable' });
      on(file, 'pragma application_id = 0x4b54524d', 'create table t (a)');
      await expect(open({ access: 'read' })).rejects.toMatchObject({ code: 'rebuild-needed' });
    });
  });

  test('refuses another database', async () => {
    await withOnDisk(async ({ open, file }) => {
      on(file, 'create table accounts (id integer)');
      await expect(open({ access: 'read' })).rejects.toMatchObject({ code: 'corrupt' });
    });
  });
});
