import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { chainAfter, genesisOf, linkOf, withLink } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import {
  ACME,
  disown,
  findings,
  forgetful,
  next,
  onEvents,
  renewLogKey,
  startCold,
} from '../testSupport/disowning';
import { appendJunk } from '../testSupport/junk';
import { leftOf } from '../testSupport/leftOf';
import { freshSite } from '../testSupport/site';
import { storedEvents } from '../testSupport/stream';
import { cold, twoKeys } from '../testSupport/twoWorkspaces';

// Who can write the event store can write events that claim to disown: they take nothing out, and are disowned.

const site = freshSite();
const damaged = { code: 'log-damaged' };

/** EventsDisowned with the chain value and the seal of an honest event, of another workspace even. */
const forgeDisowning = async (from: number, of: string): Promise<void> => {
  const events = await storedEvents(site().eventStore);
  const to = events.length - 1;
  const links = (await storedEvents(site().eventStore, of)).map(({ metadata }) => linkOf(metadata));
  const link = links.find((one) => one?.seal !== null);
  if (link === undefined || link === null) throw new Error('no seal');
  const data = JSON.stringify({ from, to, digest: 'x'.repeat(43) });
  const metadata = withLink({ ...link, rest: '{"by":"mallory"}' });
  const event = { id: randomUUID(), type: 'EventsDisowned', data, metadata };
  await expectRight(site().eventStore.append('keyring-acme', to, [event]));
};

test.each(['acme', 'beta'])(
  'a seal that was copied from %s takes nothing out, and is disowned',
  async (of) => {
    await twoKeys(site());
    await appendJunk(site().eventStore, ['foreign']);
    await disown(site(), (await next(site())) - 1);
    await expectRight(await startCold(site(), 'r0'));
    const honest = await next(site());
    await forgeDisowning(2, of);
    expect(await leftOf(await startCold(site(), 'r1'))).toMatchObject(damaged);
    expect(await disown(site(), honest)).toMatchObject({ from: honest, to: honest, lossToAccept: false });
    await expectRight(await startCold(site(), 'r1'));
    expect(await findings(site())).toEqual([]);
  },
);

test('honest events that no witness has are not offered behind a copied seal', async () => {
  await twoKeys(site());
  await site().keyturn.settled();
  const from = await next(site());
  const unwitnessed = await forgetful(site());
  for (const runId of ['r0', 'r1']) await expectRight(unwitnessed.startRun(site().as(), { runId }));
  const honest = await next(site());
  await forgeDisowning(from, 'acme');
  expect(await expectRight((await cold(site())).unsealedEnd(site().as()))).toMatchObject({ from: honest });
});

test('an old disowning that is appended again takes nothing else out', async () => {
  await twoKeys(site());
  await site().keyturn.settled();
  const from = await next(site());
  await appendJunk(site().eventStore, ['foreign', 'foreign', 'foreign']);
  await disown(site(), from);
  const old = (await storedEvents(site().eventStore)).at(-1);
  if (old === undefined) throw new Error('nothing was disowned');
  const witnessing = await cold(site());
  await expectRight(witnessing.startRun(site().as(), { runId: 'r0' }));
  await witnessing.settled();
  onEvents(site(), `DELETE FROM events WHERE ${ACME} AND revision >= ?`, from);
  await expectRight((await cold(site())).acceptLog(site().as(), {}));
  for (const runId of ['h1', 'h2']) await expectRight(await startCold(site(), runId));
  expect(await next(site())).toBe(old.revision);
  const { id, type, data, metadata } = old;
  await expectRight(
    site().eventStore.append('keyring-acme', old.revision - 1, [{ id, type, data, metadata }]),
  );
  expect(await leftOf(await startCold(site(), 'h3'))).toMatchObject(damaged);
  expect(await disown(site(), old.revision)).toMatchObject({ lossToAccept: false });
  await expectRight(await startCold(site(), 'h3'));
  const { openRuns } = await expectRight((await cold(site())).history(site().as()));
  expect(openRuns.map(({ runId }) => runId).sort()).toEqual(['h1', 'h2', 'h3']);
});

test('a stream of nobody yet is disowned whatever number its seals claim', async () => {
  await twoKeys(site());
  await renewLogKey(site());
  const stream = 'keyring-fresh';
  const rest = linkOf((await storedEvents(site().eventStore))[0]?.metadata ?? '')?.rest ?? '';
  const event = { id: randomUUID(), type: 'InvoiceSent', data: '{"total":1}' };
  const chain = chainAfter(genesisOf(stream).chain, { ...event, stream, revision: 0, rest });
  const metadata = withLink({ rest, chain, seal: { seal: Buffer.alloc(32, 7), sealKey: 1 } });
  await expectRight(site().eventStore.append(stream, 'no-stream', [{ ...event, metadata }]));
  const fresh = site().as({ workspaceId: 'fresh' });
  const keyturn = await cold(site());
  await expectRight(keyturn.disownEvents(fresh, { from: 0 }));
  const pasted = site().sandbox.issueKey('anthropic');
  await expectRight(keyturn.addKey(fresh, { vendor: 'anthropic', pasted }));
});

test.each([2 ** 52, Number.MAX_SAFE_INTEGER])(
  'an event at revision %d is not disowned, since no event fits behind it',
  async (revision) => {
    await twoKeys(site());
    const from = await next(site());
    await appendJunk(site().eventStore, ['foreign']);
    onEvents(site(), `UPDATE events SET revision = ? WHERE ${ACME} AND revision = ?`, revision, from);
    const keyturn = await cold(site());
    const taken = { ...damaged, message: expect.stringContaining('Take it out of the store') };
    expect(await leftOf(keyturn.unsealedEnd(site().as()))).toMatchObject(taken);
    expect(await leftOf(keyturn.disownEvents(site().as(), { from }))).toMatchObject(taken);
    onEvents(site(), `DELETE FROM events WHERE ${ACME} AND revision >= ?`, from);
    await expectRight(await startCold(site(), 'r1'));
  },
);
