import { afterEach, expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import fc from 'fast-check';
import { succeed } from '../testSupport/outcomes';
import { newPostgresVault, type PostgresVault } from '../testSupport/postgresVaults';
import { NOTHING_KNOWN, shred } from '../testSupport/shredding';
import { onPostgresAlone } from '../testSupport/storages';
import { sealNew } from '../testSupport/vaults';
import { type Database, openDatabase } from './connection';
import { ownPartitions } from './ownPartitions';
import { PARTITIONED } from './partitioned';
import { postgresStorage } from './postgresStorage';
import { rotatedDataKeys } from './rotatedKeys';

const opened: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

const LOCKED = `
  SELECT DISTINCT c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
  WHERE l.pid = pg_backend_pid() AND c.relkind = 'r' AND c.relname ~ '^(data_keys|sealed_secrets)_[0-9]+$'`;

/** A database that tells which partitions each call has locked. */
const tellingLocks = (database: Database) => {
  const locked = new Set<string>();
  const transaction: Database['transaction'] = (use) =>
    database.transaction(async (session) => {
      const outcome = await use(session);
      const { rows } = await session.query(LOCKED);
      for (const row of rows)
        if (typeof row === 'object' && row !== null) locked.add(Object.values(row).join());
      return outcome;
    });
  return { locked, told: { ...database, transaction, run: transaction } };
};

onPostgresAlone((_, server) => {
  const site = async (): Promise<PostgresVault & { readonly database: string; readonly own: Database }> => {
    const at = await newPostgresVault(server());
    if (!('postgres' in at.options)) throw new Error('not on PostgreSQL');
    const own = await succeed(openDatabase(at.options, 5_000));
    opened.push(own.close, at.close);
    return { ...at, own };
  };
  const namesOf = async (database: Database, ...workspaceIds: ReadonlyArray<string>) =>
    (await succeed(database.run((session) => ownPartitions(session, PARTITIONED, workspaceIds)))).names;

  test('the partitions of a workspace are those that its rows are put into', async () => {
    const { sql, own } = await site();
    const id = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 64 })
      .filter((text) => !/\0/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(id, { minLength: 1, maxLength: 20 }), async (ids) => {
        await succeed(
          own.transaction(async (session) => {
            await session.query('DELETE FROM sealed_secrets');
            await session.query('DELETE FROM data_keys');
            await session.query(
              `INSERT INTO sealed_secrets SELECT id, 'k', 'f', 'live', 0, NULL, 0, '', ''
               FROM unnest($1::text[]) AS id`,
              [ids],
            );
            await session.query(
              `INSERT INTO data_keys SELECT '', id, 'k', 0, '' FROM unnest($1::text[]) AS id`,
              [ids],
            );
          }),
        );
        const rows = await sql(
          'SELECT tableoid::regclass FROM sealed_secrets UNION SELECT tableoid::regclass FROM data_keys',
        );
        expect([...(await namesOf(own, ...ids))].sort()).toEqual(rows.split('\n').sort());
      }),
      { numRuns: longRuns(8) },
    );
  });

  test('no call on rows of one workspace locks a partition of another one', async () => {
    const { vault, own } = await site();
    await sealNew(vault, { keyId: 'first' });
    const { locked, told } = tellingLocks(own);
    const storage = postgresStorage(told);
    const rotation = rotatedDataKeys(told);
    const ref = { workspaceId: 'acme', keyId: 'second' };
    const workspace = await succeed(storage.readWorkspaceKey('acme'));
    const bytes = Buffer.alloc(16, 1);
    const row = { ...ref, fingerprint: 'f', createdAt: 0, dataKeyId: bytes, sealedSecret: bytes };
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      insert: () =>
        succeed(storage.insert({ ...row, sealedDataKey: bytes, workspaceKey: workspace?.sealed ?? bytes })),
      read: () => succeed(storage.read(ref)),
      stateOf: () => succeed(storage.stateOf(ref, bytes)),
      freeze: () => succeed(storage.freeze(ref, 1)),
      unfreeze: () => succeed(storage.unfreeze(ref, null)),
      markNamed: () => succeed(storage.markNamed(ref)),
      keyIdsOf: () => succeed(storage.keyIdsOf('acme', 'f')),
      rowsOf: () => succeed(storage.rowsOf('acme')),
      dataKeys: () => succeed(rotation.dataKeys('acme', null, 10)),
      replaceDataKeys: () =>
        succeed(rotation.replaceDataKeys('acme', [{ dataKeyId: bytes, sealed: bytes, resealed: bytes }])),
      remove: () => succeed(storage.remove(ref)),
    };
    const own_ = await namesOf(own, 'acme');
    for (const [name, call] of Object.entries(calls)) {
      locked.clear();
      await call();
      expect([name, locked.size > 0, [...locked].filter((each) => !own_.includes(each))]).toEqual([
        name,
        true,
        [],
      ]);
    }
    // What a shred deletes in a transaction.
    locked.clear();
    const shredding = postgresStorage({ ...told, run: own.run }).shred;
    await succeed(shredding([{ workspaceId: 'acme', keyIds: ['first'] }], NOTHING_KNOWN, 'row'));
    expect([...locked].sort()).toEqual([...own_].sort());
  });

  test('a shred writes the partitions of its own rows anew, and leaves all others', async () => {
    const { vault, sql, own } = await site();
    for (const workspaceId of ['acme', 'beta', 'gamma']) await sealNew(vault, { workspaceId });
    const files = async () =>
      (
        await sql(
          `SELECT relname || ' ' || pg_relation_filenode(oid) FROM pg_class
           WHERE relkind = 'r' AND relnamespace = 'keyturn_vault'::regnamespace`,
        )
      ).split('\n');
    const before = await files();
    const { checks } = await succeed(shred(vault, 'acme', ['key-1']));
    const changed = (await files())
      .filter((file) => !before.includes(file))
      .map((file) => file.split(' ')[0]);
    expect(changed.sort()).toEqual([...(await namesOf(own, 'acme'))].sort());
    expect(checks[0]).toMatch(/^data_keys, sealed_secrets, 1 of 16 partitions: VACUUM FULL, new files/);
  });
});
