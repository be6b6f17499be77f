import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { expectRight } from '@keyturn/testbed';
import { dirname, join } from 'node:path';
import { addedKey, freshSite } from '../testSupport/site';

const site = freshSite();
const everybody = () => ({ workspaceId: null, actor: site().as().actor });

const inVault = (file: 'vault.sqlite' | 'vault-keys.sqlite', ...statements: ReadonlyArray<string>): void => {
  const database = openSqlite(join(dirname(site().vaultFile), file));
  for (const statement of statements) database.exec(statement);
  database.close();
};
const FORGET = ['DELETE FROM witnesses', 'DELETE FROM workspace_keys'];

const verified = async () => {
  const keyturn = site().another({ vault: await site().anotherVault() });
  const { findings } = await expectRight(keyturn.verify(everybody()));
  return { keyturn, findings };
};

test('a vault that is older than a workspace lacks the secrets of its keys, and nothing else is wrong', async () => {
  const { key } = await addedKey(site());
  await site().keyturn.settled();
  inVault('vault.sqlite', 'DELETE FROM sealed_secrets', ...FORGET);
  inVault('vault-keys.sqlite', 'DELETE FROM data_keys');
  const { keyturn, findings } = await verified();
  expect(findings).toMatchObject([{ kind: 'secret-lost-from-vault', keyId: key.keyId }]);
  await expectRight(keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }));
  expect((await verified()).findings).toEqual([]);
});

test('rows whose workspace the vault has no mark of are found', async () => {
  await addedKey(site());
  await site().keyturn.settled();
  inVault('vault.sqlite', ...FORGET);
  expect((await verified()).findings).toContainEqual(
    expect.objectContaining({ kind: 'witness-damaged', workspaceId: 'acme' }),
  );
});
