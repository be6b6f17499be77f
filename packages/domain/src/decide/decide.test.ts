import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import type { ActorId } from '../actor';
import type { CommandId, WorkspaceId } from '../ids';
import { makeDecider } from '../decider';
import { defaultPolicy } from '../policy';
import type { Recent } from '../state/recent';
import {
  accept,
  add,
  command,
  expire,
  finish,
  key,
  remove,
  setDefault,
  start,
  T0,
} from '../testSupport/commands';
import { given, givenUnder } from '../testSupport/given';

const id = (text: string) => ({ commandId: text as CommandId });
const one = [add('k1'), accept('k1')] as const;

describe('a command that was handled before', () => {
  test('emits nothing and points at its first outcome', () => {
    const story = given(...one, start('r'));
    expect(story.when(start('r'), id('c2'))).toMatchObject({
      repeated: { commandId: 'c2', firstRevision: 3, lastRevision: 3 },
    });
    expect(story.when(add('k1'), id('c0'))).toMatchObject({
      repeated: { firstRevision: 0, lastRevision: 1 },
    });
  });

  test('is recognised however its retry is timed and whatever changed since', () => {
    const story = given(...one, add('k2'), remove('k1', { successor: 'k2' }));
    const muchLater = { ...id('c3'), time: T0 + 9e7, issuedAt: T0 + 8e7, expectedRevision: 3 };
    expect(story.when(remove('k1', { successor: 'k2' }), muchLater)).toHaveProperty('repeated');
  });

  test('is recognised although an attempt to add a key makes its key id anew, and an expiry looks at the clock', () => {
    expect(given(...one).when({ ...add('k1'), keyId: key('k7') } as never, id('c0'))).toHaveProperty(
      'repeated',
    );
    const expired = given(...one, start('r', { lease: 1 }), expire(60));
    expect(expired.when(expire(90), id('c3'))).toHaveProperty('repeated');
  });

  test('with another body, or by another actor, is refused', () => {
    expect(given(...one).when(add('k2'), id('c0'))).toMatchObject({ refused: 'command-id-reused' });
    const moved = given(...one, setDefault('k1', 'p'));
    expect(moved.when(setDefault('k1', 'q'), id('c2'))).toMatchObject({ refused: 'command-id-reused' });
    expect(
      given(...one).when(add('k1'), { ...id('c0'), actor: { kind: 'user', id: 'eve' as ActorId } }),
    ).toMatchObject({ refused: 'command-id-reused' });
  });

  test('without having emitted anything may be tried again', () => {
    const story = given(...one, finish('r'));
    expect(story.when(start('r'), id('c2'))).toHaveProperty('emitted.length', 1);
  });
});

describe('what the memory no longer covers', () => {
  const remembering = (limit: number) => givenUnder({ memoryLimit: limit });

  test('is refused instead of being handled twice', () => {
    const past = [...one, add('k2'), accept('k2', 3), setDefault('k2'), setDefault('k1')];
    const story = remembering(2)(...past);
    expect(story.when(accept('k2', 3), { ...id('c3'), issuedAt: T0 + 3_000 })).toMatchObject({
      refused: 'command-too-old',
      facts: { horizon: T0 + 3_000 },
    });
    expect(story.when(setDefault('k2'), { ...id('c4'), issuedAt: T0 + 4_000 })).toHaveProperty('repeated');
    expect(story.when(setDefault('k2'), { ...id('new'), issuedAt: T0 + 3_001 })).toHaveProperty(
      'emitted.length',
      1,
    );
  });

  test('everything is covered while nothing was forgotten, however old', () => {
    expect(given(...one).when(add('k2'), { issuedAt: 0 })).toHaveProperty('emitted');
  });

  test('one command with a clock far ahead neither empties the memory nor locks the keyring', () => {
    const year = 365 * 24 * 3_600_000;
    const story = given(...one, command(add('k2'), 2, { time: T0 + year, issuedAt: T0 + year }), add('k3'));
    expect(story.when(add('k1'), id('c0'))).toHaveProperty('repeated');
    expect(story.when(add('k4'))).toHaveProperty('emitted');
    const small = remembering(1)(
      ...one,
      command(add('k2'), 2, { time: T0 + year, issuedAt: T0 + year }),
      add('k3'),
    );
    expect(small.when(add('k4'))).toHaveProperty('emitted');
  });

  test('a day of event time later, what came before is forgotten', () => {
    const day = 24 * 3_600_000;
    const later = (ms: number) => ({ time: T0 + ms, issuedAt: T0 + ms });
    const story = givenUnder({ memoryLimit: 16 })(
      ...one,
      command(setDefault('k1', 'p'), 2, later(day + 60_000)),
      command(setDefault('k1', 'q'), 3, later(day + 61_000)),
    );
    expect(story.when(add('k1'), { ...id('c0'), issuedAt: T0 })).toMatchObject({
      refused: 'command-too-old',
      facts: { horizon: T0 + 1_000 },
    });
    expect(story.when(setDefault('k1', 'p'), id('c2'))).toHaveProperty('repeated');
  });
});

test('at the edge of the memory an ended run is still known; past it, its id names a new one', () => {
  const memoryWindowMs = 60_000;
  const startedAgain = (time: number) =>
    givenUnder({ memoryWindowMs })(
      ...one,
      start('r'),
      finish('r'),
      start('later'),
      // Remembered with the other, and for longer.
      command(finish('later'), 5, { time: T0 + 40_000, issuedAt: T0 + 40_000 }),
      command(setDefault('k1', 'p'), 6, { time, issuedAt: time }),
      command(setDefault('k1', 'q'), 7, { time, issuedAt: time }),
    ).when(start('r'), { time, issuedAt: time });
  const endedAt = T0 + 3_000;
  expect(startedAgain(endedAt + memoryWindowMs)).toMatchObject({
    refused: 'run-already-ended',
    facts: { endedAt },
  });
  expect(startedAgain(endedAt + memoryWindowMs + 1)).toHaveProperty('emitted.length', 1);
});

