import { expect, test } from '@jest/globals';
import { SNAPSHOT_SCHEMA_VERSION } from '@keyturn/domain';
import { chainAfter, genesisOf, linkOf, withLink } from '@keyturn/event-store';
import { openSqlite } from '@keyturn/sqlite';
import { expectRight } from '@keyturn/testbed';
import { join } from 'node:path';
import { leftOf } from '../testSupport/leftOf';
import { addedKey, freshSite } from '../testSupport/site';
import { appendSealed, storedEvents } from '../testSupport/stream';
import type { VerifyProgress } from './report';

const site = freshSite();
const OF_ACME = "stream_id = (SELECT id FROM streams WHERE name = 'keyring-acme')";
const all = () => ({ workspaceId: null, actor: site().as().actor });
const verified = () => expectRight(site().keyturn.verify(all()));

const change = (file: string, statement: string, ...values: ReadonlyArray<string | number>): void => {
  const database = openSqlite(file);
  database.prepare(statement).run(...values);
  database.close();
};
const forge = (statement: string, ...values: ReadonlyArray<string | number>): void =>
  change(site().eventsFile, statement, ...values);
const inVault = (file: 'vault.sqlite' | 'vault-keys.sqlite'): string =>
  join(site().eventsFile, '..', 'vault', file);

const twoKeys = async () => {
  const [one, two] = [await addedKey(site()), await addedKey(site(), 'openai')];
  await expectRight(
    site().keyturn.addKey(site().as({ workspaceId: 'beta' }), { vendor: 'anthropic', pasted: one.pasted }),
  );
  await site().keyturn.settled();
  return { one: one.key.keyId, two: two.key.keyId };
};

test('finds nothing where nothing is wrong, and says what was looked at', async () => {
  const { one, two } = await twoKeys();
  await expectRight(site().keyturn.deleteKey(site().as(), { keyId: one, successor: two }));
  const progress: VerifyProgress[] = [];
  const report = await expectRight(
    site().keyturn.verify(all(), { onProgress: (one) => void progress.push(one) }),
  );
  const events =
    (await storedEvents(site().eventStore)).length + (await storedEvents(site().eventStore, 'beta')).length;
  expect(report).toEqual({
    workspaces: 2,
    events,
    sealsGood: expect.any(Number),
    sealsVouched: 0,
    keysOpened: 2,
    findings: [],
  });
  expect(report.sealsGood).toBeGreaterThan(2);
  expect(progress.at(-1)).toEqual({ step: 'checking', done: events, total: events });
});

test('looks into one workspace alone where one is named, and asks the hook first', async () => {
  await twoKeys();
  const report = await expectRight(site().keyturn.verify({ ...all(), workspaceId: 'beta' }));
  expect(report).toMatchObject({ workspaces: 1, keysOpened: 1 });
  const asked: object[] = [];
  const other = site().another({
    authorize: (request) => {
      asked.push(request);
      return Promise.resolve(false);
    },
  });
  expect(await leftOf(other.verify(all()))).toMatchObject({ code: 'not-permitted' });
  expect(asked).toMatchObject([{ action: 'Verify', workspaceId: null }]);
});

test('I-6: an edited event is found, with workspace, stream and revision, and others are looked into', async () => {
  await twoKeys();
  forge(
    `UPDATE events SET metadata = json_set(metadata, '$.actor.id', 'mallory') WHERE revision = 1 AND ${OF_ACME}`,
  );
  const { findings, keysOpened } = await verified();
  expect(findings).toMatchObject([
    {
      kind: 'log-damaged',
      workspaceId: 'acme',
      stream: 'keyring-acme',
      revision: 1,
      next: expect.any(String),
    },
  ]);
  expect(keysOpened).toBe(1);
});

test('I-6: an event in the middle whose chain was computed anew, and all behind it, is found by its seal', async () => {
  await twoKeys();
  const events = await storedEvents(site().eventStore);
  let chain: Uint8Array | null = null;
  for (const event of events) {
    const link = linkOf(event.metadata);
    if (link === null) throw new Error('no link');
    const rest = event.revision === 0 ? link.rest.replace('"ada"', '"eve"') : link.rest;
    chain = chainAfter(chain ?? genesisOf('keyring-acme').chain, { ...event, rest });
    forge(
      `UPDATE events SET metadata = ? WHERE revision = ? AND ${OF_ACME}`,
      withLink({ rest, chain, seal: link.seal }),
      event.revision,
    );
  }
  const { findings } = await verified();
  expect(findings).toMatchObject([
    { kind: 'log-damaged', workspaceId: 'acme', what: expect.stringContaining('sealed') },
  ]);
});

