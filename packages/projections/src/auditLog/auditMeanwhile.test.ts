import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { english } from '@keyturn/domain';
import { openSqlite } from '@keyturn/sqlite';
import { Kysely, type KyselyPlugin, SqliteDialect } from 'kysely';
import { databaseOfKysely } from '../database/databaseOfKysely';
import type { ReadModelTables } from '../database/tables';
import { someHistory } from '../testSupport/histories';
import { on, right, withOnDisk } from '../testSupport/onDisk';
import { auditPage } from './auditQueries';
import { vendorName } from './vendorNames';

afterEach(() => {
  jest.restoreAllMocks();
});

const history = someHistory(200, 9);
const FILTER = { workspaceId: 'ws-0' };
const WHOLE = { order: 'oldest-first', limit: 1000 } as const;

const typesOf = (commands: typeof history): ReadonlySet<string> =>
  new Set(
    commands.flatMap(({ workspaceId, events }) =>
      workspaceId === 'ws-0' ? events.map(({ event }) => event.type) : [],
    ),
  );
/** Where the first event comes of a type that `ws-0` had none of. */
const newTypeAt = history.findIndex(
  (one, i) => i > 40 && typesOf(history.slice(0, i + 1)).size > typesOf(history.slice(0, i)).size,
);

describe('while a page is read', () => {
  const orders = ['oldest-first', 'newest-first'] as const;
  const moments = [1, 2, 3];
  const cases = orders.flatMap((order) => moments.map((moment) => [order, moment] as const));

  test.each(cases)(
    '%s: entries arrive behind its query %i, and none is passed over',
    async (order, moment) => {
      await withOnDisk(async ({ append, open, file }) => {
        const models = await open();
        await append(history.slice(0, newTypeAt));
        await right(models.catchUp);
        const database = openSqlite(file, { readonly: true });
        let queries = 0;
        const arriving: KyselyPlugin = {
          transformQuery: ({ node }) => node,
          transformResult: async ({ result }) => {
            queries += 1;
            if (queries === moment) {
              await append(history.slice(newTypeAt));
              await right(models.catchUp);
            }
            return result;
          },
        };
        const db = new Kysely<ReadModelTables>({
          dialect: new SqliteDialect({ database: databaseOfKysely(database) }),
          plugins: [arriving],
        });
        const source = { db, isIndexed: () => true, timeLimitMs: 10_000 };
        const page = await auditPage(source, { words: english, vendorName }, FILTER, { order, limit: 1000 });
        await db.destroy();
        const read = page.entries.map(({ sequence }) => sequence).sort((a, b) => a - b);
        const all = (await right(models.auditPage(FILTER, WHOLE))).entries.map(({ sequence }) => sequence);
        expect(read).toEqual(all.filter((sequence) => sequence <= (read.at(-1) ?? 0)));
      });
    },
  );

  test('a rebuild numbers the entries anew, and no entry of another workspace is given', async () => {
    await withOnDisk(async ({ append, open, file }) => {
      const models = await open();
      const place = await append(history);
      await right(models.catchUp);
      // Gone through in slices, each of which looks at the time.
      on(file, "update projection_checkpoints set indexed = 0 where projector = 'audit-log'");
      let looked = 0;
      jest.spyOn(performance, 'now').mockImplementation(() => {
        looked += 1;
        if (looked === 3) {
          on(
            file,
            `update audit_entries_g1 set sequence = sequence - 1 - ${place}`,
            'update audit_entries_g1 set sequence = -sequence',
            "update projection_checkpoints set generation = 2 where projector = 'audit-log'",
            "update projection_streams set generation = 2 where projector = 'audit-log'",
          );
        }
        return 0;
      });
      const { entries } = await right(models.auditPage(FILTER, WHOLE));
      expect(looked).toBeGreaterThanOrEqual(3);
      expect(new Set(entries.map(({ workspaceId }) => workspaceId))).toEqual(new Set(['ws-0']));
    });
  });
});
