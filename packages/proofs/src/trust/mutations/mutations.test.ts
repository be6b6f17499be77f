import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../checks';
import { edited } from './mutation';
import { MUTATIONS } from './mutations';

const ROOT = join(__dirname, '..', '..', '..', '..', '..');

test.each(MUTATIONS.map((mutation) => [mutation.name, mutation] as const))(
  '%s still fits the code',
  (_, { edits, check }) => {
    const files = new Map<string, string>();
    for (const edit of edits) {
      const source = files.get(edit.file) ?? readFileSync(join(ROOT, edit.file), 'utf8');
      const changed = edited(source, edit);
      expect(changed).not.toBe(source);
      files.set(edit.file, changed);
    }
    expect(CHECKS.map(({ name }) => name)).toContain(check);
  },
);

test('every check has a mutation, and every mutation a name of its own', () => {
  expect(new Set(MUTATIONS.map(({ check }) => check))).toEqual(new Set(CHECKS.map(({ name }) => name)));
  expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
});

test('a text that is there twice, or not at all, is no place to edit', () => {
  const edit = { file: 'a.ts', find: 'x', replace: 'y' };
  expect(edited('axb', edit)).toBe('ayb');
  expect(() => edited('xx', edit)).toThrow('a.ts has 2 times');
  expect(() => edited('', edit)).toThrow('a.ts has 0 times');
});
