import { expect, jest, test } from '@jest/globals';
import { betterSqlite3 } from './betterSqlite3';

// Virtual: where Node is too new for it, it is not even installed.
jest.mock(
  'better-sqlite3',
  () => {
    throw Object.assign(new Error("Cannot find module 'better-sqlite3'"), { code: 'MODULE_NOT_FOUND' });
  },
  { virtual: true },
);

const open = () => betterSqlite3.open(':memory:', { create: true, readonly: false, busyTimeoutMs: 0 });

test('where it is missing, one fault says so', () => {
  expect(open).toThrow(expect.objectContaining({ name: 'SqliteError', code: 'no-driver' }));
});

test.each([
  'better-sqlite3',
  'npm: npm rebuild better-sqlite3',
  '"dependenciesMeta": { "better-sqlite3": { "built": true } }',
  'yarn rebuild better-sqlite3',
  'approve-builds',
  'onlyBuiltDependencies',
  'python3, make and g++',
  'Node 24',
])('that fault names the cure: %s', (words) => {
  expect(open).toThrow(words);
});
