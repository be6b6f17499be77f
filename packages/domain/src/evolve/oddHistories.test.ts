import { beforeEach, describe, expect, test } from '@jest/globals';
import { command } from '../testSupport/commands';
import { defaultDecider } from '../decider';
import type { EnvelopedEvent } from '../envelope';
import type { KeyringEvent, KeyringEventType } from '../events';
import type { CommandId } from '../ids';
import type { Keyring } from '../state/keyring';
import {
  accept,
  add,
  fail,
  finish,
  hardDelete,
  key,
  remove,
  reportLeak,
  setDefault,
  start,
  T0,
} from '../testSupport/commands';
import { given } from '../testSupport/given';

// A log that deciding would never have written, of an older version or of another program, still folds: what an event
// says of a key or a run that is not there changes nothing.

const evidence = { status: 200, code: null, requestId: null, latencyMs: 1 };

const event = (type: KeyringEventType, data: object): KeyringEvent => ({ type, data }) as KeyringEvent;

/** Each event by a command of its own, an hour into the story. */
const folded = (keyring: Keyring, ...events: ReadonlyArray<KeyringEvent>): Keyring => {
  const { workspaceId, actor, correlationId, causationId } = command(add('none'), 0);
  const enveloped = events.map((each, i): EnvelopedEvent => ({
    event: each,
    envelope: {
      workspaceId,
      actor,
      correlationId,
      causationId,
      commandId: `odd${i}` as CommandId,
      commandDigest: 'd'.repeat(43),
      time: T0 + 3_600_000 + i,
      issuedAt: T0 + 3_600_000 + i,
      index: 0,
      count: 1,
    },
  }));
  return defaultDecider.replay(keyring, enveloped);
};

/** What a keyring says of keys, Defaults and runs. */
const said = ({
  keys,
  workspaceDefault,
  projectDefaults,
  leakedFingerprints,
  leaks,
  openPins,
  listedKeyIds,
}: Keyring) => ({
  keys: new Map(keys),
  workspaceDefault,
  projectDefaults: new Map(projectDefaults),
  leaked: [...leakedFingerprints],
  leaks: [...leaks],
  pins: new Map(openPins),
  listed: [...listedKeyIds],
});

const verdict = { callStartedAt: T0, evidence };
const validated = (keyId: string) => event('KeyValidated', { keyId, condition: 'completed', ...verdict });
const failed = (keyId: string, disables = true) =>
  event('KeyValidationFailed', { keyId, reason: 'rejected', disables, ...verdict });
const retired = (keyId: string) => event('KeyRetired', { keyId, openRuns: 1 });
const destroyed = (keyId: string) => event('KeySecretDestroyed', { keyId, receipt: {} });
const hardDeleted = (keyId: string, reason: 'leak' | null = null) =>
  event('KeyHardDeleted', { keyId, cause: 'deleted', reason, caseId: null, interruptedRuns: [] });
const defaultTo = (keyId: string | null, scope: object = { kind: 'workspace' }) =>
  event('DefaultChanged', { scope, keyId, previousKeyId: null, cause: 'set-default' });
const pinned = (runId: string, keyId: string) =>
  event('RunKeyPinned', {
    runId,
    keyId,
    projectId: null,
    vendor: 'anthropic',
    requested: { kind: 'default' },
    choice: 'workspace-default',
    keyringRevision: 0,
    leaseUntil: T0 + 7_200_000,
  });
const resumed = (runId: string) => event('RunKeyResumed', { runId, keyId: 'k1', leaseUntil: T0 + 9_000_000 });
const released = (runId: string) => event('RunKeyReleased', { runId, keyId: 'k1', outcome: 'succeeded' });

let running: Keyring;
let deleted: Keyring;
let retiring: Keyring;
beforeEach(() => {
  running = given(add('k1'), accept('k1'), add('k2'), accept('k2'), start('r')).keyring;
  deleted = given(
    add('k1'),
    accept('k1'),
    add('k2'),
    hardDelete('k1', { successor: 'k2', reason: 'other' }),
  ).keyring;
  retiring = given(
    add('k1'),
    accept('k1'),
    add('k2'),
    accept('k2'),
    start('r'),
    fail('k1', 'unfunded', 9),
    remove('k1', { successor: 'k2' }),
  ).keyring;
});

