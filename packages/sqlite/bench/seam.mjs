// Statements through the seam beside the same statements of better-sqlite3 itself. Exits 1 below the bound. Where
// another driver is in use, or better-sqlite3 is not built, there is nothing to compare.
// Usage: node packages/sqlite/bench/seam.mjs [--quick]
import { openSqlite } from '@keyturn/sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, median, ratioOf } from '../../../scripts/bench-bound.mjs';

const BOUND = 0.85;
const ROUNDS = process.argv.includes('--quick') ? 9 : 25;
const CREATE =
  'create table rows (id integer primary key, stream integer, revision integer, data text, at integer)';
const INSERT = 'insert into rows (stream, revision, data, at) values (?, ?, ?, ?)';
const GET = 'select * from rows where id = ?';
const PAGE = 'select * from rows where id > ? order by id limit 500';
const DATA = 'd'.repeat(600);

const directory = mkdtempSync(join(process.env.KEYTURN_BENCH_DIR ?? tmpdir(), 'keyturn-bench-'));

/** The same work on a database of each. Both prepare statements, and run them with values in their places. */
const workOn = (database, begin, commit) => {
  database.exec(CREATE);
  const [insert, get, page] = [INSERT, GET, PAGE].map((sql) => database.prepare(sql));
  const add = (n) => insert.run(1, n, DATA, Date.now());
  return {
    'one row, one transaction': { count: 400, once: add },
    'rows of one transaction': {
      count: 4_000,
      before: begin,
      once: add,
      after: commit,
    },
    'one row read': { count: 4_000, once: (n) => get.get(n + 1) },
    'a page of 500 rows read': { count: 40, once: (n) => page.all(n) },
  };
};

const perSecond = ({ count, before = () => {}, once, after = () => {} }) => {
  const begun = performance.now();
  before();
  for (let n = 0; n < count; n += 1) once(n);
  after();
  return count / ((performance.now() - begun) / 1000);
};

const { default: Database } = await import('better-sqlite3').catch(() => ({ default: null }));
if (Database === null || Number.parseInt(process.versions.node, 10) >= 24) {
  console.log('The seam stands on another driver here: nothing to compare.');
} else {
  const seam = openSqlite(join(directory, 'seam.sqlite'));
  const driver = new Database(join(directory, 'driver.sqlite'));
  const sides = [];
  for (const database of [driver, seam]) {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    const saying = (sql) => () => database.exec(sql);
    sides.push(workOn(database, saying('begin immediate'), saying('commit')));
  }
  const [bare, through] = sides;
  console.log(`statements per second, medians of ${ROUNDS} rounds run by turns`);
  for (const name of Object.keys(bare)) {
    const rates = { bare: [], through: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.bare.push(perSecond(bare[name]));
      rates.through.push(perSecond(through[name]));
    }
    const shown = (numbers) => `${Math.round(median(numbers)).toLocaleString('en').padStart(9)}/s`;
    const told = atLeast(BOUND, ratioOf(rates.through, rates.bare));
    console.log(`  ${name.padEnd(26)} driver ${shown(rates.bare)}   seam ${shown(rates.through)}   ${told}`);
  }
  driver.close();
  seam.close();
}
rmSync(directory, { recursive: true, force: true });
