import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import type { RunId } from '../ids';
import { accept, add, command, finish, start, T0 } from '../testSupport/commands';
import { given } from '../testSupport/given';
import { packIds, unpackIds } from './packedIds';
import { decodeSnapshot, encodeSnapshot } from './snapshotCodec';

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('ids in a column', () => {
  test('a UUID takes 23 characters, every other id its own', () => {
    expect(packIds([UUID, 'r1'])).toBe('.D4-tW9nLRp-hZXCGdyiVDg r1');
  });

  test.each([[[]], [['r1']], [[UUID]], [['a', UUID, UUID.toUpperCase(), `${UUID}0`, 'b-c_d']]])(
    '%j come back',
    (ids) => {
      expect(unpackIds(packIds(ids))).toEqual(ids);
    },
  );

  test('what only begins like a packed UUID is taken as it is', () => {
    const packed = packIds([UUID]);
    const alike = ['.short', `${packed}x`, `x${packed}`];
    expect(unpackIds(alike.join(' '))).toEqual(alike);
    expect(packIds([`x${UUID}`])).toBe(`x${UUID}`);
  });
});

interface Stored {
  revision: number;
  pins: { kinds: unknown[]; kindOf: number[]; runIds: string; startedAfter: number[]; since: number };
  endedRuns: Array<{ runIds: string; since: number; endedAfter: number[] }>;
  handledCommands: Array<{
    commandIds: string;
    since: number;
    digests: string;
    issuedAfter: number[];
    firstRevisions: number[];
  }>;
}

describe('what a snapshot stores', () => {
  /** Later commands with earlier clocks: the least of a column need not be its first. */
  const back = (seconds: number) => ({ time: T0 - seconds * 1_000, issuedAt: T0 - seconds * 1_000 });
  const { keyring } = given(
    add('k1'),
    accept('k1'),
    start('r1'),
    start('r2'),
    command(start('r3'), 4, back(5)),
    command(finish('r1'), 5, back(7)),
    command(finish('r2'), 6, back(9)),
  );
  const stored = () => JSON.parse(JSON.stringify(encodeSnapshot(keyring))) as Stored;
  const without = (spoil: (copy: Stored) => void) => {
    const copy = stored();
    spoil(copy);
    const decoded = decodeSnapshot(copy);
    return E.isLeft(decoded) ? decoded.left.message : 'taken';
  };

  test('are times counted from the earliest, and kinds of pins once', () => {
    const { pins, endedRuns, handledCommands } = stored();
    expect(pins.kinds).toHaveLength(1);
    expect(pins.kindOf).toEqual([0]);
    expect(endedRuns.map(({ since, endedAfter }) => [since, endedAfter])).toEqual([[T0 - 9_000, [2_000, 0]]]);
    expect(handledCommands[0]).toMatchObject({ since: T0 - 9_000, firstRevisions: [0, 2, 3, 4, 5, 6, 7] });
    expect(E.isRight(decodeSnapshot(stored()))).toBe(true);
    expect(decodeSnapshot(stored())).toEqual(E.right(keyring));
  });

  test('pins that have all in common share a kind, and come back each with its own times', () => {
    const many = given(
      add('k1'),
      accept('k1'),
      start('r1'),
      start('r2'),
      command(start('r3'), 4, back(5)),
    ).keyring;
    const json = JSON.parse(JSON.stringify(encodeSnapshot(many))) as Stored;
    expect(json.pins.kinds).toHaveLength(1);
    expect(json.pins.kindOf).toEqual([0, 0, 0]);
    expect(json.pins.since).toBe(T0 - 5_000);
    expect([...json.pins.startedAfter].sort()).toEqual([0, 7_000, 8_000]);
    expect(decodeSnapshot(json)).toEqual(E.right(many));
  });

  test.each<[string, (copy: Stored) => void]>([
    ['an ended run without a time', ({ endedRuns }) => endedRuns[0]?.endedAfter.pop()],
    ['an ended run with an id that is none', ({ endedRuns: [first] }) => first && (first.runIds = 'a ü')],
    ['a command without a digest', ({ handledCommands: [first] }) => first && (first.digests = 'd')],
    ['a command without a time', ({ handledCommands: [first] }) => first?.issuedAfter.pop()],
    ['a command without a revision', ({ handledCommands: [first] }) => first?.firstRevisions.pop()],
    [
      'a command with an id that is none',
      ({ handledCommands: [first] }) => first && (first.commandIds = first.commandIds.replace('c0', 'ü')),
    ],
  ])('with %s it is none', (_, spoil) => {
    expect(without(spoil)).toContain('its columns do not fit together');
  });

  test.each<[string, (copy: Stored) => void]>([
    ['a negative place', ({ pins }) => (pins.kindOf[0] = -1)],
    ['half a place', ({ pins }) => (pins.kindOf[0] = 0.5)],
    ['half a revision', (copy) => (copy.revision = 1.5)],
  ])('with %s it does not fit its schema', (_, spoil) => {
    expect(without(spoil)).toContain("can't be read");
    expect(without(spoil)).toMatch(/is not (WholeNumber|Millis)[.]/);
  });

  test('pins of several kinds come back each with its own', () => {
    const runs = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'].map((id, i) =>
      start(id, { lease: i % 2 === 0 ? 60 : 90 }),
    );
    const mixed = given(add('k1'), accept('k1'), ...runs).keyring;
    const json = JSON.parse(JSON.stringify(encodeSnapshot(mixed))) as Stored;
    expect(json.pins.kinds).toHaveLength(2);
    expect(decodeSnapshot(json)).toEqual(E.right(mixed));
    const twice = json.pins.runIds.replace('r2', 'r1');
    expect(decodeSnapshot({ ...json, pins: { ...json.pins, runIds: twice } })._tag).toBe('Left');
  });

  test('and the runs that ended come back with their times', () => {
    const back = decodeSnapshot(stored());
    const ended = E.isRight(back) ? back.right.endedRuns.generations[0]?.entries : undefined;
    expect(ended?.get('r1' as RunId)).toBe(T0 - 7_000);
  });
});
