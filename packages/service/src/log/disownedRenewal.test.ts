import { cpSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { ACME, disown, findings, next, onEvents, renewLogKey, startCold } from '../testSupport/disowning';
import { appendJunk } from '../testSupport/junk';
import { leftOf } from '../testSupport/leftOf';
import { freshSite } from '../testSupport/site';
import { cold, twoKeys } from '../testSupport/twoWorkspaces';

// Seals of a log key that was replaced can't be checked any more, nor those of one that a restored vault never had.

const site = freshSite();
const damaged = { code: 'log-damaged' };

/** The last way out: nothing of the log counts any more, and the workspace serves again. */
const beginAnew = async (): Promise<void> => {
  expect(await disown(site(), 0, true)).toMatchObject({ lossToAccept: true });
  await expectRight((await cold(site())).acceptLog(site().as(), {}));
  const pasted = site().sandbox.issueKey('anthropic');
  await expectRight((await cold(site())).addKey(site().as(), { vendor: 'anthropic', pasted }));
  await expectRight(await startCold(site(), 'r1'));
  expect(await findings(site())).toEqual([]);
};

test('a log that lacks the renewal of its key is honest: it goes by a word of its own, and leaves a way', async () => {
  await twoKeys(site());
  await site().keyturn.settled();
  const from = await next(site());
  await renewLogKey(site());
  onEvents(site(), `DELETE FROM events WHERE ${ACME} AND revision >= ?`, from);
  const keyturn = await cold(site());
  expect(await expectRight(keyturn.unsealedEnd(site().as()))).toMatchObject({
    from: 0,
    isHonestInPart: true,
  });
  expect(await leftOf(keyturn.disownEvents(site().as(), { from: 0 }))).toMatchObject(damaged);
  expect(await next(site())).toBe(from);
  await beginAnew();
});

/** Puts vault and master key back to what they are now, when it is called. */
const savedVault = (): (() => void) => {
  const directory = dirname(site().eventsFile);
  const copy = (from: string, to: string): void => {
    for (const name of ['vault', 'master-key']) {
      rmSync(join(directory, `${name}${to}`), { recursive: true, force: true });
      cpSync(join(directory, `${name}${from}`), join(directory, `${name}${to}`), { recursive: true });
    }
  };
  copy('', '-saved');
  return () => copy('-saved', '');
};

test('what a newer log key sealed than a restored vault has goes by a word of its own', async () => {
  const { one, two } = await twoKeys(site());
  await site().keyturn.settled();
  const from = await next(site());
  const restoreVault = savedVault();
  await renewLogKey(site());
  const renewed = await cold(site());
  const deletion = { keyId: one.key.keyId, caseId: 'C-1', successor: two.key.keyId };
  await expectRight(renewed.hardDeleteKey(site().as(), deletion));
  await renewed.settled();
  await site().vault.close();
  restoreVault();
  const keyturn = await cold(site());
  expect(await expectRight(keyturn.unsealedEnd(site().as()))).toMatchObject({ from, isHonestInPart: true });
  const refused = await leftOf(keyturn.disownEvents(site().as(), { from }));
  expect(refused).toMatchObject({ ...damaged, message: expect.stringContaining('newer vault') });
});

test('an event that was changed before the log key was renewed leaves a way, too', async () => {
  await twoKeys(site());
  await site().keyturn.settled();
  await renewLogKey(site());
  onEvents(site(), `UPDATE events SET data = data || ' ' WHERE ${ACME} AND revision = 3`);
  const keyturn = await cold(site());
  expect(await leftOf(keyturn.disownEvents(site().as(), { from: 0 }))).toMatchObject(damaged);
  await beginAnew();
});

test('what was disowned twice stays so when the log key is renewed', async () => {
  await twoKeys(site());
  for (const runId of ['r0', 'r1']) {
    await appendJunk(site().eventStore, ['foreign', 'sealed']);
    await disown(site(), (await next(site())) - 2);
    await expectRight(await startCold(site(), runId));
  }
  await renewLogKey(site());
  await expectRight(await startCold(site(), 'r2'));
  expect(await findings(site())).toEqual([]);
});

test('what was disowned stays so when the log key is renewed, and more is disowned behind it', async () => {
  await twoKeys(site());
  await appendJunk(site().eventStore, ['foreign', 'sealed', 'disowning']);
  await disown(site(), (await next(site())) - 3);
  await expectRight(await startCold(site(), 'r0'));
  await renewLogKey(site());
  await appendJunk(site().eventStore, ['foreign', 'disowning']);
  await disown(site(), (await next(site())) - 2);
  await expectRight(await startCold(site(), 'r1'));
  expect(await findings(site())).toEqual([]);
});
