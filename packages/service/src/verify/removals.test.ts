import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { expectRight } from '@keyturn/testbed';
import { addedKey, freshSite } from '../testSupport/site';
import { historyOf } from '../testSupport/stream';

const site = freshSite();
const verified = async () => {
  const everybody = { workspaceId: null, actor: site().as().actor };
  return (await expectRight(site().keyturn.verify(everybody))).findings;
};

/** A key on file, and its fingerprint. */
const known = async () => {
  const { key } = await addedKey(site());
  const [added] = await historyOf(site().eventStore);
  if (added?.event.type !== 'KeyAdded') throw new Error('The first event adds a key.');
  return { keyId: key.keyId, fingerprint: added.event.data.fingerprint };
};

test.each([
  { hardDeleted: true, leaked: false },
  { hardDeleted: false, leaked: true },
])('what the vault remembers for good, and the log does not say, is found: %j', async (removal) => {
  const { keyId, fingerprint } = await known();
  await site().keyturn.settled();
  // As of a log that was put back to just before: the vault had not kept a newer head yet.
  await expectRight(site().vault.keepRemovals('acme', [{ keyId, fingerprint, ...removal }]));
  expect(await verified()).toMatchObject([
    { kind: 'log-behind', workspaceId: 'acme', keyId, next: expect.stringContaining('keyturn log accept') },
  ]);
  await expectRight(site().keyturn.acceptLog(site().as(), {}));
  const left = (await verified()).filter(({ kind }) => kind !== 'undestroyed-secret');
  expect(left).toEqual([]);
});

test('what the log says, too, is in order', async () => {
  const { key } = await addedKey(site());
  await expectRight(site().keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }));
  expect(await verified()).toEqual([]);
});

test('a report that was withdrawn is not forgotten, though the vault remembers it', async () => {
  const { keyId } = await known();
  const report = { keyId, caseId: 'C-1' };
  await expectRight(site().keyturn.reportLeak(site().as(), report));
  expect(await expectRight(site().vault.removalsOf('acme'))).toMatchObject([{ keyId, leaked: true }]);
  await expectRight(site().keyturn.withdrawLeakReport(site().as(), { ...report, reason: 'the wrong key' }));
  expect(await verified()).toEqual([]);
});

test('a memory that was changed is found', async () => {
  const { key } = await addedKey(site());
  await expectRight(site().keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }));
  const vault = openSqlite(site().vaultFile);
  vault.exec('UPDATE removals SET leaked = 1 - leaked');
  vault.close();
  expect(await verified()).toMatchObject([{ kind: 'witness-damaged', workspaceId: 'acme' }]);
});
