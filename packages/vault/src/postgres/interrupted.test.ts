import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { sampled, WHOLE } from '@keyturn/testbed/sampling';
import * as E from 'fp-ts/Either';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, succeed } from '../testSupport/outcomes';
import { clientOf } from '../testSupport/postgresClient';
import {
  filesWithAny,
  newPostgresVault,
  sealedValues,
  type PostgresVault,
} from '../testSupport/postgresVaults';
import { sealNew, textOf } from '../testSupport/vaults';
import type { PostgresPlace } from '../place';
import { openDatabase, type Database } from './connection';
import { postgresShredder } from './shred';
import type { Session } from './session';
import { NOTHING_KNOWN, shred } from '../testSupport/shredding';

const describeOnPostgres = onPostgres(describe);

/** A database whose server crashes at its n-th statement: before it, or while it runs. */
const crashing = (
  database: Database,
  server: PostgresServer,
  at: number,
  when: 'before' | 'during',
): Database & { readonly crashed: () => boolean } => {
  let statements = 0;
  const wrapped = (session: Session): Session => ({
    query: async (...args) => {
      statements += 1;
      if (statements !== at) return session.query(...args);
      if (when === 'before') await server.kill();
      const answer = session.query(...args);
      answer.catch(() => undefined);
      if (when === 'during') await server.kill();
      return answer;
    },
  });
  return {
    ...database,
    run: (use) => database.run((session) => use(wrapped(session))),
    transaction: (use) => database.transaction((session) => use(wrapped(session))),
    crashed: () => statements >= at,
  };
};

const placeOf = ({ options }: PostgresVault): PostgresPlace => {
  if (!('postgres' in options)) throw new Error('the vault is on PostgreSQL');
  return options;
};

const without = (values: ReadonlyArray<Buffer>, others: ReadonlyArray<Buffer>): ReadonlyArray<Buffer> =>
  values.filter((value) => !others.some((other) => other.equals(value)));

const STRAY = /but (base\/\d+\/\d+\S*) in the server's data directory belongs to no table/;

/** As an operator would. */
const deleteStrayFile = async (server: PostgresServer, message: string): Promise<void> => {
  const path = STRAY.exec(message)?.[1];
  if (path === undefined) throw new Error(message);
  await server.kill();
  rmSync(join(server.dataDirectory, path));
  await server.restart();
};

/** Runs it until it ends, with stray files deleted between. */
const shredToTheEnd = async (
  server: PostgresServer,
  { vault }: PostgresVault,
  keyId: string,
): Promise<void> => {
  for (;;) {
    const outcome = await shred(vault, 'acme', [keyId])();
    if (E.isRight(outcome)) return;
    await deleteStrayFile(server, outcome.left.message);
  }
};

describeOnPostgres('a shred during which the server crashes', () => {
  let server: PostgresServer;
  let at: PostgresVault;
  beforeAll(async () => {
    server = await startPostgres();
    at = await newPostgresVault(server);
  });
  afterAll(async () => {
    await at.close();
    await server.stop();
  });

  test('is finished by running it again: before or during each statement', async () => {
    const kept = await sealNew(at.vault, { keyId: 'kept' });
    const [first = 1] = sampled([1, 2, 3, 4, 5, 6, 7], 1);
    let crashed = true;
    for (let statement = first; crashed; statement += WHOLE ? 1 : 7) {
      const keyId = `key-${statement}`;
      const others = await sealedValues(at);
      await sealNew(at.vault, { keyId });
      const values = without(await sealedValues(at), others);
      expect(values).toHaveLength(2);
      const database = await succeed(openDatabase(placeOf(at), 2000));
      const crash = crashing(database, server, statement, statement % 2 === 0 ? 'before' : 'during');
      const outcome = await postgresShredder(crash)(
        [{ workspaceId: 'acme', keyIds: [keyId] }],
        NOTHING_KNOWN,
        'erased',
      )();
      await database.close();
      crashed = crash.crashed();
      if (crashed) await server.restart();
      // A crash that comes after the answer was on its way changes nothing.
      if (E.isLeft(outcome)) await shredToTheEnd(server, at, keyId);
      expect(filesWithAny(server, values)).toEqual([]);
    }
    expect(await succeed(textOf(at.vault, kept.binding))).toBe(kept.text);
  });

  test('is incomplete while a file lies there that a crash has left', async () => {
    await sealNew(at.vault, { keyId: 'copied' });
    const others = await sealedValues(at);
    const client = await clientOf(server.connectionString(at.database));
    await client.query('BEGIN');
    await client.query('CREATE TABLE keyturn_vault.copied AS SELECT * FROM keyturn_vault.data_keys');
    await server.sql('CHECKPOINT');
    await server.kill();
    await server.restart();
    const message = await messageOf(shred(at.vault, 'acme', ['copied']));
    const left = await sealedValues(at);
    const values = without(others, left);
    expect(message).toMatch(STRAY);
    expect(filesWithAny(server, values)).toEqual([expect.stringMatching(/^base\/\d+\/\d+$/)]);
    await shredToTheEnd(server, at, 'copied');
    expect(filesWithAny(server, values)).toEqual([]);
  });
});
