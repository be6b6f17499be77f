import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { createVault, readVaultInfo } from '../openVault';
import { succeed } from '../testSupport/outcomes';
import { meanwhile } from '../testSupport/scriptedSession';
import { onPostgresAlone, type PlacedVault } from '../testSupport/storages';
import { closedAfterwards } from '../testSupport/vaults';
import { openDatabase, type Database } from './connection';
import { presentDeployment, readDeployment } from './deploymentRow';

const opened: Array<Database> = [];
afterAll(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
});

onPostgresAlone(({ newPlace, newVault }) => {
  let made: PlacedVault;
  let database: Database;
  beforeEach(async () => {
    made = await newVault();
    if (!('postgres' in made.place)) throw new Error('not on PostgreSQL');
    database = await succeed(openDatabase(made.place, 1_000));
    opened.push(database);
  });

  test.each([
    ['opened', readDeployment],
    ['read anew', presentDeployment],
  ])('a vault that is %s is seen as it was at one moment, while a rotation ends', async (_, read) => {
    const replacedId = Buffer.alloc(8, 1);
    await made.sql(
      `INSERT INTO rotation (only_row, step, replaced_id) VALUES (1, 'erasing', $1)`,
      replacedId,
    );
    const ending = meanwhile(database, 'FROM rotation', () => made.sql('DELETE FROM rotation'));
    expect((await succeed(read(ending))).rotation).toEqual({ step: 'erasing', replacedId });
    expect((await succeed(read(database))).rotation).toBeNull();
  });

  test('a vault is made in the schema that an administrator has made for it', async () => {
    const { place, sql } = await newPlace();
    await sql('CREATE SCHEMA keyturn_vault');
    const vault = closedAfterwards(await succeed(createVault({ ...made.options, ...place })));
    expect((await succeed(readVaultInfo(place))).deploymentId).toBe(vault.deploymentId);
  });

  test('a new vault has an index for each way in which rows are looked for', async () => {
    expect(
      await made.sql(
        `SELECT replace(substring(indexdef FROM 'ON .*'), 'USING btree ', '') FROM pg_indexes
         WHERE schemaname = 'keyturn_vault' AND indexdef NOT LIKE '%only_row%' AND tablename !~ '_[0-9]+$' ORDER BY 1`,
      ),
    ).toEqual([
      'ON ONLY keyturn_vault.data_keys (workspace_id, data_key_id)',
      'ON ONLY keyturn_vault.data_keys (workspace_id, key_id)',
      'ON ONLY keyturn_vault.sealed_secrets (workspace_id, fingerprint)',
      'ON ONLY keyturn_vault.sealed_secrets (workspace_id, key_id)',
      'ON keyturn_vault.removals (workspace_id, key_id)',
      'ON keyturn_vault.removals (workspace_id, ordinal)',
      'ON keyturn_vault.witnesses (workspace_id)',
      'ON keyturn_vault.workspace_keys (workspace_id)',
    ]);
  });
});
