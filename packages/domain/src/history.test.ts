import { describe, expect, test } from '@jest/globals';
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
      let cut = startOfHistory(defaultDecider);
      for (let i = 0; i < history.length; i += size) {
        cut = readOn(defaultDecider, cut, history.slice(i, i + size), T0 + 5_500);
      }
      expect(cut.keyring).toEqual(at(5_500));
      expect(cut.passed).toBe(true);
    }
  });

  test('is not passed while nothing later was met, and stays passed then', () => {
    const start = startOfHistory(defaultDecider);
    expect(readOn(defaultDecider, start, [], T0).passed).toBe(false);
    expect(readOn(defaultDecider, start, history, T0 + 1e9)).toMatchObject({ passed: false, pending: [] });
    const passed = readOn(defaultDecider, start, history, T0 + 5_500);
    expect(passed).toMatchObject({ passed: true, pending: [] });
    expect(readOn(defaultDecider, passed, history, T0 + 1e9)).toBe(passed);
  });

  test('waits for the rest of a command that a page cuts in two', () => {
    const cut = readOn(defaultDecider, startOfHistory(defaultDecider), history.slice(0, 1), T0 + 1e9);
    expect(cut).toMatchObject({ pending: [history[0]], passed: false });
    expect(cut.keyring.revision).toBe(-1);
  });
});
