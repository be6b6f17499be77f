// `keyturn verify` over a long log and over one ten times as long, each in a process of its own: events per second, and
// how far memory rose above what the process had before. Exits 1 where the longer log needs more than its bound.
// Usage: node packages/proofs/bench/verify.mjs [--quick]
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openVault } from '@keyturn/vault';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { openKeyturn } from 'keyturn';
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, atMost } from '../../../scripts/bench-bound.mjs';
import { longStream } from './log/longStream.mjs';

const quick = process.argv.includes('--quick');
const EVENTS = quick ? 20_000 : 100_000;
const TIMES = 10;
const WORKSPACES = 10;

const actor = { kind: 'service', id: 'bench' };
const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};
const shown = (n) => Math.round(n).toLocaleString('en');

const optionsOf = (root) => ({
  directory: join(root, 'data'),
  masterKey: { file: join(root, 'master.key') },
  housekeeping: false,
  authorize: () => true,
});

/** A deployment whose log has so many events. */
const make = async (root, events) => {
  const sandbox = await startVendorSandbox();
  const options = { ...optionsOf(root), create: 'if-missing', endpointOverrides: { anthropic: sandbox.url } };
  const keyturn = await openKeyturn(options);
  for (let n = 0; n < WORKSPACES; n += 1) {
    const pasted = sandbox.issueKey('anthropic');
    await keyturn.keys.add({ workspaceId: `w${n}`, actor }, { vendor: 'anthropic', pasted });
  }
  await keyturn.close();
  await sandbox.close();
  const store = await right(openSqliteEventStore({ file: join(root, 'data', 'events.sqlite') }));
  const masterKey = { kind: 'file', path: options.masterKey.file };
  const vault = await right(openVault({ directory: join(root, 'data', 'vault'), masterKey }));
  for (let n = 0; n < WORKSPACES; n += 1) await longStream(store, vault, `w${n}`, events / WORKSPACES);
  await vault.close();
  await store.close();
  // The read models are built before: that is another act, and another process's memory.
  const reading = await openKeyturn(optionsOf(root));
  await reading.keys.list({ workspaceId: 'w0', actor });
  await reading.audit.page({ workspaceId: 'w0', actor }, {});
  await reading.close();
};

/** In a process of its own: what it came to, and the most memory that it had. */
const verify = async (root) => {
  const keyturn = await openKeyturn(optionsOf(root));
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const begun = performance.now();
  const { events, findings } = await keyturn.verify({ actor });
  const ms = performance.now() - begun;
  clearInterval(watch);
  await keyturn.close();
  process.send({ events, findings: findings.length, ms, before, rose: most - before });
};

const verified = (root) =>
  new Promise((resolve, reject) => {
    const child = fork(process.argv[1], ['--verify', root]);
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });

const made = (root, events) =>
  new Promise((resolve, reject) => {
    const child = fork(process.argv[1], ['--make', root, events]);
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ended with ${code}`))));
  });

const measure = async (events) => {
  const root = mkdtempSync(join(process.env.KEYTURN_BENCH_DIR ?? tmpdir(), 'keyturn-bench-'));
  try {
    await made(root, events);
    const found = await verified(root);
    if (found.findings > 0) throw new Error(`${found.findings} findings in an honest log`);
    return found;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

const MIB = 1_048_576;
const line = ({ events, ms, before, rose }) =>
  `  ${shown(events).padStart(9)} events   ${shown(events / (ms / 1_000)).padStart(7)}/s   ` +
  `${shown(before / MIB).padStart(4)} MiB, rose by ${shown(rose / MIB).padStart(4)} MiB`;

const [, , word, root, events] = process.argv;
if (word === '--make') {
  await make(root, Number(events));
} else if (word === '--verify') {
  await verify(root);
} else {
  console.log(
    'keyturn verify: chain, seals, witness, every secret, read models compared with a second making',
  );
  const short = await measure(EVENTS);
  console.log(line(short));
  const long = await measure(EVENTS * TIMES);
  console.log(line(long));
  const rate = ({ events, ms }) => events / ms;
  console.log(`  speed of the longer one    ${atLeast(0.6, rate(long) / rate(short))}`);
  const memory = ({ before, rose }) => before + rose;
  console.log(`  memory of the longer one   ${atMost(1.5, memory(long) / memory(short))}`);
}