describe('what is said of a key that was never added', () => {
  test.each([
    ['validated', validated('k9')],
    ['failed', failed('k9')],
    ['retired', retired('k9')],
    ['hard-deleted', hardDeleted('k9', 'leak')],
    ['leaked', event('KeyReportedLeaked', { keyId: 'k9', caseId: 'SEC-7' })],
    ['withdrawn', event('KeyLeakReportWithdrawn', { keyId: 'k9', caseId: 'SEC-7' })],
    ['suspended', event('KeySuspended', { keyId: 'k9', caseId: 'SEC-7' })],
    ['reinstated', event('KeyReinstated', { keyId: 'k9', caseId: 'SEC-7' })],
    ['checked', event('KeyKillChecked', { keyId: 'k9', caseId: 'SEC-7', says: 'alive', checkedAt: 1 })],
    ['revoked', event('KeyRevocationRecorded', { keyId: 'k9', caseId: 'SEC-7' })],
    ['reviewed', event('LeakReviewed', { keyId: 'k9', caseId: 'SEC-7' })],
    ['closed', event('LeakCaseClosed', { keyId: 'k9', caseId: 'SEC-7' })],
    ['destroyed', destroyed('k9')],
    ['resumed', resumed('r9')],
    ['released', released('r9')],
  ])('%s: nothing changes', (_, odd) => {
    expect(said(folded(running, odd))).toEqual(said(running));
  });

  test('a Default that nobody knows is no key, and what was Default before it is not forgotten', () => {
    const odd = folded(running, defaultTo('k9'), defaultTo('k2'));
    expect(odd.workspaceDefault).toBe('k2');
    expect(odd.keys.has(key('k9'))).toBe(false);
    expect(odd.keys.get(key('k1'))).toMatchObject({ wasDefault: true });
  });

  test('a pin on it is a pin without a key', () => {
    const odd = folded(running, pinned('r9', 'k9'));
    expect(new Map(odd.openPins).get('r9' as never)).toMatchObject({ keyId: 'k9', interrupted: false });
    expect(said(folded(odd, released('r9')))).toEqual(said(running));
  });
});

describe('what is said of a key that left the file', () => {
  test.each([
    ['validated', validated('k1')],
    ['failed', failed('k1')],
    ['retired', retired('k1')],
    ['hard-deleted again', hardDeleted('k1')],
  ])('%s: it stays deleted', (_, odd) => {
    expect(said(folded(deleted, odd))).toEqual(said(deleted));
  });

  test('retired: it can be neither validated nor failed, and keeps nothing of why it failed', () => {
    expect(retiring.keys.get(key('k1'))).toMatchObject({
      status: 'retired',
      failureReason: null,
      rejectionUnconfirmed: false,
    });
    expect(said(folded(retiring, validated('k1'), failed('k1')))).toEqual(said(retiring));
  });

  test('hard-deleted for a leak after all: its fingerprint is marked', () => {
    expect(folded(deleted, hardDeleted('k1', 'leak')).leakedFingerprints.size).toBe(1);
  });

  test('a pin on a deleted key is interrupted from the start', () => {
    const odd = folded(deleted, pinned('r', 'k1'));
    expect(new Map(odd.openPins).get('r' as never)).toMatchObject({ interrupted: true });
  });
});

describe('what is said twice', () => {
  test('a second KeyAdded of an id is not another key', () => {
    const again = event('KeyAdded', { ...add('k1'), last4: 'else', label: 'another' });
    expect(said(folded(running, again))).toEqual(said(running));
  });

  test('a run that is pinned again holds one key, once', () => {
    const moved = folded(running, pinned('r', 'k2'), pinned('r', 'k2'));
    expect(moved.keys.get(key('k1'))?.openRuns).toBe(0);
    expect(moved.keys.get(key('k2'))?.openRuns).toBe(1);
  });

  test('a Default that is set to itself was not Default before', () => {
    expect(folded(running, defaultTo('k1')).keys.get(key('k1'))).toMatchObject({ wasDefault: false });
  });
});

