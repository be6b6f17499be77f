import { openSqlite } from '@keyturn/sqlite';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { VaultFault } from '@keyturn/vault';
import * as TE from 'fp-ts/TaskEither';
import { intercepted, type Interception } from '../testSupport/interceptedStore';
import { leftOf } from '../testSupport/leftOf';
import { addedKey, freshSite } from '../testSupport/site';
import { eventTypes, historyOf } from '../testSupport/stream';
import { orphanIn, swept, SWEEPER, withoutAppendsOf } from '../testSupport/sweeping';
import { watchedVault, type VaultWatch } from '../testSupport/watchedVault';

const site = freshSite();

const rowsOf = (workspaceId = 'acme') => expectRight(site().vault.rowsOf(workspaceId));

const opens = (runId: string) =>
  expectRight(site().keyturn.startRunWithSecret(site().as(), { runId }, (secret) => TE.right(secret.last4)));

test('one shred takes the keys of all workspaces together, and each receipt names its own key', async () => {
  const keys = [await addedKey(site()), await addedKey(site(), 'openai')].reverse().map(({ key }) => key);
  const cutOff = site().another({
    vault: watchedVault(site().vault, {
      calls: [],
      before: (call) =>
        Promise.resolve(call === 'shred' ? new VaultFault('unavailable', 'The vault is away.') : null),
    }),
  });
  for (const { keyId } of keys) {
    await expectRight(cutOff.hardDeleteKey(site().as(), { keyId, caseId: 'C-1' }));
  }
  for (const workspaceId of ['acme', 'globex', 'initech']) await orphanIn(site(), 'orphan', workspaceId);
  const watch: VaultWatch = { calls: [] };
  const { repairs } = await swept(site(), {}, site().another({ vault: watchedVault(site().vault, watch) }));
  expect(repairs.map(({ kind }) => kind).sort()).toEqual([
    ...['orphan', 'orphan', 'orphan'],
    ...['undestroyed-secret', 'undestroyed-secret'],
  ]);
  expect(watch.calls.filter((call) => call.startsWith('shred'))).toHaveLength(1);
  for (const workspaceId of ['acme', 'globex', 'initech']) expect(await rowsOf(workspaceId)).toEqual([]);
  const receipts = (await historyOf(site().eventStore)).flatMap(({ event }) =>
    event.type === 'KeySecretDestroyed' ? [event.data] : [],
  );
  expect(receipts.map(({ keyId }) => keyId).sort()).toEqual(keys.map(({ keyId }) => keyId).sort());
  for (const { receipt } of receipts) {
    expect(receipt).toMatchObject({ secretsDestroyed: 1, dataKeysDestroyed: 1 });
    expect(receipt.checks.at(-1)).toMatch(/^2 sealed values searched for/);
  }
});

describe('a row that the log was seen to name', () => {
  test('and whose key id was burned since is shredded: a hard delete of the same secret took it along', async () => {
    await orphanIn(site(), 'orphan-1');
    await swept(site());
    // There again, from a backup of the vault.
    await orphanIn(site(), 'orphan-1');
    await expectRight(site().vault.markNamed({ workspaceId: 'acme', keyId: 'orphan-1' }));
    expect((await swept(site())).repairs).toMatchObject([{ kind: 'orphan', keyId: 'orphan-1' }]);
    expect(await rowsOf()).toEqual([]);
  });
});

