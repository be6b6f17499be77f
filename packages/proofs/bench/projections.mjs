// Projects events into the key list and the audit log, beside raw batched inserts of the same rows. Exits 1 below the
// bound.
//
//   node bench/projections.mjs [--quick] [--events N] [--batch N] [--all-projections]     (or EVENTS=N, BATCH=N)
//
// Each part runs in a process of its own, so that the memory of one is not counted with another.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { atLeast, median, ratioOf } from '../../../scripts/bench-bound.mjs';
import { generate } from './projections/generate.mjs';
import { askForPages } from './projections/pages.mjs';
import { project } from './projections/project.mjs';
import { insertRaw } from './projections/raw.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    events: { type: 'string' },
    batch: { type: 'string', default: process.env.BATCH ?? '500' },
    'all-projections': { type: 'boolean', default: false },
  },
});
const events = Number(values.events ?? process.env.EVENTS ?? (values.quick ? 50_000 : 1_000_000));
const batch = Number(values.batch);
const ROUNDS = 3;
const parts = { generate, project, pages: askForPages, raw: insertRaw };

const [part, directory] = positionals;
if (part !== undefined) {
  const result = await parts[part]({ directory, events, batch, all: values['all-projections'] });
  process.stdout.write(JSON.stringify(result));
} else {
  compare();
}

function compare() {
  const place = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  const inChild = (name) => {
    const self = fileURLToPath(import.meta.url);
    const child = spawnSync(process.execPath, [self, name, place, ...process.argv.slice(2)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 1 << 24,
    });
    if (child.status !== 0) throw new Error(`${name} failed`);
    return JSON.parse(child.stdout.toString());
  };
  try {
    const made = inChild('generate');
    const rounds = Array.from({ length: ROUNDS }, () => {
      for (const file of readdirSync(place)) {
        if (/^(?:raw|read-models)[.]db/.test(file)) rmSync(join(place, file));
      }
      return { projected: inChild('project'), raw: inChild('raw') };
    });
    const pages = inChild('pages');
    const [{ projected }] = rounds;
    const of = (seconds) => rounds.map(seconds);
    const whole = of((round) => round.projected.seconds);
    const line = (what, seconds) =>
      `  ${what.padEnd(52)} ${seconds.toFixed(1).padStart(7)} s ${Math.round(made.events / seconds)
        .toLocaleString('en')
        .padStart(10)} events/s`;
    console.log(
      `${made.events.toLocaleString('en')} events in batches of ${batch}, ${projected.projections}:`,
    );
    console.log(
      line('raw inserts of the same rows, no secondary index', median(of(({ raw }) => raw.plainSeconds))),
    );
    console.log(
      line(
        'raw inserts of the same rows, then the same indexes',
        median(of(({ raw }) => raw.indexedSeconds)),
      ),
    );
    console.log(line('projected: read, decoded, written, indexed', median(whole)));
    console.log(
      line('  of which building the indexes at the end', median(of((round) => round.projected.indexSeconds))),
    );
    // In processor time, since others on the machine take longer from who takes longer.
    const ofRaw = ratioOf(
      of(({ raw }) => raw.cpuSeconds),
      of(({ projected }) => projected.cpuSeconds),
    );
    console.log(
      `  events per second of processor time, projected / raw with the same indexes ${atLeast(0.2, ofRaw)}`,
    );
    console.log(
      `  peak memory: ${projected.peaks.map(({ share, rss }) => `${rss} MB at ${share}`).join(', ')}`,
    );
    console.log(`  read models: ${Math.round(statSync(join(place, 'read-models.db')).size / 1e6)} MB`);
    console.log('  a page of 50 entries of the audit log, in ms:');
    for (const { name, median, slowest } of pages) {
      console.log(`    by ${name.padEnd(28)} median ${median.toFixed(1)}, slowest ${slowest.toFixed(1)}`);
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
