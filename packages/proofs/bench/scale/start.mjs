// The `keyturn` command as a process of its own, from start to end, against `node -e 0`, in turn in the same run.
// Compared is what each takes of the processor, which a busy machine disturbs least. Exits 1 above a bound.
// Once as it is, and once where Node reads certificates when it starts (NODE_EXTRA_CA_CERTS), as on many servers: that
// makes every start slower, and the ratio smaller. The aims of 1.5 and 2.5 were set there (decision 74).
// Usage: node packages/proofs/bench/scale/start.mjs [--quick]
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { openKeyturn } from 'keyturn';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { median, ratioOf } from '../../../../scripts/bench-bound.mjs';

const ROUNDS = process.argv.includes('--quick') ? 7 : 25;

const directory = mkdtempSync(join(process.env.KEYTURN_BENCH_DIR ?? tmpdir(), 'keyturn-bench-'));
const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const env = { PATH: process.env.PATH, HOME: directory, KEYTURN_DATA: join(directory, 'data'), NO_COLOR: '1' };

const KEYTURN = pathOf('../../../cli/bin/keyturn.js');
const NOTHING = ['-e', '0'];
const certificates = join(directory, 'certificates.pem');
const SETTINGS = [
  { name: 'bare', env },
  { name: 'reading', env: { ...env, NODE_EXTRA_CA_CERTS: certificates } },
];
/**
 * What each took before, and the most that it may take: the aim where Node reads certificates and there is one, else
 * what is reached and a fifth. Before is a1ee250 on a bare Node, and 4d185d9 where Node reads certificates.
 */
const COMMANDS = [
  { words: '--help', bare: { before: 2.4, most: 1.8 }, reading: { before: 2.4, most: 1.5 } },
  { words: 'completion bash', bare: { before: 10.0, most: 3.1 }, reading: { before: null, most: 2 } },
  {
    words: 'keys list --workspace acme',
    bare: { before: 10.0, most: 5.1 },
    reading: { before: 3.9, most: 2.5 },
  },
  {
    words: 'audit list --workspace acme',
    bare: { before: 14.5, most: 6.5 },
    reading: { before: null, most: 3.1 },
  },
];

/** Milliseconds of the processor. */
const taken = (words, environment = env) => {
  const { status, stderr, output } = spawnSync(
    process.execPath,
    ['--require', pathOf('start/tellCpu.cjs'), ...words],
    { env: environment, cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
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
  writeFileSync(certificates, rootCertificates.join('\n'));
  const all = [NOTHING, ...COMMANDS.map(wordsOf)];
  for (const words of all) taken(words);
  /** By setting, and by command, nothing being the first: one figure for each round. */
  const times = Object.fromEntries(SETTINGS.map(({ name }) => [name, all.map(() => [])]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, env: environment } of SETTINGS) {
      for (const [index, words] of all.entries()) times[name][index].push(taken(words, environment));
    }
  }
  const cell = ({ before, most }, measured, nothings) => {
    const ratio = ratioOf(measured, nothings);
    if (ratio > most) process.exitCode = 1;
    return `${before === null ? '' : `${before.toFixed(1)} → `}${ratio.toFixed(1)}`;
  };
  const ms = (name, index) => median(times[name][index]).toFixed(0);
  console.log('| command | ms | times `node -e 0` | ms, reading certificates | times `node -e 0` |');
  console.log('| --- | --: | --: | --: | --: |');
  console.log(`| \`node -e 0\` | ${ms('bare', 0)} | 1 | ${ms('reading', 0)} | 1 |`);
  for (const [at, command] of COMMANDS.entries()) {
    const cells = SETTINGS.map(
      ({ name }) => `${ms(name, at + 1)} | ${cell(command[name], times[name][at + 1], times[name][0])}`,
    );
    console.log(`| \`keyturn ${command.words}\` | ${cells.join(' | ')} |`);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
