// The first command of a process on a workspace, by how many keys it has ever had, nearly all of them long gone: in
// processor time, from the snapshot. Beside it the first command that adds a key, which has to know every id there ever
// was, and a first command that folds the whole stream. Each start is a process of its own. Exits 1 where a start grows
// with the keys beyond the bound.
// Usage: node packages/proofs/bench/scale/coldStart.mjs [--quick]
import * as domain from '@keyturn/domain';
import * as eventStore from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { makeKeyturn } from '@keyturn/service';
import { createMasterKeyFile, createVault, openVault } from '@keyturn/vault';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accepting } from '../../../../scripts/bench-prober.mjs';
import { grownWorkspace } from '../../../../scripts/bench-workspace.mjs';

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 3 : 7;
const SIZES = quick ? [1_000, 10_000] : [1_000, 10_000, 50_000, 100_000];
const STARTS = ['run', 'add', 'whole'];
/** What a start may take of what folding all events takes, with the most keys. It was 0.08. */
const MOST = 0.03;
/** The first run and the first add, in milliseconds, at commit e81a4cb. */
const BEFORE = new Map([
  [1_000, { run: 15, add: 23 }],
  [10_000, { run: 75, add: 79 }],
  [50_000, { run: 283, add: 305 }],
  [100_000, { run: 470, add: 479 }],
]);

const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};
const actor = { kind: 'service', id: 'bench' };
const storeIn = (directory) => right(openSqliteEventStore({ file: join(directory, 'events.sqlite') }));
const vaultIn = (directory) => ({
  directory: join(directory, 'vault'),
  masterKey: { kind: 'file', path: join(directory, 'master-key') },
});

/** In a process of its own: the first command on a workspace that it has never seen. */
const start = async ([directory, workspaceId, how]) => {
  const stored = await storeIn(directory);
  const none = () => () => Promise.resolve({ _tag: 'Right', right: null });
  const read = how === 'whole' ? { ...stored, loadSnapshot: none } : stored;
  const vault = await right(openVault(vaultIn(directory)));
  const authorize = async () => true;
  const keyturn = makeKeyturn({ eventStore: read, vault, prober: accepting, authorize });
  const context = (of) => ({ workspaceId: of, actor });
  // What every first command of a process takes, such as compiling, is none of the workspace's.
  const small = context(`small-${randomUUID()}`);
  await right(keyturn.addKey(small, { vendor: 'anthropic', pasted: `bench_${randomUUID()}` }));
  await right(keyturn.startRun(small, { runId: randomUUID() }));
  const begun = process.cpuUsage();
  if (how === 'add') {
    const pasted = `bench_${randomUUID()}`;
    await right(keyturn.addKey(context(workspaceId), { vendor: 'anthropic', pasted }));
  } else {
    await right(keyturn.startRun(context(workspaceId), { runId: randomUUID() }));
  }
  const { user, system } = process.cpuUsage(begun);
  process.stdout.write(String((user + system) / 1_000));
  await keyturn.settled();
  await vault.close();
  await stored.close();
};

const startedIn = (directory, workspaceId, how) => {
  const self = fileURLToPath(import.meta.url);
  const child = spawnSync(process.execPath, [self, 'start', directory, workspaceId, how], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(`a start by ${how} failed`);
  return Number(child.stdout);
};

/** A workspace with its snapshot. */
const prepared = async (directory, keys) => {
  const store = await storeIn(directory);
  const vault = await right(openVault(vaultIn(directory)));
  const { workspaceId } = await grownWorkspace({ domain, eventStore, store, vault, keys });
  const authorize = async () => true;
  const keyturn = makeKeyturn({ eventStore: store, vault, prober: accepting, authorize });
  await right(keyturn.startRun({ workspaceId, actor }, { runId: randomUUID() }));
  await keyturn.settled();
  await vault.close();
  await store.close();
  console.error(`${keys} keys ever: written`);
  return workspaceId;
};

const inDirectory = async (body) => {
  const directory = mkdtempSync(join(process.env.KEYTURN_BENCH_DIR ?? tmpdir(), 'keyturn-bench-'));
  try {
    const { directory: place, masterKey } = vaultIn(directory);
    await right(createMasterKeyFile(masterKey.path));
    const vault = await right(createVault({ directory: place, masterKey }));
    await vault.close();
    await body(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

/** The least is what the work takes; whatever is above it, others on the machine took. */
const least = (times) => Math.min(...times);
const shown = (n) => (n < 10 ? n.toFixed(1) : Math.round(n).toLocaleString('en'));

const compare = () =>
  inDirectory(async (directory) => {
    const workspaces = new Map();
    for (const keys of SIZES) workspaces.set(keys, await prepared(directory, keys));
    const times = new Map(SIZES.map((keys) => [keys, { run: [], add: [], whole: [] }]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [keys, workspaceId] of workspaces) {
        for (const how of STARTS) {
          if (how === 'whole' && round > 1) continue;
          times.get(keys)[how].push(startedIn(directory, workspaceId, how));
        }
      }
      console.error(`round ${round + 1} of ${ROUNDS}`);
    }
    console.log('| keys ever | a run, ms | a key, ms | a run, from all events, ms |');
    console.log('| ---: | ---: | ---: | ---: |');
    for (const [keys, { run, add, whole }] of times) {
      const before = BEFORE.get(keys);
      const cell = (name, all) => `${before === undefined ? '' : `${before[name]} → `}${shown(least(all))}`;
      const cells = [cell('run', run), cell('add', add), shown(least(whole))];
      console.log(`| ${keys.toLocaleString('en')} | ${cells.join(' | ')} |`);
    }
    const { run, whole } = times.get(SIZES.at(-1));
    const ratio = least(run) / least(whole);
    if (ratio > MOST) {
      console.error(`With the most keys a start took ${ratio.toFixed(3)} of what folding all events takes.`);
      process.exitCode = 1;
    }
  });

if (process.argv[2] === 'start') await start(process.argv.slice(3));
else await compare();
