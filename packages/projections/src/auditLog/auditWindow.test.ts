import { afterAll, describe, expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import { openSqlite } from '@keyturn/sqlite';
import * as fc from 'fast-check';
import { Kysely, SqliteDialect } from 'kysely';
import { databaseOfKysely } from '../database/databaseOfKysely';
import type { ReadModelTables } from '../database/tables';
import type { ReadModels } from '../readModels';
import { recordedAs, toldAt, type Clocks } from '../testSupport/clocks';
import { someHistory } from '../testSupport/histories';
import { right, withOnDisk } from '../testSupport/onDisk';
import type { AuditFilter } from './auditFilter';
import { type LogOrder, spansOf } from './auditWindow';
import type { AuditEntry, AuditPage, AuditPageOptions } from './auditQueries';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TODAY = Date.UTC(2026, 10, 28);
const FAR_AHEAD = Date.UTC(2400, 0, 1);

const withLog = <A>(
  { events, clocks }: { readonly events: number; readonly clocks: (sequence: number) => Clocks },
  body: (models: ReadModels) => Promise<A>,
): Promise<A> =>
  withOnDisk(async ({ append, open, eventFile }) => {
    await append(toldAt(someHistory(events, 4), clocks));
    recordedAs(eventFile, clocks);
    const models = await open();
    await right(models.catchUp);
    return body(models);
  });

const pages = async (
  models: ReadModels,
  filter: AuditFilter,
  { order, limit }: Omit<AuditPageOptions, 'after'>,
): Promise<ReadonlyArray<AuditPage>> => {
  const read: AuditPage[] = [];
  for (;;) {
    const after = read.at(-1)?.next ?? null;
    const page = await right(
      models.auditPage(filter, { order, limit, ...(after === null ? {} : { after }) }),
    );
    read.push(page);
    if (!page.more) return read;
  }
};

const sequencesOf = async (models: ReadModels, filter: AuditFilter): Promise<ReadonlyArray<number>> =>
  (await pages(models, filter, { order: 'oldest-first', limit: 1_000 })).flatMap(({ entries }) =>
    entries.map(({ sequence }) => sequence),
  );

describe('I-28: a window goes by each entry’s own times', () => {
  const bothAt = (time: number): Clocks => ({ recordedAt: time, time });
  const minutesOfToday = (sequence: number): number => TODAY + sequence * 60_000;

  test('a clock ahead for one event hides no other, and no other shows in its window', async () => {
    const clocks = (sequence: number) => bothAt(sequence === 5 ? FAR_AHEAD : minutesOfToday(sequence));
    await withLog({ events: 30, clocks }, async (models) => {
      const all = await sequencesOf(models, {});
      expect(all.length).toBeGreaterThan(10);
      expect(await sequencesOf(models, { since: TODAY, until: TODAY + DAY_MS })).toEqual(
        all.filter((sequence) => sequence !== 5),
      );
      expect(await sequencesOf(models, { since: TODAY + DAY_MS })).toEqual([5]);
      expect(await sequencesOf(models, { since: minutesOfToday(7), until: minutesOfToday(9) })).toEqual([
        7, 8,
      ]);
    });
  });

  test('where a store’s clock went back the entry behind says so, with the time of the one above', async () => {
    const clocks = (sequence: number) => bothAt(sequence === 5 ? FAR_AHEAD : minutesOfToday(sequence));
    await withLog({ events: 30, clocks }, async (models) => {
      const page = await right(models.auditPage({}, { order: 'oldest-first', limit: 8 }));
      expect(page.clocksInDoubt).toBe(true);
      expect(page.entries.map(({ recordedAfter }) => recordedAfter)).toEqual([
        ...[null, null, null, null, null],
        ...[FAR_AHEAD, null, null],
      ]);
      expect(page.entries.some(({ clocksDiffer }) => clocksDiffer)).toBe(false);
      const before = await right(models.auditPage({}, { order: 'oldest-first', limit: 5 }));
      expect(before.clocksInDoubt).toBe(false);
    });
  });

  test('either time counts, and an entry whose times are over five minutes apart is marked', async () => {
    const told = new Map([
      [3, minutesOfToday(3) + 300_000],
      [4, minutesOfToday(4) + 300_001],
      [6, minutesOfToday(6) - 300_001],
      [8, TODAY - 9 * DAY_MS],
    ]);
    const clocks = (sequence: number): Clocks => ({
      recordedAt: minutesOfToday(sequence),
      time: told.get(sequence) ?? minutesOfToday(sequence),
    });
    await withLog({ events: 30, clocks }, async (models) => {
      const page = await right(models.auditPage({}, { order: 'oldest-first', limit: 10 }));
      const marked = page.entries.filter(({ clocksDiffer }) => clocksDiffer);
      expect(marked.map(({ sequence }) => sequence)).toEqual([4, 6, 8]);
      expect(page.clocksInDoubt).toBe(true);
      const [, , eighth] = marked;
      expect(eighth).toMatchObject({ recordedAt: minutesOfToday(8), time: TODAY - 9 * DAY_MS });
      expect(await sequencesOf(models, { until: TODAY })).toEqual([8]);
      expect(await sequencesOf(models, { since: minutesOfToday(8), until: minutesOfToday(8) + 1 })).toEqual([
        ...[3, 8],
      ]);
      expect(await sequencesOf(models, { since: minutesOfToday(9), until: minutesOfToday(9) + 1 })).toEqual([
        9,
      ]);
    });
  });
});

describe('the parts of the log that a window is looked for in', () => {
  const database = openSqlite(':memory:');
  database.exec('create table audit_block_times (block int, nth int, earliest_ms int, latest_ms int)');
  const db = new Kysely<ReadModelTables>({
    dialect: new SqliteDialect({ database: databaseOfKysely(database) }),
  });
  afterAll(() => db.destroy());

  test('are the blocks of which a stretch meets it, each once, in order, however many there are', async () => {
    const BLOCKS = 300;
    const insert = database.prepare<[number, number, number, number]>(
      'insert into audit_block_times values (?, ?, ?, ?)',
    );
    const stretch = fc
      .tuple(fc.nat(99), fc.nat(3))
      .map(([earliest, length]) => [earliest, earliest + length] as const);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(stretch, { minLength: 1, maxLength: 2 }), {
          minLength: BLOCKS,
          maxLength: BLOCKS,
          size: 'max',
        }),
        fc.nat(99),
        fc.nat(99),
        fc.nat(BLOCKS * 1_024),
        fc.nat(BLOCKS * 1_024),
        fc.constantFrom<LogOrder>('oldest-first', 'newest-first'),
        async (blocks, one, other, here, there, order) => {
          database.exec('delete from audit_block_times');
          blocks.forEach((stretches, block) => {
            stretches.forEach(([earliest, latest], nth) => insert.run(block, nth, earliest, latest));
          });
          const [since, until] = [Math.min(one, other), Math.max(one, other)];
          const within = { from: 1 + Math.min(here, there), before: 1 + Math.max(here, there) };
          const expected = blocks.flatMap((stretches, block) =>
            stretches.some(([earliest, latest]) => latest >= since && earliest < until)
              ? Array.from({ length: 1_024 }, (_, n) => block * 1_024 + n + 1)
              : [],
          );
          const found: number[] = [];
          for await (const { from, before } of spansOf(db, { since, until }, within, order)) {
            const span = Array.from({ length: before - from }, (_, n) => from + n);
            for (const sequence of order === 'oldest-first' ? span : span.reverse()) found.push(sequence);
          }
          const sequences = expected.filter(
            (sequence) => sequence >= within.from && sequence < within.before,
          );
          expect(found).toEqual(order === 'oldest-first' ? sequences : sequences.reverse());
        },
      ),
      { numRuns: longRuns(20) },
    );
  });
});