describe('what a fold keeps of a key', () => {
  const k1 = (keyring: Keyring) => keyring.keys.get(key('k1'));

  test('a new key was never Default, and is not destroyed', () => {
    expect(k1(given(add('k1')).keyring)).toEqual({
      keyId: 'k1',
      vendor: 'anthropic',
      endpoint: null,
      region: null,
      model: null,
      label: null,
      last4: 'xxk1',
      fingerprint: 'fingerprint-of-k1',
      expiresAt: null,
      status: 'pending',
      failureReason: null,
      rejectionUnconfirmed: false,
      wasDefault: false,
      addedAt: T0,
      lastVerdictCallAt: null,
      openRuns: 0,
      suspended: false,
      acceptedFrom: null,
      destroyed: false,
    });
  });

  test('a 401 to be confirmed is forgotten when the key passes, is retired or is deleted', () => {
    const doubtful = folded(running, failed('k1', false));
    expect(k1(doubtful)).toMatchObject({ status: 'active', rejectionUnconfirmed: true });
    expect(k1(folded(doubtful, validated('k1')))).toMatchObject({ rejectionUnconfirmed: false });
    expect(k1(folded(doubtful, retired('k1')))).toMatchObject({ rejectionUnconfirmed: false });
    expect(k1(folded(doubtful, hardDeleted('k1')))).toMatchObject({ rejectionUnconfirmed: false });
  });

  test('why it failed is forgotten when it is deleted', () => {
    const broken = folded(running, failed('k1'));
    expect(k1(broken)).toMatchObject({ status: 'failed', failureReason: 'rejected' });
    expect(k1(folded(broken, hardDeleted('k1')))).toMatchObject({ failureReason: null });
  });

  test('a hard delete interrupts the runs on that key alone', () => {
    const both = given(
      add('k1'),
      accept('k1'),
      add('k2'),
      accept('k2'),
      start('r1'),
      setDefault('k2'),
      start('r2'),
    );
    const after = folded(both.keyring, hardDeleted('k1'));
    expect([...after.openPins.values()].map(({ runId, interrupted }) => [runId, interrupted]).sort()).toEqual(
      [
        ['r1', true],
        ['r2', false],
      ],
    );
  });

  test('a resumed run keeps its pin, for longer', () => {
    const before = new Map(running.openPins).get('r' as never);
    const after = new Map(folded(running, resumed('r')).openPins).get('r' as never);
    expect(after).toEqual({ ...before, leaseUntil: T0 + 9_000_000 });
  });

  test('a report of a leak marks the fingerprint and leaves the key', () => {
    const reported = given(add('k1'), accept('k1'), reportLeak('k1')).keyring;
    expect([...reported.leakedFingerprints]).toEqual(['fingerprint-of-k1']);
  });
});

describe('a keyring with keys and no Default, which deciding never gives', () => {
  let odd: Keyring;
  beforeEach(() => {
    odd = folded(defaultDecider.initialState, event('KeyAdded', add('k1')), validated('k1'));
  });
  const outcome = (body: ReturnType<typeof start>) => defaultDecider.decide(odd, command(body, 4_000));

  test('starts no run by Default, and names what could be one', () => {
    expect(outcome(start('r'))).toMatchObject({
      left: { code: 'no-default', facts: { candidates: [{ keyId: 'k1' }] } },
    });
  });

  test('an open run of a key that nobody knows is not started again for another project, and can be finished', () => {
    const pinnedOdd = folded(odd, pinned('r', 'k9'));
    const decided = (body: ReturnType<typeof start>) =>
      defaultDecider.decide(pinnedOdd, command(body, 4_000));
    expect(decided(start('r', { in: 'p' }))).toMatchObject({
      left: { code: 'run-already-pinned', facts: { key: null } },
    });
    expect(decided(finish('r'))).toMatchObject({
      right: { events: [{ event: { type: 'RunKeyReleased', data: { keyId: 'k9' } } }] },
    });
  });
});
