import { openSqlite, SqliteConnection, SqliteStatement } from '@keyturn/sqlite';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrateVault } from '../migrateVault';

/**
 * Migrates a vault in a process that is gone from one moment to the next: before or after a statement that begins so.
 * The place is a directory, or a file with a connection string. With `hold` it only has the files open, as a process of
 * another release has, until a line comes in.
 */
const [place = '', when, statement = ''] = process.argv.slice(2);

const killAt = (
  prototype: object,
  name: string,
  textOf: (self: unknown, first: unknown) => unknown,
): void => {
  const call: unknown = Reflect.get(prototype, name);
  Reflect.set(prototype, name, function (this: unknown, ...args: ReadonlyArray<unknown>): unknown {
    const isIt = String(textOf(this, args[0])).startsWith(statement);
    if (isIt && when === 'before') process.kill(process.pid, 'SIGKILL');
    const outcome: unknown = Reflect.apply(call as () => unknown, this, args);
    if (!isIt || when !== 'after') return outcome;
    if (!(outcome instanceof Promise)) process.kill(process.pid, 'SIGKILL');
    return Promise.resolve(outcome).then(() => process.kill(process.pid, 'SIGKILL'));
  });
};

const main = async (): Promise<void> => {
  if (when === 'hold') {
    const db = openSqlite(join(place, 'vault.sqlite'));
    db.pragma('journal_mode = WAL');
    db.pragma('user_version');
    process.stdout.write('open\n');
    process.stdin.once('data', () => {
      db.close();
      process.exit(0);
    });
    return;
  }
  killAt(SqliteConnection.prototype, 'exec', (_, sql) => sql);
  killAt(SqliteStatement.prototype, 'run', (self) => (self as SqliteStatement).sql);
  killAt(Client.prototype, 'query', (_, text) => text);
  const at = statSync(place).isFile()
    ? { postgres: () => readFileSync(place, 'utf8') }
    : { directory: place };
  const outcome = await migrateVault(at, () => process.stdout.write('step\n'))();
  process.exit(outcome._tag === 'Right' ? 0 : 1);
};

void main();
