import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyturn-loading-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

// On what was built, as a command loads it.
const PROGRAM = `
  const [, directory, query] = process.argv;
  const right = async (task) => (await task()).right;
  const { openReadModels } = require('@keyturn/projections');
  const { openSqliteEventStore } = require('@keyturn/event-store-sqlite');
  (async () => {
    const store = await right(openSqliteEventStore({ file: directory + '/events.sqlite' }));
    const models = await right(openReadModels({ file: directory + '/read-models.sqlite', store }));
    await right(models.catchUp);
    if (query === 'keys') await right(models.listKeys('acme'));
    else await right(models.auditPage({}, { order: 'newest-first', limit: 1 }));
    await models.close();
    await store.close();
    const queryBuilder = /node_modules.kysely./;
    process.stdout.write(String(Object.keys(require.cache).some((path) => queryBuilder.test(path))));
  })();
`;

const loadsQueryBuilder = (query: 'keys' | 'audit'): string =>
  execFileSync(process.execPath, ['-e', PROGRAM, directory, query], {
    cwd: join(__dirname, '..'),
    encoding: 'utf8',
  });

test('to list the keys of a read model that is up to date, the query builder is not loaded', () => {
  expect(loadsQueryBuilder('audit')).toBe('true');
  expect(loadsQueryBuilder('keys')).toBe('false');
});
