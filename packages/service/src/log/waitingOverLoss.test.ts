import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { expectRight } from '@keyturn/testbed';
import { randomUUID } from 'node:crypto';
import type { Keyturn } from '../keyturn';
import { leftOf } from '../testSupport/leftOf';
import { addedKey, freshSite } from '../testSupport/site';

const site = freshSite();

const startMany = (keyturn: Keyturn, count: number) =>
  Promise.all(
    Array.from({ length: count }, () => expectRight(keyturn.startRun(site().as(), { runId: randomUUID() }))),
  );

/** As a backup of then has it. */
const cutBehind = (revision: number): void => {
  const events = openSqlite(site().eventsFile);
  events.exec(
    `DELETE FROM events WHERE revision > ${revision}
     AND stream_id = (SELECT id FROM streams WHERE name = 'keyring-acme')`,
  );
  events.close();
};

test('SC-5: what a process knew of a command from an end of the log that is lost has nothing done twice', async () => {
  const { key } = await addedKey(site());
  const next = (await addedKey(site())).key;
  const { keyturn: running, as } = site();
  const [kept] = await startMany(running, 1);
  await startMany(running, 600);
  await running.settled();
  cutBehind(kept?.keyringRevision ?? 0);
  const other = site().another({ vault: await site().anotherVault() });
  await expectRight(other.acceptLog(as(), {}));
  const sent = as({ commandId: 'sent-twice', issuedAt: Date.now() });
  await expectRight(other.setDefault(sent, { keyId: next.keyId }));
  await expectRight(other.setDefault(as(), { keyId: key.keyId }));
  // More than the keyring remembers: it ends far behind what the first process had come to.
  await startMany(other, 2_200);
  expect(await leftOf(running.setDefault(sent, { keyId: next.keyId }))).toMatchObject({
    code: 'command-too-old',
  });
  const { keyId } = await expectRight(running.startRun(as(), { runId: 'next' }));
  expect(keyId).toBe(key.keyId);
});
