import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { commandWords } from './commandTable';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
  await shop.add('acme');
  await shop.run(['runs', 'start', 'compile-1', '--workspace', 'acme']);
  await shop.run(['runs', 'finish', 'compile-1', '--workspace', 'acme']);
});
afterAll(() => shop.close());

/** What follows each command that takes a workspace. */
const NAMING_ONE: Readonly<Record<string, ReadonlyArray<string>>> = {
  'keys list': [],
  'keys show': ['abcdef'],
  'keys due': [],
  'keys relabel': ['abcdef', '--label', 'x'],
  'keys expiry': ['abcdef', '--none'],
  'keys validate': ['abcdef'],
  'keys set-default': ['abcdef'],
  'keys clear-default': ['--project', 'docs'],
  'keys delete': ['abcdef', '--yes'],
  'keys hard-delete': ['abcdef', '--case', 'SEC/1', '--yes'],
  'runs start': ['compile-9'],
  'runs resume': ['compile-1'],
  'runs finish': ['compile-1'],
  'runs list': [],
  'leak find': ['--last4', 'AbCd'],
  'leak report': ['abcdef', '--case', 'SEC/1'],
  'leak withdraw': ['abcdef', '--case', 'SEC/1', '--reason', 'a slip'],
  'leak suspend': ['abcdef', '--case', 'SEC/1', '--yes'],
  'leak reinstate': ['abcdef', '--case', 'SEC/1'],
  'leak status': ['--case', 'SEC/1'],
  'leak revoke': ['abcdef', '--case', 'SEC/1'],
  'leak check': ['abcdef', '--case', 'SEC/1'],
  'leak exposure': ['abcdef'],
  'leak reviewed': ['abcdef', '--case', 'SEC/1'],
  'leak evidence': ['--case', 'SEC/1', '--out', 'evidence'],
  'leak certificate': ['abcdef'],
  'leak close': ['--case', 'SEC/1'],
  history: [],
  doctor: [],
  verify: [],
};

/** They say so in their own way, below: and what is wrong with a log is seen without its events. */
const OTHERWISE = [
  'keys add',
  'serve',
  'audit list',
  'audit count',
  'audit export',
  'log accept',
  'log disown',
];

test('F-C7: each command that takes a workspace is tried with one that no event names', async () => {
  const taking: string[] = [];
  for (const words of commandWords) {
    const { stdout } = await shop.run([...words, '--help']);
    if (stdout.includes('--workspace <id>')) taking.push(words.join(' '));
  }
  expect(taking.sort()).toEqual([...Object.keys(NAMING_ONE), ...OTHERWISE].sort());
});

test.each(
  Object.entries(NAMING_ONE)
    .map(([words, rest]) => [[...words.split(' '), ...rest]])
    .concat([[['leak', 'find', '--key', '00000000-0000-4000-8000-000000000000']]]),
)('F-D, F-C7: %j in a mistyped workspace says so, with the nearest name', async (words) => {
  const { status, document, stderr } = await shop.ask([...words, '--workspace', 'acmee']);
  expect(status).toBe(1);
  expect(at(document, 'refused', 'code')).toBe('unknown-workspace');
  expect(at(document, 'refused', 'facts', 'nearest')).toBe('acme');
  expect(stderr).toContain('Did you mean acme?');
});

test('F-E8: a run that never was is told from one that has ended', async () => {
  const never = await shop.ask(['runs', 'finish', 'nope', '--workspace', 'acme']);
  expect(never).toMatchObject({ status: 1, document: { finished: false, known: false } });
  const ended = await shop.ask(['runs', 'finish', 'compile-1', '--workspace', 'acme']);
  expect(ended).toMatchObject({
    status: 0,
    document: { finished: false, known: true, outcome: 'succeeded' },
  });
  const otherwise = ['runs', 'finish', 'compile-1', '--workspace', 'acme', '--outcome', 'failed'];
  expect((await shop.run(otherwise)).stdout).toBe(
    'Run compile-1 has ended already, as succeeded: nothing to do\n',
  );
});

test('F-D: a key in a workspace that is new says so', async () => {
  await shop.run(['keys', 'list', '--workspace', 'acme']);
  const input = shop.sandbox.issueKey('anthropic');
  const add = ['keys', 'add', '--workspace', 'acme2', '--vendor', 'anthropic'];
  const { status, stdout } = await shop.run(add, { input });
  expect(status).toBe(0);
  expect(stdout).toContain('acme2 is a new workspace: no event named it before. Did you mean acme?');
});

test('F-C7: the first mistake is told with what was meant, though no list was read yet', async () => {
  const first = await openWorkshop();
  try {
    await first.add('acme');
    const { status, stderr } = await first.run(['runs', 'start', 'compile-1', '--workspace', 'amce']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('Did you mean acme?')]);
  } finally {
    await first.close();
  }
});

test('F-C7: screens of a workspace that no event names say so before they are opened', async () => {
  const { status, stderr } = await shop.run(['serve', '-w', 'acme', '-w', 'amce', '--for', '1s']);
  expect(status).toBe(0);
  expect(stderr).toContain('No event names workspace amce: its first key makes it. Did you mean acme?\n');
  expect(stderr).not.toContain('names workspace acme:');
});

