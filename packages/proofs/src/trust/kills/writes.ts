import { SqliteConnection, SqliteStatement } from '@keyturn/sqlite';
import { basename } from 'node:path';
import { wrap } from './wrap';

/**
 * Called before each write that a process makes to a database, by a name such as `events.sqlite: commit KeyAdded`, and
 * whether it is on the disk when it returns.
 */
export type BeforeWrite = (name: string, isFlushed: () => boolean) => void;

/** Read models are made anew from the events. Of refused attempts the newest may go with the power (decision 80). */
const MAY_BE_LOST: ReadonlyArray<string> = ['read-models.sqlite', 'refusals.sqlite'];
/** `PRAGMA synchronous`: FULL, with which SQLite flushes its log at each commit. */
const FULL = 2;

const isFlushed = (db: SqliteConnection): boolean =>
  MAY_BE_LOST.includes(basename(db.file)) || db.pragma('synchronous') === FULL;

const isStatement = (value: unknown): value is SqliteStatement => value instanceof SqliteStatement;

const RUNNERS = ['run', 'get', 'all'] as const;

const TARGET = /^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?/i;
const EVENT_TYPE = 3;

/** A table without the generation that a read model's has. */
const tableOf = (name: string): string => name.replace(/_g\d+$/, '');

const labelOf = (source: string, parameters: ReadonlyArray<unknown>): string => {
  const [, verb = '', table = ''] = TARGET.exec(source) ?? [];
  const type = parameters[EVENT_TYPE];
  if (table === 'events' && typeof type === 'string') return type;
  return verb === '' ? 'other' : `${(verb.split(' ')[0] ?? '').toLowerCase()} ${tableOf(table)}`;
};

/**
 * Wraps SQLite in this process, for the product and everybody else, so that every step which may change a file is
 * announced: statements outside a transaction, commits (with what they commit), VACUUM, checkpoints, and closing, which
 * checkpoints too. What happens inside a transaction reaches no file before its commit, and has no point of its own.
 */
export const watchWrites = (before: BeforeWrite): void => {
  const pending = new WeakMap<SqliteConnection, Set<string>>();
  const announce = (db: SqliteConnection, what: string): void =>
    before(`${basename(db.file)}: ${what}`, () => !db.isOpen || isFlushed(db));
  const inside = (db: SqliteConnection): Set<string> => {
    const labels = pending.get(db) ?? new Set();
    pending.set(db, labels);
    return labels;
  };

  const running = (
    { sql: source, connection: database }: SqliteStatement,
    parameters: ReadonlyArray<unknown>,
  ): void => {
    if (/^\s*(BEGIN|ROLLBACK\s*$)/i.test(source)) pending.delete(database);
    else if (/^\s*COMMIT/i.test(source)) {
      const labels = inside(database);
      if (labels.size > 0) announce(database, `commit ${[...labels].join(' + ')}`);
      pending.delete(database);
    } else if (TARGET.test(source)) {
      const label = labelOf(source, parameters);
      if (database.inTransaction) inside(database).add(label);
      else announce(database, label);
    }
  };

  wrap(SqliteStatement.prototype, RUNNERS, (statement, parameters) => {
    if (isStatement(statement)) running(statement, parameters);
  });
  const onDatabase =
    (told: (db: SqliteConnection, text: string) => void) =>
    (db: unknown, [text]: ReadonlyArray<unknown>): void => {
      if (db instanceof SqliteConnection) told(db, typeof text === 'string' ? text : '');
    };
  wrap(
    SqliteConnection.prototype,
    ['exec'],
    onDatabase((db, sql) => {
      if (/^\s*VACUUM/i.test(sql)) announce(db, 'VACUUM');
      else if (db.inTransaction) inside(db).add('schema');
      else announce(db, 'schema');
    }),
  );
  wrap(
    SqliteConnection.prototype,
    ['pragma'],
    onDatabase((db, pragma) => {
      if (pragma.startsWith('wal_checkpoint')) announce(db, 'checkpoint');
      if (/^(application_id|user_version) =/.test(pragma)) inside(db).add('schema');
    }),
  );
  wrap(
    SqliteConnection.prototype,
    ['close'],
    onDatabase((db) => {
      if (db.isOpen && db.file !== ':memory:' && !db.readonly) announce(db, 'close');
    }),
  );
};
