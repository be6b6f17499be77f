import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import {
  defaultDecider,
  encodeEvent,
  displayLine,
  labelInputOf,
  listedKeys,
  payloads,
  type Command,
  type CommandId,
  type EnvelopedEvent,
  type KeyringEvent,
} from '@keyturn/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { nonsenseOfLeaks } from './nonsenseOfLeaks';
import { playSteps } from './play';
import {
  caseIdOf,
  commandIdOf,
  correlationIdOf,
  fingerprintOf,
  keyIdOf,
  last4Of,
  projectIdOf,
  receipt,
  runIdOf,
  STORY_BEGINS,
  storyActor,
  storyCase,
  storyWorkspace,
  vendorOf,
} from './pool';
import { keyringSteps } from './steps';
import { throughSnapshot } from './throughSnapshot';

const keyId = fc.nat(3).map(keyIdOf);
const runId = fc.nat(2).map(runIdOf);
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const time = fc.nat(100).map((n) => STORY_BEGINS + n * 10_000_000);
const evidence = { status: 401, code: null, requestId: null, latencyMs: 1 };

const scope = fc.oneof(
  fc.constant({ kind: 'workspace' } as const),
  fc.nat(1).map((n) => ({ kind: 'project', projectId: projectIdOf(n) }) as const),
);

/** Events in no sensible order: keys never added, runs never started, keys that rise again. */
const nonsense: fc.Arbitrary<KeyringEvent> = fc
  .record({
    type: fc.constantFrom(...(Object.keys(payloads) as ReadonlyArray<KeyringEvent['type']>)),
    keyId,
    other: orNull(keyId),
    runId,
    scope,
    at: time,
    n: fc.nat(3),
    flag: fc.boolean(),
  })
  .map(({ type, keyId: key, other, runId: run, scope: held, at, n, flag }): KeyringEvent => {
    switch (type) {
      case 'KeyAdded':
        return {
          type,
          data: {
            keyId: key,
            vendor: vendorOf(n),
            endpoint: null,
            region: null,
            label: null,
            last4: last4Of(n),
            fingerprint: fingerprintOf(n),
            expiresAt: flag ? at : null,
          },
        };
      case 'KeyRelabelled':
        return { type, data: { keyId: key, label: flag ? `label ${n}` : null, previousLabel: null } };
      case 'KeyExpiryChanged':
        return { type, data: { keyId: key, expiresAt: flag ? at : null, previousExpiresAt: null } };
      case 'KeyAddAbandoned':
        return { type, data: { keyId: key } };
      case 'KeyTestCallStarted':
        return { type, data: { keyId: key, purpose: 'sweep' } };
      case 'KeyValidated':
        return { type, data: { keyId: key, condition: 'completed', callStartedAt: at, evidence } };
      case 'KeyValidationFailed':
        return {
          type,
          data: { keyId: key, reason: 'rejected', disables: flag, callStartedAt: at, evidence },
        };
      case 'KeyValidationInconclusive':
        return { type, data: { keyId: key, reason: 'dns', callStartedAt: at, evidence } };
      case 'DefaultChanged':
        return { type, data: { scope: held, keyId: other, previousKeyId: key, cause: 'set-default' } };
      case 'KeyRetired':
        return { type, data: { keyId: key, openRuns: n } };
      case 'KeyHardDeleted':
        return {
          type,
          data: {
            keyId: key,
            cause: 'emergency',
            reason: flag ? 'leak' : null,
            caseId: storyCase,
            interruptedRuns: [run],
          },
        };
      case 'LogKeyRenewed':
        return { type, data: { number: n + 1 } };
      case 'WorkspaceClosed':
        return { type, data: { caseId: storyCase, keys: n, openRuns: n } };
      case 'LogRestored':
        return {
          type,
          data: {
            from: 10 + n,
            to: n - 1,
            lostKeys: [key],
            removals: [{ keyId: key, fingerprint: fingerprintOf(n), leaked: flag }],
          },
        };
      case 'EventsDisowned':
        return { type, data: { from: n, to: n + 2, digest: 'a'.repeat(43) } };
      case 'KeyReportedLeaked':
      case 'KeyLeakReportWithdrawn':
      case 'KeySuspended':
      case 'KeyReinstated':
      case 'KeyKillChecked':
      case 'KeyRevocationRecorded':
      case 'LeakReviewed':
      case 'LeakCaseClosed':
        return nonsenseOfLeaks(type, { keyId: key, caseId: caseIdOf(n % 2), at, n, flag });
      case 'KeySecretDestroyed':
        return { type, data: { keyId: key, receipt } };
      case 'RunKeyPinned':
        return {
          type,
          data: {
            runId: run,
            projectId: null,
            keyId: key,
            vendor: vendorOf(n),
            requested: { kind: 'default' },
            choice: 'workspace-default',
            keyringRevision: n,
            leaseUntil: at,
          },
        };
      case 'RunKeyResumed':
        return { type, data: { runId: run, keyId: key, leaseUntil: at } };
      case 'RunKeyReleased':
        return { type, data: { runId: run, keyId: key, outcome: 'failed' } };
    }
  });

