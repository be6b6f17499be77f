import { describe, expect, test } from '@jest/globals';
import {
  defaultPolicy,
  makeDecider,
  payloads,
  recall,
  type Command,
  type KeyringEvent,
} from '@keyturn/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { emptyLedger, enterEvent, leakedIn, onFile, type Ledger } from './ledger';
import { playSteps, type PlayedStep } from './play';
import { keyringSteps } from './steps';
import { throughSnapshot } from './throughSnapshot';
import { stateViolations, stepViolations } from './violations';

/** Small enough that memories overflow, limits are met and expiries go in chunks. */
const decider = makeDecider({
  ...defaultPolicy,
  maxKeysOnFile: 3,
  maxOpenRuns: 3,
  memoryLimit: 8,
  maxExpiriesPerCommand: 2,
});

const RUNS = { numRuns: 60 };

const story = keyringSteps();

const SAID_OF_GONE_KEYS: ReadonlyArray<string> = [
  'KeySecretDestroyed',
  'RunKeyReleased',
  'KeyReportedLeaked',
  'KeyKillChecked',
  'KeyRevocationRecorded',
  'LeakReviewed',
  'LeakCaseClosed',
];

/** The ledger before and after each step. */
const withLedger = (
  played: ReadonlyArray<PlayedStep>,
  check: (ledger: Ledger, step: PlayedStep, before: Ledger) => void,
): void => {
  const ledger = emptyLedger();
  for (const step of played) {
    const before = structuredClone(ledger);
    for (const event of step.events) enterEvent(ledger, event);
    check(ledger, step, before);
  }
};

const emitted = <T extends KeyringEvent['type']>(step: PlayedStep, type: T) =>
  step.events.flatMap(({ event }) =>
    event.type === type ? [event as Extract<KeyringEvent, { type: T }>] : [],
  );

/** Without what is made anew for each attempt. */
const asked = (body: Command['body'] | undefined) =>
  body?.type === 'AddKey' ? { ...body, keyId: null } : body?.type === 'ExpireRuns' ? body.type : body;

const holds = (check: (played: ReadonlyArray<PlayedStep>) => void): void => {
  fc.assert(
    fc.property(story, (steps) => check(playSteps(decider, steps))),
    RUNS,
  );
};

