import { join } from 'node:path';
import { openSqlite } from '@keyturn/sqlite';

const PROJECTED = /^(audit|key_list)/;

function* pagesOf(from, { name, sql }, batch) {
  if (/without rowid/i.test(sql)) {
    // Totals and the like: they are few.
    const rows = from.raw(`select * from ${name}`).all();
    for (let at = 0; at < rows.length; at += batch) yield rows.slice(at, at + batch);
    return;
  }
  const read = from.raw(`select * from ${name} where rowid > ? order by rowid limit ?`);
  const keys = from.pluck(
    `select max(rowid) from (select rowid from ${name} where rowid > ? order by rowid limit ?)`,
  );
  for (let after = 0; ; after = keys.get(after, batch)) {
    const rows = read.all(after, batch);
    if (rows.length === 0) return;
    yield rows;
  }
}

/**
 * Inserts the rows that were projected into tables of the same shape: the driver's own batched inserts, no thinking.
 */
export function insertRaw({ directory, batch }) {
  const from = openSqlite(join(directory, 'read-models.db'), { readonly: true });
  const into = openSqlite(join(directory, 'raw.db'));
  // As the read model's own file is set up.
  into.pragma('page_size = 8192');
  into.pragma('journal_mode = WAL');
  into.pragma('synchronous = NORMAL');
  into.pragma('wal_autocheckpoint = 8192');
  into.pragma('cache_size = -65536');
  into.pragma('threads = 2');
  const schema = from
    .prepare('select type, name, tbl_name, sql from sqlite_master where sql is not null')
    .all();
  const tables = schema.filter(({ type, name }) => type === 'table' && PROJECTED.test(name));
  const indexes = schema.filter(({ type, tbl_name }) => type === 'index' && PROJECTED.test(tbl_name));
  let seconds = 0;
  let cpuSeconds = 0;
  const timed = (work) => {
    const start = performance.now();
    const begun = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begun);
    cpuSeconds += (user + system) / 1e6;
    seconds += (performance.now() - start) / 1e3;
  };
  for (const { name, sql } of tables) {
    into.exec(sql);
    const columns = from.pluck('select name from pragma_table_info(?)').all(name);
    const insert = into.prepare(`insert into ${name} values (${columns.map(() => '?').join(', ')})`);
    for (const rows of pagesOf(from, { name, sql }, batch)) {
      timed(() => {
        into.exec('begin immediate');
        for (const row of rows) insert.run(...row);
        into.exec('commit');
      });
    }
  }
  const plainSeconds = seconds;
  for (const { sql } of indexes) timed(() => into.exec(sql));
  into.close();
  from.close();
  return { plainSeconds, indexedSeconds: seconds, cpuSeconds };
}
