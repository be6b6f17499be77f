// Migrates a store in a process that is gone from one moment to the next: before or after a statement that begins so.
// With "hold" it only has the store open, as a process of another release has, until its input ends.
// Usage: node migratingProcess.cjs FILE (before|after|hold) [STATEMENT]
const { openSqlite, SqliteConnection, SqliteStatement } = require('@keyturn/sqlite');
const { migrateSqliteEventStore } = require('../../dist/index.js');

const [file, when, statement] = process.argv.slice(2);

const killAt = (prototype, name, textOf) => {
  const call = prototype[name];
  prototype[name] = function (...args) {
    const isIt = textOf(this, args).startsWith(statement);
    if (isIt && when === 'before') process.kill(process.pid, 'SIGKILL');
    const outcome = call.apply(this, args);
    if (isIt && when === 'after') process.kill(process.pid, 'SIGKILL');
    return outcome;
  };
};

if (when === 'hold') {
  const db = openSqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('user_version');
  process.stdout.write('open\n');
  process.stdin.resume().once('end', () => db.close());
} else {
  killAt(SqliteConnection.prototype, 'close', (db) => (db.file === file ? 'close' : ''));
  killAt(SqliteConnection.prototype, 'exec', (_, [sql]) => sql);
  killAt(SqliteConnection.prototype, 'pragma', (_, [sql]) => `PRAGMA ${sql}`);
  killAt(SqliteStatement.prototype, 'run', ({ sql }) => sql);
  void migrateSqliteEventStore(file, () => undefined)().then(({ _tag }) => {
    process.exitCode = _tag === 'Right' ? 0 : 1;
  });
}
