// What chain, seals and witnesses cost: processor time for each event, beside the digests alone; a cold fold with all
// checks beside a fold of the same events without any; commands beside a service whose vault seals, verifies and
// witnesses nothing. The chain itself is in both of the latter: what it takes is the first figure. Exits 1 where a
// bound is not kept.
// Usage: node packages/proofs/bench/integrity.mjs [--quick]
import { decodeEvent, defaultDecider, emptyKeyring, keyringStream } from '@keyturn/domain';
import { followChain, genesisOf, linkEvents, linkOf } from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { makeKeyturn } from '@keyturn/service';
import { createMasterKeyFile, createVault } from '@keyturn/vault';
import { createHmac, hash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, atMost, median, ratioOf } from '../../../scripts/bench-bound.mjs';
import { accepting } from '../../../scripts/bench-prober.mjs';
import { longStream } from './log/longStream.mjs';

// Below the door: a fold alone is nobody's use case.
const { makeKeyringRepository } = createRequire(import.meta.url)('../../service/dist/keyringRepository.js');

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 5 : 11;
const EVENTS = quick ? 10_000 : 50_000;
const COMMANDS = quick ? 2_000 : 10_000;

const directory = mkdtempSync(join(process.env.KEYTURN_BENCH_DIR ?? tmpdir(), 'keyturn-bench-'));
const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};
const shown = (n) => Math.round(n).toLocaleString('en');

const masterKey = join(directory, 'master-key');
await right(createMasterKeyFile(masterKey));
const vault = await right(
  createVault({ directory: join(directory, 'vault'), masterKey: { kind: 'file', path: masterKey } }),
);
const SEAL = { seal: new Uint8Array(32), sealKey: 1 };
const none = { _tag: 'Right', right: null };
/** Seals, verifies and witnesses nothing. */
const unguarded = {
  ...vault,
  sealChain: () => SEAL,
  verifySeal: () => 'good',
  sealSnapshot: () => SEAL,
  verifySnapshot: () => 'good',
  witnessOf: () => async () => none,
  keepWitnesses: (heads) => async () => ({
    _tag: 'Right',
    right: heads.map((head) => ({ _tag: 'Right', right: head })),
  }),
};
const actor = { kind: 'service', id: 'bench' };
const serviceOver = (eventStore, itsVault) =>
  makeKeyturn({
    eventStore,
    vault: itsVault,
    prober: accepting,
    authorize: async () => true,
    testCallsPerMinute: 1_000_000,
  });
const addedTo = (keyturn, workspaceId) =>
  right(
    keyturn.addKey(
      { workspaceId, actor },
      { vendor: 'anthropic', pasted: `bench_${randomUUID()}_${randomUUID()}` },
    ),
  );

const everyEvent = async (store, stream, onPage) => {
  for (let from = 0, end = false; !end;) {
    const page = await right(store.readStream(stream, { direction: 'forwards', from, limit: 1_000 }));
    onPage(page.events);
    from += page.events.length;
    ({ end } = page);
  }
};

/** Microseconds of processor time, of this process as a whole. */
const cpuOf = async (work) => {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return user + system;
};
const msOf = async (work) => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

/** What the format itself asks of Node for each event: a SHA-256 over its bytes, and an HMAC-SHA-512 for its seal. */
const digestsAlone = (pieces, sealed) => {
  for (const piece of pieces) {
    const value = hash('sha256', piece, 'buffer');
    if (sealed) createHmac('sha512', SEAL.seal).update(value).digest();
  }
};

const perEvent = async (events, stream) => {
  const bare = events.map(({ metadata, ...event }) => ({ ...event, metadata: linkOf(metadata).rest }));
  const pieces = bare.map(({ id, type, data, metadata }) =>
    Buffer.from(stream + id + type + data + metadata),
  );
  const rounds = { digests: [], made: [], digest: [], followed: [] };
  const keep = async (name, work) => rounds[name].push((await cpuOf(work)) / events.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    await keep('digests', () => digestsAlone(pieces, true));
    await keep('made', () => {
      let head = genesisOf(stream);
      for (const event of bare) ({ head } = linkEvents(stream, head, [event], vault.sealChain));
    });
    await keep('digest', () => digestsAlone(pieces, false));
    await keep('followed', () => {
      let at = { head: genesisOf(stream), seal: null };
      for (const event of events) at = followChain(at.head, event).right;
      vault.verifySeal(at.head.chain, at.seal);
    });
  }
  const row = (words, name, told) =>
    console.log(`  ${words.padEnd(38)}${median(rounds[name]).toFixed(1).padStart(5)} µs ${told}`);
  console.log(`processor time for an event, over ${shown(events.length)} events`);
  row('one SHA-256 and one HMAC, nothing else', 'digests', '  1.00');
  row('chained and sealed, one append each', 'made', atMost(3, ratioOf(rounds.made, rounds.digests)));
  row('one SHA-256, nothing else', 'digest', '  1.00');
  row('chain followed, seal of the last', 'followed', atMost(4, ratioOf(rounds.followed, rounds.digest)));
};

