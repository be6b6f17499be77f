import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectEventStoreDb, parseConnectionString } from '@keyturn/event-store-eventstoredb';
import { expectRight } from '@keyturn/testbed';
import { startEsdbServer, type EsdbServer } from '@keyturn/testbed/esdb';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: false });

let esdb: EsdbServer;
beforeEach(async () => {
  esdb = await startEsdbServer({ version: '23.10' });
});
afterEach(() => esdb.close());

/** Another program writes into the workspace's stream, as whoever has its rights can. */
const writeForeign = async (): Promise<number> => {
  const store = await expectRight(
    pipe(TE.fromEither(parseConnectionString(esdb.connectionString)), TE.chain(connectEventStoreDb)),
  );
  const foreign = {
    id: randomUUID(),
    type: 'InvoiceSent',
    data: '{"total":1}',
    metadata: '{"by":"billing"}',
  };
  const stream = 'keyring-acme';
  const { events } = await expectRight(store.readStream(stream, { direction: 'backwards', limit: 1 }));
  const { revision } = await expectRight(store.append(stream, events[0]?.revision ?? -1, [foreign]));
  await store.close();
  return revision;
};

test('what EventStoreDB lets nobody take out is disowned: the workspace and its lists go on', async () => {
  const there = { eventStore: esdb.connectionString, create: 'if-missing' } as const;
  const keyturn = await at().open(there);
  const pasted = at().sandbox.issueKey('openai');
  const { key } = await keyturn.keys.add(ada, { vendor: 'openai', pasted });
  expect(await keyturn.log.unsealed(ada)).toBeNull();
  const from = await writeForeign();

  const start = (runId: string) =>
    keyturn.runs.use(ada, { runId }, ({ secret }) => Promise.resolve(secret.reveal() === pasted));
  await expect(start('r2')).rejects.toMatchObject({
    code: 'log-damaged',
    next: ['restore-backup', 'disown-events'],
  });
  await expect(keyturn.keys.list(ada)).rejects.toMatchObject({ code: 'log-damaged' });

  const end = await keyturn.log.unsealed(ada);
  expect(end).toMatchObject({
    from,
    to: from,
    events: [{ type: 'InvoiceSent' }],
  });
  const foreseen = await keyturn.log.disown(ada, { from }, { dryRun: true });
  expect(foreseen.events).toMatchObject([{ type: 'EventsDisowned', data: { from, to: from } }]);
  const disowned = await keyturn.log.disown(ada, { from });
  expect(disowned).toMatchObject({ from, to: from, lossToAccept: false, revision: from + 1 });

  await expect(start('r2')).resolves.toBe(true);
  for (const name of ['key-list', 'run-usage', 'audit-log'] as const) {
    await keyturn.projections.rebuild(name);
  }
  await expect(keyturn.keys.list(ada)).resolves.toMatchObject([{ keyId: key.keyId }]);
  const { entries } = await keyturn.audit.page({ workspaceId: 'acme', actor: ada.actor }, {});
  expect(entries.map(({ type }) => type)).toContain('EventsDisowned');
  await keyturn.close();
  await expect(
    (await at().open(there)).runs.use(ada, { runId: 'r3' }, () => Promise.resolve(1)),
  ).resolves.toBe(1);
});
