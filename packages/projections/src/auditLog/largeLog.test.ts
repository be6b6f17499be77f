import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import type { ReadModels } from '../readModels';
import type { ReadModelsOptions } from '../readModelsOptions';
import { someHistory } from '../testSupport/histories';
import { left, on, right, withOnDisk } from '../testSupport/onDisk';

const ENTRIES = 40_000;
const PAGE = { order: 'newest-first', limit: 50 } as const;

/**
 * A log of many entries, by SQL: an append takes longer. Two services take turns in one workspace, one in every command
 * of `nightly`, the other in requests of their own; one person acts once.
 */
const swell = (file: string): void =>
  on(
    file,
    `delete from audit_entries_g1; delete from audit_times_g1;
     delete from audit_totals_g1; delete from audit_totals_overall_g1`,
    `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${ENTRIES})
     insert into audit_entries_g1 (sequence, event_id, type, position, revision, recorded_at, time, workspace_id,
       actor_kind, actor_id, correlation_id, causation_id, command_id, key_id, case_id)
     select n, 'event-' || n, iif(n = 20000, 'KeyHardDeleted', iif(n % 2, 'RunKeyPinned', 'RunKeyReleased')), n, n - 1,
       n * 1000, n * 1000, 'ws-0', iif(n = 20000, 'user', 'service'),
       iif(n = 20000, 'ada', 'compiler-' || (n % 2)), iif(n % 2, 'nightly', 'request-' || n), 'cause', 'command-' || n,
       'key-1', iif(n = 20000, 'case-1', null) from numbers`,
    `insert into audit_totals_g1 select workspace_id, actor_id, actor_kind, type, count(*) from audit_entries_g1
       group by 1, 2, 3, 4`,
    `insert into audit_totals_g1 select workspace_id, '', '', type, count(*) from audit_entries_g1 group by 1, 4`,
    `insert into audit_totals_overall_g1 select actor_id, actor_kind, type, entries from audit_totals_g1`,
    `insert into audit_times_g1 select (sequence - 1) / 1024, 0, min(time), max(time) from audit_entries_g1 group by 1`,
    `update projection_checkpoints set events = ${ENTRIES} where projector = 'audit-log'`,
    `update projection_streams set revision = ${ENTRIES - 1}, disowned = 0 where projector = 'audit-log'`,
  );

const withLargeLog = (
  options: Partial<ReadModelsOptions>,
  body: (models: ReadModels, file: string) => Promise<void>,
): Promise<void> =>
  withOnDisk(async ({ append, open, file }) => {
    const first = await open();
    await append(someHistory(20, 2));
    await right(first.catchUp);
    swell(file);
    await body(await open(options), file);
  });

/** What no index finds: either fits a half of the log, and they never meet. */
const WIDE = { correlationId: 'nightly', action: 'RunKeyReleased' } as const;

describe('SC-6: in a large log', () => {
  test('what no index finds lets others run meanwhile, and answers', async () => {
    await withLargeLog({}, async (models) => {
      let turns = 0;
      const over = new AbortController();
      const others = (async () => {
        for (; !over.signal.aborted; turns += 1) await turn();
      })();
      const before = turns;
      const { entries, more } = await right(models.auditPage(WIDE, PAGE));
      over.abort();
      await others;
      expect(entries).toEqual([]);
      expect(more).toBe(false);
      expect(turns - before).toBeGreaterThan(1);
    });
  });

  test.each([
    ['a page', (models: ReadModels) => models.auditPage(WIDE, PAGE)],
    [
      'a page, oldest first',
      (models: ReadModels) => models.auditPage(WIDE, { ...PAGE, order: 'oldest-first' }),
    ],
    ['a count by actor', (models: ReadModels) => models.countByActor(WIDE)],
    ['a count of a time', (models: ReadModels) => models.countByAction({ since: 1 })],
    ['a count by day', (models: ReadModels) => models.countByDay({})],
  ] as const)('%s beyond its time limit says so, and what to do next', async (_, ask) => {
    await withLargeLog({ queryTimeLimitMs: 0 }, async (models) => {
      expect(
        await left<{ readonly code: string; readonly message: string }, unknown>(ask(models)),
      ).toMatchObject({
        code: 'query-too-long',
        message: expect.stringMatching(
          /given up after 0 s, with entries \d+ to \d+ of 40000 .*Ask for a shorter/,
        ),
      });
    });
  });

  test('what an index finds, and totals that are kept, take no time', async () => {
    await withLargeLog({ queryTimeLimitMs: 0 }, async (models) => {
      const { entries } = await right(
        models.auditPage({ actor: { id: 'compiler-1' }, action: 'RunKeyPinned' }, PAGE),
      );
      expect(entries).toHaveLength(50);
      expect(
        (await right(models.auditPage({ workspaceId: 'ws-0', keyId: 'key-1', actor: { id: 'ada' } }, PAGE)))
          .entries,
      ).toMatchObject([{ sequence: 20_000 }]);
      expect(await right(models.countByActor({}))).toEqual([
        { actorKind: 'service', actorId: 'compiler-1', count: 20_000 },
        { actorKind: 'service', actorId: 'compiler-0', count: 19_999 },
        { actorKind: 'user', actorId: 'ada', count: 1 },
      ]);
      expect(await right(models.countByAction({ workspaceId: 'ws-0' }))).toEqual([
        { action: 'RunKeyPinned', count: 20_000 },
        { action: 'RunKeyReleased', count: 19_999 },
        { action: 'KeyHardDeleted', count: 1 },
      ]);
      expect(await right(models.countByAction({ actor: { id: 'ada' }, action: 'RunKeyPinned' }))).toEqual([]);
    });
  });

  test('the narrower of two indexes is taken, by what is asked for and not by its column', async () => {
    await withLargeLog({ queryTimeLimitMs: 0 }, async (models) => {
      const page = (correlationId: string, id: string) =>
        right(models.auditPage({ correlationId, actor: { id } }, PAGE));
      expect((await page('nightly', 'ada')).entries).toEqual([]);
      expect((await page('request-20000', 'ada')).entries).toMatchObject([{ sequence: 20_000 }]);
      expect((await page('request-4', 'compiler-0')).entries).toMatchObject([{ sequence: 4 }]);
    });
  });
});

test('SC-2: a page inside a time window reads no more at one depth than at another', async () => {
  await withLargeLog({}, async (models, file) => {
    const database = openSqlite(file, { readonly: true });
    const window = { since: 4_000_000, until: 32_000_000 };
    for (const filter of [
      window,
      { ...window, workspaceId: 'ws-0' },
      { ...window, action: 'RunKeyPinned' as const },
    ])
      for (const order of ['newest-first', 'oldest-first'] as const) {
        let after: string | null = null;
        for (let read = 0; read < 20; read += 1) {
          const deep = `audit1-${order}:${order === 'oldest-first' ? read * 2_000 : ENTRIES - read * 2_000}`;
          after = Buffer.from(deep, 'latin1').toString('base64url');
          const { entries } = await right(models.auditPage(filter, { order, limit: 50, after }));
          const expected = database
            .pluck<[], number>(
              `select sequence from audit_entries_v2 where recorded_at_ms >= ${window.since} and recorded_at_ms <
               ${window.until} ${'action' in filter ? "and type = 'RunKeyPinned'" : ''} and sequence ${
                 order === 'oldest-first' ? '>' : '<'
               } ${deep.split(':')[1] ?? ''} order by sequence ${order === 'oldest-first' ? 'asc' : 'desc'} limit 50`,
            )
            .all();
          expect(entries.map(({ sequence }) => sequence)).toEqual(expected);
        }
      }
    database.close();
  });
});
