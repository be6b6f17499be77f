import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { auditActions } from './auditActions';
import { isActorId, isId } from './texts';

test('ids and actor ids are told from other texts', () => {
  expect(['acme', 'a_B-1', 'x'.repeat(64)].every(isId)).toBe(true);
  expect(['', 'a b', '../acme', 'x'.repeat(65), 7, undefined].some(isId)).toBe(false);
  expect(['ada', 'ada@example.com', 'a+b', 'auth0|5f7c', 'urn:example:ada'].every(isActorId)).toBe(true);
  expect(['', 'ada l', 'x'.repeat(257)].some(isActorId)).toBe(false);
});

test('actions are the events of the log', () => {
  expect(auditActions).toContain('KeyHardDeleted');
  expect(new Set(auditActions).size).toBe(auditActions.length);
});

const LOADED = `
  const before = new Set(Object.keys(require.cache));
  require(process.argv[1]);
  process.stdout.write(Object.keys(require.cache).filter((path) => !before.has(path)).join('\\n'));
`;

test('importing the door loads nothing of what lies behind it', () => {
  const loaded = execFileSync(process.execPath, ['-e', LOADED, require.resolve('../dist/index.js')], {
    encoding: 'utf8',
  });
  expect(loaded).toMatch(/keyturn\/dist\/index[.]js/);
  expect(loaded).not.toMatch(/[/](?:service|vault|vendors|projections|event-store[a-z-]*)\/dist\//);
  expect(loaded).not.toMatch(/node_modules\/(?:better-sqlite3|pg|@grpc|@node-rs|kysely)\//);
});