describe('windows over many blocks', () => {
  /** Mostly in step; now and then one clock, or both, or for a long while, says what it wants. */
  const wild = (seed: number): ((sequence: number) => Clocks) => {
    const wrong = new Map(
      fc
        .sample(
          fc.array(
            fc.tuple(
              fc.integer({ min: 1, max: 2_600 }),
              fc.record({
                recordedAt: fc.integer({ min: 0, max: 20 * DAY_MS }),
                time: fc.integer({ min: 0, max: 20 * DAY_MS }),
              }),
            ),
            { minLength: 60, maxLength: 60, size: 'max' },
          ),
          { numRuns: 1, seed },
        )
        .flat(),
    );
    return (sequence) => {
      const right = TODAY + sequence * 60_000 + (sequence > 1_500 && sequence < 1_800 ? -5 * DAY_MS : 0);
      const other = wrong.get(sequence);
      return other === undefined
        ? { recordedAt: right, time: right - (sequence % 3) }
        : { recordedAt: TODAY + other.recordedAt, time: TODAY - other.time };
    };
  };

  const inside = (entry: AuditEntry, since: number, until: number): boolean =>
    [entry.recordedAt, entry.time].some((time) => time >= since && time < until);

  test('give page by page, in both orders, what a plain filter gives, whatever the clocks said', async () => {
    await withLog({ events: 3_600, clocks: wild(7) }, async (models) => {
      const all = (await pages(models, {}, { order: 'oldest-first', limit: 1_000 })).flatMap(
        ({ entries }) => entries,
      );
      expect(all.length).toBeGreaterThan(2_100);
      const instant = fc.oneof(
        fc.nat(all.length - 1).map((n) => all[n]?.recordedAt ?? 0),
        fc.nat(all.length - 1).map((n) => all[n]?.time ?? 0),
        fc.integer({ min: TODAY - 21 * DAY_MS, max: TODAY + 21 * DAY_MS }),
      );
      await fc.assert(
        fc.asyncProperty(
          instant,
          instant,
          fc.constantFrom<AuditFilter>({}, { workspaceId: 'ws-0' }, { action: 'RunKeyPinned' }),
          fc.integer({ min: 20, max: 700 }),
          async (one, other, filter, limit) => {
            const [since, until] = [Math.min(one, other), Math.max(one, other)];
            const expected = all
              .filter((entry) => inside(entry, since, until))
              .filter(
                ({ workspaceId, type }) =>
                  (filter.workspaceId ?? workspaceId) === workspaceId && (filter.action ?? type) === type,
              )
              .map(({ sequence }) => sequence);
            const asked = { ...filter, since, until };
            for (const order of ['oldest-first', 'newest-first'] as const) {
              const read = await pages(models, asked, { order, limit });
              expect(read.slice(0, -1).every(({ entries }) => entries.length === limit)).toBe(true);
              expect(read.flatMap(({ entries }) => entries.map(({ sequence }) => sequence))).toEqual(
                order === 'oldest-first' ? expected : [...expected].reverse(),
              );
            }
            const counted = await right(models.countByAction(asked));
            expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
          },
        ),
        { numRuns: longRuns(40) },
      );
    });
  });
});
