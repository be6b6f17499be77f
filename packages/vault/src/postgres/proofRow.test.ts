import { expect, test } from '@jest/globals';
import { createMasterKeyFile } from '../masterKeyFile';
import { createVault, openVault, readVaultInfo } from '../openVault';
import { rotateMasterKey } from '../rotation/rotateMasterKey';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { shred } from '../testSupport/shredding';
import { onPostgresAlone } from '../testSupport/storages';
import { tempDirectory } from '../testSupport/tempDirectory';
import { sealNew, textOf } from '../testSupport/vaults';
import { join } from 'node:path';

test('a vault in a directory is always erased', () => {
  expect(() =>
    createVault({ directory: tempDirectory(), masterKey: { kind: 'file', path: '/nowhere' }, proof: 'row' }),
  ).toThrow('row is for PostgreSQL');
});

onPostgresAlone(({ newVault }, server) => {
  /** As on a managed server: the owner of the database has no right but that. */
  const withoutRights = async () => {
    const postgres = await server().newDatabase();
    const database = new URL(postgres()).pathname.slice(1);
    await server().sql(
      `REVOKE pg_monitor, pg_checkpoint FROM ${database}; ` +
        `REVOKE EXECUTE ON FUNCTION pg_switch_wal(), pg_ls_dir(text), pg_stat_file(text, boolean) FROM ${database}`,
      database,
    );
    const path = join(tempDirectory(), 'master.key');
    await succeed(createMasterKeyFile(path));
    return {
      options: { postgres, masterKey: { kind: 'file', path } } as const,
      sql: (statements: string) => server().sql(`SET search_path = keyturn_vault; ${statements}`, database),
    };
  };

  test('room 8: a server that can’t show its files has a vault with the proof row, and no other', async () => {
    const { options, sql } = await withoutRights();
    expect(await messageOf(createVault(options))).toMatch(
      /GRANT pg_monitor TO .*\. A managed server that can't be set so can have a vault with the proof row\. See/,
    );
    const vault = await succeed(createVault({ ...options, proof: 'row' }));
    expect(await succeed(readVaultInfo(options))).toMatchObject({ proof: 'row' });
    const gone = await sealNew(vault);
    const kept = await sealNew(vault, { keyId: 'key-2' });
    const receipt = await succeed(shred(vault, 'acme', ['key-1']));
    expect(receipt).toMatchObject({
      proof: 'row',
      secretsDestroyed: 1,
      dataKeysDestroyed: 1,
      method: 'postgresql: data keys deleted with sealed rows, looked for again',
    });
    expect(receipt.checks).toEqual([
      'data_keys, 1 of 16 partitions: VACUUM',
      expect.stringMatching(/^not covered \(proof: row\): sealed bytes in the server’s files/),
      expect.stringMatching(/^not covered \(proof: row\): .* write-ahead log .* backups and archives$/),
    ]);
    expect(await sql('SELECT count(*) FROM data_keys')).toBe('1');
    expect(await faultOf(textOf(vault, gone.binding))).toBe('missing-secret');
    await vault.close();

    // It is the vault's, and not of whoever opens it; a rotation ends, too.
    const { checks } = await succeed(rotateMasterKey({ ...options, compromised: true }));
    expect(checks).toEqual([
      expect.stringMatching(/data_keys: VACUUM$/),
      expect.stringContaining('(proof: row)'),
      expect.stringContaining('(proof: row)'),
    ]);
    // An event takes no longer ones.
    expect(receipt.checks.filter(({ length }) => length > 200)).toEqual([]);
    const again = await succeed(openVault(options));
    expect(await succeed(textOf(again, kept.binding))).toBe(kept.text);
    expect(await succeed(shred(again, 'acme', ['key-2']))).toMatchObject({ proof: 'row' });
    await again.close();
  });

  test.each([
    ['row', 'erased'],
    ['erased', 'row'],
  ] as const)(
    'room 8: the proof %s is known to the master key: a row that was changed to %s opens nothing',
    async (made, changed) => {
      const { vault, options, sql } = await newVault({ proof: made });
      await sealNew(vault);
      await sql('UPDATE deployment SET proof = $1', changed);
      const told = new RegExp(
        `proof ${changed}, and its master key knows of ${made}: .* set it back to ${made}, or`,
      );
      expect(await messageOf(openVault(options))).toMatch(told);
      expect(await messageOf(rotateMasterKey(options))).toMatch(told);
      expect(await faultOf(openVault(options))).toBe('tampered');
      // Who has it open goes on as the key says.
      expect(await succeed(shred(vault, 'acme', ['key-1']))).toMatchObject({ proof: made });
      await sql('UPDATE deployment SET proof = $1', made);
      await (await succeed(openVault(options))).close();
    },
  );

  test('room 8: a rotation that is to erase does it as the master key says, and not as a row', async () => {
    const { options, sql } = await newVault();
    await sql(
      `INSERT INTO rotation (only_row, step, replaced_id) VALUES (1, 'erasing', $1)`,
      Buffer.alloc(8, 1),
    );
    await sql(`UPDATE deployment SET proof = 'row'`);
    expect(await faultOf(rotateMasterKey(options))).toBe('tampered');
    expect(await sql('SELECT step FROM rotation')).toEqual(['erasing']);
    await sql(`UPDATE deployment SET proof = 'erased'`);
    expect((await succeed(rotateMasterKey(options))).checks.join()).not.toContain('proof: row');
  });

  test('no receipt tells of a vacuum that the server passed over, as it does with no more than a warning', async () => {
    const { options, sql } = await withoutRights();
    const vault = await succeed(createVault({ ...options, proof: 'row' }));
    await sealNew(vault);
    const user = new URL(options.postgres()).username;
    const own = await sql('SELECT tableoid::regclass FROM data_keys');
    const owners = (owner: string) =>
      sql(
        `ALTER TABLE ${own} OWNER TO ${owner}; GRANT ALL ON ${own} TO ${user};
         ALTER DATABASE ${user} OWNER TO ${owner}`,
      );
    await owners('CURRENT_USER');
    expect(await messageOf(shred(vault, 'acme', ['key-1']))).toBe(
      `keys of workspace acme no longer open, but the server does not vacuum ${own}: ` +
        'the user must own the tables: run the shred again',
    );
    await owners(user);
    expect((await succeed(shred(vault, 'acme', ['key-1']))).checks[0]).toBe(
      'data_keys, 1 of 16 partitions: VACUUM',
    );
    await vault.close();
  });

  test('a shred with the proof row goes on beside who reads, and holds nobody up', async () => {
    const { options, sql } = await withoutRights();
    const vault = await succeed(createVault({ ...options, proof: 'row', busyTimeoutMs: 2_000 }));
    await sealNew(vault);
    const locks = sql('BEGIN; LOCK TABLE data_keys IN ACCESS SHARE MODE; SELECT pg_sleep(1); COMMIT');
    expect(await succeed(shred(vault, 'acme', ['key-1']))).toMatchObject({ secretsDestroyed: 1 });
    await locks;
    await vault.close();
  });
});
