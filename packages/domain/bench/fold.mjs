// Folds a keyring's history with many open pins: events per second, best and median of several rounds.
// Usage: node packages/domain/bench/fold.mjs [--quick]
import { defaultDecider, emptyKeyring } from '@keyturn/domain';

const quick = process.argv.includes('--quick');
const EVENTS = quick ? 100_000 : 1_000_000;
const OPEN_PINS = quick ? 1_000 : 10_000;
const ROUNDS = 5;
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

const rates = [];
let open = 0;
for (let round = 0; round < ROUNDS; round += 1) {
  const begun = performance.now();
  const keyring = defaultDecider.replay(emptyKeyring, history);
  rates.push(history.length / ((performance.now() - begun) / 1000));
  open = keyring.openPins.size;
}
rates.sort((a, b) => a - b);
const round = (n) => Math.round(n).toLocaleString('en');
console.log(
  `fold ${history.length.toLocaleString('en')} events, ${open.toLocaleString('en')} pins open at the end: ` +
    `median ${round(rates[ROUNDS >> 1])} events/s, best ${round(rates[ROUNDS - 1])} (aim: 1,000,000)`,
);
