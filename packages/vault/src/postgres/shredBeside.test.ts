import { afterEach, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { succeed } from '../testSupport/outcomes';
import { clientOf } from '../testSupport/postgresClient';
import { newPostgresVault } from '../testSupport/postgresVaults';
import { NOTHING_KNOWN } from '../testSupport/shredding';
import { onPostgresAlone } from '../testSupport/storages';
import { sealNew, textOf } from '../testSupport/vaults';
import { until } from '../testSupport/waiting';
import { type Database, openDatabase } from './connection';
import { ownPartitions } from './ownPartitions';
import { PARTITIONED } from './partitioned';
import { postgresShredder } from './shred';

const opened: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** Waits for a lock for as long as the test needs, and does not try again and again. */
const patient = (database: Database): Database => ({
  ...database,
  run: (use) =>
    database.run((session) =>
      use({
        query: (text, values) =>
          session.query(text.startsWith('SET lock_timeout') ? 'SET lock_timeout = 0' : text, values),
      }),
    ),
});

onPostgresAlone((_, server) => {
  test('SC-1: another workspace’s release goes through while a shred holds the lock of its own partition', async () => {
    const at = await newPostgresVault(server(), { busyTimeoutMs: 60_000 });
    if (!('postgres' in at.options)) throw new Error('not on PostgreSQL');
    const database = await succeed(openDatabase(at.options, 60_000));
    opened.push(at.close, database.close);
    const partitionsOf = async (workspaceId: string) =>
      (await succeed(database.run((session) => ownPartitions(session, PARTITIONED, [workspaceId])))).names;
    const own = await partitionsOf('acme');
    let [near, far] = ['', ''];
    for (let n = 0; near === '' || far === ''; n += 1) {
      if (String(await partitionsOf(`w${n}`)) === String(own)) near = `w${n}`;
      else far = `w${n}`;
    }
    await sealNew(at.vault);
    const beside = await sealNew(at.vault, { workspaceId: near });
    const elsewhere = await sealNew(at.vault, { workspaceId: far });

    // VACUUM FULL has the partition to itself when it asks for the table of its long values.
    const [dataKeys = ''] = own;
    const longValues = await at.sql(
      `SELECT reltoastrelid::regclass FROM pg_class WHERE relname = '${dataKeys}'`,
    );
    const reader = await clientOf(server().connectionString(at.database));
    opened.push(() => reader.end());
    await reader.query('BEGIN');
    await reader.query(`SELECT FROM ${longValues}`);
    const shredded = postgresShredder(patient(database))(
      [{ workspaceId: 'acme', keyIds: ['key-1'] }],
      NOTHING_KNOWN,
      'erased',
    )();
    const locks = (mode: string, granted: boolean) =>
      at.sql(
        `SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
         WHERE c.relname = '${dataKeys}' AND mode = '${mode}' AND ${granted ? '' : 'NOT '}granted`,
      );
    await until(async () => (await locks('AccessExclusiveLock', true)) === '1');

    expect(await succeed(textOf(at.vault, elsewhere.binding))).toBe(elsewhere.text);
    const waiting = textOf(at.vault, beside.binding)();
    await until(async () => (await locks('AccessShareLock', false)) === '1');
    expect(await locks('AccessExclusiveLock', true)).toBe('1');
    await reader.query('COMMIT');
    expect(await waiting).toEqual(E.right(beside.text));
    expect(await shredded).toMatchObject(E.right([E.right({ secretsDestroyed: 1 })]));
  });
});
