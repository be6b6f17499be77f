import { describe, expect, test } from '@jest/globals';
import { defaultDecider } from '../decider';
import { readOn, startOfHistory } from '../history';
import { accept, add, command, start, T0 } from '../testSupport/commands';
import { given } from '../testSupport/given';

const DIGEST = 'd'.repeat(43);
const disown = (from: number, to: number) => ({ type: 'DisownEvents', from, to, digest: DIGEST }) as const;

describe('disowning events at the end of the log', () => {
  test('is said of those behind what was folded, and the keyring goes on behind them', () => {
    const story = given(add('k1'), accept('k1'));
    const { revision } = story.keyring;
    expect(story.when(disown(revision + 1, revision + 3))).toMatchObject({
      emitted: [{ type: 'EventsDisowned', data: { from: revision + 1, to: revision + 3, digest: DIGEST } }],
    });
    const { keyring } = given(add('k1'), accept('k1'), disown(revision + 1, revision + 3), start('r1'));
    expect(keyring.revision).toBe(revision + 5);
    const commands = [...(keyring.handledCommands.generations[0]?.entries.values() ?? [])];
    expect(commands.slice(-2)).toMatchObject([
      { firstRevision: revision + 4, lastRevision: revision + 4 },
      { firstRevision: revision + 5, lastRevision: revision + 5 },
    ]);
    const without = given(add('k1'), accept('k1'), start('r1')).keyring;
    expect([keyring.keys, [...keyring.openPins.keys()]]).toEqual([
      without.keys,
      [...without.openPins.keys()],
    ]);
  });

  test.each([
    ['before its end', -1, 3],
    ['behind a gap', 1, 3],
    ['none', 0, -1],
  ])('is refused for events %s', (_, from, length) => {
    const story = given(add('k1'), accept('k1'));
    const first = story.keyring.revision + 1 + from;
    expect(story.when(disown(first, first + length))).toMatchObject({ refused: 'nothing-to-disown' });
  });

  test('is passed over by a history, whose revisions are those of the stream', () => {
    const commands = [add('k1'), accept('k1'), disown(3, 4), start('r1')].map((body, i) => command(body, i));
    const events = defaultDecider
      .decideAll(defaultDecider.initialState, commands)
      .events.map((one) => ({ ...one, recordedAt: one.envelope.time }));
    const cut = readOn(defaultDecider, startOfHistory(defaultDecider), events, T0 + 1_000);
    expect(cut.keyring.revision).toBe(2);
    expect(cut.later).toEqual([{ first: 5, last: 6 }]);
    const inSteps = events.reduce(
      (before, one) => readOn(defaultDecider, before, [one], T0 + 1_000),
      startOfHistory(defaultDecider),
    );
    expect(inSteps).toEqual(cut);
  });
});
