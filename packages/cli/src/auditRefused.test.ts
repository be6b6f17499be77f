import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { at, openWorkshop, type AddedKey, type Workshop } from './testSupport/workshop';

let shop: Workshop;
let key: AddedKey;
beforeAll(async () => {
  shop = await openWorkshop({ init: 'copied' });
  key = await shop.add('acme');
  await shop.run(['keys', 'delete', key.keyId, '--workspace', 'acme', '--yes', '--as', 'user:mallory']);
  await shop.run(['runs', 'resume', 'run-9', '--workspace', 'acme', '--as', 'service:compiler']);
  await shop.run(['runs', 'start', 'run-1', '--workspace', 'globex', '--as', 'user:bob']);
});
afterAll(() => shop.close());

const refused = async (...words: ReadonlyArray<string>): Promise<ReadonlyArray<unknown>> => {
  const { document } = await shop.ask(['audit', 'list', '--refused', ...words]);
  const refusals = at(document, 'refusals');
  return Array.isArray(refusals) ? refusals.map((line) => [at(line, 'action'), at(line, 'code')]) : [];
};

const DELETE = ['DeleteKey', 'last-key'];
const RESUME = ['ResumeRun', 'run-not-open'];

test('F-C6: audit list --refused: newest first, of a workspace, a key or an actor', async () => {
  const all = await refused();
  expect(all).toHaveLength(3);
  expect(all.slice(1)).toEqual([RESUME, DELETE]);
  expect(await refused('--workspace', 'acme')).toEqual([RESUME, DELETE]);
  expect(await refused('--workspace', 'acme', '--key', key.keyId.slice(0, 8))).toEqual([DELETE]);
  expect(await refused('--actor', 'service:compiler')).toEqual([RESUME]);
  expect(await refused('--actor', 'user:compiler')).toEqual([]);
  expect(await refused('--until', '2020-01-01')).toEqual([]);
});

test('shows a table, and goes on where a page ended', async () => {
  const first = await shop.run(['audit', 'list', '--refused', '--limit', '2']);
  expect(first.stdout).toMatch(/# +REFUSED +WORKSPACE +ACTOR +ATTEMPT +KEY +BECAUSE/);
  expect(first.stdout).toContain('service:compiler');
  expect(first.stderr).toContain('There are more: --after 2, or --all');
  const { stdout } = await shop.run(['audit', 'list', '--refused', '--after', '2']);
  expect(stdout).toContain('user:mallory');
  expect(stdout).toContain('last-key');
  const none = await shop.run(['audit', 'list', '--refused', '--actor', 'nobody']);
  expect(none.stdout).toBe('No refused attempt matches.\n');
  expect(none.stderr).toBe('No event names actor nobody.\n');
  const mistyped = await shop.run(['audit', 'list', '--refused', '-w', 'amce']);
  expect(mistyped.stderr).toBe('No event names workspace amce. Did you mean acme?\n');
  // Named by no event, and known by what was refused: there is an answer.
  const refusedAlone = await shop.run(['audit', 'list', '--refused', '-w', 'globex']);
  expect(refusedAlone.stderr).toBe('');
});

test.each<readonly [words: ReadonlyArray<string>, says: string]>([
  [['--csv'], '--refused comes as a table'],
  [['--uses'], '--uses is of no use'],
  [['--action', 'KeyAdded'], '--action is of no use'],
  [['--oldest-first'], '--oldest-first is of no use'],
  [['--actor', 'a', '--actor', 'b'], 'one --actor at a time'],
  [['--actor', 'system:keyturn'], "is nobody's attempt"],
])('takes no %j', async (words, says) => {
  const { status, stderr } = await shop.run(['audit', 'list', '--refused', ...words]);
  expect(status).toBe(2);
  expect(stderr).toContain(says);
});

test('nothing that was printed or kept holds the secret', async () => {
  const { status, stdout } = await shop.run(['audit', 'list', '--refused', '--json']);
  expect(status).toBe(0);
  expect(stdout).not.toContain(key.secret);
});
