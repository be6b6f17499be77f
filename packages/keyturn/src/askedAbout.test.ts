import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { join } from 'node:path';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });

test('who is read is who the hook was asked about, though the context is used for another meanwhile', async () => {
  const ctx = { ...ada };
  const asked = new Set<string | null>();
  const keyturn = await at().open({
    authorize: ({ workspaceId }) => {
      asked.add(workspaceId);
      Object.assign(ctx, { workspaceId: ada.workspaceId });
      return true;
    },
  });
  const { keys, workspaces, audit } = keyturn;
  const pasted = at().sandbox.issueKey('anthropic');
  const { keyId } = (await keys.add(ada, { vendor: 'anthropic', pasted })).key;
  asked.clear();
  const about = <A>(read: () => Promise<A>): Promise<A> => {
    ctx.workspaceId = 'other';
    return read();
  };
  const unknown = { code: 'unknown-workspace' };
  expect(await about(() => keys.list(ctx))).toEqual([]);
  expect(await about(() => keys.find(ctx, { idPrefix: '' }))).toEqual([]);
  expect((await about(() => keys.due(ctx, { withinDays: 365 }))).keys).toEqual([]);
  await expect(about(() => keys.resolve(ctx, keyId.slice(0, 8)))).rejects.toMatchObject(unknown);
  await expect(about(() => workspaces.get(ctx))).rejects.toMatchObject(unknown);
  const other = { ...ada, workspaceId: 'other' };
  expect(await about(() => keys.checked(ctx))).toEqual(await keys.checked(other));
  expect(await about(() => audit.checked(ctx))).toEqual(await audit.checked(other));
  expect([...asked]).toEqual(['other']);
});

test('a list of no keys tells nobody of a log whom the hook was not asked about', async () => {
  const { open, root, sandbox } = at();
  const made = await open();
  await made.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
  await made.close();
  const events = openSqlite(join(root, 'data', 'events.sqlite'));
  events.exec('delete from events where revision = 0');
  events.close();
  const { audit } = await open({ authorize: () => false });
  const none = { keyId: [] };
  for (const asked of [() => audit.page(ada, none), () => audit.count(ada, 'action', none)])
    await expect(asked()).rejects.toMatchObject({ code: 'invalid-query' });
});
