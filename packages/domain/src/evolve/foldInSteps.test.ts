import { beforeEach, describe, expect, test } from '@jest/globals';
import { defaultDecider, makeDecider } from '../decider';
import type { EnvelopedEvent } from '../envelope';
import { defaultPolicy } from '../policy';
import type { Keyring } from '../state/keyring';
import {
  accept,
  add,
  clearDefault,
  command,
  fail,
  finish,
  hardDelete,
  key,
  remove,
  setDefault,
  start,
  T0,
} from '../testSupport/commands';
import { given, givenUnder } from '../testSupport/given';

const { decideAll, evolve, initialState, replay } = defaultDecider;

describe('a history folded an event at a time', () => {
  const past = [
    add('k1'),
    accept('k1'),
    add('k2'),
    accept('k2'),
    setDefault('k2', 'p'),
    start('r1'),
    start('r2', { in: 'p' }),
    start('r3'),
    finish('r3'),
    remove('k1', { successor: 'k2' }),
    fail('k2', 'unfunded', 30),
    hardDelete('k2'),
  ].map((body, place) => command(body, place));
  let events: ReadonlyArray<EnvelopedEvent>;
  let keyring: Keyring;
  beforeEach(() => {
    ({ events, keyring } = decideAll(initialState, past));
  });

  test('comes to what it comes to in one go, wherever it is cut', () => {
    expect(events.reduce(evolve, initialState)).toEqual(keyring);
    for (let cut = 0; cut <= events.length; cut++) {
      expect(replay(replay(initialState, events.slice(0, cut)), events.slice(cut))).toEqual(keyring);
    }
  });

  test('remembers of each command where its events begin and end', () => {
    const handled = keyring.handledCommands.generations.flatMap(({ entries }) => [...entries.values()]);
    expect(
      handled.map(({ commandId, firstRevision, lastRevision }) => [commandId, firstRevision, lastRevision]),
    ).toEqual(
      past.map(({ commandId }) => {
        const own = events.flatMap(({ envelope }, i) => (envelope.commandId === commandId ? [i] : []));
        return [commandId, own[0], own.at(-1)];
      }),
    );
  });

  test('whose beginning is missing counts what is left of its first command', () => {
    const rest = replay(initialState, events.slice(1));
    expect(rest).toMatchObject({ revision: events.length - 2, windowClock: keyring.windowClock });
    const first = rest.handledCommands.generations[0]?.entries.values().next().value;
    expect(first).toMatchObject({ commandId: 'c0', firstRevision: 0 });
    expect(replay(initialState, events.slice(1, 2))).toMatchObject({ windowClock: T0, lastCommandAt: T0 });
  });

  test('comes to the same on a keyring of plain maps, such as one that a caller put together', () => {
    const plain = replay(initialState, events.slice(0, 5));
    const onPlain = replay(
      { ...plain, keys: new Map(plain.keys), openPins: new Map(plain.openPins) },
      events.slice(5),
    );
    expect([...onPlain.keys].sort()).toEqual([...keyring.keys].sort());
    expect([...onPlain.openPins].sort()).toEqual([...keyring.openPins].sort());
  });

  test('of no event at all is the very same keyring', () => {
    expect(replay(keyring, [])).toBe(keyring);
  });
});

describe('the clock of a keyring', () => {
  test('is the time of its only command at first, then of the last but one: one wrong clock does not move it', () => {
    const clockAfter = (...times: ReadonlyArray<number>) =>
      given(...times.map((ms, i) => command(add(`k${i}`), i, { time: T0 + ms, issuedAt: T0 + ms }))).keyring;
    expect(clockAfter(0)).toMatchObject({ windowClock: T0, lastCommandAt: T0 });
    expect(clockAfter(0, 5)).toMatchObject({ windowClock: T0, lastCommandAt: T0 + 5 });
    expect(clockAfter(0, 5, 9)).toMatchObject({ windowClock: T0 + 5, lastCommandAt: T0 + 9 });
    expect(clockAfter(0, 1e12, 9)).toMatchObject({ windowClock: T0 + 9, lastCommandAt: T0 + 9 });
    expect(clockAfter(7, 9, 3, 4)).toMatchObject({ windowClock: T0 + 7 });
  });

  test('the horizon of what is forgotten never goes back', () => {
    const issued = (body: ReturnType<typeof add>, place: number, ms: number) =>
      command(body, place, { issuedAt: T0 + ms });
    const { keyring } = givenUnder({ memoryLimit: 1 })(
      issued(add('k1'), 0, 0),
      issued(accept('k1'), 1, 900),
      issued(setDefault('k1', 'p'), 2, 2_000),
      issued(setDefault('k1', 'q'), 3, 1_500),
      issued(setDefault('k1', 'r'), 4, 4_000),
    );
    expect(keyring.commandHorizon).toBe(T0 + 2_000);
  });
});

describe('what a keyring keeps', () => {
  test('of two runs on a key, one when the other ends', () => {
    const { keyring } = given(add('k1'), accept('k1'), start('r1'), start('r2'), finish('r1'));
    expect(keyring.keys.get(key('k1'))?.openRuns).toBe(1);
    expect([...keyring.openPins.keys()]).toEqual(['r2']);
  });

  test('of a project Default that was cleared: nothing', () => {
    const { keyring } = given(add('k1'), accept('k1'), setDefault('k1', 'p'), clearDefault('p'));
    expect(keyring.projectDefaults.size).toBe(0);
  });

  test('of a policy: its limits apply, and no other', () => {
    expect(makeDecider({ ...defaultPolicy, maxKeysOnFile: 1 }).policy.maxKeysOnFile).toBe(1);
    expect(givenUnder({ maxKeysOnFile: 1 })(add('k1')).when(add('k2'))).toMatchObject({
      refused: 'key-limit-reached',
      facts: { limit: 1, onFile: 1 },
    });
  });
});
