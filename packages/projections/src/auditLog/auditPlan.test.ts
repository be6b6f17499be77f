import { describe, expect, test } from '@jest/globals';
import { isSqliteValue, openSqlite, type SqliteConnection, type SqliteValue } from '@keyturn/sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { databaseOfKysely } from '../database/databaseOfKysely';
import type { ReadModelTables } from '../database/tables';
import type { ReadModels } from '../readModels';
import { someHistory } from '../testSupport/histories';
import { right, withOnDisk } from '../testSupport/onDisk';
import type { AuditFilter } from './auditFilter';
import { type AuditEntry, type AuditPageOptions, auditPageQueries } from './auditQueries';

const filters: ReadonlyArray<readonly [name: string, filter: AuditFilter, index: RegExp]> = [
  ['nothing', {}, /SCAN audit_entries_g1|USING INTEGER PRIMARY KEY/],
  ['a workspace', { workspaceId: 'ws-0' }, /INDEX audit_log_by_workspace_g1/],
  [
    'a key',
    { workspaceId: 'ws-0', keyId: 'key-101' },
    /INDEX audit_log_by_key_g1[^]*INDEX audit_log_by_previous_key_g1/,
  ],
  ['a run', { workspaceId: 'ws-0', runId: 'run-9' }, /INDEX audit_log_by_run_g1/],
  ['a project', { workspaceId: 'ws-0', projectId: 'project-1' }, /INDEX audit_log_by_project_g1/],
  ['an actor', { actor: { kind: 'user', id: 'ada' } }, /INDEX audit_log_by_actor_g1/],
  ['an actor by id alone', { actor: { id: 'ada' } }, /INDEX audit_log_by_actor_g1/],
  [
    'an actor in a workspace',
    { workspaceId: 'ws-0', actor: { kind: 'user', id: 'ada' } },
    /INDEX audit_log_by_workspace_actor_g1/,
  ],
  ['an action', { action: 'KeyAdded' }, /INDEX audit_log_by_action_g1/],
  [
    'an action in a workspace',
    { workspaceId: 'ws-0', action: 'KeyAdded' },
    /INDEX audit_log_by_workspace_g1 \(workspace_id=\? AND type=\?/,
  ],
  ['a case', { caseId: 'case-1' }, /INDEX audit_log_by_case_g1/],
  ['a correlation', { correlationId: 'request-3' }, /INDEX audit_log_by_correlation_g1/],
  [
    'an action in a workspace and a time',
    { workspaceId: 'ws-0', action: 'KeyAdded', since: 1, until: 9e15 },
    /INDEX audit_log_by_workspace_g1 \(workspace_id=\? AND type=\? AND rowid[<>]/,
  ],
  [
    'an actor in a workspace and a time',
    { workspaceId: 'ws-0', actor: { id: 'ada' }, since: 1 },
    /INDEX audit_log_by_workspace_actor_g1 \(workspace_id=\? AND actor_id=\? AND type=\? AND rowid[<>]/,
  ],
  ['a time', { since: 1, until: 9e15 }, /USING INTEGER PRIMARY KEY \(rowid[<>]/],
  ['a case in a workspace', { workspaceId: 'ws-0', caseId: 'case-1' }, /INDEX audit_log_by_case_g1/],
  [
    'a correlation in a workspace',
    { workspaceId: 'ws-0', correlationId: 'request-3' },
    /INDEX audit_log_by_correlation_g1/,
  ],
  [
    'an action of an actor',
    { actor: { id: 'ada' }, action: 'KeyHardDeleted', until: 9e15 },
    /INDEX audit_log_by_actor_g1/,
  ],
  ['an origin', { originRef: 'login-ada' }, /INDEX audit_log_by_origin_g1/],
  [
    'any of several actors and actions in any of several workspaces',
    {
      workspaceId: ['ws-0', 'ws-1'],
      actor: [{ id: 'ada' }, { id: 'bob', kind: 'user' }],
      action: ['KeyAdded', 'KeyHardDeleted'],
    },
    /(?:INDEX audit_log_by_workspace_actor_g1[^]*){2}/,
  ],
  [
    'any of several keys',
    { workspaceId: 'ws-0', keyId: ['key-101', 'key-102'] },
    /(?:INDEX audit_log_by_(?:previous_)?key_g1[^]*){4}/,
  ],
  [
    'an action on a key',
    { workspaceId: 'ws-0', keyId: 'key-101', action: 'KeyHardDeleted' },
    /INDEX audit_log_by_key_g1/,
  ],
];

const planOf = (
  database: SqliteConnection,
  { sql, parameters }: { readonly sql: string; readonly parameters: ReadonlyArray<unknown> },
): ReadonlyArray<string> =>
  database
    .prepare<ReadonlyArray<SqliteValue>, { detail: string }>(`explain query plan ${sql}`)
    .all(...parameters.filter(isSqliteValue))
    .map(({ detail }) => detail);

const all = async <A>(parts: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const gathered: A[] = [];
  for await (const part of parts) gathered.push(part);
  return gathered;
};

/** A real log, and its queries to be looked at. */
const withQueries = (
  events: number,
  body: (given: {
    readonly models: ReadModels;
    readonly plansOf: (filter: AuditFilter, page: AuditPageOptions) => Promise<ReadonlyArray<string>>;
    readonly sqlOf: (filter: AuditFilter, page: AuditPageOptions) => Promise<ReadonlyArray<string>>;
  }) => Promise<void>,
): Promise<void> =>
  withOnDisk(async ({ append, open, file }) => {
    const models = await open();
    await append(someHistory(events, 11));
    await right(models.catchUp);
    const database = openSqlite(file, { readonly: true });
    const db = new Kysely<ReadModelTables>({
      dialect: new SqliteDialect({ database: databaseOfKysely(database) }),
    });
    const source = { db, isIndexed: () => true, timeLimitMs: 10_000 };
    const queriesOf = async (filter: AuditFilter, page: AuditPageOptions) =>
      (await all(auditPageQueries(source, filter, page))).flat().map((query) => query.limit(50).compile());
    await body({
      models,
      plansOf: async (filter, page) =>
        (await queriesOf(filter, page)).map((query) => planOf(database, query).join('\n')),
      sqlOf: async (filter, page) => (await queriesOf(filter, page)).map(({ sql }) => sql),
    });
    await db.destroy();
  });

const ORDERS = ['newest-first', 'oldest-first'] as const;

describe('how pages are found', () => {
  test.each(filters)('SC-2: by %s: off an index, in order, between two bounds', async (_, filter, index) => {
    await withQueries(30, async ({ models, plansOf, sqlOf }) => {
      for (const order of ORDERS) {
        const { next } = await right(models.auditPage({}, { order, limit: 1 }));
        const page = { order, limit: 50, ...(next === null ? {} : { after: next }) };
        const plans = await plansOf(filter, page);
        expect(plans).toHaveLength(1);
        expect(plans[0]).toMatch(index);
        expect(plans[0]).not.toMatch(/TEMP B-TREE/);
        for (const sql of await sqlOf(filter, page)) {
          // Two bounds on one side, and the wider one might be sought by.
          const branches = sql.split(' union all ').length;
          expect(sql.match(/"sequence" >=?/g) ?? []).toHaveLength(order === 'oldest-first' ? branches : 0);
          expect(sql.match(/"sequence" <=?/g) ?? []).toHaveLength(branches);
        }
      }
    });
  });

  const named = {
    workspaceId: ({ workspaceId }: AuditEntry) => ({ workspaceId }),
    keyId: ({ workspaceId, keyId }: AuditEntry) => ({ workspaceId, keyId: keyId ?? '' }),
    projectId: ({ workspaceId, projectId }: AuditEntry) => ({ workspaceId, projectId: projectId ?? '' }),
    actor: ({ actorKind, actorId }: AuditEntry) => ({ actor: { kind: actorKind, id: actorId } }),
    action: ({ type }: AuditEntry) => ({ action: type }),
  } as const;
  const names = ['workspaceId', 'keyId', 'projectId', 'actor', 'action'] as const;
  const pairs = names.flatMap((one, i) => names.slice(i + 1).map((other) => [one, other] as const));

  test.each(pairs)(
    'SC-6: %s and %s, of many entries each: nothing is looked at in vain',
    async (one, other) => {
      await withQueries(120, async ({ models, plansOf, sqlOf }) => {
        const { entries } = await right(models.auditPage({}, { order: 'oldest-first', limit: 1000 }));
        const entry = entries.find(({ keyId, projectId }) => keyId !== null && projectId !== null);
        if (entry === undefined) throw new Error('no entry of a run');
        const filter = { ...named[one](entry), ...named[other](entry) };
        for (const order of ORDERS) {
          const [plan = ''] = await plansOf(filter, { order, limit: 50 });
          expect(plan).not.toMatch(/TEMP B-TREE|SCAN/);
          // A Default moves away from a key now and then: those entries are few.
          for (const search of plan.match(/SEARCH .*/g) ?? [])
            expect(search).toMatch(/USING COVERING INDEX|audit_log_by_previous_key/);
          const [sql = ''] = await sqlOf(filter, { order, limit: 50 });
          const branches = sql
            .split(' union all ')
            .filter((branch) => !branch.includes('"previous_key_id" ='));
          for (const branch of branches) expect(branch).not.toMatch(/\+"/);
        }
      });
    },
  );

  test('SC-6: the index with the fewest entries is taken, though another one has more columns', async () => {
    await withQueries(120, async ({ models, plansOf }) => {
      const { entries } = await right(models.auditPage({}, { order: 'oldest-first', limit: 1000 }));
      const together = (of: AuditEntry) =>
        entries.filter((other) => other.workspaceId === of.workspaceId && other.actorId === of.actorId);
      const [entry] = [...entries].sort((a, b) => together(b).length - together(a).length);
      if (entry === undefined) throw new Error('no entry');
      const filter = {
        ...named.workspaceId(entry),
        ...named.actor(entry),
        ...named.action(entry),
        correlationId: entry.correlationId,
      };
      for (const order of ORDERS)
        expect((await plansOf(filter, { order, limit: 50 })).join()).toMatch(
          /INDEX audit_log_by_correlation_g1/,
        );
    });
  });

  test('SC-6: what somebody never did is known without a look at the log', async () => {
    await withQueries(120, async ({ models, sqlOf }) => {
      const { entries } = await right(models.auditPage({}, { order: 'oldest-first', limit: 1000 }));
      const did = new Map<string, Set<string>>();
      for (const { actorId, type } of entries) did.set(actorId, (did.get(actorId) ?? new Set()).add(type));
      const never = [...did].flatMap(([id, types]) =>
        entries.flatMap(({ type }) => (types.has(type) ? [] : [{ actor: { id }, action: type }])),
      )[0];
      if (never === undefined) throw new Error('everybody did everything');
      expect(await sqlOf(never, { order: 'newest-first', limit: 50 })).toEqual([]);
      expect((await right(models.auditPage(never, { order: 'newest-first', limit: 50 }))).entries).toEqual(
        [],
      );
    });
  });
});
