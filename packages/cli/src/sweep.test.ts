import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { createVault, openVault, type Vault } from '@keyturn/vault';
import { right } from './testSupport/right';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

const withVault = async <A>({ data, masterKey }: Workshop, use: (vault: Vault) => Promise<A>): Promise<A> => {
  const source = { kind: 'file', path: masterKey } as const;
  const vault = await right(openVault({ directory: join(data, 'vault'), masterKey: source }));
  try {
    return await use(vault);
  } finally {
    await vault.close();
  }
};

test('a frozen key is left alone while it is young, told of in a dry run, and opens again after a sweep', async () => {
  const { keyId } = await shop.add('acme');
  await withVault(shop, (vault) => right(vault.freeze({ workspaceId: 'acme', keyId })));
  const start = (run: string) =>
    shop.run(['runs', 'start', run, '--workspace', 'acme', '--exec', 'true', '--secret-via', 'stdin']);
  expect((await start('r1')).stderr).toContain('fault (frozen)');

  const young = await shop.run(['sweep']);
  expect(young.status).toBe(0);
  expect(young.stdout).toContain('left: within-grace');

  const dry = await shop.ask(['sweep', '--dry-run', '--grace', '0']);
  expect(dry).toMatchObject({
    status: 0,
    document: {
      sweep: {
        dryRun: true,
        repairs: [{ workspaceId: 'acme', kind: 'frozen-row', keyId, runId: null }],
        pending: [],
      },
    },
  });
  expect((await start('r2')).stderr).toContain('fault (frozen)');

  const swept = await shop.run(['sweep', '--grace', '0']);
  expect(swept.stdout).toContain('opens again');
  expect(swept.stdout).toMatch(/Swept \d+ workspaces?: 1 repaired, 0 left\./);
  expect((await start('r3')).status).toBe(0);
});

test('what can not be repaired is told with its reason, and is exit status 3', async () => {
  const broken = await openWorkshop();
  try {
    await broken.add('acme');
    const events = join(broken.data, 'events.sqlite');
    writeFileSync(events, readFileSync(events, 'latin1').replaceAll('"last4":', '"last5":'), 'latin1');
    const { status, document, stderr } = await broken.ask(['sweep', '--grace', '0']);
    expect(status).toBe(3);
    expect(at(document, 'sweep', 'pending')).toMatchObject([
      { workspaceId: 'acme', kind: 'workspace', code: 'log-damaged' },
    ]);
    expect(stderr).toContain('acme: ');
  } finally {
    await broken.close();
  }
});

test('events of another data directory are refused, and no row is taken for an orphan', async () => {
  const other = await openWorkshop();
  try {
    const { keyId } = await other.add('acme');
    await shop.add('elsewhere');
    copyFileSync(join(shop.data, 'events.sqlite'), join(other.data, 'events.sqlite'));
    for (const words of [
      ['sweep', '--grace', '0'],
      ['keys', 'validate', keyId, '--workspace', 'acme'],
    ]) {
      const { status, document } = await other.ask(words);
      expect([status, at(document, 'fault', 'code')]).toEqual([3, 'other-vault']);
    }
    expect(await withVault(other, (vault) => right(vault.rowsOf('acme')))).toMatchObject([
      { keyId, state: 'live' },
    ]);
  } finally {
    await other.close();
  }
});

/** Every file below a directory with a digest of its bytes. */
const digests = (directory: string): ReadonlyArray<string> =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`);

describe('a dry run writes nothing at all', () => {
  test('in a data directory in use', async () => {
    const before = digests(shop.data);
    expect((await shop.run(['sweep', '--dry-run', '--grace', '0'])).status).toBe(0);
    expect(digests(shop.data)).toEqual(before);
  });

  test('where vault and event store were not tied together yet', async () => {
    const unpaired = await openWorkshop();
    try {
      const [vault, events] = [join(unpaired.data, 'vault'), join(unpaired.data, 'events.sqlite')];
      for (const path of [vault, events]) rmSync(path, { recursive: true });
      const masterKey = { kind: 'file', path: unpaired.masterKey } as const;
      await (await right(createVault({ directory: vault, masterKey }))).close();
      await (await right(openSqliteEventStore({ file: events }))).close();
      const before = digests(unpaired.data);
      expect((await unpaired.run(['sweep', '--dry-run', '--grace', '0'])).status).toBe(0);
      expect(digests(unpaired.data)).toEqual(before);
      expect((await unpaired.run(['sweep'])).status).toBe(0);
      expect(digests(unpaired.data)).not.toEqual(before);
    } finally {
      await unpaired.close();
    }
  });
});
