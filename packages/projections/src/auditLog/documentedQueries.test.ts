import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { someHistory } from '../testSupport/histories';
import { right, withOnDisk } from '../testSupport/onDisk';

const documented = readFileSync(join(__dirname, '../../../../docs/audit-log.md'), 'utf8');
const queries = [...documented.matchAll(/```sql\n([^]*?)```/g)].map(([, sql = '']) => sql);

test('the document has examples', () => {
  expect(queries.length).toBeGreaterThan(3);
});

test.each(queries)('a documented query is found by an index: %s', async (sql) => {
  await withOnDisk(async ({ append, open, file }) => {
    const models = await open();
    await append(someHistory(80, 6));
    await right(models.catchUp);
    const database = openSqlite(file, { readonly: true });
    const plan = JSON.stringify(database.prepare(`explain query plan ${sql}`).all());
    const named = sql.replaceAll("'acme'", "'ws-0'");
    expect(Array.isArray(database.prepare(named).all())).toBe(true);
    database.close();
    // What an index found may be sorted: no index is by sequence alone within a workspace.
    expect(plan).not.toMatch(/SCAN audit_entries/);
  });
});

test('every column of the views is in the document', async () => {
  await withOnDisk(async ({ open, file }) => {
    await open();
    const database = openSqlite(file, { readonly: true });
    const columns = ['audit_entries_v2', 'key_list_v3', 'known_keys_v3', 'run_usage_v1'].flatMap((view) =>
      database.pluck<[string], string>('select name from pragma_table_info(?)').all(view),
    );
    database.close();
    for (const column of columns) {
      const name = column.replace(/_ms$/, '');
      expect(documented.includes(`\`${column}\``) || documented.includes(`\`${name}\``)).toBe(true);
    }
  });
});
