import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { faultOf, succeed } from '../testSupport/outcomes';
import {
  filesWithAny,
  newPostgresVault,
  sealedValues,
  type PostgresVault,
} from '../testSupport/postgresVaults';
import { rotateMasterKey } from '../rotation/rotateMasterKey';
import { sealNew, textOf } from '../testSupport/vaults';
import { shred } from '../testSupport/shredding';

const describeOnPostgres = onPostgres(describe);

describeOnPostgres('shred on PostgreSQL', () => {
  let server: PostgresServer;
  let made: ReadonlyArray<PostgresVault> = [];
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterEach(async () => {
    for (const each of made) await each.close();
    made = [];
  });
  afterAll(() => server.stop());

  const newVault = async (): Promise<PostgresVault> => {
    const vault = await newPostgresVault(server);
    made = [...made, vault];
    return vault;
  };

  test('leaves no byte of the sealed secret and of its data key in any file', async () => {
    const at = await newVault();
    const { binding } = await sealNew(at.vault);
    const values = await sealedValues(at);
    await server.sql('CHECKPOINT');
    expect(filesWithAny(server, values)).not.toEqual([]);
    const kept = await sealNew(at.vault, { keyId: 'key-2' });
    const receipt = await succeed(shred(at.vault, 'acme', ['key-1']));
    expect(filesWithAny(server, values)).toEqual([]);
    expect(receipt).toMatchObject({ secretsDestroyed: 1, dataKeysDestroyed: 1 });
    expect(receipt.checks).toEqual([
      expect.stringMatching(
        /^data_keys, sealed_secrets, 1 of 16 partitions: VACUUM FULL, new files, when no .* of before [0-9]+ was left$/,
      ),
      expect.stringMatching(
        /^pg_wal: pg_switch_wal, CHECKPOINT, no segment before [0-9A-F]{24} is left, wal_recycle=off$/,
      ),
      'no file without a table is left in the database’s directory; no statistics of sealed columns',
      'not covered: backups and snapshots of the server’s files, and dumps',
    ]);
    expect(await faultOf(textOf(at.vault, binding))).toBe('missing-secret');
    expect(await succeed(textOf(at.vault, kept.binding))).toBe(kept.text);
  });

  test('of many groups: each has the receipt of its own rows, and all are gone', async () => {
    const at = await newVault();
    for (const keyId of ['a', 'b', 'c']) await sealNew(at.vault, { keyId });
    await sealNew(at.vault, { workspaceId: 'globex', keyId: 'a' });
    const values = await sealedValues(at);
    const kept = await sealNew(at.vault, { keyId: 'kept' });
    const receipts = await succeed(
      at.vault.shredTogether([
        { workspaceId: 'acme', keyIds: ['a', 'b'] },
        { workspaceId: 'globex', keyIds: ['a', 'never-sealed'] },
        { workspaceId: 'acme', keyIds: ['c'] },
        { workspaceId: 'acme', keyIds: ['gone-before'] },
      ]),
    );
    const counts = receipts.map((receipt) =>
      E.isRight(receipt) ? [receipt.right.secretsDestroyed, receipt.right.dataKeysDestroyed] : receipt.left,
    );
    expect(counts).toEqual([
      [2, 2],
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
    expect(filesWithAny(server, values)).toEqual([]);
    expect(await succeed(textOf(at.vault, kept.binding))).toBe(kept.text);
  });

  test('nor of the many that came and went before: their rows changed, read and logged as whole pages', async () => {
    const at = await newVault();
    const ids = Array.from({ length: 150 }, (_, i) => `key-${i}`);
    for (const [i, keyId] of ids.entries()) {
      await sealNew(at.vault, { keyId });
      if (i % 4 === 0) await succeed(at.vault.freeze({ workspaceId: 'acme', keyId }));
      if (i % 8 === 0) await succeed(at.vault.unfreeze({ workspaceId: 'acme', keyId }));
      if (i % 50 === 0) await at.sql('CHECKPOINT; ANALYZE');
    }
    const before = await sealedValues(at);
    await at.sql('VACUUM (ANALYZE)');
    const gone = ids.filter((_, i) => i % 5 !== 0);
    await succeed(shred(at.vault, 'acme', gone));
    const left = await sealedValues(at);
    const removed = before.filter((value) => !left.some((other) => other.equals(value)));
    expect(removed).toHaveLength(2 * gone.length);
    expect(filesWithAny(server, removed)).toEqual([]);
  });

  test('counts nothing the second time, and works again', async () => {
    const { vault } = await newVault();
    await sealNew(vault);
    await succeed(shred(vault, 'acme', ['key-1', 'key-never-sealed']));
    expect(await succeed(shred(vault, 'acme', ['key-1']))).toMatchObject({
      secretsDestroyed: 0,
      dataKeysDestroyed: 0,
    });
  });

  test('takes frozen rows, and only those of its workspace', async () => {
    const { vault } = await newVault();
    const mine = await sealNew(vault);
    const theirs = await sealNew(vault, { workspaceId: 'globex' });
    await succeed(vault.freeze(mine.binding));
    expect(await succeed(shred(vault, 'acme', ['key-1']))).toMatchObject({ secretsDestroyed: 1 });
    expect(await succeed(textOf(vault, theirs.binding))).toBe(theirs.text);
  });

  test('by several processes at once succeeds for each', async () => {
    const at = await newVault();
    const vaults = [at.vault, await at.another(), await at.another(), await at.another()];
    const ids = vaults.map((_, i) => `key-${i}`);
    for (const keyId of ids) await sealNew(at.vault, { keyId });
    const values = await sealedValues(at);
    const receipts = await Promise.all(
      vaults.map((vault, i) => succeed(shred(vault, 'acme', [ids[i] ?? '']))),
    );
    expect(receipts.map(({ secretsDestroyed }) => secretsDestroyed)).toEqual([1, 1, 1, 1]);
    expect(filesWithAny(server, values)).toEqual([]);
  });

  test('says which copies the server knows of', async () => {
    const at = await newVault();
    await sealNew(at.vault);
    await server.sql("SELECT pg_create_physical_replication_slot('standby_1')");
    const { checks } = await succeed(shred(at.vault, 'acme', ['key-1']));
    await server.sql("SELECT pg_drop_replication_slot('standby_1')");
    expect(checks.slice(-2)).toEqual([
      'not covered: backups and snapshots of the server’s files, and dumps',
      'not covered: what was received by way of the replication slot standby_1',
    ]);
  });

  test('leaves nothing that the old master key had sealed, after a rotation', async () => {
    const at = await newVault();
    const { binding, text } = await sealNew(at.vault);
    const sealed = await at.sql(
      "SELECT encode(sealed, 'hex') FROM workspace_keys UNION ALL SELECT encode(master_check, 'hex') FROM deployment " +
        "UNION ALL SELECT encode(sealed_pepper, 'hex') FROM deployment UNION ALL SELECT encode(sealed, " +
        "'hex') FROM data_keys",
    );
    const values = sealed.split('\n').map((line) => Buffer.from(line, 'hex'));
    expect(values).toHaveLength(4);
    const { checks } = await succeed(rotateMasterKey({ ...at.options, compromised: true }));
    expect(checks[0]).toMatch(
      /^deployment, rotation, workspace_keys, sealed_secrets, data_keys: VACUUM FULL/,
    );
    expect(filesWithAny(server, values)).toEqual([]);
    expect(await succeed(textOf(at.vault, binding))).toBe(text);
  });
});
