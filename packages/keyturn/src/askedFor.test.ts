import { describe, expect, test } from '@jest/globals';
import type { KeyturnReader } from './keyturnReader';
import { openKeyturnReader } from './openKeyturnReader';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });

type Query = Readonly<Record<string, unknown>>;

type Asked = Pick<KeyturnReader, 'keys' | 'runs' | 'audit' | 'workspaces'>;

/** As plain JavaScript calls it, where nothing holds a query to its type. */
const untyped = async (method: object, ...given: ReadonlyArray<unknown>): Promise<unknown> => {
  if (typeof method !== 'function') throw new TypeError('a method');
  const answer: unknown = Reflect.apply(method, undefined, given);
  return answer;
};

/** Entries come one by one: the first says whether there are any. */
const exported = async ({ audit }: Asked, query: Query): Promise<unknown> => {
  const given: object = query;
  for await (const entry of audit.export(ada, given)) return entry;
  return undefined;
};

const QUERIES = {
  'audit.page': ({ audit }: Asked, query: Query) => untyped(audit.page, ada, query),
  'audit.count': ({ audit }: Asked, query: Query) => untyped(audit.count, ada, 'actor', query),
  'audit.export': exported,
  'audit.refused': ({ audit }: Asked, query: Query) => untyped(audit.refused, ada, query),
  'keys.list': ({ keys }: Asked, query: Query) => untyped(keys.list, ada, query),
  'keys.due': ({ keys }: Asked, query: Query) => untyped(keys.due, ada, query),
  'keys.find': ({ keys }: Asked, query: Query) => untyped(keys.find, ada, query),
  'runs.list': ({ runs }: Asked, query: Query) => untyped(runs.list, ada, query),
  'workspaces.list': ({ workspaces }: Asked, query: Query) => untyped(workspaces.list, ada, query),
};

const refused = (says: string) => ({ code: 'invalid-query', message: expect.stringContaining(says) });

describe('F-B12: a query that is mistyped gets no answer, of who opens the vault and of who only reads:', () => {
  test.each([
    ['audit.page', { actions: 'KeyAdded' }, 'has no `actions` here'],
    ['audit.page', { action: 'KeyAdd' }, '`action` has to be one of KeyAdded, '],
    ['audit.page', { action: ['KeyAdded', 'keyadded'] }, '`action` has to be'],
    ['audit.page', { since: '2026-11-01' }, '`since` has to be a whole number of milliseconds since 1970'],
    ['audit.page', { until: new Date() }, '`until` has to be'],
    ['audit.page', { order: 'newest' }, '`order` has to be one of newest-first, oldest-first'],
    ['audit.page', { actor: 'ada' }, '`actor` has to be'],
    ['audit.page', { actor: { id: 'ada', kind: 'admin' } }, '`actor` has to be'],
    ['audit.page', { actor: { name: 'ada' } }, '`actor` has to be'],
    ['audit.page', { last4: 1234 }, "`last4` has to be a key's last 4 characters, or a list of such"],
    ['audit.page', { last4: ['AbCd', 'AbC'] }, "`last4` has to be a key's last 4 characters"],
    ['audit.page', { limit: '10' }, '`limit` has to be a number'],
    ['audit.count', { limit: 10 }, 'has no `limit` here'],
    ['audit.count', { caseID: 'SR-1' }, 'has no `caseID` here'],
    ['audit.export', { limit: 10 }, 'has no `limit` here'],
    ['audit.refused', { keyIds: ['a'] }, 'has no `keyIds` here'],
    ['audit.refused', { since: '2026-11-01' }, '`since` has to be'],
    ['keys.list', { includeDeleted: true }, 'has no `includeDeleted` here: it takes includeHardDeleted'],
    ['keys.list', { includeHardDeleted: 'false' }, '`includeHardDeleted` has to be true or false'],
    ['keys.due', { within: 14 }, 'has no `within` here'],
    ['keys.find', { prefix: 'abc' }, 'has no `prefix` here'],
    ['runs.list', { open: true }, 'has no `open` here'],
    ['runs.list', { openOnly: 'true' }, '`openOnly` has to be true or false'],
    ['runs.list', { since: '2026-11-01' }, '`since` has to be'],
    ['workspaces.list', { offset: 3 }, 'has no `offset` here'],
  ] as const)('%s %j', async (name, query, says) => {
    const keyturn = await at().open();
    const reader = await openKeyturnReader({
      directory: at().options.directory ?? '',
      authorize: () => true,
    });
    try {
      for (const asked of [keyturn, reader]) {
        await expect(QUERIES[name](asked, query)).rejects.toMatchObject(refused(says));
      }
    } finally {
      await reader.close();
    }
  });

  test('nor does a report, a certificate, a verification, or a place in the log', async () => {
    const keyturn = await at().open();
    const { support, verify, keys } = keyturn;
    const keyId = 'k1';
    for (const [asking, says] of [
      [untyped(support.exposure, ada, { keyId, from: 5 }), 'has no `from` here'],
      [untyped(support.exposure, ada, { keyId, since: '2026-11-01' }), '`since` has to be'],
      [untyped(support.exposure, ada, {}), '`keyId` has to be text'],
      [untyped(support.certificate, ada, { key: keyId }), 'has no `key` here: it takes keyId'],
      [untyped(support.certificate, ada, {}), '`keyId` has to be text'],
      [untyped(verify, ada, { depth: 'head' }), '`depth` has to be one of heads, whole'],
      [untyped(verify, ada, { deep: true }), 'has no `deep` here'],
      [untyped(keys.list, ada, {}, { afetr: '5' }), 'has no `afetr` here: it takes after'],
      [untyped(keys.find, ada, {}), '`idPrefix` has to be text'],
    ] as const) {
      await expect(asking).rejects.toMatchObject(refused(says));
    }
  });

  test('what is left undefined is left out, and what entries are counted by is known', async () => {
    const keyturn = await at().open();
    await expect(untyped(keyturn.audit.page, ada, { since: undefined })).resolves.toMatchObject({
      entries: [],
    });
    await expect(untyped(keyturn.audit.count, ada, 'actors')).rejects.toMatchObject(
      refused('one of action, actor, day, key'),
    );
  });
});
