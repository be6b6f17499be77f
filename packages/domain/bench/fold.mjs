// Folds a keyring's history with many open pins, beside the least that a fold could do: to keep the open runs in a map.
// Exits 1 below the bound.
// Usage: node packages/domain/bench/fold.mjs [--quick]
import { defaultDecider, emptyKeyring } from '@keyturn/domain';
import { atLeast, median, ratioOf } from '../../../scripts/bench-bound.mjs';

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
