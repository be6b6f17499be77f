import { randomUUID as uuid } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accepting, addingKey, givePast, settingProjectDefault } from './testSupport/pastOf';
import { at, openWorkshop, type AddedKey, type Workshop } from './testSupport/workshop';

let shop: Workshop;
let first: AddedKey;
let second: AddedKey;
let between: string;
beforeAll(async () => {
  shop = await openWorkshop();
  first = await shop.add('acme', 'anthropic', 'valid', ['--as', 'user:ada', '--label', '=cmd|calc, "x"']);
  await shop.run([
    'runs',
    'start',
    'run-1',
    '--workspace',
    'acme',
    '--project',
    'docs',
    '--as',
    'service:compiler',
  ]);
  between = new Date().toISOString();
  second = await shop.add('acme', 'openai', 'valid', ['--as', 'user:bob']);
  await shop.run(['keys', 'set-default', second.keyId, '--workspace', 'acme', '--as', 'user:bob']);
  await shop.run([
    ...['keys', 'hard-delete', '--yes', first.keyId, '--workspace', 'acme'],
    ...['--case', 'CASE-7', '--reason', 'other', '--as', 'support:grace'],
  ]);
  await shop.add('globex');
});
afterAll(() => shop.close());

const actions = async (...words: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const { document } = await shop.ask(['audit', 'list', '--oldest-first', ...words]);
  const entries = at(document, 'entries');
  return Array.isArray(entries) ? entries.map((entry) => String(at(entry, 'action'))) : [];
};

const ADDED = ['KeyAdded', 'KeyTestCallStarted', 'KeyValidated'];
const FIRST = ['KeyAdded', 'DefaultChanged', 'KeyTestCallStarted', 'KeyValidated'];

