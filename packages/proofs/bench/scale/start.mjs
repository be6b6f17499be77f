// The `keyturn` command as a process of its own, from start to end, against `node -e 0`, in turn in the same run.
// Compared is what each takes of the processor, which a busy machine disturbs least. Exits 1 above a bound.
// NODE_EXTRA_CA_CERTS is left out: it makes every start slower, and the ratio smaller.
// Usage: node packages/proofs/bench/scale/start.mjs [--quick]
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { openKeyturn } from 'keyturn';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, ratioOf } from '../../../../scripts/bench-bound.mjs';

const ROUNDS = process.argv.includes('--quick') ? 7 : 25;

const directory = mkdtempSync(join(process.env.KEYTURN_BENCH_DIR ?? tmpdir(), 'keyturn-bench-'));
const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const env = { PATH: process.env.PATH, HOME: directory, KEYTURN_DATA: join(directory, 'data'), NO_COLOR: '1' };

const KEYTURN = pathOf('../../../cli/bin/keyturn.js');
const NOTHING = ['-e', '0'];
/** What each took at a1ee250, on Node 20, and the most that it may take: what is reached, and a fifth. */
const COMMANDS = [
  { words: '--help', before: 2.4, most: 1.8 },
  { words: 'completion bash', before: 10.0, most: 3.1 },
  { words: 'keys list --workspace acme', before: 10.0, most: 5.1 },
  { words: 'audit list --workspace acme', before: 14.5, most: 6.5 },
];

/** Milliseconds of the processor. */
const taken = (words) => {
  const { status, stderr, output } = spawnSync(
    process.execPath,
    ['--require', pathOf('start/tellCpu.cjs'), ...words],
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

try {
  taken([KEYTURN, 'init']);
  await addKey();
  const wordsOf = ({ words }) => [KEYTURN, ...words.split(' ')];
  for (const command of COMMANDS) taken(wordsOf(command));
  const rounds = Array.from({ length: ROUNDS }, () => ({
    nothing: taken(NOTHING),
    commands: COMMANDS.map((command) => taken(wordsOf(command))),
  }));
  const nothings = rounds.map(({ nothing }) => nothing);
  console.log('| command | ms of the processor | times `node -e 0` |');
  console.log('| --- | --: | --: |');
  console.log(`| \`node -e 0\` | ${median(nothings).toFixed(0)} | 1 |`);
  for (const [index, { words, before, most }] of COMMANDS.entries()) {
    const times = rounds.map(({ commands }) => commands[index]);
    const ratio = ratioOf(times, nothings);
    console.log(
      `| \`keyturn ${words}\` | ${median(times).toFixed(0)} | ${before.toFixed(1)} → ${ratio.toFixed(1)} |`,
    );
    if (ratio > most) process.exitCode = 1;
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
