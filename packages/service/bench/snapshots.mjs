// What keeping a snapshot costs by what a workspace has been through, and what a cold start gains by it. Everything in
// processor time, and the longest that a kept snapshot held the event loop. Exits 1 where a ratio is beyond its bound.
// Usage: node packages/service/bench/snapshots.mjs [--quick]
import * as domain from '@keyturn/domain';
import * as eventStore from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { createMasterKeyFile, createVault } from '@keyturn/vault';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { atMost, median, ratioOf } from '../../../scripts/bench-bound.mjs';
import {
  addKey,
  confirm,
  deleteKey,
  finish,
  grownWorkspace,
  start,
} from '../../../scripts/bench-workspace.mjs';

// Below the service: a keyring alone is nobody's use case.
const { makeKeyringRepository } = createRequire(import.meta.url)('../dist/keyringRepository.js');

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 5 : 11;
const COLD_STARTS = quick ? 3 : 5;
const WORKSPACES = quick
  ? [
      { keys: 1_000, pins: 0 },
      { keys: 10_000, pins: 0 },
    ]
  : [
      { keys: 1_000, pins: 0 },
      { keys: 10_000, pins: 0 },
      { keys: 50_000, pins: 0 },
      { keys: 100_000, pins: 0 },
      { keys: 1_000, pins: 10_000 },
    ];

const directory = mkdtempSync(join(process.env.KEYTURN_BENCH_DIR ?? tmpdir(), 'keyturn-bench-'));
const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};
const shown = (n) => Math.round(n).toLocaleString('en');
const ms = (n) => `${n.toFixed(1).padStart(8)} ms`;

const masterKey = join(directory, 'master-key');
await right(createMasterKeyFile(masterKey));
const vault = await right(
  createVault({ directory: join(directory, 'vault'), masterKey: { kind: 'file', path: masterKey } }),
);
const store = await right(openSqliteEventStore({ file: join(directory, 'events.sqlite') }));
const witnesses = { known: () => null, asked: async () => ({ _tag: 'Right', right: null }), moved: () => {} };
const log = { info: () => {}, warn: (_, message) => console.log(message) };
const repository = makeKeyringRepository({
  store,
  decider: domain.defaultDecider,
  guard: { seals: vault, witnesses },
  log,
});

/** Some 1,000 events: keys come and go, runs start, and others end. */
const thousandEvents = async (workspace) => {
  const ids = Array.from({ length: 20 }, () => randomUUID());
  await workspace.play(ids.flatMap((id) => [addKey(id), deleteKey(id), confirm(id)]));
  const runs = Array.from({ length: 450 }, () => randomUUID());
  const open = [...workspace.folded.keyring.openPins.keys()];
  const ended = open.length === 0 ? runs : runs.map((_, n) => open[(n * 7_919) % open.length]);
  if (ended !== runs) await workspace.play([...new Set(ended)].map(finish));
  await workspace.play(runs.map(start));
  if (ended === runs) await workspace.play(runs.map(finish));
};

const measured = async (work) => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.enable();
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  await new Promise((resolve) => setTimeout(resolve, 5));
  delay.disable();
  return { cpuMs: (user + system) / 1_000, longestMs: delay.max / 1e6 };
};

const cpuOf = async (work) => {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1_000;
};

const keeping = async (sizes) => {
  const workspace = await grownWorkspace({ domain, eventStore, store, vault, ...sizes });
  const save = (anew) => right(repository.saveSnapshot(workspace.workspaceId, workspace.folded, anew));
  const first = await measured(() => save(true));
  const kept = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await thousandEvents(workspace);
    kept.push(await measured(() => save(false)));
  }
  return { ...sizes, workspace, first, kept };
};

const coldStarts = async ({ workspace: { workspaceId } }) => {
  const from = { snapshot: [], whole: [] };
  for (let round = 0; round < COLD_STARTS; round += 1) {
    for (const how of ['snapshot', 'whole']) {
      from[how].push(await cpuOf(() => right(repository.load(workspaceId, how))));
    }
  }
  return from;
};

try {
  const all = [];
  for (const sizes of WORKSPACES) all.push(await keeping(sizes));
  const cpu = (kept) => kept.map(({ cpuMs }) => cpuMs);
  const [smallest] = all;
  console.log('keeping a snapshot every 1,000 events: processor time, and against 1,000 keys');
  for (const { keys, pins, first, kept } of all) {
    const longest = median(kept.map(({ longestMs }) => longestMs));
    const ratio = ratioOf(cpu(kept), cpu(smallest.kept));
    console.log(
      `  ${shown(keys).padStart(7)} keys ever, ${shown(pins).padStart(6)} open pins   first ${ms(first.cpuMs)}` +
        `   then ${ms(median(cpu(kept)))}   longest piece ${ms(longest)}   ${atMost(pins === 0 ? 3 : 12, ratio)}`,
    );
  }
  console.log('cold start: processor time with the snapshot, and against folding the whole stream');
  for (const one of all) {
    const { snapshot, whole } = await coldStarts(one);
    const events = one.workspace.folded.keyring.revision + 1;
    console.log(
      `  ${shown(one.keys).padStart(7)} keys ever, ${shown(events).padStart(7)} events   ` +
        `${ms(median(snapshot))} against ${ms(median(whole))}   ${atMost(0.5, ratioOf(snapshot, whole))}`,
    );
  }
} finally {
  await store.close();
  await vault.close();
  rmSync(directory, { recursive: true, force: true });
}
