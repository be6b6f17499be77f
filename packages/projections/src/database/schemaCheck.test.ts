import { statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { projectorOf } from '../projectors';
import { writeInfo } from '../readModelInfo';
import { openReadModels } from '../readModels';
import { projections } from '../runtime/projector';
import { left, right, withOnDisk } from '../testSupport/onDisk';
import { checkpointsOf, createCheckpointTable } from './checkpoints';
import { createGeneration, indexStatements, showGeneration } from './generations';
import { KNOWN_SCHEMA, SHARED } from './knownSchema';
import { presentSchema } from './schemaCheck';
import { createStreamTable } from './streamStates';

const tamper = (file: string, statements: string): void => {
  const database = openSqlite(file);
  database.exec(statements);
  database.close();
};

describe('what is known of a read model', () => {
  test.each(projections)('is what the projector of %s makes', (name) => {
    const writer = openSqlite(':memory:');
    const projector = projectorOf({ name, version: 1 });
    writeInfo(writer, 'store');
    createCheckpointTable(writer);
    createStreamTable(writer);
    const checkpoints = checkpointsOf(writer);
    const { generation } = createGeneration(writer, checkpoints, projector, { live: true, now: 0 });
    showGeneration(writer, projector, generation);
    for (const statement of indexStatements(projector, generation)) writer.exec(statement);
    const made = presentSchema({ writer }, checkpoints.all()).map(
      ({ type, name: of, sql }) => `${type} ${of.replace(/_g1$/, '')} ${sql}`,
    );
    const known = [...KNOWN_SCHEMA[name], ...SHARED].map(
      ({ type, name: of, digest }) => `${type} ${of} ${digest}`,
    );
    // The digests of what is shared are of statements without a generation.
    expect(known.sort()).toEqual([...made].sort());
    writer.close();
  });
});

describe('I-46: what is not ours in a read model', () => {
  test.each([
    [
      'CREATE TRIGGER t BEFORE INSERT ON audit_entries_g1 BEGIN SELECT RAISE(IGNORE); END',
      'the trigger t on audit_entries_g1 is not ours',
    ],
    ['CREATE TABLE z (a)', 'the table z is not ours'],
    ['ALTER TABLE key_list_g1 ADD COLUMN more text', 'the table key_list_g1 was altered'],
    [
      'DROP VIEW key_list_v3; CREATE VIEW key_list_v3 AS SELECT * FROM key_list_g1 LIMIT 1',
      'the view key_list_v3 was altered',
    ],
    ['DROP INDEX audit_log_by_run_g1', 'the index audit_log_by_run_g1 on audit_entries_g1 is missing'],
    ['CREATE UNIQUE INDEX one ON audit_entries_g1 (type)', 'the index one on audit_entries_g1 is not ours'],
  ])('%s: named, for who projects and for who reads', async (statements, named) => {
    await withOnDisk(async ({ file, store, open }) => {
      const models = await open();
      await right(models.catchUp);
      tamper(file, statements);
      for (const access of ['write', 'read'] as const)
        expect(await left(openReadModels({ file, store, access }))).toMatchObject({
          code: 'read-model-altered',
          message: expect.stringContaining(named),
        });
    });
  });

  test.each([
    ['what a rebuild makes', 1],
    ['indexes that are not built yet', 0],
  ])('%s is ours', async (_, rebuilds) => {
    await withOnDisk(async ({ open }) => {
      const models = await open();
      for (let done = 0; done < rebuilds; done += 1) await right(models.rebuild('audit-log'));
      for (const access of ['write', 'read'] as const) {
        const again = await open({ access });
        expect(await right(again.status)).toHaveLength(3);
      }
    });
  });

  test('what a newer release has made is left to it, but for a trigger', async () => {
    await withOnDisk(async ({ file, store, open }) => {
      const models = await open();
      await right(models.catchUp);
      tamper(
        file,
        `UPDATE projection_checkpoints SET version = 99 WHERE projector = 'key-list';
         ALTER TABLE key_list_g1 ADD COLUMN more text; CREATE VIEW key_list_v4 AS SELECT more FROM key_list_g1;
         CREATE TABLE key_more_g1 (a);`,
      );
      await open();
      tamper(file, 'CREATE TRIGGER t AFTER INSERT ON key_more_g1 BEGIN SELECT 1; END');
      expect(await left(openReadModels({ file, store }))).toMatchObject({
        message: expect.stringContaining('the trigger t on key_more_g1 is not ours'),
      });
    });
  });
});

test('F-B10, I-24: a read model is its owner’s alone, whoever opens it', async () => {
  const before = process.umask(0o022);
  try {
    await withOnDisk(async ({ file, open }) => {
      await open();
      expect(['', '-wal', '-shm'].map((end) => statSync(`${file}${end}`).mode & 0o777)).toEqual([
        0o600, 0o600, 0o600,
      ]);
    });
  } finally {
    process.umask(before);
  }
});

test('I-23: a read model is no link', async () => {
  await withOnDisk(async ({ directory, file, store, open }) => {
    await open();
    const link = join(directory, 'link.db');
    symlinkSync(file, link);
    for (const access of ['write', 'read'] as const)
      expect(await left(openReadModels({ file: link, store, access }))).toMatchObject({
        code: 'unsafe-files',
        message: expect.stringContaining(`${link} is a symbolic link`),
      });
  });
});
