// `keyturn keys list` as a process of its own, from start to end, against `node -e 0`, in turn in the same run.
// Compared is what each takes of the processor, which a busy machine disturbs least. Exits 1 above the bound.
// NODE_EXTRA_CA_CERTS is left out: it makes every start slower, and the ratio smaller.
// Usage: node packages/cli/bench/coldStart.mjs [--quick]
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { openKeyturn } from 'keyturn';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atMost, median, ratioOf } from '../../../scripts/bench-bound.mjs';

/** Reached, and a fifth. The aim is 2.5: most of the rest is the reading of some 280 small files. */
const BOUND = 9;
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

/** A list with a line on it: a table is set for it. */
const addKey = async () => {
  const sandbox = await startVendorSandbox();
  const keyturn = await openKeyturn({
    directory: env.KEYTURN_DATA,
    masterKey: { file: `${env.KEYTURN_DATA}.master-key` },
    housekeeping: false,
    authorize: () => true,
    endpointOverrides: { anthropic: sandbox.url },
  });
  const pasted = sandbox.issueKey('anthropic');
  await keyturn.keys.add(
    { workspaceId: 'acme', actor: { kind: 'user', id: 'ada' } },
    { vendor: 'anthropic', pasted },
  );
  await keyturn.close();
  await sandbox.close();
};

const KEYTURN = pathOf('../bin/keyturn.js');
const LIST = [KEYTURN, 'keys', 'list', '--workspace', 'acme'];
const NOTHING = ['-e', '0'];

try {
  taken([KEYTURN, 'init']);
  await addKey();
  taken(LIST);
  const rounds = Array.from({ length: ROUNDS }, () => ({ list: taken(LIST), nothing: taken(NOTHING) }));
  const [lists, nothings] = [rounds.map(({ list }) => list), rounds.map(({ nothing }) => nothing)];
  console.log(`keys list   ${median(lists).toFixed(0)} ms of the processor`);
  console.log(`node -e 0   ${median(nothings).toFixed(0)} ms`);
  console.log(`ratio       ${atMost(BOUND, ratioOf(lists, nothings))}`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