describe('an expected revision', () => {
  test('refuses a command for another one', () => {
    expect(given(...one).when(add('k2'), { expectedRevision: 1 })).toMatchObject({
      refused: 'revision-conflict',
      facts: { expected: 1, actual: 2 },
    });
    expect(given(...one).when(add('k2'), { expectedRevision: 2 })).toHaveProperty('emitted');
    expect(given().when(add('k1'), { expectedRevision: -1 })).toHaveProperty('emitted');
  });
});

describe('what could not be written down', () => {
  test('is refused by name', () => {
    const refused = (overrides: object) => given().when(add('k1'), overrides);
    expect(refused({ commandId: 'a b' })).toMatchObject({ facts: { field: 'commandId' } });
    expect(refused({ correlationId: '' })).toMatchObject({ facts: { field: 'correlationId' } });
    expect(refused({ causationId: 'ü' })).toMatchObject({ facts: { field: 'causationId' } });
    expect(refused({ actor: { kind: 'god', id: 'x' } })).toMatchObject({ facts: { field: 'actor' } });
    expect(refused({ time: Number.NaN })).toMatchObject({ facts: { field: 'time' } });
    expect(refused({ issuedAt: 1.5 })).toMatchObject({ facts: { field: 'issuedAt' } });
    expect(refused({ workspaceId: '' })).toMatchObject({ facts: { field: 'workspaceId' } });
  });

  test("another workspace's command is refused", () => {
    expect(given(...one).when(add('k2'), { workspaceId: 'other' as WorkspaceId })).toMatchObject({
      refused: 'wrong-workspace',
    });
  });

  test('an id that looks like a key is refused', () => {
    const pasted = `gsk_${'aB3'.repeat(10)}`;
    const outcome = given(...one).when(start(pasted));
    expect(outcome).toMatchObject({ refused: 'text-contains-secret', facts: { field: 'runId' } });
    expect(JSON.stringify(outcome)).not.toContain(pasted.slice(4, 10));
  });

  test('a workspace whose id looks like a key is refused', () => {
    const pasted = `gsk_${'aB3'.repeat(10)}` as WorkspaceId;
    const outcome = given().when(add('k1'), { workspaceId: pasted });
    expect(outcome).toMatchObject({ refused: 'text-contains-secret', facts: { field: 'workspaceId' } });
    expect(JSON.stringify(outcome)).not.toContain(pasted.slice(4, 10));
  });
});

describe('decideAll', () => {
  const decider = makeDecider(defaultPolicy);

  test('decides each command on the state that the one before left', () => {
    const commands = [
      command(add('k1'), 0),
      command(add('k1', { secret: 'other' }), 1),
      command(accept('k1'), 2),
      command(start('r'), 3),
      command(add('k1'), 0),
    ];
    const { results, events, keyring } = decider.decideAll(decider.initialState, commands);
    expect(
      results.map((result) => (E.isLeft(result) ? result.left.code : result.right.events.length)),
    ).toEqual([2, 'key-id-used', 1, 1, 0]);
    expect(events.map(({ event }) => event.type)).toEqual([
      'KeyAdded',
      'DefaultChanged',
      'KeyValidated',
      'RunKeyPinned',
    ]);
    expect(results[4]).toMatchObject({ right: { repeats: { firstRevision: 0, lastRevision: 1 } } });
    expect(keyring).toEqual(events.reduce(decider.evolve, decider.initialState));
  });

  test('leaves the state that it was given alone, and is that state when nothing is emitted', () => {
    const before = given(...one).keyring;
    const entriesOf = ({ generations }: Recent<string, unknown>) =>
      generations.map(({ entries }) => [...entries]);
    const plain = () => ({
      ...before,
      keys: [...before.keys],
      openPins: [...before.openPins],
      endedRuns: entriesOf(before.endedRuns),
      handledCommands: entriesOf(before.handledCommands),
    });
    const copy = structuredClone(plain());
    decider.decideAll(before, [command(start('r'), 9), command(remove('k1', { leaveEmpty: true }), 10)]);
    expect(plain()).toEqual(copy);
    expect(decider.decideAll(before, [command(finish('r'), 9)]).keyring).toBe(before);
  });

  test('counts the events of a command from 0, each with the same envelope but for that', () => {
    const { events } = decider.decideAll(decider.initialState, [command(add('k1'), 0)]);
    expect(events.map(({ envelope }) => [envelope.index, envelope.count])).toEqual([
      [0, 2],
      [1, 2],
    ]);
    expect(events[0]?.envelope).toMatchObject({
      workspaceId: 'acme',
      time: T0,
      issuedAt: T0,
      actor: { kind: 'user', id: 'ada' },
      commandId: 'c0',
      correlationId: 'q0',
      causationId: 'c0',
      commandDigest: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    });
  });
});

describe('a body that is not of its type', () => {
  test('is refused by the field that is wrong', () => {
    const refused = (body: object) => given(...one).when(body as never);
    expect(refused({ type: 'Bless' })).toMatchObject({ facts: { field: 'type' } });
    expect(refused({ type: 'toString' })).toMatchObject({ facts: { field: 'type' } });
    expect(refused({ ...start('r'), runId: 'a b' })).toMatchObject({ facts: { field: 'runId' } });
    expect(refused({ ...start('r'), choice: {} })).toMatchObject({ facts: { field: 'choice' } });
    expect(refused({ ...remove('k1'), successor: 7 })).toMatchObject({ facts: { field: 'successor' } });
  });
});
