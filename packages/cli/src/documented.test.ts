import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commandWords } from './commandTable';
import { openWorkshop, type Workshop } from './testSupport/workshop';

// docs/cli.md names every command with its options, and every member of every document.

const document = readFileSync(join(__dirname, '../../../docs/cli.md'), 'utf8');
const optionsIn = (text: string): ReadonlyArray<string> =>
  [...new Set(text.match(/--[a-z][a-z0-9-]*/g))].sort();

/** What is written for each command, by its words; a line that is indented belongs to the one before. */
const synopsis = (): ReadonlyMap<string, ReadonlyArray<string>> => {
  const [, text = ''] = /```text\n(keyturn init[^]*?)```/.exec(document) ?? [];
  const parts = new Map(
    [...text.matchAll(/^([A-Z]+): +([^]*?)(?=^[A-Z]+:|$(?![^]))/gm)].map(([, name = '', part = '']) => [
      name,
      part,
    ]),
  );
  const lines = text
    .replaceAll(/\n {4,}/g, ' ')
    .split('\n')
    .filter((line) => line.startsWith('keyturn '));
  return new Map(
    lines.map((line) => {
      const words = /^keyturn ((?:[a-z][a-z-]*(?: |$))+)/.exec(line)?.[1]?.trim() ?? '';
      const all = [line, ...[...parts].flatMap(([name, part]) => (line.includes(`[${name}]`) ? [part] : []))];
      return [words.replace(/^(projections rebuild|completion) .*/, '$1'), optionsIn(all.join(' '))];
    }),
  );
};

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

test('every command is in the synopsis', () => {
  expect([...synopsis().keys()].sort()).toEqual(commandWords.map((words) => words.join(' ')).sort());
});

test.each(commandWords.map((words) => [words.join(' '), words] as const))(
  '%s takes the options that are written, and no others',
  async (name, words) => {
    const { stdout } = await shop.run([...words, '--help']);
    const [, options = ''] = /\nOptions:\n([^]*?)\n\n/.exec(stdout) ?? [];
    const taken = options.match(/^ {2}(?:-\w, )?--[a-z0-9-]+/gm)?.join(' ') ?? '';
    expect(synopsis().get(name)).toEqual(optionsIn(taken).filter((option) => option !== '--help'));
  },
);

/** Every name of a member, at any depth but in what events say. */
const membersOf = (value: unknown): ReadonlyArray<string> =>
  typeof value !== 'object' || value === null
    ? []
    : Array.isArray(value)
      ? value.flatMap(membersOf)
      : Object.entries(value).flatMap(([name, inside]) => [
          name,
          ...(name === 'data' ? [] : membersOf(inside)),
        ]);