test('I-4: a forged event at the end, rightly chained and sealed by nobody, is found', async () => {
  await twoKeys();
  await appendSealed(site().eventStore, { sealChain: () => ({ seal: Buffer.alloc(32), sealKey: 1 }) }, [
    {
      type: 'KeyHardDeleted',
      data: '{}',
      metadata: (await storedEvents(site().eventStore))[0]?.metadata.replace(/,"chain.*$/, '}') ?? '',
    },
  ]);
  const [found] = (await verified()).findings;
  expect(found).toMatchObject({ kind: 'log-damaged', workspaceId: 'acme', revision: expect.any(Number) });
});

test('a seal by a key number that this vault never had is no seal', async () => {
  await twoKeys();
  const { vault } = site();
  await appendSealed(
    site().eventStore,
    { sealChain: (chain) => ({ ...vault.sealChain(chain), sealKey: 9 }) },
    [{ type: 'KeyRetired', data: '{}', metadata: '{"a":1}' }],
  );
  expect((await verified()).findings).toMatchObject([{ kind: 'log-damaged', workspaceId: 'acme' }]);
});

test('I-45: the end of a stream cut off is found by the witness', async () => {
  await twoKeys();
  forge(`DELETE FROM events WHERE revision > 3 AND ${OF_ACME}`);
  const { findings } = await verified();
  expect(findings).toContainEqual(
    expect.objectContaining({
      kind: 'log-behind',
      workspaceId: 'acme',
      revision: 3,
      next: expect.stringContaining('keyturn log accept --workspace acme'),
    }),
  );
});

test('a witness that is another event’s, and one that is missing, are found', async () => {
  await twoKeys();
  const witness = await expectRight(site().vault.witnessOf('acme'));
  await expectRight(
    site().vault.lowerWitness('acme', { revision: witness?.revision ?? 0, chain: Buffer.alloc(32, 7) }),
  );
  change(inVault('vault.sqlite'), "UPDATE witnesses SET mac = zeroblob(32) WHERE workspace_id = 'beta'");
  expect((await verified()).findings).toMatchObject([
    { kind: 'witness-differs', workspaceId: 'acme', revision: witness?.revision },
    { kind: 'witness-damaged', workspaceId: 'beta' },
  ]);
});

test('a forged snapshot is found', async () => {
  await twoKeys();
  const events = await storedEvents(site().eventStore);
  const link = linkOf(events.at(-1)?.metadata ?? '');
  if (link === null) throw new Error('no link');
  await expectRight(
    site().eventStore.saveSnapshot('keyring-acme', {
      revision: events.length - 1,
      schemaVersion: SNAPSHOT_SCHEMA_VERSION,
      data: withLink({ rest: '{"a":1}', chain: link.chain, seal: { seal: Buffer.alloc(32), sealKey: 1 } }),
      parts: new Map(),
    }),
  );
  expect((await verified()).findings).toMatchObject([
    { kind: 'snapshot-damaged', workspaceId: 'acme', revision: events.length - 1 },
  ]);
});

test('I-15: a row without its data key is a secret that is lost, and so is a key without its row', async () => {
  const { one, two } = await twoKeys();
  change(inVault('vault-keys.sqlite'), 'DELETE FROM data_keys WHERE key_id = ?', one);
  change(inVault('vault.sqlite'), 'DELETE FROM sealed_secrets WHERE key_id = ?', two);
  expect((await verified()).findings).toMatchObject([
    { kind: 'secret-lost-from-vault', workspaceId: 'acme', keyId: one },
    { kind: 'secret-lost-from-vault', workspaceId: 'acme', keyId: two },
  ]);
});

test('I-15: a secret that does not open is found', async () => {
  const { two } = await twoKeys();
  change(
    inVault('vault.sqlite'),
    'UPDATE sealed_secrets SET sealed = zeroblob(length(sealed)) WHERE key_id = ?',
    two,
  );
  const { findings, keysOpened } = await verified();
  expect(findings).toMatchObject([{ kind: 'secret-damaged', workspaceId: 'acme', keyId: two }]);
  expect(keysOpened).toBe(2);
});

test('a named row whose add the log lost, and a secret that is back after its hard delete, are found', async () => {
  const { one, two } = await twoKeys();
  const vault = openSqlite(inVault('vault.sqlite'));
  type Row = ReadonlyArray<string | number | Buffer | null>;
  const row = vault.raw<[string], Row>('SELECT * FROM sealed_secrets WHERE key_id = ?').get(one) ?? [];
  await expectRight(site().keyturn.hardDeleteKey(site().as(), { keyId: one, caseId: 'C1', successor: two }));
  vault.prepare(`INSERT INTO sealed_secrets VALUES (${row.map(() => '?').join(', ')})`).run(...row);
  vault.close();
  change(
    inVault('vault.sqlite'),
    "UPDATE sealed_secrets SET key_id = 'key_lost', named = 1 WHERE workspace_id = 'beta'",
  );
  const { findings } = await verified();
  expect(findings).toMatchObject([
    { kind: 'undestroyed-secret', workspaceId: 'acme', keyId: one, next: expect.stringContaining('sweep') },
    { kind: 'key-lost-from-log', workspaceId: 'beta', keyId: 'key_lost' },
    { kind: 'secret-lost-from-vault', workspaceId: 'beta' },
  ]);
});

test('a workspace that neither log nor vault has heard of is no loss', async () => {
  await twoKeys();
  const { workspaces, findings } = await expectRight(
    site().keyturn.verify({ workspaceId: 'mistyped', actor: { kind: 'user', id: 'ada' } }),
  );
  expect({ workspaces, findings }).toEqual({ workspaces: 1, findings: [] });
});

test('a workspace that the vault has never heard of is looked into, too', async () => {
  await twoKeys();
  const events = await storedEvents(site().eventStore);
  const first = events[0];
  if (first === undefined) throw new Error('no events');
  await expectRight(
    site().eventStore.append('keyring-gamma', 'no-stream', [
      {
        id: '00000000-0000-4000-8000-000000000001',
        type: first.type,
        data: first.data,
        metadata: first.metadata,
      },
    ]),
  );
  const { workspaces, findings } = await verified();
  expect(workspaces).toBe(3);
  expect(findings).toMatchObject([{ kind: 'log-damaged', workspaceId: 'gamma', revision: 0 }]);
});

test('goes on beside commands, and tells nothing that is not so', async () => {
  const { two } = await twoKeys();
  const state = { stop: false };
  const commands = (async () => {
    for (let n = 0; !state.stop; n += 1) {
      const added = await addedKey(site());
      await expectRight(site().keyturn.startRun(site().as(), { runId: `r${n}` }));
      await expectRight(
        site().keyturn.hardDeleteKey(site().as(), { keyId: added.key.keyId, caseId: 'C1', successor: two }),
      );
    }
  })();
  for (let round = 0; round < 8; round += 1) expect((await verified()).findings).toEqual([]);
  state.stop = true;
  await commands;
});

test('stops where it is told to', async () => {
  await twoKeys();
  const signal = AbortSignal.abort();
  expect(await leftOf(site().keyturn.verify(all(), { signal }))).toMatchObject({ code: 'cancelled' });
});

test('heads alone: tells a log that is behind, or another one, from one that is as the vault knows it', async () => {
  await twoKeys();
  const heads = () => expectRight(site().keyturn.verify(all(), { depth: 'heads' }));
  expect(await heads()).toMatchObject({ workspaces: 2, keysOpened: 0, sealsGood: 2, findings: [] });
  forge(`DELETE FROM events WHERE revision > 3 AND ${OF_ACME}`);
  const witness = await expectRight(site().vault.witnessOf('beta'));
  await expectRight(
    site().vault.lowerWitness('beta', { revision: witness?.revision ?? 0, chain: Buffer.alloc(32, 7) }),
  );
  expect((await heads()).findings).toMatchObject([
    { kind: 'log-behind', workspaceId: 'acme', revision: 3 },
    { kind: 'witness-differs', workspaceId: 'beta' },
  ]);
});