describe('a key on file of which the vault has no secret', () => {
  test('is told of, in a dry run too; and can be deleted', async () => {
    const { key } = await addedKey(site());
    await expectRight(site().vault.discard({ workspaceId: 'acme', keyId: key.keyId }));
    for (const dryRun of [true, false]) {
      expect(await swept(site(), { dryRun })).toMatchObject({
        repairs: [],
        pending: [{ kind: 'secret-lost-from-vault', keyId: key.keyId, code: 'missing-secret' }],
      });
    }
    await expectRight(site().keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }));
    expect(await swept(site())).toMatchObject({ repairs: [], pending: [] });
  });

  test('I-15: or half a row alone, is told of, and not counted as well', async () => {
    const { key } = await addedKey(site());
    const keys = openSqlite(join(site().eventsFile, '..', 'vault', 'vault-keys.sqlite'));
    keys.exec('DELETE FROM data_keys');
    keys.close();
    expect(await swept(site(), { dryRun: true })).toMatchObject({
      repairs: [],
      pending: [{ kind: 'secret-lost-from-vault', keyId: key.keyId }],
    });
  });

  test('is not called, as long as it has none', async () => {
    const cutOff = withoutAppendsOf(site(), 'KeyValidated');
    const pasted = site().sandbox.issueKey('anthropic');
    const { key } = await expectRight(cutOff.addKey(site().as(), { vendor: 'anthropic', pasted }));
    await expectRight(site().vault.discard({ workspaceId: 'acme', keyId: key.keyId }));
    const before = await eventTypes(site().eventStore);
    expect((await swept(site())).pending).toMatchObject([{ kind: 'secret-lost-from-vault' }]);
    expect(await eventTypes(site().eventStore)).toEqual(before);
  });

  test('is none that was added, or destroyed, while the sweep looked', async () => {
    const { key: first } = await addedKey(site());
    let [looks, successor] = [0, ''];
    const vault = {
      ...site().vault,
      rowsOf: (workspaceId: string) => async () => {
        const rows = await site().vault.rowsOf(workspaceId)();
        looks += 1;
        if (looks === 1) successor = (await addedKey(site(), 'openai')).key.keyId;
        if (looks === 2) {
          const request = { keyId: first.keyId, caseId: 'C-1', successor };
          await expectRight(site().keyturn.hardDeleteKey(site().as(), request));
        }
        return rows;
      },
    };
    expect(await swept(site(), {}, site().another({ vault }))).toMatchObject({ pending: [] });
    // The deleted key's row looked as if it had to be destroyed: that is looked for in the whole stream.
    expect(looks).toBe(3);
  });
});

describe('an orphan is kept', () => {
  const OWN_ROWS = [{ keyId: 'orphan-1' }];

  test('when the store is away in the middle of the sweep', async () => {
    await orphanIn(site(), 'orphan-1');
    const report = await swept(site(), {}, withoutAppendsOf(site(), 'KeyAddAbandoned'));
    expect(report).toMatchObject({ repairs: [], pending: [{ kind: 'orphan', code: 'unavailable' }] });
    expect(await rowsOf()).toMatchObject(OWN_ROWS);
  });

  test('when the store was restored to an older moment in the middle of the sweep', async () => {
    await swept(site());
    await orphanIn(site(), 'orphan-1');
    let restored = false;
    const by: Interception = {
      readStream: (next, stream, options) => {
        if (stream === 'keyring-acme') restored = true;
        return next(stream, options);
      },
    };
    const eventStore = intercepted(site().eventStore, by);
    const head: typeof eventStore.head = () => (restored ? TE.right(null)() : eventStore.head());
    const report = await swept(site(), {}, site().another({ eventStore: { ...eventStore, head } }));
    expect(report).toMatchObject({ repairs: [], pending: [{ kind: 'orphan', code: 'event-store-behind' }] });
    expect(await rowsOf()).toMatchObject(OWN_ROWS);
    expect(await eventTypes(site().eventStore)).toEqual([]);
  });
});

test('a sweeper’s clock ahead by more than the grace: an add is refused, and works the next time', async () => {
  const ahead = site().another({ clock: () => Date.now() + 20 * 60_000 });
  let sweeps = 0;
  const by: Interception = {
    append: (next, stream, expected, events) => async () => {
      if (events.some(({ type }) => type === 'KeyAdded') && sweeps === 0) {
        sweeps += 1;
        await expectRight(ahead.sweep({ actor: SWEEPER }));
      }
      return next(stream, expected, events)();
    },
  };
  const keyturn = site().another({ eventStore: intercepted(site().eventStore, by) });
  const pasted = site().sandbox.issueKey('anthropic');
  const add = () => keyturn.addKey(site().as(), { vendor: 'anthropic', pasted });
  const refused = await leftOf(add());
  expect(refused).toMatchObject({ code: 'key-id-used' });
  expect(refused.message).toContain('Add the key again');
  expect(await rowsOf()).toEqual([]);
  const { key } = await expectRight(add());
  expect(await opens('r1')).toBe(key.last4);
});