describe('keyturn audit list', () => {
  test('chooses by workspace', async () => {
    expect(await actions('--workspace', 'globex')).toEqual(FIRST);
    expect(await actions()).toHaveLength((await actions('--workspace', 'acme')).length + FIRST.length);
  });

  test('chooses by key, with and without its workspace, and by what a Default moved away from', async () => {
    const about = [...FIRST, 'RunKeyPinned', 'DefaultChanged', 'KeyHardDeleted', 'KeySecretDestroyed'];
    expect(await actions('--workspace', 'acme', '--key', first.keyId.slice(0, 8))).toEqual(about);
    expect(await actions('--key', first.keyId)).toEqual(about);
  });

  test('chooses by run, project, actor, action and case', async () => {
    expect(await actions('--run', 'run-1')).toEqual(['RunKeyPinned']);
    expect(await actions('--workspace', 'acme', '--project', 'docs')).toEqual(['RunKeyPinned']);
    expect(await actions('--actor', 'bob')).toEqual([...ADDED, 'DefaultChanged']);
    expect(await actions('--actor', 'user:bob')).toEqual([...ADDED, 'DefaultChanged']);
    expect(await actions('--actor', 'service:bob')).toEqual([]);
    expect(await actions('--action', 'KeyHardDeleted')).toEqual(['KeyHardDeleted']);
  });

  test('F-C8: finds all that a case brought about', async () => {
    expect(await actions('--case', 'CASE-7')).toEqual(['KeyHardDeleted', 'KeySecretDestroyed']);
  });

  test('chooses by time: from --since on, before --until', async () => {
    const all = await actions('--workspace', 'acme');
    const before = await actions('--workspace', 'acme', '--until', between);
    expect(before).toEqual([...FIRST, 'RunKeyPinned']);
    expect([...before, ...(await actions('--workspace', 'acme', '--since', between))]).toEqual(all);
    const today = between.slice(0, 10);
    expect(await actions('--workspace', 'acme', '--since', today, '--until', today)).toEqual(all);
  });

  test('I-31: a window that is the wrong way round is a mistake, not "none"', async () => {
    for (const [since, until] of [
      ['2026-11-25', '2026-11-23'],
      ['2026-11-25T10:00:00Z', '2026-11-25T09:00:00Z'],
      [between, between],
    ] as const) {
      const words = ['audit', 'list', '--workspace', 'acme', '--since', since, '--until', until];
      const { status, document } = await shop.ask(words);
      expect(status).toBe(2);
      expect(at(document, 'usage', 'message')).toBe(
        '--since is not before --until: no entry can match. Turn them round.',
      );
    }
    expect(await actions('--since', '2026-11-25', '--until', '2026-11-25')).toEqual([]);
  });

  test('gives pages that follow each other, and says when there is no more', async () => {
    const all = await actions('--workspace', 'acme');
    const paged: string[] = [];
    let after: ReadonlyArray<string> = [];
    for (;;) {
      const words = ['audit', 'list', '--workspace', 'acme', '--oldest-first', '--limit', '4', ...after];
      const { document, stderr } = await shop.ask(words);
      const entries = at(document, 'entries');
      paged.push(...(Array.isArray(entries) ? entries.map((entry) => String(at(entry, 'action'))) : []));
      expect(stderr.includes('There are more: --after')).toBe(at(document, 'more'));
      if (at(document, 'more') !== true) break;
      after = ['--after', String(at(document, 'next'))];
    }
    expect(paged).toEqual(all);
  });

  test('writes CSV that no spreadsheet runs, and JSON Lines', async () => {
    const words = ['audit', 'list', '--workspace', 'acme', '--action', 'KeyAdded', '--actor', 'ada'];
    const csv = (await shop.run([...words, '--csv'])).stdout.split('\n');
    expect(csv).toHaveLength(3);
    expect(csv[0]).toMatch(/^sequence,recordedAt,time,workspaceId,actorKind,actorId,action,sentence,keyId,/);
    expect(csv[1]).toContain(`,"'=cmd|calc, ""x""",`);
    const lines = (await shop.run([...words, '--jsonl'])).stdout.trimEnd().split('\n');
    expect(lines.map((line) => at(JSON.parse(line), 'keyId'))).toEqual([first.keyId]);
  });

  test('F-C1: of what is given several times any matches, and --uses are all uses of a key', async () => {
    expect(await actions('--run', 'run-1', '--action', 'RunKeyPinned', '--action', 'KeyAdded')).toEqual([
      'RunKeyPinned',
    ]);
    expect(await actions('--actor', 'ada', '--actor', 'support:grace')).toEqual([...FIRST, 'KeyHardDeleted']);
    const both = ['--key', first.keyId, '--key', second.keyId];
    const count = (list: ReadonlyArray<string>, action: string) =>
      list.filter((one) => one === action).length;
    const found = await actions('--workspace', 'acme', ...both);
    expect([found.length, count(found, 'DefaultChanged')]).toEqual([
      (await actions('--workspace', 'acme')).length,
      2,
    ]);
    const everywhere = await actions('--workspace', 'acme', '-w', 'globex');
    expect(everywhere).toEqual(await actions());
    expect(await actions('--workspace', 'acme', '--key', first.keyId, '--uses')).toEqual([
      'KeyTestCallStarted',
      'RunKeyPinned',
    ]);
    expect(await actions('--last4', first.last4, '--uses')).toEqual(['KeyTestCallStarted', 'RunKeyPinned']);
  });

  test('F-C5: has the host and the login of the command, and chooses by them', async () => {
    const { document } = await shop.ask(['audit', 'list', '--limit', '1']);
    const origin = String(at(document, 'entries', 0, 'originRef'));
    expect(origin).toMatch(/^login-[A-Za-z0-9_-]+_host-[A-Za-z0-9_-]+$/);
    expect(await actions('--origin', origin, '--action', 'RunKeyPinned')).toEqual(['RunKeyPinned']);
    expect(await actions('--origin', 'login-nobody_host-nowhere')).toEqual([]);
  });

  test('F-C2: CSV and JSON Lines have all, and cut by --limit say where they go on, in the data too', async () => {
    const many = await openWorkshop();
    try {
      await many.add('acme');
      for (let run = 0; run < 27; run += 1) {
        await many.run(['runs', 'start', `run-${run}`, '--workspace', 'acme']);
        await many.run(['runs', 'finish', `run-${run}`, '--workspace', 'acme']);
      }
      const list = ['audit', 'list', '--workspace', 'acme'];
      const total = Number(at((await many.ask(['audit', 'count'])).document, 'total'));
      expect(total).toBeGreaterThan(50);
      const linesOf = async (...more: ReadonlyArray<string>) => {
        const { stdout, stderr } = await many.run([...list, ...more]);
        return { lines: stdout.trimEnd().split('\n'), stderr };
      };
      expect((await linesOf('--csv')).lines).toHaveLength(total + 1);
      expect((await linesOf('--jsonl')).lines).toHaveLength(total);
      const all = await many.ask([...list, '--all']);
      expect(all.document).toMatchObject({ more: false });
      const table = await linesOf();
      expect(table.lines).toHaveLength(51);
      expect(table.stderr).toMatch(/\nThere are more: --after \S+, or --all\n$/);
      const cut = await linesOf('--jsonl', '-L', '20');
      expect(cut.lines).toHaveLength(20);
      expect(cut.stderr).toContain('There are more: --after');
      const last = String(at(JSON.parse(cut.lines.at(-1) ?? ''), 'sequence'));
      const rest = await linesOf('--jsonl', '--after', last);
      expect([...cut.lines, ...rest.lines]).toEqual((await linesOf('--jsonl')).lines);
    } finally {
      await many.close();
    }
  });

  test('counts, in all and by what is asked for', async () => {
    const count = async (...words: ReadonlyArray<string>) =>
      (await shop.ask(['audit', 'count', '--workspace', 'acme', ...words])).document;
    expect(await count('--uses')).toMatchObject({ total: 3, by: null, counts: [] });
    expect(await count('--uses', '--by', 'actor')).toMatchObject({
      total: 3,
      counts: [
        { actorKind: 'service', actorId: 'compiler', count: 1 },
        { actorKind: 'user', actorId: 'ada', count: 1 },
        { actorKind: 'user', actorId: 'bob', count: 1 },
      ],
    });
    expect(await count('--uses', '--by', 'key')).toMatchObject({
      counts: [
        { keyId: first.keyId, last4: first.last4, count: 2 },
        { keyId: second.keyId, count: 1 },
      ],
    });
    expect(await count('--by', 'day')).toMatchObject({ counts: [{ day: between.slice(0, 10) }] });
    const { stdout } = await shop.run(['audit', 'count', '--uses', '--workspace', 'acme', '--by', 'action']);
    expect(stdout).toMatch(/^COUNT +ACTION\n2 +KeyTestCallStarted\n1 +RunKeyPinned\n3 entries match\.\n$/);
  });

  test('F-C8: --raw leaves a cell as it is in JSON Lines', async () => {
    const words = ['audit', 'list', '--workspace', 'acme', '--action', 'KeyAdded', '--actor', 'ada', '--raw'];
    expect((await shop.run(words)).stdout).toContain(`,"=cmd|calc, ""x""",`);
  });

  test('needs no master key, nor do lists and history', async () => {
    const env = { KEYTURN_MASTER_KEY_FILE: '/nowhere/master-key' };
    for (const words of [['audit', 'list'], ['keys', 'list'], ['runs', 'list'], ['history']]) {
      expect((await shop.run([...words, '--workspace', 'acme'], { env })).status).toBe(0);
    }
  });
});

