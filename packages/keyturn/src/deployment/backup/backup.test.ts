import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { ada, atWork, type AtWork } from '../../testSupport/atWork';
import { backupKeyturn, restoreKeyturn } from '../deployment';
import type { Keyturn } from '../../keyturn';

const at = atWork({ made: true });
const data = ({ root }: AtWork): string => join(root, 'data');
const backup = (work: AtWork, name = 'backup') =>
  backupKeyturn({ directory: data(work), to: join(work.root, name) });
const restore = (work: AtWork, from = 'backup', to = 'restored') =>
  restoreKeyturn({ directory: join(work.root, to), from: join(work.root, from) });
const openRestored = (work: AtWork, more: object = {}): Promise<Keyturn> =>
  work.open({ directory: join(work.root, 'restored'), ...more });

const added = async ({ sandbox }: AtWork, keyturn: Keyturn): Promise<string> => {
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
  return key.keyId;
};

const modeOf = (path: string): number => statSync(path).mode & 0o777;
const rowsOf = (vault: string): ReadonlyArray<unknown> => {
  const database = openSqlite(join(vault, 'vault.sqlite'), { readonly: true });
  try {
    return database.pluck('SELECT key_id FROM sealed_secrets ORDER BY key_id').all();
  } finally {
    database.close();
  }
};

test('a backup is private, names its files with their digests, and has no master key', async () => {
  const work = at();
  const keyturn = await work.open();
  await added(work, keyturn);
  const made = await backup(work);
  const directory = join(work.root, 'backup');
  expect(made).toMatchObject({
    directory,
    deploymentId: keyturn.deploymentId,
    masterKeyId: expect.stringMatching(/^[0-9a-f]{16}$/),
    logKeyNumber: 1,
    heads: [
      { workspaceId: 'acme', revision: expect.any(Number), chain: expect.stringMatching(/^[\w-]{43}$/) },
    ],
    files: [{ path: 'vault/vault.sqlite' }, { path: 'vault/vault-keys.sqlite' }, { path: 'events.sqlite' }],
  });
  expect([...readdirSync(directory)].sort()).toEqual(['events.sqlite', 'manifest.json', 'vault']);
  expect([...readdirSync(join(directory, 'vault'))].sort()).toEqual(['vault-keys.sqlite', 'vault.sqlite']);
  expect([directory, join(directory, 'vault')].map(modeOf)).toEqual([0o700, 0o700]);
  for (const path of ['manifest.json', ...made.files.map(({ path }) => path)]) {
    expect(modeOf(join(directory, path))).toBe(0o600);
  }
  const key = readFileSync(join(work.root, 'master.key'), 'utf8').trim();
  for (const { path } of made.files) expect(readFileSync(join(directory, path)).includes(key)).toBe(false);
  expect(JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'))).toMatchObject({
    format: 'keyturn-backup/1',
    takenAt: made.takenAt,
  });
});

test.each(['backup', 'restore'] as const)(
  'of two that write a %s to one place, one is whole',
  async (act) => {
    const work = at();
    await added(work, await work.open());
    if (act === 'restore') await backup(work);
    const place = act === 'backup' ? 'backup' : 'restored';
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() => (act === 'backup' ? backup(work) : restore(work))),
    );
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(refused).toMatchObject([{ code: 'place-not-empty' }, { code: 'place-not-empty' }]);
    const files = readdirSync(join(work.root, place)).filter((name) => name !== 'manifest.json');
    expect([...files].sort()).toEqual(['events.sqlite', 'vault']);
    if (act === 'backup') await restore(work);
    expect(rowsOf(join(work.root, 'restored', 'vault'))).toHaveLength(1);
  },
);

test('I-47: what is backed up while commands run comes to full service, nothing destroyed back or lost', async () => {
  const work = at();
  const keyturn = await work.open();
  const first = await added(work, keyturn);
  const stop = new AbortController();
  const working = (async () => {
    for (let n = 0; !stop.signal.aborted; n += 1) {
      const keyId = await added(work, keyturn);
      await keyturn.runs.start(ada, { runId: `run-${n}` });
      await turn();
      await keyturn.keys.hardDelete(ada, { keyId, caseId: 'C1', successor: first });
      await turn();
    }
  })();
  for (let round = 0; round < 6; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await backup(work, `backup-${round}`);
  }
  stop.abort();
  await working;
  await keyturn.close();

  for (let round = 0; round < 6; round += 1) {
    const to = `restored-${round}`;
    await restore(work, `backup-${round}`, to);
    const restored = await work.open({ directory: join(work.root, to) });
    const before = (await restored.verify(ada)).findings;
    // A hard delete that was on its way is finished by the sweep; nothing else is ever found.
    expect(before.filter(({ kind }) => kind !== 'undestroyed-secret')).toEqual([]);
    await restored.housekeeping.sweep({ graceMs: 0 });
    expect((await restored.verify(ada)).findings).toEqual([]);
    const listed = await restored.keys.list(ada);
    const active = listed.map(({ keyId }) => keyId).sort();
    expect(active).toContain(first);
    expect(rowsOf(join(work.root, to, 'vault'))).toEqual(active);
    await restored.runs.start(ada, { runId: 'after' });
    await restored.close();
  }
});

