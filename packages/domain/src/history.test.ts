import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultDecider } from './decider';
import { readOn, startOfHistory, type RecordedKeyringEvent } from './history';
import { accept, add, command, remove, setDefault, T0 } from './testSupport/commands';

const commands = [
  add('k1'),
  accept('k1', 1),
  add('k2'),
  accept('k2', 3),
  setDefault('k2', 'p'),
  setDefault('k2'),
  remove('k2', { successor: 'k1' }),
].map((body, place) => command(body, place));

/** Recorded half a second after it was decided. */
const history: ReadonlyArray<RecordedKeyringEvent> = defaultDecider
  .decideAll(defaultDecider.initialState, commands)
  .events.map((enveloped) => ({ ...enveloped, recordedAt: enveloped.envelope.time + 500 }));

/** The keyring as it stood at a time, from all the events at once. */
const keyringAt = (events: ReadonlyArray<RecordedKeyringEvent>, time: number) =>
  readOn(defaultDecider, startOfHistory(defaultDecider), events, time).keyring;

/** The same, so many events at once. */
const readIn = (size: number, events: ReadonlyArray<RecordedKeyringEvent>, time: number) => {
  let cut = startOfHistory(defaultDecider);
  for (let i = 0; i < events.length; i += size) {
    cut = readOn(defaultDecider, cut, events.slice(i, i + size), time);
  }
  return cut;
};

const at = (ms: number) => keyringAt(history, T0 + ms);

describe('the keyring at a past time', () => {
  test('is what the commands recorded by then made of it', () => {
    expect(at(499).revision).toBe(-1);
    expect(at(500)).toMatchObject({ revision: 1, workspaceDefault: 'k1' });
    expect(at(5_499).workspaceDefault).toBe('k1');
    expect(at(5_500).workspaceDefault).toBe('k2');
    expect(at(1e9)).toMatchObject({ workspaceDefault: 'k1', revision: history.length - 1 });
  });

  test('never shows half a command', () => {
    const half = history.map((event, i) =>
      i === history.length - 1 ? { ...event, recordedAt: T0 + 1e6 } : event,
    );
    expect(keyringAt(half, T0 + 1e5)).toEqual(at(5_500));
  });

  test('can be read page by page, wherever the pages end', () => {
    for (const size of [1, 2, 3, 5]) {
      expect(readIn(size, history, T0 + 5_500)).toEqual(readIn(100, history, T0 + 5_500));
      expect(readIn(size, history, T0 + 5_500).keyring).toEqual(at(5_500));
    }
  });

  test('waits for the rest of a command that a page cuts in two', () => {
    const cut = readOn(defaultDecider, startOfHistory(defaultDecider), history.slice(0, 1), T0 + 1e9);
    expect(cut).toMatchObject({ pending: [history[0]], recordedAt: null });
    expect(cut.keyring.revision).toBe(-1);
  });

  test('tells which revisions were recorded later, and that the times are in order', () => {
    const cut = readIn(2, history, T0 + 5_500);
    expect(cut).toMatchObject({ inOrder: true, recordedAt: T0 + 5_500 });
    expect(cut.later).toEqual([{ first: cut.keyring.revision + 1, last: history.length - 1 }]);
  });
});

describe('I-29: a store whose clock was wrong', () => {
  /** All of one command have one time. */
  const recorded = (times: ReadonlyArray<number>): ReadonlyArray<RecordedKeyringEvent> => {
    let command = -1;
    return history.map((event) => {
      if (event.envelope.index === 0) command += 1;
      return { ...event, recordedAt: times[command] ?? 0 };
    });
  };

  test('ahead for one command: all before the newest command recorded by then is taken', () => {
    const cut = readIn(3, recorded([1, 2, 900, 4, 5, 6, 7]), 6);
    expect(cut).toMatchObject({ inOrder: false, recordedAt: 6 });
    expect(cut.keyring).toEqual(at(5_500));
    expect(cut.later).toEqual([
      { first: 3, last: 3 },
      { first: 7, last: history.length - 1 },
    ]);
  });

  test('whatever it said: the cut is behind the newest command recorded by then, however it is read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { minLength: 7, maxLength: 7 }),
        fc.nat(9),
        fc.integer({ min: 1, max: 9 }),
        (times, then, size) => {
          const events = recorded(times);
          const cut = readIn(size, events, then);
          const newest = events.map(({ recordedAt }) => recordedAt <= then).lastIndexOf(true);
          expect(cut.keyring).toEqual(
            defaultDecider.replay(defaultDecider.initialState, events.slice(0, newest + 1)),
          );
          expect(cut.recordedAt).toBe(events[newest]?.recordedAt ?? null);
          const later = events.flatMap(({ recordedAt }, revision) => (recordedAt > then ? [revision] : []));
          expect(
            cut.later.flatMap(({ first, last }) =>
              Array.from({ length: last - first + 1 }, (_, n) => first + n),
            ),
          ).toEqual(later);
          expect(cut.inOrder).toBe(times.every((time, n) => time >= (times[n - 1] ?? 0)));
        },
      ),
    );
  });
});
