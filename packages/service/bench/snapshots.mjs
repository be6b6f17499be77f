// What keeping a snapshot costs by what a workspace has been through, and what a cold start gains by it. Everything in
// processor time, and the longest that a kept snapshot held the event loop. Exits 1 where a ratio is beyond its bound.
// Usage: node packages/service/bench/snapshots.mjs [--quick]
import { defaultDecider, emptyKeyring, encodeEvent, keyringStream } from '@keyturn/domain';
import { genesisOf, linkEvents } from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { createMasterKeyFile, createVault } from '@keyturn/vault';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { atMost, median, ratioOf } from '../../../scripts/bench-bound.mjs';

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
  decider: defaultDecider,
  guard: { seals: vault, witnesses },
  log,
});

const actor = { kind: 'service', id: 'bench' };
const evidence = { status: 200, code: null, requestId: null, latencyMs: 1 };
const receipt = { destroyedAt: 0, secretsDestroyed: 1, dataKeysDestroyed: 1, method: 'shred', checks: [] };

const addKey = (keyId) => ({
  type: 'AddKey',
  keyId,
  vendor: 'anthropic',
  endpoint: null,
  region: null,
  label: null,
  last4: keyId.slice(-4),
  fingerprint: createHash('sha256').update(keyId).digest('base64url'),
});
const validated = (keyId, callStartedAt) => ({
  type: 'RecordValidation',
  keyId,
  outcome: { kind: 'accepted', condition: 'completed', callStartedAt, evidence },
});
const deleteKey = (keyId) => ({
  type: 'HardDeleteKey',
  keyId,
  successor: null,
  caseId: 'C1',
  reason: 'other',
});
const confirm = (keyId) => ({ type: 'ConfirmDestruction', keyId, receipt });
const start = (runId) => ({
  type: 'StartRun',
  runId,
  projectId: null,
  choice: { kind: 'default' },
  leaseSeconds: null,
});
const finish = (runId) => ({ type: 'FinishRun', runId, outcome: 'succeeded' });

/** A workspace whose commands are decided and appended in large batches. */
const workspaceOf = ({ keys, pins }) => {
  const workspaceId = `keys${keys}-pins${pins}`;
  const stream = keyringStream(workspaceId);
  let keyring = emptyKeyring;
  let head = genesisOf(stream);
  let time = Date.now() - 86_400_000;
  return {
    workspaceId,
    stream,
    get folded() {
      return { keyring, chain: head.chain };
    },
    get time() {
      return time;
    },
    play: async (bodies) => {
      const commands = bodies.map((body) => {
        const commandId = randomUUID();
        time += 1;
        const ids = { commandId, correlationId: commandId, causationId: commandId };
        return { workspaceId, ...ids, issuedAt: time, time, actor, body };
      });
      const decided = defaultDecider.decideAll(keyring, commands);
      const refused = decided.results.find(({ _tag }) => _tag === 'Left');
      if (refused !== undefined) throw new Error(refused.left.message);
      const encoded = decided.events.map((event) => ({ id: randomUUID(), ...encodeEvent(event).right }));
      const linked = linkEvents(stream, head, encoded, vault.sealChain);
      const expected = head.revision < 0 ? 'no-stream' : head.revision;
      await right(store.append(stream, expected, linked.events));
      ({ head } = linked);
      ({ keyring } = decided);
    },
  };
};

/** All keys but one are long gone. */
const grown = async ({ keys, pins }) => {
  const workspace = workspaceOf({ keys, pins });
  const own = randomUUID();
  await workspace.play([addKey(own)]);
  await workspace.play([validated(own, workspace.time)]);
  for (let done = 1; done < keys; done += 250) {
    const ids = Array.from({ length: 250 }, () => randomUUID());
    await workspace.play(ids.flatMap((id) => [addKey(id), deleteKey(id), confirm(id)]));
  }
  for (let open = 0; open < pins; open += 500) {
    await workspace.play(Array.from({ length: 500 }, () => start(randomUUID())));
  }
  return workspace;
};

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
  const workspace = await grown(sizes);
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
