// A page of 50 entries of the audit log, by every filter and every pair of filters, at any depth and in both orders;
// and counts of everything, in milliseconds. Exits 1 where the slowest filter grows with the log.
// Usage: node packages/proofs/bench/scale/audit.mjs [--quick]
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openReadModels } from '@keyturn/projections';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askForPages, timed } from './audit/ask.mjs';
import { fill } from './audit/fill.mjs';

const quick = process.argv.includes('--quick');
const SIZES = quick ? [20_000, 100_000] : [100_000, 1_000_000, 10_000_000];
const ROUNDS = 250;
/** The same questions at d661e29. */
const BEFORE = new Map([
  [1_000_000, { median: 0.735, p99: 43.1, slowest: { name: 'key and action', p99: 78 }, counts: 1_027 }],
  [10_000_000, { median: 0.927, p99: 311, slowest: { name: 'key and project', p99: 852 }, counts: 11_129 }],
]);
/** By the median of the slowest filter, the largest log against the smallest: it was over a thousand. */
const MOST_GROWTH = 6;

const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};
const quantile = (times, share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];

/** One size, in a process of its own. */
async function measure(entries) {
  const directory = process.env.KEYTURN_BENCH_DIR ?? mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  const kept = process.env.KEYTURN_BENCH_DIR !== undefined;
  try {
    const store = await right(openSqliteEventStore({ file: join(directory, 'events.db') }));
    const file = join(directory, 'read-models.db');
    const open = () => right(openReadModels({ file, store }));
    let models = await open();
    await models.close();
    const began = performance.now();
    fill(file, entries);
    console.error(`${entries}: filled in ${Math.round((performance.now() - began) / 1e3)} s`);
    models = await open();
    // Nothing to project: the indexes are built.
    console.error(`${entries}: indexes in ${Math.round((await timed(models.catchUp)) / 1e3)} s`);
    const found = await askForPages(models, entries, ROUNDS);
    const counts = [];
    for (const count of [models.countByActor({}), models.countByAction({})]) counts.push(await timed(count));
    await models.close();
    const all = [...found.values()].flat().sort((a, b) => a - b);
    const byFilter = [...found]
      .map(([name, times]) => ({ name, p99: quantile(times, 0.99), median: quantile(times, 0.5) }))
      .sort((a, b) => b.p99 - a.p99);
    for (const { name, p99 } of byFilter.slice(0, 12)) console.error(`  ${p99.toFixed(1)} ms by ${name}`);
    return {
      entries,
      median: quantile(all, 0.5),
      p99: quantile(all, 0.99),
      slowest: byFilter[0],
      slowestMedian: Math.max(...byFilter.map(({ median }) => median)),
      counts: Math.max(...counts),
      bytes: statSync(file).size,
    };
  } finally {
    if (!kept) rmSync(directory, { recursive: true, force: true });
  }
}

const inChild = (size) => {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(`${size} entries failed`);
  return JSON.parse(child.stdout);
};

const ms = (time) => (time < 10 ? time.toFixed(1) : Math.round(time).toLocaleString('en'));
const both = (before, now, shown) => `${before === undefined ? '' : `${shown(before)} → `}${shown(now)}`;

function compare() {
  const results = SIZES.map(inChild);
  console.log(
    '| entries | page, median | page, p99 | p99 by the slowest filter | counts of everything | file |',
  );
  console.log('| --: | --: | --: | --: | --: | --: |');
  for (const { entries, bytes, ...now } of results) {
    const before = BEFORE.get(entries);
    const cells = [
      entries.toLocaleString('en'),
      both(before?.median, now.median, ms),
      both(before?.p99, now.p99, ms),
      both(before?.slowest, now.slowest, ({ name, p99 }) => `${ms(p99)} (${name})`),
      both(before?.counts, now.counts, ms),
      `${Math.round(bytes / 1e6).toLocaleString('en')} MB`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  const [smallest, largest] = [results[0], results.at(-1)];
  const growth = largest.slowestMedian / smallest.slowestMedian;
  console.error(`the slowest filter's median grows ${growth.toFixed(1)} times (bound: ${MOST_GROWTH})`);
  if (growth > MOST_GROWTH) process.exitCode = 1;
}

const [only] = process.argv.slice(2).filter((argument) => /^\d+$/.test(argument));
if (only === undefined) compare();
else process.stdout.write(JSON.stringify(await measure(Number(only))));