describe('keyturn history', () => {
  test('gives the keyring as it stood, and a key of it', async () => {
    const { document } = await shop.ask(['history', '--workspace', 'acme', '--at', between]);
    expect(document).toMatchObject({
      workspaceDefault: first.keyId,
      keys: [{ keyId: first.keyId, display: `…${first.last4} · Default` }],
      openRuns: [{ runId: 'run-1', projectId: 'docs', keyId: first.keyId, interrupted: false }],
    });
    const now = await shop.ask(['history', '--workspace', 'acme', '--key', second.keyId]);
    expect(now.document).toMatchObject({ keys: [{ keyId: second.keyId }], openRuns: [] });
    const earlier = await shop.ask(['history', '--workspace', 'acme', '--at', '2026-01-01']);
    expect(earlier.document).toMatchObject({
      revision: -1,
      recordedAt: null,
      keys: [],
      workspaceDefault: null,
    });
  });
});

describe('keyturn audit export', () => {
  test('gives every entry that matches, oldest first, with its sentence', async () => {
    const { status, stdout, stderr } = await shop.run(['audit', 'export', '--workspace', 'acme']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'Seals not checked.\n' });
    const entries = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    const { document } = await shop.ask([
      'audit',
      'list',
      '--workspace',
      'acme',
      '--oldest-first',
      '--limit',
      '1000',
    ]);
    expect(entries).toEqual(at(document, 'entries'));
    expect(entries.map((entry) => at(entry, 'sentence'))).not.toContain('');
  });

  test('is not cut at a page', async () => {
    const long = await openWorkshop();
    try {
      const [one, other] = [uuid(), uuid()];
      const now = Date.now() - 2_000;
      await givePast(long, 'acme', [
        ...[addingKey(one), accepting(one, now), addingKey(other), accepting(other, now)],
        ...Array.from({ length: 1_100 }, (_, n) => settingProjectDefault(n % 2 === 0 ? one : other, 'docs')),
      ]);
      const lines = (await long.run(['audit', 'export'])).stdout.trimEnd().split('\n');
      expect(lines.length).toBeGreaterThan(1_100);
      expect(lines.map((line) => at(JSON.parse(line), 'revision'))).toEqual(lines.map((_, n) => n));
    } finally {
      await long.close();
    }
  });

  test('filters as the list does, as CSV where that is asked for', async () => {
    const filter = ['--workspace', 'acme', '--action', 'KeyHardDeleted'];
    const [list, exported] = [
      await shop.run(['audit', 'list', ...filter, '--csv']),
      await shop.run(['audit', 'export', ...filter, '--csv']),
    ];
    expect(exported.stdout).toBe(list.stdout);
    expect(exported.stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  test('is no one document: --json is a mistake', async () => {
    const { status, document } = await shop.ask(['audit', 'export']);
    expect(status).toBe(2);
    expect(at(document, 'usage', 'message')).toContain('--csv');
  });
});
