import type { Mutation } from './mutation';

const ERASE = 'packages/vault/src/postgres/erase.ts';

/** What only a vault in PostgreSQL rests on. */
export const POSTGRES: ReadonlyArray<Mutation> = [
  {
    name: 'server-looks-around',
    removes: 'the vault on PostgreSQL reads the row that the log names, and no other',
    check: 'no-fallback-on-postgres',
    edits: [
      {
        file: 'packages/vault/src/postgres/sealedRows.ts',
        find: `    ON d.data_key_id = s.data_key_id AND d.workspace_id = s.workspace_id AND d.key_id = s.key_id
  WHERE s.workspace_id = $1 AND s.key_id = $2`,
        replace: `    ON d.data_key_id = s.data_key_id AND d.workspace_id = s.workspace_id AND d.key_id = s.key_id
  WHERE s.workspace_id = $1 ORDER BY s.key_id = $2 DESC`,
      },
    ],
  },
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
