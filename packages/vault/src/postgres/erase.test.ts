import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { rotateMasterKey } from '../rotation/rotateMasterKey';
import { faultOf, succeed } from '../testSupport/outcomes';
import { newPostgresVault, type PostgresVault } from '../testSupport/postgresVaults';
import { NOTHING_KNOWN } from '../testSupport/shredding';
import { answering } from '../testSupport/scriptedSession';
import { sealNew, textOf } from '../testSupport/vaults';
import { openDatabase, type Database } from './connection';
import { postgresEraser } from './rotationErase';
import { postgresShredder } from './shred';

const describeOnPostgres = onPostgres(describe);

/** No row at first, then this one. */
const onlyThen = (row: unknown): (() => ReadonlyArray<unknown>) => {
  let asked = 0;
  return () => ((asked += 1) > 1 ? [row] : []);
};

describeOnPostgres('erasing on PostgreSQL', () => {
  let server: PostgresServer;
  let at: PostgresVault;
  let database: Database;
  beforeAll(async () => {
    server = await startPostgres();
    at = await newPostgresVault(server, { busyTimeoutMs: 2_000 });
    if (!('postgres' in at.options)) throw new Error('not on PostgreSQL');
    database = await succeed(openDatabase(at.options, 2_000));
  });
  afterAll(async () => {
    await database.close();
    await at.close();
    await server.stop();
  });

  const GROUPS = [{ workspaceId: 'acme', keyIds: ['never-sealed'] }];

  const incomplete = (says: string) => {
    const message: unknown = expect.stringContaining(says);
    return { left: { code: 'shred-incomplete', message } };
  };

  test.each([
    [
      'the server is too old',
      { server_version_num: [{ version: 14 }] },
      'but the server is PostgreSQL 14: 15 is needed: run the shred again',
    ],
    [
      'rights are wanting',
      { pg_has_role: [{ grant: 'GRANT pg_monitor TO me' }, { grant: 'GRANT pg_checkpoint TO me' }] },
      'run as a superuser in its database: GRANT pg_monitor TO me; GRANT pg_checkpoint TO me: run',
    ],
    [
      'settings are in the way',
      {
        'setting, source': [
          { name: 'wal_recycle', setting: 'on', own: false },
          { name: 'wal_keep_size', setting: '64', own: false },
        ],
      },
      'new names); set wal_keep_size to 0 (it is 64: old segments of its log are kept): run the shred again',
    ],
    [
      'a decoder writes rows to files',
      { pg_stat_replication: [{ receivers: 0, slots: 'one', decoders: 'one', archive: 'off' }] },
      'but the logical replication slots one keep rows in files of their own: drop them: run',
    ],
    [
      'a file is left',
      { 'SELECT path FROM files': [{ path: 'base/5/16384' }] },
      "but base/5/16384 in the server's data directory belongs to no table",
    ],
  ])('is incomplete if %s', async (_, answers, says) => {
    const outcome = await postgresShredder(answering(database, answers))(GROUPS, NOTHING_KNOWN, 'erased')();
    expect(outcome).toMatchObject(incomplete(says));
  });

  test.each([
    [
      'a standby server that comes brings an old snapshot',
      'pg_prepared_xacts',
      { holder: 'the replication slot late' },
      'but the replication slot late can still see the old rows, and is to be ended first: run',
    ],
    [
      'a right is taken away',
      'pg_has_role',
      { grant: 'GRANT pg_monitor TO me' },
      'but the user lacks rights; run as a superuser in its database: GRANT pg_monitor TO me: run',
    ],
  ])('is incomplete if meanwhile %s', async (_, piece, row, says) => {
    const outcome = await postgresShredder(answering(database, { [piece]: onlyThen(row) }))(
      GROUPS,
      NOTHING_KNOWN,
      'erased',
    )();
    expect(outcome).toMatchObject(incomplete(says));
  });

  test('leaves a rotation incomplete that something is in the way of, until that is gone', async () => {
    const { binding, text } = await sealNew(at.vault);
    const rotation = rotateMasterKey({ ...at.options, compromised: false });
    await server.sql(`REVOKE pg_checkpoint FROM ${at.database}`);
    const outcome = await rotation();
    await server.sql(`GRANT pg_checkpoint TO ${at.database}`);
    const message: unknown = expect.stringMatching(
      /^the new master key is in use, but the user lacks rights; .*: run the rotation again to finish it$/,
    );
    expect(outcome).toMatchObject({ left: { code: 'rotation-incomplete', message } });
    expect(await faultOf(rotation)).toBe('no fault');
    expect(await succeed(textOf(at.vault, binding))).toBe(text);
  });

  test('leaves what the server says of itself as it is', async () => {
    const failing = answering(database, {
      CHECKPOINT: () => {
        throw Object.assign(new Error('could not write'), { severity: 'ERROR', code: '53100' });
      },
    });
    expect(await faultOf(postgresEraser(failing)([], 'erased'))).toBe('not-writable');
    expect(await faultOf(postgresShredder(failing)(GROUPS, NOTHING_KNOWN, 'erased'))).toBe('not-writable');
  });
});
