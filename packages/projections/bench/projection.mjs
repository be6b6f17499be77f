// Projects events into the key list and the audit log, beside raw batched inserts of the same rows.
//
//   node bench/projection.mjs [--quick] [--events N] [--batch N] [--all-projections]     (or EVENTS=N, BATCH=N)
//
// Each part runs in a process of its own, so that the memory of one is not counted with another.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generate } from './projection/generate.mjs';
import { askForPages } from './projection/pages.mjs';
import { project } from './projection/project.mjs';
import { insertRaw } from './projection/raw.mjs';

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
    const projected = inChild('project');
    const pages = inChild('pages');
    const raw = inChild('raw');
    const line = (what, seconds) =>
      `  ${what.padEnd(52)} ${seconds.toFixed(1).padStart(7)} s ${Math.round(made.events / seconds)
        .toLocaleString('en')
        .padStart(10)} events/s`;
    const ratio = (seconds) => (seconds / projected.seconds).toFixed(2);
    console.log(
      `${made.events.toLocaleString('en')} events in batches of ${batch}, ${projected.projections}:`,
    );
    console.log(line('raw inserts of the same rows, no secondary index', raw.plainSeconds));
    console.log(line('raw inserts of the same rows, then the same indexes', raw.indexedSeconds));
    console.log(line('projected: read, decoded, written, indexed', projected.seconds));
    console.log(line('  of which building the indexes at the end', projected.indexSeconds));
    console.log(
      `  projected / raw: ${ratio(raw.plainSeconds)} without, ${ratio(raw.indexedSeconds)} with the same indexes`,
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
