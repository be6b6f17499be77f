import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { drill, type StoryName } from './drill/drill';
import type { Io } from './io';
import { main } from './main';
import type { RunCommandLine } from './session';
import { openWorkshop, type Workshop } from './testSupport/workshop';

// That the three stories are told whole is shown by their transcripts.

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop({ init: false });
});
afterAll(() => shop.close());

const nowhere = { fd: -1, isTTY: false, write: async () => true };
const io = (): Io => ({
  env: {},
  cwd: shop.directory,
  umask: 0o77,
  stdin: -1,
  stdout: nowhere,
  stderr: nowhere,
  ask: null,
  confirm: null,
});

/** Tells a story with a command that is not as it should be, and gives what is told and why it ended. */
const toldWith = async (
  story: StoryName,
  command: RunCommandLine,
): Promise<{ readonly lines: ReadonlyArray<string>; readonly error: unknown }> => {
  const lines: string[] = [];
  try {
    for await (const line of drill(story, { io: io(), command })) lines.push(line);
    return { lines, error: null };
  } catch (error) {
    return { lines, error };
  }
};

const isCalled = (words: ReadonlyArray<string>, called: string): boolean =>
  words.slice(0, 2).join(' ') === called;

test.each<[story: StoryName, idle: string]>([
  ['default', 'keys set-default'],
  ['default', 'leak revoke'],
  ['deleted', 'leak check'],
  ['deleted', 'leak close'],
  ['two-workspaces', 'leak report'],
])('the story %s is broken where %s does nothing, and ends there', async (story, idle) => {
  const { lines, error } = await toldWith(story, (words, of) =>
    isCalled(words, idle) ? Promise.resolve(0) : main(words, of),
  );
  expect(error).toMatchObject({ code: 'drill-broken', message: expect.stringMatching(/^Expected: /) });
  expect(lines.filter((line) => line.startsWith('  $ ')).at(-1)).toContain(idle);
});

test('a secret that is left in a file breaks it', async () => {
  const { lines, error } = await toldWith('deleted', async (words, of) => {
    if (!isCalled(words, 'keys add')) return main(words, of);
    const file = join(of.cwd, 'left-behind.txt');
    writeFileSync(file, readFileSync(of.stdin));
    const stdin = openSync(file, 'r');
    const status = await main(words, { ...of, stdin });
    closeSync(stdin);
    return status;
  });
  expect(error).toMatchObject({
    code: 'drill-broken',
    message: expect.stringContaining('no secret in clear'),
  });
  expect(lines.at(-1)).toMatch(/Is any secret in clear/);
});

test('takes no other story, and no --json', async () => {
  expect(await shop.run(['leak', 'drill', '--story', 'another'])).toMatchObject({ status: 2 });
  expect(await shop.run(['leak', 'drill', '--json'])).toMatchObject({ status: 2 });
});
