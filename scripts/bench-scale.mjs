// Runs the curves in packages/proofs/bench/scale, each in a process of its own: how something goes as it grows. A curve
// prints a Markdown table, and what it is doing on standard error. With --write its section of docs/scale.md becomes
// that table, so that no figure there is written by hand. Exits 1 where a curve fails or is beyond its bound.
// Usage: scripts/bench --scale [NAME] [--quick] [--write]
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CURVES = join(ROOT, 'packages/proofs/bench/scale');
const DOCUMENT = join(ROOT, 'docs/scale.md');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const { quick, write } = values;
if (quick && write)
  throw new Error('The figures of --quick are not for the document: leave out one of the two.');

const [wanted = ''] = positionals;
const names = readdirSync(CURVES)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => basename(file, '.mjs'))
  .filter((name) => name.includes(wanted));
if (names.length === 0) throw new Error(`No curve's name contains '${wanted}'.`);

const written = async (name, table) => {
  const [begin, end] = [`<!-- curve: ${name} -->`, `<!-- end: ${name} -->`];
  const document = readFileSync(DOCUMENT, 'utf8');
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`docs/scale.md has no place for ${name}: write ${begin} and ${end}.`);
  const machine = `Measured with Node ${process.versions.node} on ${cpus().length} cores of ${cpus()[0].model.trim()}.`;
  const filled = `${document.slice(0, from)}${begin}\n\n${table.trim()}\n\n${machine}\n\n${document.slice(to)}`;
  writeFileSync(DOCUMENT, await format(filled, { ...(await resolveConfig(DOCUMENT)), filepath: DOCUMENT }));
};

const failed = [];
for (const name of names) {
  console.log(`\n== ${name}\n`);
  const run = spawnSync(process.execPath, [join(CURVES, `${name}.mjs`), ...(quick ? ['--quick'] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  });
  console.log(run.stdout);
  if (run.status !== 0) failed.push(name);
  else if (write) await written(name, run.stdout);
}
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
