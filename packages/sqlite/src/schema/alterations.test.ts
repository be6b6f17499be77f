import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../openSqlite';
import { alterations } from './alterations';
import { schemaMadeBy, schemaOf } from './schemaObjects';

const TABLES = `
CREATE TABLE IF NOT EXISTS keys (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE);
CREATE INDEX IF NOT EXISTS keys_by_name ON keys (name);`;

const alteredBy = (statements: string): ReadonlyArray<string> => {
  const connection = openSqlite(':memory:');
  try {
    connection.exec(TABLES);
    connection.exec(statements);
    return alterations(schemaOf(connection), { required: schemaMadeBy(TABLES) });
  } finally {
    connection.close();
  }
};

describe('alterations of a schema', () => {
  test.each([
    ['nothing', ''],
    ['rows, a VACUUM and statistics', "INSERT INTO keys (name) VALUES ('a'); VACUUM; ANALYZE"],
    ['what was made and taken away again', 'CREATE TABLE z (a); DROP TABLE z'],
    [
      'a temporary trigger, which no file has',
      'CREATE TEMP TRIGGER t AFTER DELETE ON keys BEGIN SELECT 1; END',
    ],
  ])('none by %s', (_, statements) => {
    expect(alteredBy(statements)).toEqual([]);
  });

  test.each([
    ['CREATE TRIGGER t AFTER DELETE ON keys BEGIN SELECT 1; END', 'the trigger t on keys is not ours'],
    ['CREATE VIEW v AS SELECT name FROM keys', 'the view v is not ours'],
    ['CREATE TABLE z (a)', 'the table z is not ours'],
    ['CREATE INDEX i ON keys (id)', 'the index i on keys is not ours'],
    ['ALTER TABLE keys ADD COLUMN more TEXT', 'the table keys was altered'],
    ['DROP INDEX keys_by_name', 'the index keys_by_name on keys is missing'],
    [
      'DROP INDEX keys_by_name; CREATE TABLE other (name); CREATE INDEX keys_by_name ON other (name)',
      'the index keys_by_name on other is not ours',
    ],
  ])('%s', (statements, named) => {
    expect(alteredBy(statements)).toContain(named);
  });

  test('a trigger counts though it has a name of SQLite’s own', () => {
    const trigger = { type: 'trigger', name: 'sqlite_t', table: 'keys', sql: 'CREATE TRIGGER sqlite_t …' };
    expect(alterations([trigger], { required: [] })).toEqual(['the trigger sqlite_t on keys is not ours']);
  });

  test('what is optional may be missing, and not altered', () => {
    const optional = schemaMadeBy('CREATE TABLE later (a)');
    expect(alterations([], { required: [], optional })).toEqual([]);
    expect(alterations(optional, { required: [], optional })).toEqual([]);
    expect(alterations(schemaMadeBy('CREATE TABLE later (b)'), { required: [], optional })).toEqual([
      'the table later was altered',
    ]);
  });
});
