import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { join } from 'node:path';
import type { Client } from 'pg';
import { backendAt } from '../backendAt';
import { createMasterKeyFile } from '../masterKeyFile';
import { createVault, openVault } from '../openVault';
import { rotateMasterKey } from '../rotation/rotateMasterKey';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { clientOf } from '../testSupport/postgresClient';
import { newPostgresVault, type PostgresVault } from '../testSupport/postgresVaults';
import { NOTHING_KNOWN, shred } from '../testSupport/shredding';
import { onPostgresAlone } from '../testSupport/storages';
import { tempDirectory } from '../testSupport/tempDirectory';
import { sealNew, textOf } from '../testSupport/vaults';
import { type Database, openDatabase } from './connection';
import { knownOf } from './knownSchema';
import { FORMATS } from './schema';
import { catalogOf, requireKnownSchema } from './schemaCheck';
import { sessionOf, type Session } from './session';
import { postgresShredder } from './shred';

const KEEP = "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';";
const keepRows = ['sealed_secrets', 'data_keys']
  .map((table) => `CREATE TRIGGER k BEFORE DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION keep();`)
  .join('');
const hideRows = ['sealed_secrets', 'data_keys']
  .map(
    (table) =>
      `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;` +
      ['SELECT USING (true)', 'INSERT WITH CHECK (true)', 'UPDATE USING (true)']
        .map((policy, n) => `CREATE POLICY p${n} ON ${table} FOR ${policy};`)
        .join(''),
  )
  .join('');
const COPY =
  'CREATE TABLE public.copies (copy jsonb);' +
  "CREATE FUNCTION copy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN " +
  "INSERT INTO public.copies SELECT to_jsonb(OLD); RETURN OLD; END';" +
  'CREATE TRIGGER c AFTER DELETE ON data_keys FOR EACH ROW EXECUTE FUNCTION copy();';

