import { expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { scriptedSession } from '../testSupport/scriptedSession';
import type { Database } from './connection';
import { oldTransaction, transactionIdNow } from './oldTransactions';
import { ownPartitions } from './ownPartitions';
import { fromPostgres } from './postgresFaults';
import { rewriteTables } from './rewrite';
import { majorVersion, missingRights } from './rights';
import { sealedRows } from './sealedRows';
import { readSettings } from './serverSettings';
import type { Session } from './session';
import { expectNoStatistics } from './statistics';
import { expectNoStrayFiles } from './strayFiles';
import { findCopies } from './uncovered';
import { patienceOf } from './waiting';
import { emptyWriteAheadLog } from './writeAheadLog';

/** A piece of the question, what the answer is called, and who asks. */
type Reader = readonly [piece: string, name: string, read: (session: Session) => Promise<unknown>];

const READERS: ReadonlyArray<Reader> = [
  ['server_version_num', 'server_version_num', majorVersion],
  ['pg_has_role', 'pg_has_role', missingRights],
  ['setting, source', 'pg_settings', readSettings],
  ['lock_timeout', 'pg_settings', patienceOf],
  ['pg_current_xact_id', 'pg_current_xact_id', transactionIdNow],
  ['pg_stat_activity', 'pg_stat_activity', (session) => oldTransaction(session, '7')],
  ['pg_stats', 'pg_stats', expectNoStatistics],
  ['pg_class', 'pg_class', (session) => rewriteTables(session, ['pairing'], 0)],
  [
    'satisfies_hash_partition',
    'satisfies_hash_partition',
    (session) => ownPartitions(session, ['data_keys'], ['acme']),
  ],
  ['pg_ls_waldir', 'pg_ls_waldir', (session) => emptyWriteAheadLog(session, 0)],
  ['pg_walfile_name', 'pg_walfile_name', (session) => emptyWriteAheadLog(session, 0)],
  ['pg_ls_dir', 'pg_ls_dir', (session) => expectNoStrayFiles(session, 0)],
  [
    'pg_replication_slots',
    'pg_replication_slots',
    (session) => findCopies(session, { get: () => '', isOfSession: () => false }),
  ],
];

test.each(READERS)(
  'a server that answers “%s” otherwise than PostgreSQL: %s is not as it must be',
  async (piece, name, read) => {
    const message: unknown = expect.stringContaining(`${name}: a row is not of its shape`);
    const session = scriptedSession({ [piece]: [{ other: 1 }] });
    await expect(read(session)).rejects.toMatchObject({ code: 'tampered', message });
  },
);

const databaseOf = (session: Session): Database => {
  const run: Database['run'] = (use) =>
    TE.tryCatch(
      () => use(session),
      (error) => fromPostgres(error, 'a database'),
    );
  return { name: 'a database', run, transaction: run, close: () => Promise.resolve() };
};

const REF = { workspaceId: 'w', keyId: 'k' };
const bytes = Buffer.alloc(4);
const DATA_KEY = { data_key_id: bytes, sealed_data_key: bytes, has_data_key: true };
const STATE = { state: 'live', ...DATA_KEY };
const SECRET = { ...STATE, fingerprint: 'f', named: 0, sealed: bytes };

test.each([
  ['read', SECRET],
  ['stateOf', STATE],
] as const)('%s: a row of another shape was tampered with, whatever member it is', async (query, row) => {
  const asked = (given: object): Promise<E.Either<unknown, unknown>> => {
    const rows = sealedRows(databaseOf(scriptedSession({ 'FROM sealed_secrets': [given] })));
    return query === 'read' ? rows.read(REF)() : rows.stateOf(REF, bytes)();
  };
  expect(E.isRight(await asked(row))).toBe(true);
  for (const member of Object.keys(row)) {
    const other = await asked({ ...row, [member]: { other: 1 } });
    expect([member, other]).toMatchObject([member, E.left({ code: 'tampered' })]);
  }
});
