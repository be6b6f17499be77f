import type { Mutation } from './mutation';

const ERASE = 'packages/vault/src/postgres/erase.ts';

/** What only a vault in PostgreSQL rests on. */
export const POSTGRES: ReadonlyArray<Mutation> = [
  {
    name: 'tables-not-rewritten',
    removes: 'a shred on PostgreSQL has the tables written anew',
    check: 'shredding-on-postgres',
    edits: [{ file: ERASE, find: 'await rewriteTables(session, tables);', replace: '' }],
  },
  {
    name: 'server-log-stays',
    removes: 'a shred on PostgreSQL waits until the write-ahead log of before is gone',
    check: 'shredding-on-postgres',
    edits: [
      {
        file: ERASE,
        find: 'await emptyWriteAheadLog(session, patienceMs)',
        replace: "'0'.repeat(24)",
      },
    ],
  },
  {
    name: 'old-snapshots-unseen',
    removes: 'a shred on PostgreSQL waits for everybody who can still see what was deleted',
    check: 'shredding-on-postgres',
    edits: [
      { file: ERASE, find: 'await outliveOldTransactions(session, xid, patienceMs);', replace: '' },
      { file: ERASE, find: 'if (held !== null) throw new Obstacle(held);', replace: '' },
    ],
  },
  {
    name: 'commits-not-flushed',
    removes: 'what PostgreSQL has committed for the vault outlives a crash',
    check: 'kills-on-postgres',
    edits: [
      {
        file: 'packages/vault/src/postgres/pool.ts',
        find: "synchronous_commit: 'on',",
        replace: "synchronous_commit: 'off',",
      },
    ],
  },
];