const impossibleHistory: fc.Arbitrary<ReadonlyArray<EnvelopedEvent>> = fc.array(
  fc
    .record({ event: nonsense, at: time, command: fc.nat(9), index: fc.nat(2) })
    .map(({ event, at, command, index }): EnvelopedEvent => ({
      event,
      envelope: {
        workspaceId: storyWorkspace,
        time: at,
        actor: storyActor,
        correlationId: correlationIdOf(command),
        causationId: commandIdOf(command),
        commandId: commandIdOf(command),
        commandDigest: 'd',
        issuedAt: at,
        index,
        count: 3,
      },
    })),
  { maxLength: 30, size: 'max' },
);

describe('invariant 12: decide and evolve are total', () => {
  test('any history folds to a keyring that lists, that can be stored, and on which any command gets an answer', () => {
    fc.assert(
      fc.property(impossibleHistory, keyringSteps(12), (history, steps) => {
        const { replay, initialState } = defaultDecider;
        const keyring = replay(initialState, history);
        for (const key of listedKeys(keyring)) {
          expect(displayLine(labelInputOf(keyring, key))).toContain(`…${key.last4} · `);
        }
        expect(throughSnapshot(keyring)).toEqual(E.right(keyring));
        const played = playSteps({ ...defaultDecider, initialState: keyring }, steps);
        for (const { result, events } of played) {
          expect(['Left', 'Right']).toContain(result._tag);
          for (const event of events) expect(encodeEvent(event)).toHaveProperty('right');
        }
      }),
      { numRuns: longRuns(200) },
    );
  });

  test('every event that a command emits can be stored', () => {
    fc.assert(
      fc.property(keyringSteps(), (steps) => {
        for (const { events } of playSteps(defaultDecider, steps)) {
          for (const event of events) expect(encodeEvent(event)).toHaveProperty('right');
        }
      }),
      { numRuns: longRuns(200) },
    );
  });

  test('a command of plain JavaScript, of whatever parts, is refused or taken, never thrown', () => {
    const junk = fc.oneof(fc.constant(undefined), fc.jsonValue(), fc.double(), fc.string());
    fc.assert(
      fc.property(keyringSteps(8), fc.nat(), fc.nat(9), junk, (steps, which, part, by) => {
        const played = playSteps(defaultDecider, steps);
        const step = played[which % Math.max(1, played.length)];
        if (step === undefined) return;
        const names = Object.keys(step.command.body).filter((name) => name !== 'type');
        const spoilt = {
          ...step.command,
          commandId: 'fresh' as CommandId,
          body: { ...step.command.body, [names[part % names.length] ?? 'keyId']: by },
        } as Command;
        const decided = defaultDecider.decide(step.before, spoilt);
        if (E.isLeft(decided)) return;
        for (const event of decided.right.events) expect(encodeEvent(event)).toHaveProperty('right');
      }),
      { numRuns: longRuns(200) },
    );
  });
});

describe('invariant 11: no more of a secret than its last 4', () => {
  test('a key pasted where a text belongs gets into no event and no refusal', () => {
    const prefixes = ['sk-ant-api03-', 'sk-proj-', 'gsk_', 'xai-', 'AIzaSy'];
    const places = [
      'keyId',
      'runId',
      'projectId',
      'caseId',
      'label',
      'successor',
      'endpoint',
      'region',
      'model',
      'vendor',
    ];
    fc.assert(
      fc.property(
        keyringSteps(10),
        fc.constantFrom(...prefixes),
        fc.constantFrom(...places),
        (steps, prefix, place) => {
          const secret = `${prefix}${randomBytes(24).toString('hex')}`.slice(0, 60);
          for (const { before, command } of playSteps(defaultDecider, steps)) {
            if (!(place in command.body)) continue;
            const pasted = { ...command, body: { ...command.body, [place]: secret } } as Command;
            const said = JSON.stringify(
              defaultDecider.decide(before, { ...pasted, commandId: 'fresh' as CommandId }),
            );
            for (let i = prefix.length; i + 5 <= secret.length; i++) {
              expect(said).not.toContain(secret.slice(i, i + 5));
            }
          }
        },
      ),
      { numRuns: longRuns(300) },
    );
  });
});
