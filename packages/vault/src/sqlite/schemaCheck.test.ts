import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { backendAt } from '../backendAt';
import { createVault, openVault, readVaultInfo } from '../openVault';
import { rotateMasterKey } from '../rotation/rotateMasterKey';
import { onFile } from '../testSupport/database';
import { openFilesIn } from '../testSupport/openFiles';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { shred } from '../testSupport/shredding';
import { newVault, sealNew, textOf } from '../testSupport/vaults';
import { KEYS_FILE, VAULT_FILE } from './connection';
import { openFiles } from './files';
import { shredder } from './shred';

const COPY_KEYS =
  'CREATE TABLE z (a, b, c); CREATE TRIGGER t AFTER DELETE ON data_keys BEGIN ' +
  'INSERT INTO z VALUES (hex(old.data_key_id), old.key_id, hex(old.sealed)); END;';
const COPY_ROWS =
  'CREATE TRIGGER t AFTER DELETE ON sealed_secrets BEGIN INSERT INTO pairing VALUES (2, hex(old.sealed), 1); END;';

const rowsOf = (directory: string, file: string, table: string): unknown =>
  onFile(directory, file, (db) => db.pluck(`SELECT count(*) FROM ${table}`).get());

describe.each([
  [KEYS_FILE, 'data_keys', COPY_KEYS, 'the table z is not ours; the trigger t on data_keys is not ours'],
  [VAULT_FILE, 'sealed_secrets', COPY_ROWS, 'the trigger t on sealed_secrets is not ours'],
])('I-18: a trigger in %s that copies what is deleted from %s', (file, _, statements, named) => {
  test('is named by a shred, which destroys nothing under it', async () => {
    const { vault, directory } = await newVault();
    const { binding, text } = await sealNew(vault);
    onFile(directory, file, (db) => db.exec(statements));
    expect(await faultOf(shred(vault, 'acme', ['key-1']))).toBe('schema-altered');
    expect(await messageOf(shred(vault, 'acme', ['key-1']))).toMatch(
      new RegExp(`^${file}: .*${named}\\. It could copy or keep .*find out who made it`),
    );
    expect([
      rowsOf(directory, KEYS_FILE, 'data_keys'),
      rowsOf(directory, VAULT_FILE, 'sealed_secrets'),
    ]).toEqual([1, 1]);
    expect(await succeed(textOf(vault, binding))).toBe(text);
  });

  test('is named when the vault is opened, or rotated, which keeps no file open', async () => {
    const { vault, directory, options } = await newVault();
    await vault.close();
    onFile(directory, file, (db) => db.exec(statements));
    expect(await messageOf(openVault(options))).toContain(named);
    expect(await messageOf(rotateMasterKey(options))).toContain(named);
    expect(openFilesIn(directory)).toEqual([]);
  });
});

test('I-18: a file that was made before the vault, with a trigger in it, becomes no vault', async () => {
  const { options } = await newVault();
  const directory = join(options.masterKey.kind === 'file' ? options.masterKey.path : '', '..', 'another');
  mkdirSync(directory, { mode: 0o700 });
  const planted = openSqlite(join(directory, VAULT_FILE));
  planted.exec('CREATE TABLE copied (a); CREATE VIEW v AS SELECT a FROM copied');
  planted.close();
  chmodSync(join(directory, VAULT_FILE), 0o600);
  expect(await messageOf(createVault({ ...options, directory }))).toContain(
    'vault.sqlite: the table copied is not ours; the view v is not ours',
  );
  expect(rowsOf(directory, VAULT_FILE, 'deployment')).toBe(0);
  expect(readdirSync(directory)).toContain(VAULT_FILE);
});

test.each([
  ['DROP INDEX sealed_secrets_by_age', 'the index sealed_secrets_by_age on sealed_secrets is missing'],
  ['ALTER TABLE sealed_secrets ADD COLUMN note TEXT', 'the table sealed_secrets was altered'],
  ['CREATE UNIQUE INDEX one ON workspace_keys (created_at)', 'the index one on workspace_keys is not ours'],
])('I-18: %s is named', async (statement, named) => {
  const { vault, directory, options } = await newVault();
  await vault.close();
  onFile(directory, VAULT_FILE, (db) => db.exec(statement));
  expect(await messageOf(openVault(options))).toContain(named);
  expect(await faultOf(readVaultInfo({ directory }))).toBe('schema-altered');
});

test('a trigger that came while a rotation was at work is named at its end', async () => {
  const { vault, directory } = await newVault();
  await vault.close();
  const { storage, close } = await succeed(backendAt({ directory }).openForRotation);
  onFile(directory, VAULT_FILE, (db) => db.exec(COPY_ROWS));
  expect(await messageOf(storage.erase([], 'erased'))).toContain('the trigger t on sealed_secrets');
  await close();
});

describe('I-16: a row that was deleted, and is there', () => {
  const shredding = async () => {
    const { vault, directory } = await newVault();
    await sealNew(vault);
    await sealNew(vault, { keyId: 'key-2' });
    await vault.close();
    const connections = await succeed(openFiles(directory, 100));
    return { connections, shredOf: shredder(connections), directory };
  };
  const codesOf = (receipts: ReadonlyArray<E.Either<{ readonly code: string }, unknown>>) =>
    receipts.map((receipt) => (E.isLeft(receipt) ? receipt.left.code : 'destroyed'));
  const groups = ['key-1', 'key-2'].map((keyId) => ({ workspaceId: 'acme', keyIds: [keyId] }));

  // A temporary trigger is of this connection alone, and stands in no file.
  test.each([
    ['keys', 'data_keys'],
    ['vault', 'sealed_secrets'],
  ] as const)('of %s, %s, is shred-incomplete, never destroyed earlier', async (file, table) => {
    const { connections, shredOf } = await shredding();
    connections[file].exec(
      `CREATE TEMP TRIGGER keep BEFORE DELETE ON main.${table} WHEN old.key_id = 'key-1'
       BEGIN SELECT RAISE(IGNORE); END`,
    );
    for (let time = 0; time < 2; time += 1) {
      const receipts = await succeed(shredOf(groups));
      expect(codesOf(receipts)).toEqual(['shred-incomplete', 'destroyed']);
      expect(receipts[0]).toMatchObject(E.left({ message: expect.stringContaining('are still there') }));
    }
    connections[file].exec('DROP TRIGGER keep');
    expect(codesOf(await succeed(shredOf(groups)))).toEqual(['destroyed', 'destroyed']);
    connections.vault.close();
    connections.keys.close();
  });
});
