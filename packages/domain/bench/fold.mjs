// Folds a keyring's history with many open pins, beside the least that a fold could do: to keep the open runs in a map.
// Then one with many keys ever, in pages of a thousand events as a cold start reads it, beside the same in one go.
// Exits 1 beyond a bound.
// Usage: node packages/domain/bench/fold.mjs [--quick]
import { defaultDecider, emptyKeyring } from '@keyturn/domain';
import { randomUUID } from 'node:crypto';
import { atLeast, atMost, median, ratioOf } from '../../../scripts/bench-bound.mjs';

const quick = process.argv.includes('--quick');
const EVENTS = quick ? 100_000 : 1_000_000;
const OPEN_PINS = quick ? 1_000 : 10_000;
const ROUNDS = 7;
const start = Date.parse('2026-01-01T00:00:00Z');

const enveloped = (type, data, n) => ({
  event: { type, data },
  envelope: {
    workspaceId: 'bench',
    time: start + n,
    actor: { kind: 'service', id: 'bench' },
    correlationId: `c-${n}`,
    causationId: `c-${n}`,
    commandId: `c-${n}`,
    commandDigest: 'd',
    issuedAt: start + n,
    index: 0,
    count: 1,
  },
});

const pinned = (run, n) =>
  enveloped(
    'RunKeyPinned',
    {
      runId: `run-${run}`,
      projectId: null,
      keyId: 'k1',
      vendor: 'anthropic',
      requested: { kind: 'default' },
      choice: 'workspace-default',
      keyringRevision: n,
      leaseUntil: start + n + 86_400_000,
    },
    n,
  );
const released = (run, n) =>
  enveloped('RunKeyReleased', { runId: `run-${run}`, keyId: 'k1', outcome: 'succeeded' }, n);

const evidence = { status: 200, code: null, requestId: null, latencyMs: 1 };
const history = [
  enveloped(
    'KeyAdded',
    {
      keyId: 'k1',
      vendor: 'anthropic',
      endpoint: null,
      region: null,
      label: null,
      last4: 'AbCd',
      fingerprint: 'f'.repeat(32),
    },
    0,
  ),
  enveloped(
    'DefaultChanged',
    { scope: { kind: 'workspace' }, keyId: 'k1', previousKeyId: null, cause: 'first-key' },
    1,
  ),
  enveloped('KeyValidated', { keyId: 'k1', condition: 'completed', callStartedAt: start, evidence }, 2),
];
for (let run = 0; history.length < EVENTS; run += 1) {
  history.push(pinned(run, history.length));
  if (run >= OPEN_PINS) history.push(released(run - OPEN_PINS, history.length));
}

const keepOpenRuns = () => {
  const open = new Map();
  for (const { event } of history) {
    if (event.type === 'RunKeyPinned') open.set(event.data.runId, event.data);
    else if (event.type === 'RunKeyReleased') open.delete(event.data.runId);
  }
  return open;
};

const perSecond = (work) => {
  const begun = performance.now();
  const open = work();
  if (open.size !== OPEN_PINS) throw new Error(`${open.size} pins are open at the end, not ${OPEN_PINS}`);
  return history.length / ((performance.now() - begun) / 1000);
};

const raw = [];
const rates = [];
for (let round = 0; round < ROUNDS; round += 1) {
  raw.push(perSecond(keepOpenRuns));
  rates.push(perSecond(() => defaultDecider.replay(emptyKeyring, history).openPins));
}
const round = (n) => Math.round(n).toLocaleString('en');
console.log(
  `fold ${round(history.length)} events, ${round(OPEN_PINS)} pins open at the end: ${round(median(rates))} events/s ` +
    `(aim: 1,000,000); a map alone ${round(median(raw))} events/s`,
);
console.log(`fold / map alone ${atLeast(0.1, ratioOf(rates, raw))}`);

const KEYS = quick ? 20_000 : 100_000;
const PAGE = 1_000;
const added = (keyId, n) => enveloped('KeyAdded', { ...history[0].event.data, keyId, fingerprint: keyId }, n);
const gone = (keyId, n) =>
  enveloped(
    'KeyHardDeleted',
    { keyId, reason: 'other', caseId: 'C1', interruptedRuns: [], successor: null },
    n,
  );
const keys = Array.from({ length: KEYS }, () => randomUUID()).flatMap((keyId, n) => [
  added(keyId, 2 * n),
  gone(keyId, 2 * n + 1),
]);
const milliseconds = (work) => {
  const begun = performance.now();
  const { size } = work().keys;
  if (size !== KEYS) throw new Error(`${size} keys were ever there, not ${KEYS}`);
  return performance.now() - begun;
};
const inPages = () => {
  let keyring = emptyKeyring;
  for (let at = 0; at < keys.length; at += PAGE) {
    keyring = defaultDecider.replay(keyring, keys.slice(at, at + PAGE));
  }
  return keyring;
};
const paged = [];
const once = [];
for (let n = 0; n < ROUNDS; n += 1) {
  once.push(milliseconds(() => defaultDecider.replay(emptyKeyring, keys)));
  paged.push(milliseconds(inPages));
}
console.log(
  `fold ${round(KEYS)} keys ever: ${round(median(paged))} ms in pages, ${round(median(once))} ms in one go`,
);
console.log(`in pages / in one go ${atMost(4, ratioOf(paged, once))}`);