test('a restored deployment serves as before: list, run, audit log', async () => {
  const work = at();
  const keyturn = await work.open();
  const keyId = await added(work, keyturn);
  await backup(work);
  await keyturn.close();
  expect(await restore(work)).toMatchObject({ directory: join(work.root, 'restored') });
  const restored = await openRestored(work);
  expect(await restored.keys.list(ada)).toMatchObject([{ keyId }]);
  expect((await restored.audit.page(ada)).entries.length).toBeGreaterThan(0);
  await restored.runs.use(ada, { runId: 'r1' }, async (run) => {
    expect(run).toBeDefined();
  });
  expect(modeOf(join(work.root, 'restored', 'vault'))).toBe(0o700);
});

describe('a backup is refused', () => {
  test.each([
    [
      'a place that has something in it',
      'place-not-empty',
      (root: string) => {
        mkdirSync(join(root, 'backup'));
        writeFileSync(join(root, 'backup', 'other'), 'x');
      },
    ],
    [
      'a place that is a link',
      'unsafe-files',
      (root: string) => {
        mkdirSync(join(root, 'elsewhere'));
        symlinkSync('elsewhere', join(root, 'backup'));
      },
    ],
  ])('%s', async (_, code, prepare) => {
    const work = at();
    prepare(work.root);
    await expect(backup(work)).rejects.toMatchObject({ kind: 'fault', code });
  });

  test('a place in the data directory itself, and a directory that is none', async () => {
    const work = at();
    await expect(backup(work, 'data/backup')).rejects.toMatchObject({ code: 'bad-option' });
    await expect(
      backupKeyturn({ directory: join(work.root, 'none'), to: join(work.root, 'backup') }),
    ).rejects.toMatchObject({ code: 'not-initialised' });
    expect(readdirSync(join(work.root, 'backup'))).toEqual([]);
  });
});

describe('a restore is refused, and leaves an empty place', () => {
  const manifest = (root: string): string => join(root, 'backup', 'manifest.json');
  const edited = (root: string, edit: (text: string) => string): void =>
    writeFileSync(manifest(root), edit(readFileSync(manifest(root), 'utf8')));

  test.each([
    [
      'a file that was changed',
      'backup-damaged',
      (root: string) => appendFileSync(join(root, 'backup', 'events.sqlite'), 'x'),
    ],
    [
      'a file that is missing',
      'backup-damaged',
      (root: string) => renameSync(join(root, 'backup', 'events.sqlite'), join(root, 'backup', 'gone')),
    ],
    [
      'a file that is a link',
      'unsafe-files',
      (root: string) => {
        renameSync(join(root, 'backup', 'events.sqlite'), join(root, 'gone'));
        symlinkSync(join(root, 'gone'), join(root, 'backup', 'events.sqlite'));
      },
    ],
    ['no manifest', 'backup-damaged', (root: string) => renameSync(manifest(root), join(root, 'gone'))],
    ['a manifest that is no JSON', 'backup-damaged', (root: string) => writeFileSync(manifest(root), '{')],
    [
      'another digest',
      'backup-damaged',
      (root: string) => edited(root, (text) => text.replace(/"sha256": "[0-9a-f]{4}/, '"sha256": "0000')),
    ],
    [
      'another deployment',
      'backup-damaged',
      (root: string) =>
        edited(root, (text) => text.replace(/"deploymentId": "[0-9a-f]{4}/, '"deploymentId": "0000')),
    ],
    [
      'another store',
      'backup-damaged',
      (root: string) => edited(root, (text) => text.replace(/"storeId": "[0-9a-f]{4}/, '"storeId": "0000')),
    ],
    [
      'a path that leads elsewhere',
      'backup-damaged',
      (root: string) =>
        edited(root, (text) => text.replace('"path": "events.sqlite"', '"path": "../events.sqlite"')),
    ],
    [
      'a part left out',
      'backup-damaged',
      (root: string) => edited(root, (text) => text.replace(/,\s*\{\s*"path": "events.sqlite"[^}]*\}/, '')),
    ],
    [
      'a format to come',
      'backup-damaged',
      (root: string) => edited(root, (text) => text.replace('keyturn-backup/1', 'keyturn-backup/2')),
    ],
  ])('%s', async (_, code, damage) => {
    const work = at();
    await backup(work);
    damage(work.root);
    await expect(restore(work)).rejects.toMatchObject({ kind: 'fault', code });
    expect(statSync(join(work.root, 'restored'), { throwIfNoEntry: false })?.isDirectory() ?? true).toBe(
      true,
    );
    mkdirSync(join(work.root, 'restored'), { recursive: true });
    expect(readdirSync(join(work.root, 'restored'))).toEqual([]);
  });

  test('a place that has something in it, which is left alone', async () => {
    const work = at();
    await backup(work);
    const before = readFileSync(join(data(work), 'events.sqlite'));
    await expect(restore(work, 'backup', 'data')).rejects.toMatchObject({ code: 'place-not-empty' });
    expect(readFileSync(join(data(work), 'events.sqlite')).equals(before)).toBe(true);
  });
});

test('a place that others could reach is made private', async () => {
  const work = at();
  mkdirSync(join(work.root, 'backup'));
  chmodSync(join(work.root, 'backup'), 0o755);
  await backup(work);
  expect(modeOf(join(work.root, 'backup'))).toBe(0o700);
});
