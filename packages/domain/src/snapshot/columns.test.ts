import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import type { RunId } from '../ids';
import { accept, add, command, confirm, finish, hardDelete, start, T0 } from '../testSupport/commands';
import { given } from '../testSupport/given';
import { restored, storedAsJson, type StoredAsJson } from '../testSupport/snapshots';
import { packIds, unpackIds } from './packedIds';

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

/** Columns of a part, by name. */
type Columns = Record<string, unknown[]> & Record<'kind' | 'runIds' | 'commandIds' | 'digests', string>;

describe('what a snapshot stores', () => {
  /** Later commands with earlier clocks: the least of a column need not be its first. */
  const back = (seconds: number) => ({ time: T0 - seconds * 1_000, issuedAt: T0 - seconds * 1_000 });
  const { keyring } = given(
    add('k1', { label: 'prod' }),
    accept('k1'),
    start('r1'),
    start('r2'),
    command(start('r3'), 4, back(5)),
    command(finish('r1'), 5, back(7)),
    command(finish('r2'), 6, back(9)),
  );
  const partOf = ({ parts }: StoredAsJson, kind: string): Columns => {
    const found = (parts as ReadonlyArray<Columns>).find((part) => part.kind === kind);
    if (found === undefined) throw new Error(`There is no part of ${kind}.`);
    return found;
  };
  const without = (kind: string, spoil: (part: Columns) => void) => {
    const copy = storedAsJson(keyring);
    spoil(partOf(copy, kind));
    const decoded = restored(copy);
    return E.isLeft(decoded) ? decoded.left.message : 'taken';
  };

  test('are times counted from the earliest, and kinds once', () => {
    const stored = storedAsJson(keyring);
    expect(partOf(stored, 'pins')).toMatchObject({ kinds: [{ keyId: 'k1' }], kindOf: [0] });
    expect(partOf(stored, 'ended-runs')).toMatchObject({ since: T0 - 9_000, endedAfter: [2_000, 0] });
    expect(partOf(stored, 'handled-commands')).toMatchObject({
      since: T0 - 9_000,
      firstRevisions: [0, 2, 3, 4, 5, 6, 7],
    });
    expect(restored(stored)).toEqual(E.right(keyring));
  });

  test('pins that have all in common share a kind, and come back each with its own times', () => {
    const many = given(
      add('k1'),
      accept('k1'),
      start('r1'),
      start('r2'),
      command(start('r3'), 4, back(5)),
    ).keyring;
    const stored = storedAsJson(many);
    const pins = partOf(stored, 'pins');
    expect(pins).toMatchObject({ kindOf: [0, 0, 0], since: T0 - 5_000 });
    expect([...(pins['startedAfter'] ?? [])].sort()).toEqual([0, 7_000, 8_000]);
    expect(restored(stored)).toEqual(E.right(many));
  });

  test('keys that are long gone are a line each: their ids, and what else is their own', () => {
    const ids = Array.from({ length: 5 }, () => randomUUID());
    const gone = given(...ids.flatMap((id) => [add(id), accept(id), hardDelete(id), confirm(id)])).keyring;
    const stored = storedAsJson(gone);
    const keys = partOf(stored, 'keys');
    expect(keys['kinds']).toMatchObject([{ status: 'hard-deleted', destroyed: true }]);
    expect(stored.parts.filter((part) => (part as Columns).kind === 'keys')).toHaveLength(1);
    expect(restored(stored)).toEqual(E.right(gone));
  });

  test.each<[string, string, (part: Columns) => unknown]>([
    ['an ended run without a time', 'ended-runs', (part) => part['endedAfter']?.pop()],
    ['an ended run with an id that is none', 'ended-runs', (part) => (part.runIds = 'a ü')],
    ['an ended run twice', 'ended-runs', (part) => (part.runIds = 'r1 r1')],
    ['a generation that nothing began', 'ended-runs', (part) => Object.assign(part, { begins: false })],
    ['a command without a digest', 'handled-commands', (part) => (part.digests = 'd')],
    ['a command without a time', 'handled-commands', (part) => part['issuedAfter']?.pop()],
    ['a command without a revision', 'handled-commands', (part) => part['firstRevisions']?.pop()],
    ['a command without a span', 'handled-commands', (part) => part['spans']?.pop()],
    [
      'a command with an id that is none',
      'handled-commands',
      (part) => (part.commandIds = part.commandIds.replace('c0', 'ü')),
    ],
    ['a key without a time', 'keys', (part) => part['addedAfter']?.pop()],
    ['a key without the time of a verdict', 'keys', (part) => part['verdictAfter']?.pop()],
    ['a key without its runs', 'keys', (part) => part['openRuns']?.pop()],
    ['a key without a label or none', 'keys', (part) => part['labels']?.pop()],
    ['a key without a kind', 'keys', (part) => part['kindOf']?.pop()],
    ['a key of a kind that is not there', 'keys', (part) => (part['kindOf'] = [7])],
    ['a key without its last four', 'keys', (part) => Object.assign(part, { last4: 'AbC' })],
    ['a key without a fingerprint', 'keys', (part) => Object.assign(part, { fingerprints: '' })],
    ['a key twice', 'keys', (part) => Object.assign(part, { keyIds: 'k1 k1' })],
    ['a pin without a time', 'pins', (part) => part['startedAfter']?.pop()],
    ['a pin of no kind', 'pins', (part) => part['kindOf']?.pop()],
    ['a pin with an id that is none', 'pins', (part) => (part.runIds = 'ü')],
  ])('with %s it is none', (_, kind, spoil) => {
    expect(without(kind, spoil)).toContain('its columns do not fit together');
  });

  test.each<[string, string, (part: Columns) => unknown]>([
    ['a negative place', 'pins', (part) => (part['kindOf'] = [-1])],
    ['half a place', 'pins', (part) => (part['kindOf'] = [0.5])],
    ['half a millisecond', 'keys', (part) => Object.assign(part, { since: 0.5 })],
    ['a part of nothing known', 'keys', (part) => (part.kind = 'secrets')],
    ['a label that nobody may give', 'keys', (part) => (part['labels'] = [''])],
  ])('with %s it does not fit its schema', (_, kind, spoil) => {
    expect(without(kind, spoil)).toContain("can't be read");
    expect(without(kind, spoil)).not.toContain('columns');
  });

  test('pins of several kinds come back each with its own', () => {
    const runs = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'].map((id, i) =>
      start(id, { lease: i % 2 === 0 ? 60 : 90 }),
    );
    const mixed = given(add('k1'), accept('k1'), ...runs).keyring;
    const stored = storedAsJson(mixed);
    expect(partOf(stored, 'pins')['kinds']).toHaveLength(2);
    expect(restored(stored)).toEqual(E.right(mixed));
  });

  test('and the runs that ended come back with their times', () => {
    const back = restored(storedAsJson(keyring));
    const ended = E.isRight(back) ? back.right.endedRuns.generations[0]?.entries : undefined;
    expect(ended?.get('r1' as RunId)).toBe(T0 - 7_000);
  });
});
