import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

const W = ['--workspace', 'acme'];

describe('a command line that keyturn does not take', () => {
  test.each([
    ['no command', [], 'Which command?'],
    ['half a command', ['keys'], 'Which command?'],
    ['an unknown command', ['keys', 'rotate'], "Unknown command 'rotate'"],
    ['an unknown option', ['keys', 'list', ...W, '--colour'], "Unknown option '--colour'"],
    ['no workspace', ['keys', 'list'], "'--workspace <id>' not specified"],
    ['an option without its value', ['keys', 'list', '--workspace'], 'argument missing'],
    ['a bad workspace', ['keys', 'list', '--workspace', 'a b'], '--workspace has to be 1 to 64'],
    [
      'a workspace too long',
      ['keys', 'list', '--workspace', 'w'.repeat(65)],
      '--workspace has to be 1 to 64',
    ],
    ['an empty workspace', ['keys', 'list', '--workspace', ''], '--workspace has to be'],
    ['a path as a workspace', ['keys', 'list', '--workspace', '../acme'], '--workspace has to be'],
    ['a bad key', ['keys', 'validate', '…AbCd', ...W], 'KEY has to be a key id'],
    ['a bad run', ['runs', 'start', 'run 1', ...W], 'RUN has to be'],
    ['a bad project', ['keys', 'clear-default', ...W, '--project', 'a/b'], '--project has to be'],
    ['a bad case', ['keys', 'hard-delete', 'abcdef', ...W, '--case', 'CASE 1'], '--case has to be'],
    ['no case', ['keys', 'hard-delete', 'abcdef', ...W], "'--case <id>' not specified"],
    [
      'a bad reason',
      ['keys', 'hard-delete', 'abcdef', ...W, '--case', 'C', '--reason', 'why'],
      'leak or other',
    ],
    ['a bad outcome', ['runs', 'finish', 'r', ...W, '--outcome', 'done'], 'succeeded, failed or cancelled'],
    ['a bad lease', ['runs', 'start', 'r', ...W, '--lease', '1h'], '--lease has to be a whole number'],
    ['no lease at all', ['runs', 'start', 'r', ...W, '--lease', '0'], '--lease has to be a whole number'],
    [
      'a vendor and a key',
      ['runs', 'start', 'r', ...W, '--vendor', 'openai', '--key', 'abcdef'],
      'take one of them',
    ],
    ['exec without a name', ['runs', 'start', 'r', ...W, '--exec', 'true'], '--exec needs --env-name'],
    ['a name without exec', ['runs', 'start', 'r', ...W, '--env-name', 'KEY'], 'are for --exec'],
    [
      'a name for stdin',
      ['runs', 'start', 'r', ...W, '--exec', 'true', '--secret-via', 'stdin', '--env-name', 'A_KEY'],
      'not for stdin',
    ],
    [
      'a linker variable',
      ['runs', 'start', 'r', ...W, '--exec', 'true', '--env-name', 'LD_PRELOAD'],
      "can't be LD_PRELOAD",
    ],
    ['the PATH', ['runs', 'resume', 'r', ...W, '--exec', 'true', '--env-name', 'PATH'], "can't be PATH"],
    ['system as actor', ['keys', 'list', ...W, '--as', 'system:keyturn'], 'system is Keyturn itself'],
    ['an actor without kind', ['keys', 'list', ...W, '--as', 'ada'], '--as takes'],
    ['an actor with a space', ['keys', 'list', ...W, '--as', 'user:ada l'], '--as takes'],
    ['a bad time', ['history', ...W, '--at', 'yesterday'], '--at takes a time'],
    ['a day that is none', ['audit', 'list', '--since', '2026-02-30'], '--since takes a time'],
    ['a page too large', ['audit', 'list', '--limit', '1000001'], '--limit has to be'],
    ['a bad event type', ['audit', 'list', '--action', 'KeyStolen'], '--action has to be'],
    ['a bad cursor', ['audit', 'list', '--after', 'nowhere'], 'cursor does not belong'],
    ['another list’s cursor', ['runs', 'list', ...W, '--after', 'YXVkaXQx'], 'cursor does not belong'],
    ['two formats', ['audit', 'list', '--csv', '--jsonl'], 'take one of them'],
    ['a project without workspace', ['audit', 'list', '--project', 'docs'], '--project needs --workspace'],
    ['half a key without workspace', ['audit', 'list', '--key', 'abcdef'], 'takes a whole id'],
    ['all of them, and so many', ['audit', 'list', '--all', '-L', '3'], 'take one of them'],
    ['a last 4 that is none', ['audit', 'list', '--last4', 'AbC'], 'last 4 characters'],
    ['an unknown projection', ['projections', 'rebuild', 'key-lists'], 'NAME has to be'],
    ['one word too many', ['projections', 'status', 'all'], 'takes nothing more'],
  ])('%s', async (_, words, sentence) => {
    const { status, stdout, stderr } = await shop.run(words);
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
    expect(words.length === 0 || words.length === 1 ? '' : stdout).toBe('');
  });

  test('is a document with --json', async () => {
    const { status, document } = await shop.ask(['keys', 'list']);
    expect(status).toBe(2);
    expect(at(document, 'usage', 'message')).toContain('--workspace');
  });
});

