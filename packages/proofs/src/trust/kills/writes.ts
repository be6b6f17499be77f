import Database from 'better-sqlite3';
import { basename } from 'node:path';
import { wrap } from './wrap';

/** Told before each write that a process makes to a database, by a name such as `events.sqlite: commit KeyAdded`. */
export type BeforeWrite = (name: string) => void;

/** What better-sqlite3 says of a statement. Its own class is native and not exported: it is known by an instance. */
interface Running {
  readonly source: string;
  readonly readonly: boolean;
  readonly database: Database.Database;
}

const isRunning = (value: unknown): value is Running =>
  typeof value === 'object' && value !== null && 'source' in value && 'database' in value;

const RUNNERS = ['run', 'get', 'all', 'iterate'] as const;

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
 * Wraps better-sqlite3 in this process, for the product and everybody else, so that every step which may change a file is
 * announced: statements outside a transaction, commits (with what they commit), VACUUM, checkpoints, and closing, which
 * checkpoints too. What happens inside a transaction reaches no file before its commit, and has no point of its own.
 */
export const watchWrites = (before: BeforeWrite): void => {
  const pending = new WeakMap<Database.Database, Set<string>>();
  const announce = (db: Database.Database, what: string): void => before(`${basename(db.name)}: ${what}`);
  const inside = (db: Database.Database): Set<string> => {
    const labels = pending.get(db) ?? new Set();
    pending.set(db, labels);
    return labels;
  };

  const running = ({ source, readonly, database }: Running, parameters: ReadonlyArray<unknown>): void => {
    if (/^\s*(BEGIN|ROLLBACK\s*$)/i.test(source)) pending.delete(database);
    else if (/^\s*COMMIT/i.test(source)) {
      const labels = inside(database);
      if (labels.size > 0) announce(database, `commit ${[...labels].join(' + ')}`);
      pending.delete(database);
    } else if (!readonly && TARGET.test(source)) {
      const label = labelOf(source, parameters);
      if (database.inTransaction) inside(database).add(label);
      else announce(database, label);
    }
  };

  const probe = new Database(':memory:');
  const statements: unknown = Object.getPrototypeOf(probe.prepare('SELECT 1'));
  probe.close();
  if (typeof statements !== 'object' || statements === null) throw new Error('no statements to watch');
  wrap(statements, RUNNERS, (statement, parameters) => {
    if (isRunning(statement)) running(statement, parameters);
  });
  const onDatabase =
    (told: (db: Database.Database, text: string) => void) =>
    (db: unknown, [text]: ReadonlyArray<unknown>): void => {
      if (db instanceof Database) told(db, typeof text === 'string' ? text : '');
    };
  wrap(
    Database.prototype,
    ['exec'],
    onDatabase((db, sql) => {
      if (/^\s*VACUUM/i.test(sql)) announce(db, 'VACUUM');
      else if (db.inTransaction) inside(db).add('schema');
      else announce(db, 'schema');
    }),
  );
  wrap(
    Database.prototype,
    ['pragma'],
    onDatabase((db, pragma) => {
      if (pragma.startsWith('wal_checkpoint')) announce(db, 'checkpoint');
      if (/^(application_id|user_version) =/.test(pragma)) inside(db).add('schema');
    }),
  );
  wrap(
    Database.prototype,
    ['close'],
    onDatabase((db) => {
      if (db.open && !db.memory && !db.readonly) announce(db, 'close');
    }),
  );
};