describe('whatever commands come to a keyring', () => {
  test('the stories are eventful: every event and most refusals of commands come up', () => {
    const events = new Set<string>();
    const codes = new Set<string>();
    for (const steps of fc.sample(story, { seed: 7, numRuns: 400 })) {
      for (const { events: some, result } of playSteps(decider, steps)) {
        for (const { event } of some) events.add(event.type);
        if (E.isLeft(result)) codes.add(result.left.code);
      }
    }
    expect([...events].sort()).toEqual(Object.keys(payloads).sort());
    expect(codes.size).toBeGreaterThan(24);
  });

  test('every check of states and steps holds', () => {
    holds((played) => {
      for (const { before, events, after } of played) {
        expect(stateViolations(after)).toEqual([]);
        expect(stepViolations(before, events, after)).toEqual([]);
      }
    });
  });

  test('invariant 1: one workspace Default while any key is on file, else none', () => {
    holds((played) => {
      withLedger(played, (ledger) => {
        expect(ledger.workspaceDefault !== null).toBe(onFile(ledger).length > 0);
      });
    });
  });

  test('invariant 2: a Default, of workspace or project, is a key on file', () => {
    holds((played) => {
      withLedger(played, (ledger) => {
        const defaults = [...ledger.projectDefaults.values(), ledger.workspaceDefault];
        for (const keyId of defaults) if (keyId !== null) expect(onFile(ledger)).toContain(keyId);
      });
    });
  });

  test('invariant 3: a Default moves by an event with an actor and the cause that its command gives', () => {
    const causes: Readonly<Record<string, Command['body']['type'] | ReadonlyArray<Command['body']['type']>>> =
      {
        'first-key': 'AddKey',
        'set-default': 'SetDefault',
        'project-default-cleared': 'ClearProjectDefault',
        successor: ['DeleteKey', 'HardDeleteKey', 'AcceptLog'],
        'last-key-removed': ['DeleteKey', 'HardDeleteKey', 'AcceptLog'],
        'workspace-closed': 'DestroyWorkspaceKeys',
      };
    holds((played) => {
      withLedger(played, (ledger, step, before) => {
        const scopes = (of: Ledger) => [of.workspaceDefault, ...[...of.projectDefaults].sort().flat()];
        const changes = emitted(step, 'DefaultChanged');
        if (changes.length === 0) expect(scopes(ledger)).toEqual(scopes(before));
        for (const { data } of changes) {
          const { body } = step.command;
          expect([causes[data.cause]].flat()).toContain(body.type);
          if (data.cause === 'successor' && 'successor' in body) expect(data.keyId).toBe(body.successor);
          if (data.cause === 'set-default' && body.type === 'SetDefault') expect(data.keyId).toBe(body.keyId);
          if (data.cause === 'last-key-removed') expect(onFile(ledger)).toEqual([]);
        }
        for (const { envelope } of step.events) expect(envelope.actor).toEqual(step.command.actor);
      });
    });
  });

  test('invariant 13: nothing begins in a workspace that was closed', () => {
    holds((played) => {
      let closed = false;
      for (const { event } of played.flatMap(({ events }) => events)) {
        if (closed) {
          expect(['KeyAdded', 'KeyTestCallStarted', 'RunKeyPinned', 'RunKeyResumed']).not.toContain(
            event.type,
          );
        }
        closed ||= event.type === 'WorkspaceClosed';
      }
    });
  });

  test('invariant 4: from its pin to its release a run has one key', () => {
    holds((played) => {
      const pins = new Map<string, string>();
      for (const { event } of played.flatMap(({ events }) => events)) {
        if (event.type === 'RunKeyPinned') {
          expect(pins.has(event.data.runId)).toBe(false);
          pins.set(event.data.runId, event.data.keyId);
        }
        if (event.type === 'RunKeyResumed' || event.type === 'RunKeyReleased') {
          expect(pins.get(event.data.runId)).toBe(event.data.keyId);
        }
        if (event.type === 'RunKeyReleased') pins.delete(event.data.runId);
      }
    });
  });

  test('invariant 5: a run is only ever pinned to an active key of its own workspace', () => {
    holds((played) => {
      withLedger(played, (_, step, before) => {
        for (const { data } of emitted(step, 'RunKeyPinned'))
          expect(before.standing.get(data.keyId)).toBe('active');
        for (const { envelope } of step.events) expect(envelope.workspaceId).toBe('acme');
      });
    });
  });

  test('invariant 6: hard-deleted is terminal', () => {
    holds((played) => {
      const gone = new Set<string>();
      for (const { event } of played.flatMap(({ events }) => events)) {
        const allowed = SAID_OF_GONE_KEYS.includes(event.type);
        if (!allowed && 'keyId' in event.data) expect(gone.has(event.data.keyId ?? '')).toBe(false);
        if (event.type === 'KeyHardDeleted') gone.add(event.data.keyId);
      }
    });
  });

  test('invariant 7: a retired key goes in the append of its last release, or earlier by HardDeleteKey', () => {
    holds((played) => {
      withLedger(played, (ledger, step, before) => {
        for (const [keyId, standing] of ledger.standing) {
          const runs = [...ledger.pins.values()].filter((held) => held === keyId).length;
          if (standing === 'retired') expect(runs).toBeGreaterThan(0);
          if (standing !== 'gone' || before.standing.get(keyId) !== 'retired') continue;
          if (['HardDeleteKey', 'AcceptLog'].includes(step.command.body.type)) continue;
          expect(runs).toBe(0);
          const released = emitted(step, 'RunKeyReleased').filter(({ data }) => data.keyId === keyId);
          expect(released.length).toBeGreaterThan(0);
        }
      });
    });
  });

  test('invariant 8: a leaked fingerprint never comes back on file', () => {
    holds((played) => {
      withLedger(played, (_, step, before) => {
        for (const { data } of emitted(step, 'KeyAdded'))
          expect(leakedIn(before).has(data.fingerprint)).toBe(false);
      });
    });
  });

  test('invariant 9: a refused command emits nothing; a repeated one neither, and is told its first outcome', () => {
    holds((played) => {
      const handled = new Map<string, PlayedStep>();
      for (const step of played) {
        const { commandId, issuedAt, body } = step.command;
        const first = handled.get(commandId);
        const isRetry = first?.command.issuedAt === issuedAt;
        if (isRetry || recall(step.before.handledCommands, commandId) !== undefined) {
          expect(step.events).toEqual([]);
        }
        if (E.isRight(step.result) && step.result.right.repeats !== null) {
          expect(asked(body)).toEqual(asked(first?.command.body));
          expect(step.result.right.repeats).toMatchObject({
            firstRevision: (first?.after.revision ?? -1) - (first?.events.length ?? 0) + 1,
            lastRevision: first?.after.revision,
          });
        }
        if (step.events.length === 0) expect(step.after).toBe(step.before);
        else handled.set(commandId, step);
      }
    });
  });

  test('invariant 10: folding all events equals folding a snapshot and the events after it', () => {
    fc.assert(
      fc.property(story, fc.nat(), fc.boolean(), (steps, at, oneByOne) => {
        const played = playSteps(decider, steps);
        const events = played.flatMap(({ events: some }) => some);
        const cut = events.length === 0 ? 0 : at % (events.length + 1);
        const whole = decider.replay(decider.initialState, events);
        const half = decider.replay(decider.initialState, events.slice(0, cut));
        const restored = throughSnapshot(half);
        if (E.isLeft(restored)) throw restored.left;
        expect(restored.right).toEqual(half);
        const rest = events.slice(cut);
        const resumed = oneByOne
          ? rest.reduce(decider.evolve, restored.right)
          : decider.replay(restored.right, rest);
        expect(resumed).toEqual(whole);
      }),
      RUNS,
    );
  });

  test('deciding many commands at once equals deciding them one by one', () => {
    fc.assert(
      fc.property(story, fc.nat(), (steps, at) => {
        const played = playSteps(decider, steps);
        const cut = played.length === 0 ? 0 : at % played.length;
        const rest = played.slice(cut);
        const start = rest[0]?.before ?? decider.initialState;
        const batch = decider.decideAll(
          start,
          rest.map(({ command }) => command),
        );
        expect(batch.results).toEqual(rest.map(({ result }) => result));
        expect(batch.events).toEqual(rest.flatMap(({ events }) => events));
        expect(batch.keyring).toEqual(rest.at(-1)?.after ?? start);
      }),
      RUNS,
    );
  });
});