const coldFold = async (store, workspaceId, stream) => {
  const known = { revision: -1, chain: genesisOf(stream).chain };
  const witnesses = {
    known: () => known,
    asked: (id) => vault.witnessOf(id)(),
    told: () => {},
    moved: () => {},
  };
  const log = { info: () => {}, warn: () => {} };
  const guard = { seals: vault, witnesses };
  const repository = makeKeyringRepository({ store, decider: defaultDecider, guard, log });
  const checked = [];
  const unchecked = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    unchecked.push(
      await cpuOf(async () => {
        let keyring = emptyKeyring;
        await everyEvent(store, stream, (page) => {
          const events = page.map((event) => ({ ...decodeEvent(event).right, recordedAt: event.recordedAt }));
          keyring = defaultDecider.replay(keyring, events);
        });
      }),
    );
    checked.push(await cpuOf(() => right(repository.load(workspaceId, 'whole'))));
  }
  console.log('cold fold of the whole stream, in processor time (aim: 1.5 times)');
  console.log(`  without checks   ${(median(unchecked) / 1_000).toFixed(0).padStart(7)} ms     1.00`);
  const told = atMost(2, ratioOf(checked, unchecked));
  console.log(`  with checks      ${(median(checked) / 1_000).toFixed(0).padStart(7)} ms   ${told}`);
};

const commands = async () => {
  const rates = { with: [], without: [] };
  const services = [];
  for (const [name, itsVault] of [
    ['with', vault],
    ['without', unguarded],
  ]) {
    const store = await right(openSqliteEventStore({ file: join(directory, `${name}.sqlite`) }));
    const keyturn = serviceOver(store, itsVault);
    for (let n = 0; n < 100; n += 1) await addedTo(keyturn, `${name}${n}`);
    services.push({ name, store, keyturn });
  }
  const play = async ({ name, keyturn }) => {
    let n = 0;
    const worker = async () => {
      while (n < COMMANDS) {
        const context = { workspaceId: `${name}${(n += 2) % 100}`, actor };
        const { runId } = await right(keyturn.startRun(context, { runId: randomUUID() }));
        await right(keyturn.finishRun(context, { runId }));
      }
    };
    const ms = await msOf(() => Promise.all(Array.from({ length: 64 }, worker)));
    return COMMANDS / (ms / 1_000);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    // By turns, so that neither is always the one that comes first.
    const order = round % 2 === 0 ? services : [...services].reverse();
    for (const service of order) rates[service.name].push(await play(service));
  }
  console.log('commands per second, 64 in flight, 100 workspaces, synchronous=FULL (aim: at least 0.9)');
  console.log(`  without   ${shown(median(rates.without)).padStart(7)}/s     1.00`);
  const told = atLeast(0.8, ratioOf(rates.with, rates.without));
  console.log(`  with      ${shown(median(rates.with)).padStart(7)}/s   ${told}`);
  for (const { keyturn, store } of services) {
    await keyturn.settled();
    await store.close();
  }
};

try {
  const store = await right(openSqliteEventStore({ file: join(directory, 'long.sqlite') }));
  const keyturn = serviceOver(store, vault);
  await addedTo(keyturn, 'long');
  await keyturn.settled();
  await longStream(store, vault, 'long', EVENTS);
  const stream = keyringStream('long');
  const events = [];
  await everyEvent(store, stream, (page) => events.push(...page));
  await perEvent(events, stream);
  await coldFold(store, 'long', stream);
  await store.close();
  await commands();
} finally {
  await vault.close();
  rmSync(directory, { recursive: true, force: true });
}
