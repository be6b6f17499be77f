import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { commandWords } from './commandTable';
import { REAL_TRANSCRIPT, replay } from './testSupport/replay';
import { openWorkshop, type Workshop } from './testSupport/workshop';

/** What the transcript types. */
const IN_TRANSCRIPT = [
  'init',
  'keys add',
  'keys list',
  'keys set-default',
  'keys delete',
  'runs start',
  'runs list',
  'runs finish',
];

const W = ['--workspace', 'acme'];
const CASE = [...W, '--case', 'CASE-1'];

/** The others, in an order in which each has something to do. KEY is put in the place of the key's id. */
const OTHERS: Readonly<Record<string, ReadonlyArray<string>>> = {
  'keys validate': ['KEY', ...W],
  'keys relabel': ['KEY', ...W, '--label', 'prod-1'],
  'keys expiry': ['KEY', ...W, '--at', '2027-03-31'],
  'keys due': ['--within', '90'],
  'keys show': ['KEY', ...W],
  'keys clear-default': [...W, '--project', 'docs'],
  'runs resume': ['run-1', ...W, '--secret-via', 'stdin', '--exec', 'cat > got'],
  'leak find': ['--key', 'KEY'],
  'leak exposure': ['KEY', ...W, '--html', 'report.html'],
  'leak report': ['KEY', ...CASE, '--stranger', 'no'],
  'leak suspend': ['KEY', ...CASE, '--yes'],
  'leak reinstate': ['KEY', ...CASE],
  'leak status': ['--case', 'CASE-1'],
  'leak revoke': ['KEY', ...CASE, '--done'],
  'leak check': ['KEY', ...CASE],
  'leak reviewed': ['KEY', ...CASE],
  history: [...W],
  'audit list': [...W],
  completion: ['bash'],
  'audit count': [...W, '--by', 'actor'],
  'audit export': [...W, '--csv'],
  'projections status': [],
  'projections rebuild': ['key-list'],
  status: [],
  serve: [...W, '--for', '1s'],
  doctor: [...W],
  sweep: ['--dry-run'],
  'vendors list': [],
  'vendors show': ['anthropic'],
  'vault info': [],
  verify: [],
  backup: ['backup'],
  restore: ['backup', '--data', 'restored', '--master-key-file', 'data.master-key'],
  migrate: [],
  'log accept': ['--all'],
  'log disown': [...W],
  'vault rotate-master-key': [],
  'leak withdraw': ['KEY', ...CASE, '--reason', 'the wrong key'],
  'leak close': [...CASE],
  'keys hard-delete': ['KEY', ...W, '--case', 'CASE-1', '--yes'],
  'leak certificate': ['KEY', ...W, '--out', 'destroyed.txt'],
  'leak verify': ['destroyed.txt'],
  'leak evidence': ['--case', 'CASE-1', '--out', 'evidence'],
  'leak drill': ['--story', 'deleted'],
  'workspaces list': [],
  'workspaces close': ['acme', '--case', 'LEFT-3', '--yes'],
};

let shop: Workshop;
let keyId: string;
beforeAll(async () => {
  shop = await openWorkshop();
  ({ keyId } = await shop.add('acme'));
  await shop.run(['runs', 'start', 'run-1', ...W]);
});
afterAll(() => shop.close());

test('every command is run as a real process by one of the tests below', () => {
  const words = commandWords.map((command) => command.join(' '));
  expect([...IN_TRANSCRIPT, ...Object.keys(OTHERS)].sort()).toEqual([...words].sort());
});

test('a transcript replays as it is written', async () => {
  const { now, expected } = await replay(REAL_TRANSCRIPT, { real: true });
  expect(now).toBe(expected);
  for (const words of IN_TRANSCRIPT) expect(expected).toContain(`$ keyturn ${words} `.trimEnd());
});

test('the other commands do their work', async () => {
  for (const [command, more] of Object.entries(OTHERS)) {
    const words = [...command.split(' '), ...more.map((word) => (word === 'KEY' ? keyId : word))];
    const { status, stdout, stderr } = await shop.runReal(words);
    expect({ command, status, said: stdout + stderr === '' }).toEqual({ command, status: 0, said: false });
  }
});
