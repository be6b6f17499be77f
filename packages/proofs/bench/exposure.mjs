// An exposure report, and its page, of a key with 2,000 runs in a year: among a tenth of a million events, and among a
// million, each in a process of its own. Seconds of processor time, and how far memory rose, sampled. Exits 1 beyond
// the bounds.
// Usage: node packages/proofs/bench/exposure.mjs [--quick]
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { exposurePage } from '@keyturn/pages';
import { openVault } from '@keyturn/vault';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { openKeyturn } from 'keyturn';
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atMost } from '../../../scripts/bench-bound.mjs';
import { longStream } from './log/longStream.mjs';

const quick = process.argv.includes('--quick');
const EVENTS = quick ? [20_000, 100_000] : [100_000, 1_000_000];
const RUNS = 2_000;
const YEAR_MS = 365 * 86_400_000;
/** Seconds of processor time. */
const MOST_SECONDS = 5;

const context = { workspaceId: 'acme', actor: { kind: 'service', id: 'bench' } };
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

/** A deployment with so many events in a year: of two keys the first has 2,000 runs, and the other all others. */
const make = async (root, events) => {
  const sandbox = await startVendorSandbox();
  const options = { ...optionsOf(root), create: 'if-missing', endpointOverrides: { anthropic: sandbox.url } };
  const keyturn = await openKeyturn(options);
  const added = [];
  for (let n = 0; n < 2; n += 1) {
    const pasted = sandbox.issueKey('anthropic');
    added.push((await keyturn.keys.add(context, { vendor: 'anthropic', pasted })).key.keyId);
  }
  const [keyId, other] = added;
  await keyturn.keys.setDefault(context, { keyId: other });
  await keyturn.close();
  await sandbox.close();
  const store = await right(openSqliteEventStore({ file: join(root, 'data', 'events.sqlite') }));
  const masterKey = { kind: 'file', path: options.masterKey.file };
  const vault = await right(openVault({ directory: join(root, 'data', 'vault'), masterKey }));
  // A run is two events.
  const every = Math.floor(events / 2 / RUNS);
  const choiceOf = (run) => (run % every === 0 ? { kind: 'key', keyId } : { kind: 'default' });
  await longStream(store, vault, 'acme', events, { spanMs: YEAR_MS, choiceOf });
  await vault.close();
  await store.close();
  // The read models are built before: that is another act, and another process's memory.
  const reading = await openKeyturn(optionsOf(root));
  await reading.audit.page(context, {});
  await reading.runs.list(context, { limit: 1 });
  await reading.close();
  process.send({ keyId });
};

/** In a process of its own: what a report took, and the most memory that it had. */
const report = async (root, keyId) => {
  const keyturn = await openKeyturn(optionsOf(root));
  const before = process.memoryUsage().rss;
  let most = before;
  const sample = () => {
    most = Math.max(most, process.memoryUsage().rss);
  };
  const watch = setInterval(sample, 20);
  const began = process.cpuUsage();
  const now = Date.now();
  const exposure = await keyturn.support.exposure(context, {
    keyId,
    since: now - 2 * YEAR_MS,
    until: now + 1_000,
    habits: true,
  });
  const { user, system } = process.cpuUsage(began);
  const page = exposurePage({ report: exposure, madeAt: now });
  const whole = process.cpuUsage(began);
  sample();
  clearInterval(watch);
  await keyturn.close();
  const seconds = (user + system) / 1e6;
  process.send({
    pinned: exposure.counts.pinned,
    seconds,
    pageSeconds: (whole.user + whole.system) / 1e6 - seconds,
    pageBytes: page.length,
    rose: most - before,
  });
};

const inChild = (...words) =>
  new Promise((resolve, reject) => {
    const child = fork(process.argv[1], words);
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });

const measure = async (events) => {
  const root = mkdtempSync(join(process.env.KEYTURN_BENCH_DIR ?? tmpdir(), 'keyturn-bench-'));
  try {
    const { keyId } = await inChild('--make', root, events);
    const measured = await inChild('--report', root, keyId);
    if (measured.pinned < RUNS) throw new Error(`${measured.pinned} runs of the key in the report`);
    return measured;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

const MIB = 1_048_576;
const line = (events, { pinned, seconds, pageSeconds, pageBytes, rose }) =>
  `  ${shown(events).padStart(9)} events, ${shown(pinned)} runs   ${seconds.toFixed(2)} s, ` +
  `page ${pageSeconds.toFixed(2)} s and ${(pageBytes / MIB).toFixed(1)} MiB, rose by ${shown(rose / MIB)} MiB`;

const [, , word, root, what] = process.argv;
if (word === '--make') {
  await make(root, Number(what));
} else if (word === '--report') {
  await report(root, what);
} else {
  console.log('An exposure report over a year, with the rules about habits, and its page');
  const [few, many] = EVENTS;
  const short = await measure(few);
  console.log(line(few, short));
  const long = await measure(many);
  console.log(line(many, long));
  console.log(`  seconds of both           ${atMost(MOST_SECONDS, long.seconds + long.pageSeconds)}`);
  console.log(`  memory beside the shorter ${atMost(1.5, long.rose / short.rose)}`);
}
