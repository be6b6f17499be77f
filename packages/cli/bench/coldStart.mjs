// `keyturn keys list` as a process of its own, from start to end, against `node -e 0`, in turn in the same run.
// Compared is what each takes of the processor, which a busy machine disturbs least. Exits 1 above the bound.
// NODE_EXTRA_CA_CERTS is left out: it makes every start slower, and the ratio smaller.
// Usage: node packages/cli/bench/coldStart.mjs [--quick]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The aim is 2.5. Most of the rest is the reading of some 500 small files: the query builder's are 262 of them. */
const BOUND = 12;
const ROUNDS = process.argv.includes('--quick') ? 7 : 25;

const directory = mkdtempSync(join(process.env.KEYTURN_BENCH_DIR ?? tmpdir(), 'keyturn-bench-'));
const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const env = { PATH: process.env.PATH, HOME: directory, KEYTURN_DATA: join(directory, 'data'), NO_COLOR: '1' };

/** Milliseconds of the processor. */
const taken = (words) => {
  const { status, stderr, output } = spawnSync(
    process.execPath,
    ['--require', pathOf('tellCpu.cjs'), ...words],
    { env, cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  if (status !== 0) throw new Error(`${words.join(' ')}: ${status} ${stderr}`);
  return Number(output[3]) / 1_000;
};
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

const KEYTURN = pathOf('../bin/keyturn.js');
const LIST = [KEYTURN, 'keys', 'list', '--workspace', 'acme'];
const NOTHING = ['-e', '0'];

try {
  taken([KEYTURN, 'init']);
  taken(LIST);
  const rounds = Array.from({ length: ROUNDS }, () => ({ list: taken(LIST), nothing: taken(NOTHING) }));
  const [list, nothing] = [median(rounds.map((one) => one.list)), median(rounds.map((one) => one.nothing))];
  const ratio = median(rounds.map((one) => one.list / one.nothing));
  console.log(`keys list   ${list.toFixed(0)} ms of the processor`);
  console.log(`node -e 0   ${nothing.toFixed(0)} ms`);
  console.log(`ratio       ${ratio.toFixed(1)}, bound ${BOUND}: ${ratio <= BOUND ? 'kept' : 'NOT kept'}`);
  if (ratio > BOUND) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