onPostgresAlone((_, server) => {
  const made = async (): Promise<PostgresVault> => newPostgresVault(server());
  const databaseOf = async ({ options }: PostgresVault): Promise<Database> => {
    if (!('postgres' in options)) throw new Error('the vault lies elsewhere');
    return succeed(openDatabase(options, 5_000));
  };

  test('what is known is what a new vault has', async () => {
    const at = await made();
    const database = await databaseOf(at);
    const sorted = (objects: ReadonlyArray<unknown>) => objects.map((each) => JSON.stringify(each)).sort();
    expect(sorted(await succeed(database.run(catalogOf)))).toEqual(sorted(knownOf(FORMATS.present)));
    await database.close();
    await at.close();
  });

  describe.each([
    ['I-16: a trigger that keeps what is deleted', KEEP + keepRows, 'the trigger k on data_keys is not ours'],
    ['I-16: row security without a policy to delete', hideRows, 'the row security forced on sealed_secrets'],
    ['I-17: a trigger that copies what is deleted', COPY, 'the trigger c on data_keys is not ours'],
  ])('%s', (__, statements, named) => {
    test('is named by a shred, an opening and a rotation, and nothing is destroyed under it', async () => {
      const at = await made();
      const { binding, text } = await sealNew(at.vault);
      await at.sql(statements);
      for (let time = 0; time < 2; time += 1) {
        expect(await faultOf(shred(at.vault, 'acme', ['key-1']))).toBe('schema-altered');
        expect(await messageOf(shred(at.vault, 'acme', ['key-1']))).toContain(named);
      }
      expect(await messageOf(openVault(at.options))).toContain(named);
      expect(await messageOf(rotateMasterKey(at.options))).toContain(named);
      expect(await at.sql('SELECT count(*) FROM data_keys, sealed_secrets')).toBe('1');
      await at.sql(
        ['sealed_secrets', 'data_keys']
          .map((table) => `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`)
          .join(';'),
      );
      expect(await succeed(textOf(at.vault, binding))).toBe(text);
      await at.close();
    });
  });

  describe('whatever is done to it', () => {
    let at: PostgresVault;
    let administrator: Client;
    beforeAll(async () => {
      at = await made();
      administrator = await clientOf(server().connectionString(at.database));
      await administrator.query('SET search_path = keyturn_vault');
    });
    afterAll(async () => {
      await administrator.end();
      await at.close();
    });
    // In a transaction of the administrator's own, which leaves the vault as it was.
    beforeEach(() => administrator.query('BEGIN'));
    afterEach(() => administrator.query('ROLLBACK'));
    const check = () => requireKnownSchema(sessionOf(administrator), 'here');

    test.each([
      ['CREATE RULE r AS ON DELETE TO data_keys DO INSTEAD NOTHING', 'the rule r on data_keys is not ours'],
      ['CREATE TABLE child () INHERITS (witnesses)', 'the child table child on witnesses is not ours'],
      ['CREATE PUBLICATION all_of_it FOR ALL TABLES', 'the publication all_of_it on data_keys_0 is not ours'],
      ['CREATE PUBLICATION one FOR TABLE data_keys', 'the publication one on data_keys_0 is not ours'],
      ['ALTER TABLE data_keys ADD COLUMN copy bytea', 'the column copy on data_keys is not ours'],
      [
        'ALTER TABLE workspace_keys ALTER made_in SET DEFAULT 1',
        'the column made_in on workspace_keys was altered',
      ],
      ['CREATE INDEX copied ON data_keys (sealed)', 'the index copied on data_keys is not ours'],
      ['DROP INDEX data_keys_by_key', 'the index data_keys_by_key on data_keys is missing'],
      [
        'ALTER TABLE pairing ADD CONSTRAINT few CHECK (only_row < 1) NOT VALID',
        'the constraint few on pairing is not ours',
      ],
      [
        'CREATE TABLE public.other (w text, id bytea, FOREIGN KEY (w, id) REFERENCES data_keys)',
        'the foreign key other_w_id_fkey on data_keys is not ours',
      ],
      [
        'CREATE STATISTICS s (mcv) ON key_id, sealed FROM data_keys',
        'the statistics object s on data_keys is not ours',
      ],
      ['CREATE VIEW v AS SELECT sealed FROM data_keys', 'the view v is not ours'],
      ['ALTER TABLE data_keys_7 SET UNLOGGED', 'the table data_keys_7 was altered'],
      [
        'ALTER TABLE data_keys DETACH PARTITION data_keys_7',
        'the child table data_keys_7 on data_keys is missing',
      ],
      [
        'ALTER TABLE data_keys DETACH PARTITION data_keys_7; ALTER TABLE data_keys DETACH PARTITION data_keys_8; ' +
          'ALTER TABLE data_keys ATTACH PARTITION data_keys_7 FOR VALUES WITH (MODULUS 16, REMAINDER 8); ' +
          'ALTER TABLE data_keys ATTACH PARTITION data_keys_8 FOR VALUES WITH (MODULUS 16, REMAINDER 7)',
        'the table data_keys_7 was altered',
      ],
      ['CREATE INDEX copied ON data_keys_7 (sealed)', 'the index copied on data_keys_7 is not ours'],
      [
        'CREATE RULE r AS ON DELETE TO sealed_secrets_15 DO INSTEAD NOTHING',
        'the rule r on sealed_secrets_15 is not ours',
      ],
    ])('%s is named', async (statement, named) => {
      await administrator.query(statement);
      await expect(check()).rejects.toMatchObject({
        code: 'schema-altered',
        message: expect.stringMatching(`${named}.*: find out who made it`),
      });
    });

    test.each([
      'CREATE TABLE public.mine (a int)',
      'ALTER TABLE data_keys_7 SET (autovacuum_enabled = off)',
      'ANALYZE',
    ])('%s is none of the vault’s business', async (statement) => {
      await administrator.query(statement);
      await expect(check()).resolves.toBeUndefined();
    });
  });

  test('what sessions are set to is none of the vault’s business', async () => {
    const at = await made();
    await at.sql(`ALTER DATABASE ${at.database} SET quote_all_identifiers = on`);
    expect(await faultOf(openVault(at.options))).toBe('no fault');
    await at.close();
  });

  test('a schema that an administrator made, with a table in it, gets no vault', async () => {
    const postgres = await server().newDatabase();
    const database = new URL(postgres()).pathname.slice(1);
    await server().sql(
      `CREATE SCHEMA keyturn_vault AUTHORIZATION "${database}"; CREATE TABLE keyturn_vault.theirs (a int)`,
      database,
    );
    const path = join(tempDirectory(), 'master.key');
    await succeed(createMasterKeyFile(path));
    const creating = createVault({ postgres, masterKey: { kind: 'file', path } });
    expect(await messageOf(creating)).toContain('the table theirs is not ours');
    expect(
      await server().sql(
        'SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace ' +
          "WHERE nspname = 'keyturn_vault'",
        database,
      ),
    ).toBe('theirs');
  });

  test('a trigger that came while a rotation was at work is named at its end', async () => {
    const at = await made();
    const { storage, close } = await succeed(backendAt(at.options).openForRotation);
    await at.sql(COPY);
    expect(await messageOf(storage.erase([], 'erased'))).toContain('the trigger c on data_keys');
    await close();
    await at.close();
  });

  describe('I-16: a row that was deleted, and is there', () => {
    const groups = ['key-1', 'key-2'].map((keyId) => ({ workspaceId: 'acme', keyIds: [keyId] }));
    /** A server that keeps rows of one key, whatever it says: the schema check sees nothing of it. */
    const keeping = (database: Database, table: string): Database => {
      const kept = (session: Session): Session => ({
        query: async (text, values) =>
          text.startsWith(`DELETE FROM ${table}`) && JSON.stringify(values).includes('key-1')
            ? { rows: [], count: 0 }
            : session.query(text, values),
      });
      return {
        ...database,
        run: (use) => database.run((session) => use(kept(session))),
        transaction: (use) => database.transaction((session) => use(kept(session))),
      };
    };

    test.each(['data_keys', 'sealed_secrets'])('in %s is shred-incomplete, every time', async (table) => {
      const at = await made();
      for (const keyId of ['key-1', 'key-2']) await sealNew(at.vault, { keyId });
      const database = await databaseOf(at);
      const outcomes = async (through: Database) =>
        (await succeed(postgresShredder(through)(groups, NOTHING_KNOWN, 'erased'))).map((receipt) =>
          E.isLeft(receipt) ? receipt.left.message : 'destroyed',
        );
      for (let time = 0; time < 2; time += 1)
        expect(await outcomes(keeping(database, table))).toEqual([
          expect.stringContaining('are still there'),
          'destroyed',
        ]);
      expect(await outcomes(database)).toEqual(['destroyed', 'destroyed']);
      await database.close();
      await at.close();
    });

    test('is found when it comes back while the tables are written anew', async () => {
      const at = await made();
      await sealNew(at.vault);
      const row = await at.sql("SELECT encode(data_key_id, 'hex') FROM data_keys");
      const database = await databaseOf(at);
      const putBack: Database = {
        ...database,
        run: (use) =>
          database.run(async (session) => {
            await at.sql(
              `INSERT INTO data_keys VALUES ('\\x${row}', 'acme', 'key-1', 1, '\\x00') ON CONFLICT DO NOTHING`,
            );
            return use(session);
          }),
      };
      const [receipt] = await succeed(
        postgresShredder(putBack)([{ workspaceId: 'acme', keyIds: ['key-1'] }], NOTHING_KNOWN, 'erased'),
      );
      expect(receipt).toMatchObject(E.left({ code: 'shred-incomplete' }));
      await database.close();
      await at.close();
    });
  });

  test('the check itself throws a fault that names the schema', async () => {
    const at = await made();
    const database = await databaseOf(at);
    await at.sql('CREATE SEQUENCE s');
    expect(await messageOf(database.run((session) => requireKnownSchema(session, 'here')))).toMatch(
      /^here, schema keyturn_vault: the sequence s is not ours\./,
    );
    await database.close();
    await at.close();
  });
});