describe('a key in the wrong place', () => {
  test.each([
    ['behind keys add', (key: string) => ['keys', 'add', ...W, '--vendor', 'anthropic', key]],
    [
      'as an option of its own',
      (key: string) => ['keys', 'add', ...W, '--vendor', 'anthropic', `--key=${key}`],
    ],
    ['as a command', (key: string) => [key]],
    ['as the workspace', (key: string) => ['keys', 'list', '--workspace', key]],
    ['as the actor', (key: string) => ['keys', 'list', ...W, '--as', `user:${key}`]],
    ['as the actor of an audit', (key: string) => ['audit', 'list', '--actor', key]],
    ['as a KEY', (key: string) => ['keys', 'validate', key, ...W]],
    ['as a time', (key: string) => ['history', ...W, '--at', key]],
    ['as the vendor', (key: string) => ['keys', 'add', ...W, '--vendor', key]],
    [
      'as the label',
      (key: string) => ['keys', 'add', ...W, '--vendor', 'anthropic', '--label', key.slice(0, 60)],
    ],
    ['as the data directory', (key: string) => ['keys', 'list', ...W, '--data', key.slice(0, 60)]],
    ['as a path to the data directory', (key: string) => ['init', '--data', `new/${key.slice(0, 60)}/data`]],
    ['as the master key file', (key: string) => ['runs', 'start', 'r', ...W, '--master-key-file', key]],
    ['as the case', (key: string) => ['keys', 'hard-delete', 'abcdef', ...W, '--case', key.slice(0, 60)]],
  ])('is not repeated: %s', async (_, words) => {
    const key = shop.sandbox.issueKey('anthropic');
    const env = { KEYTURN_DEBUG: '1' };
    const { status, stdout, stderr } = await shop.run(words(key), { input: key, env });
    expect([1, 2]).toContain(status);
    for (let start = 0; start + 20 <= 60; start += 10) {
      expect(stdout + stderr).not.toContain(key.slice(start, start + 20));
    }
  });
});

describe('in the environment', () => {
  test.each(['KEYTURN_DATA', 'KEYTURN_MASTER_KEY_FILE', 'KEYTURN_PASSPHRASE_FILE'])(
    'a key as %s is not repeated',
    async (name) => {
      const key = shop.sandbox.issueKey('openai');
      const { status, stderr } = await shop.run(['keys', 'list', ...W], {
        env: { [name]: key, KEYTURN_DEBUG: '1' },
      });
      expect(status).toBe(2);
      expect(stderr).toContain('looks like a key');
      expect(stderr).not.toContain(key.slice(8, 16));
    },
  );

  test.each([['runs', 'list'], ['keys', 'list'], ['audit', 'list'], ['history']])(
    'a short key as the workspace of %s %s is not repeated',
    async (...words) => {
      const key = `gsk_${shop.sandbox.issueKey('anthropic').replace(/[_-]/g, '').slice(-40, -10)}`;
      const { status, stdout, stderr } = await shop.run([...words, '--workspace', key]);
      expect(status).toBe(2);
      expect(stdout + stderr).not.toContain(key.slice(4, 12));
    },
  );

  test('NODE_DEBUG is refused: Node would print what passes through it', async () => {
    const { status, document } = await shop.ask(['keys', 'list', ...W], { env: { NODE_DEBUG: 'fs' } });
    expect(status).toBe(3);
    expect(at(document, 'fault', 'code')).toBe('node-debug');
  });
});

describe('help', () => {
  test('has the commands, the exit statuses and where keys come from', async () => {
    const { status, stdout } = await shop.run(['--help']);
    expect(status).toBe(0);
    for (const word of [
      'init',
      'keys',
      'runs',
      'audit',
      'history',
      'projections',
      '3 fault',
      'standard input',
    ]) {
      expect(stdout.replaceAll('\n', ' ')).toContain(word);
    }
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test.each([
    [['init']],
    [['keys', 'add']],
    [['keys', 'list']],
    [['keys', 'validate']],
    [['keys', 'set-default']],
    [['keys', 'clear-default']],
    [['keys', 'delete']],
    [['keys', 'hard-delete']],
    [['workspaces', 'list']],
    [['workspaces', 'close']],
    [['runs', 'start']],
    [['runs', 'resume']],
    [['runs', 'finish']],
    [['runs', 'list']],
    [['audit', 'list']],
    [['history']],
    [['projections', 'status']],
    [['projections', 'rebuild']],
  ])('%s has an example', async (words) => {
    const { status, stdout } = await shop.run([...words, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Examples?:\n {2}(.*\| )?keyturn /);
    expect(stdout).toContain('--json');
  });

  test('--version', async () => {
    expect(await shop.run(['--version'])).toMatchObject({ status: 0, stdout: '0.1.0\n' });
  });
});

describe('global options', () => {
  test('are taken before and after the words of a command', async () => {
    await shop.add('acme');
    const before = await shop.run(['--json', '--as', 'user:ada', 'keys', 'list', ...W]);
    const between = await shop.run(['keys', '--json', 'list', ...W, '--as', 'user:ada']);
    const after = await shop.run(['keys', 'list', ...W, '--as', 'user:ada', '--json']);
    expect(before.status).toBe(0);
    expect(between.stdout).toBe(before.stdout);
    expect(after.stdout).toBe(before.stdout);
  });

  test('--data wins over KEYTURN_DATA', async () => {
    const { status, document } = await shop.ask(['keys', 'list', ...W, '--data', '/nowhere']);
    expect(status).toBe(3);
    expect(at(document, 'fault', 'code')).toBe('not-initialised');
  });

  test('--verbose logs JSON lines to standard error, and the document stays one', async () => {
    const { status } = await shop.ask(['runs', 'finish', 'no-run', ...W, '--verbose']);
    expect(status).toBe(1);
  });

  test('an override for an unknown vendor is a fault that names the known ones', async () => {
    const { status, document } = await shop.ask(['runs', 'finish', 'no-run', ...W], {
      env: { KEYTURN_ENDPOINT_ANTROPIC: shop.sandbox.url },
    });
    expect(status).toBe(3);
    expect(at(document, 'fault', 'code')).toBe('bad-endpoint-override');
    expect(at(document, 'fault', 'message')).toContain('anthropic');
  });
});