describe('every member of a document is written:', () => {
  const [, written = ''] = /\n## Documents\n([^]*?)\n## /.exec(document) ?? [];
  const W = ['--workspace', 'acme'];
  const C = [...W, '--case', 'C-2'];
  const STEPS = ['stop-stranger', 'successor', 'revoke', 'kill-check', 'hard-delete', 'review'];
  const LEFT = STEPS.flatMap((step) => ['--leave', `${step}=a rehearsal`]);
  let keyId: string;
  let reported: string;
  let wrong: string;
  beforeAll(async () => {
    ({ keyId } = await shop.add('acme'));
    await shop.add('acme', 'openai');
    for (const run of ['one', 'two']) await shop.run(['runs', 'start', run, ...W, '--project', 'docs']);
    const { keyId: leaked } = await shop.add('acme');
    await shop.run(['keys', 'hard-delete', leaked, ...W, '--case', 'C-1', '--yes']);
    await shop.add('left');
    ({ keyId: reported } = await shop.add('acme'));
    ({ keyId: wrong } = await shop.add('acme'));
    await shop.run(['leak', 'report', reported, ...C]);
    await shop.run(['leak', 'report', wrong, ...W, '--case', 'C-3']);
  });

  test.each<readonly [name: string, words: (key: string) => ReadonlyArray<string>]>([
    ['keys validate', (key) => ['keys', 'validate', key, ...W]],
    ['keys set-default', (key) => ['keys', 'set-default', key, ...W, '--project', 'docs']],
    ['keys set-default --dry-run', (key) => ['keys', 'set-default', key, ...W, '--dry-run']],
    ['keys clear-default', () => ['keys', 'clear-default', ...W, '--project', 'site']],
    ['keys relabel', (key) => ['keys', 'relabel', key, ...W, '--label', 'prod']],
    ['keys due', () => ['keys', 'due', '--within', '400']],
    ['keys list', () => ['keys', 'list', ...W, '--all']],
    ['keys show', (key) => ['keys', 'show', key, ...W]],
    ['runs resume', () => ['runs', 'resume', 'one', ...W]],
    ['runs resume --exec', () => ['runs', 'resume', 'two', ...W, '--env-name', 'A_KEY', '--exec', 'true']],
    ['runs finish', () => ['runs', 'finish', 'never', ...W]],
    ['runs list', () => ['runs', 'list', ...W]],
    ['workspaces list', () => ['workspaces', 'list']],
    ['workspaces close', () => ['workspaces', 'close', 'left', '--case', 'LEFT-1', '--yes']],
    ['audit list', () => ['audit', 'list', '--limit', '50']],
    ['audit count', () => ['audit', 'count', '--by', 'key']],
    ['audit list --refused', () => ['audit', 'list', '--refused']],
    ['leak exposure', (key) => ['leak', 'exposure', key, ...W]],
    ['leak report', () => ['leak', 'report', reported, ...C, '--stranger', 'no']],
    ['leak suspend', () => ['leak', 'suspend', reported, ...C, '--yes']],
    ['leak reinstate', () => ['leak', 'reinstate', reported, ...C]],
    ['leak revoke', () => ['leak', 'revoke', reported, ...C, '--done']],
    ['leak check', () => ['leak', 'check', reported, ...C]],
    ['leak reviewed', () => ['leak', 'reviewed', reported, ...C]],
    ['leak status', () => ['leak', 'status', '--case', 'C-2']],
    ['leak close', () => ['leak', 'close', ...C, ...LEFT]],
    ['leak withdraw', () => ['leak', 'withdraw', wrong, ...W, '--case', 'C-3', '--reason', 'a slip']],
    ['leak find', (key) => ['leak', 'find', '--key', key]],
    ['history', () => ['history', ...W]],
    ['status', () => ['status']],
    ['sweep', () => ['sweep', '--dry-run']],
    ['verify', () => ['verify']],
    ['log accept', () => ['log', 'accept', '--all']],
    ['log disown', () => ['log', 'disown', ...W]],
    ['migrate', () => ['migrate', '--dry-run']],
    ['vault info', () => ['vault', 'info']],
    ['projections status', () => ['projections', 'status']],
  ])('%s', async (_, words) => {
    const { document: told } = await shop.ask(words(keyId));
    const names = [...new Set(membersOf(told))];
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(written))).toEqual([]);
  });

  /** The members that are written of a command's document; what stands in quotes is what one may say. */
  const writtenOf = (name: string): ReadonlyArray<string> => {
    const [, row = ''] = new RegExp(`^\\| \`${name}\`[^|]*\\|(.*)\\|$`, 'm').exec(written) ?? [];
    const members = [...row.matchAll(/`([^`]+)`/g)].map(([, part = '']) =>
      part.replaceAll(/\("[^)]*\)/g, ''),
    );
    return [...new Set(members.join(' ').match(/[a-z][A-Za-z0-9-]+/g))];
  };

  test.each([
    ['keys list', ['keys', 'list', ...W, '--all']],
    ['leak find', ['leak', 'find', '--last4', 'AAAA']],
    ['runs list', ['runs', 'list', ...W]],
    ['workspaces list', ['workspaces', 'list']],
  ])('%s has all that is written of it', async (name, words) => {
    const { last4 } = await shop.add('acme');
    const { document: told } = await shop.ask(words.map((word) => (word === 'AAAA' ? last4 : word)));
    expect(writtenOf(name)).not.toEqual([]);
    expect(membersOf(told)).toEqual(expect.arrayContaining([...writtenOf(name)]));
  });

  test('keys add, keys delete', async () => {
    const input = shop.sandbox.issueKey('anthropic');
    const added = await shop.ask(['keys', 'add', '--workspace', 'new', '--vendor', 'anthropic'], { input });
    const { keyId: only } = await shop.add('other');
    const words = ['keys', 'delete', only, '--workspace', 'other', '--leave-empty', '--yes'];
    const deleted = await shop.ask(words);
    const names = membersOf([added.document, deleted.document]);
    expect(names).toEqual(expect.arrayContaining(['newWorkspace', 'proof']));
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(written))).toEqual([]);
  });
});