test('F-C7: a mistyped case is told with the nearest, and none is taken for one without a key', async () => {
  const { keyId } = await shop.add('acme');
  await shop.run(['leak', 'report', keyId, '-w', 'acme', '--case', 'SR-1042']);
  const status = await shop.run(['leak', 'status', '--case', 'SR-1024']);
  expect(status.stdout).toBe('No key was reported under case SR-1024. Did you mean SR-1042?\n');
  const evidence = await shop.run(['leak', 'evidence', '--case', 'SR-104', '--out', 'evidence']);
  expect([evidence.status, evidence.stderr]).toEqual([
    2,
    'keyturn: No key was reported under case SR-104. Did you mean SR-1042?\n',
  ]);
  const pasted = 'gsk_abcdEFGH1234abcdEFGH1234abcdEFGH1234';
  const shown = await shop.run(['leak', 'status', '--case', pasted]);
  expect(shown.stdout).toBe(
    'No key was reported under case (not repeated here). ' +
      'Reported cases: keyturn audit list --action KeyReportedLeaked\n',
  );
});

test.each([
  [['-w', 'acmee'], 'workspace acmee. Did you mean acme?'],
  [['--actor', 'user:nobody'], 'actor user:nobody'],
  [['--actor', 'nobody'], 'actor nobody'],
  [['--case', 'SEC/9'], 'case SEC/9'],
  [['--run', 'compile-2'], 'run compile-2'],
  [['-w', 'acme', '--project', 'docs'], 'project docs'],
  [['--origin', 'login-x_host-y'], 'origin login-x_host-y'],
  [['--last4', '____'], 'a key that ends in …____'],
])('F-C7: an audit log that is asked with %j says what no event names', async (filter, named) => {
  for (const word of ['list', 'count', 'export']) {
    const { status, stderr } = await shop.run(['audit', word, ...filter]);
    expect(status).toBe(0);
    expect(stderr).toContain(`No event names ${named}`);
  }
});

test('F-C7: a mistyped name is told with the nearest that these workspaces have', async () => {
  const by = async (workspace: string, actor: string, names: readonly [string, string, string]) => {
    const on = ['--workspace', workspace, '--as', actor];
    const { keyId } = await shop.add(workspace, 'anthropic', 'valid', ['--as', actor]);
    const [run, project, caseId] = names;
    await shop.run(['runs', 'start', run, ...on, '--project', project]);
    await shop.run(['keys', 'hard-delete', keyId, ...on, '--case', caseId, '--yes']);
  };
  await by('gamma', 'user:auth0|65b', ['compile-20', 'docs', 'SEC/1042']);
  // Nearer, but of another workspace.
  await by('delta', 'user:auth0|65c', ['compile-22', 'dok', 'SEC/1041']);
  for (const [option, typed, meant] of [
    ['--actor', 'user:auth0|65d', 'auth0|65b'],
    ['--actor', 'support:auth0|65b', 'user:auth0|65b'],
    ['--run', 'compile-23', 'compile-20'],
    ['--project', 'doc', 'docs'],
    ['--project', 'dcos', 'docs'],
    ['--case', 'SEC/104', 'SEC/1042'],
  ] as const) {
    const { stderr } = await shop.run(['audit', 'list', '-w', 'gamma', option, typed]);
    expect(stderr).toContain(`in workspace gamma. Did you mean ${meant}?`);
  }
  const { stderr } = await shop.run(['audit', 'list', '-w', 'gamma', '--case', 'OPS-1']);
  expect(stderr).toContain('No event names case OPS-1 in workspace gamma.\n');
});

test('F-C7: what only other workspaces name is unknown in those that were asked about', async () => {
  await shop.add('beta');
  const { stderr } = await shop.run(['audit', 'list', '-w', 'beta', '--run', 'compile-1']);
  expect(stderr).toContain('No event names run compile-1 in workspace beta.\n');
  const both = await shop.run(['audit', 'list', '-w', 'beta', '-w', 'acme2', '--run', 'compile-1']);
  expect(both.stderr).toContain('No event names run compile-1 in workspaces beta, acme2.\n');
});

test.each(['--run', '--project', '--case', '--origin'])(
  'repeats no key that was pasted into %s',
  async (option) => {
    const pasted = 'gsk_abcdEFGH1234abcdEFGH1234abcdEFGH1234';
    for (const word of ['list', 'count', 'export']) {
      const { stdout, stderr } = await shop.run(['audit', word, '-w', 'acme', option, pasted]);
      expect(stderr).toContain(`No event names ${option.slice(2)} (not repeated here) in`);
      expect(stdout + stderr).not.toContain(pasted);
    }
  },
);

test('F-C7: what some event names is not said to be unknown', async () => {
  const filter = ['-w', 'acme', '--run', 'compile-1', '--until', '2026-01-01'];
  const { stdout, stderr } = await shop.run(['audit', 'list', ...filter]);
  expect(stdout).toContain('No entry matches.');
  expect(stderr).not.toContain('No event names');
});
