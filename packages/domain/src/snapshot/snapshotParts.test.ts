import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import type { CommandId, KeyId } from '../ids';
import type { CommandBody } from '../commands';
import { defaultDecider, makeDecider } from '../decider';
import { defaultPolicy } from '../policy';
import type { KeyEntry } from '../state/keyEntry';
import { keysNotGone, type Keyring } from '../state/keyring';
import {
  abandon,
  accept,
  add,
  command,
  confirm,
  exactly,
  fail,
  finish,
  hardDelete,
  ofVendor,
  remove,
  setDefault,
  start,
  T0,
} from '../testSupport/commands';
import { given } from '../testSupport/given';
import { restored, storedAsJson } from '../testSupport/snapshots';
import { UndecodableSnapshot } from '../codecs/errors';
import { decodeSnapshot } from './decodeSnapshot';
import { encodeSnapshot } from './encodeSnapshot';

const through = (keyring: Keyring) => restored(storedAsJson(keyring));

/** With all that is a map by itself as one that everybody can compare, order included. */
const plain = (keyring: Keyring) => ({
  ...keyring,
  keys: [...keyring.keys],
  openPins: [...keyring.openPins],
  listedKeyIds: [...keyring.listedKeyIds],
});

const eventful = given(
  add('k1', { label: 'prod · Zürich' }),
  accept('k1'),
  Object.assign(add('k2', { of: 'azure-openai', endpoint: 'https://acme.openai.azure.com' }), {
    model: 'gpt-4.1-prod',
  }),
  accept('k2'),
  add('k3'),
  fail('k3', 'unfunded', 4),
  abandon('k4'),
  setDefault('k2', 'p'),
  start('r1', { in: 'p' }),
  start('r2', { choice: ofVendor('anthropic'), lease: 60 }),
  start('r3', { choice: exactly('k1') }),
  start('r4'),
  finish('r4'),
  hardDelete('k1', { successor: 'k2' }),
  confirm('k1'),
  remove('k2', { successor: 'k3' }),
).keyring;

describe('a snapshot', () => {
  test('gives back the keyring that it was made from', () => {
    expect(through(eventful)).toEqual(E.right(eventful));
    expect(through(defaultDecider.initialState)).toEqual(E.right(defaultDecider.initialState));
  });

  test.each([null, 1, 'x', [], {}, { revision: 1 }])('with a head of %j is none', (head) => {
    expect(restored({ head, parts: [] })).toMatchObject({ left: { _tag: 'UndecodableSnapshot' } });
  });

  test.each([null, 1, 'x', [], {}, { kind: 'keys' }])('with a part of %j is none', (part) => {
    const { head, parts } = storedAsJson(eventful);
    expect(restored({ head, parts: [...parts, part] })).toMatchObject({
      left: { _tag: 'UndecodableSnapshot' },
    });
  });
});

const { decideAll, initialState, replay } = defaultDecider;

describe('a snapshot of what lasted for years', () => {
  const GONE = 100_000;
  const oddly = (i: number) => ({
    commandId: randomUUID() as CommandId,
    time: T0 + i * 1_013,
    issuedAt: T0 + i * 1_013 - 7,
  });

  /** 100,000 keys ever, full memories, 10,000 open pins. */
  const aged = (): Keyring => {
    let keyring = initialState;
    let n = 0;
    const play = (bodies: ReadonlyArray<CommandBody>) => {
      const commands = bodies.map((body) => command(body, 0, oddly((n += 1))));
      ({ keyring } = decideAll(keyring, commands));
    };
    play([add('k0'), hardDelete('k0'), confirm('k0')]);
    const [gone] = [...keyring.keys.values()];
    if (gone === undefined) throw new Error('no key');
    const keys = Array.from({ length: GONE }, (_, i): KeyEntry => {
      const keyId = randomUUID() as KeyId;
      const fingerprint = `fingerprint-of-${keyId}`;
      return { ...gone, keyId, fingerprint, addedAt: T0 + i * 977, last4: keyId.slice(-4) };
    });
    keyring = { ...keyring, keys: new Map(keys.map((key) => [key.keyId, key])) };
    play([add('k1', { label: 'prod' }), accept('k1'), abandon('k2')]);
    const ended = Array.from({ length: 2_000 }, () => randomUUID());
    play(ended.map((id) => start(id)));
    play(ended.map((id) => finish(id)));
    play(Array.from({ length: 10_000 }, () => start(randomUUID())));
    return keyring;
  };
  let keyring: Keyring;
  beforeAll(() => {
    keyring = aged();
  });

  test('has no part that is large, and comes back', () => {
    expect(keyring.keys.size).toBe(GONE + 1);
    expect(keyring.openPins.size).toBe(10_000);
    const { head, parts } = encodeSnapshot(keyring);
    const texts = parts.map((part) => JSON.stringify(part.encode()));
    expect(JSON.stringify(head).length).toBeLessThan(1_000);
    expect(texts.reduce((most, text) => Math.max(most, text.length), 0)).toBeLessThan(100_000);
    const decoded = restored({ head, parts: texts.map((text) => JSON.parse(text) as unknown) });
    if (E.isLeft(decoded)) throw decoded.left;
    // Not by jest: it takes minutes to compare so much.
    expect(isDeepStrictEqual(plain(decoded.right), plain(keyring))).toBe(true);
  });

  test('has the same parts again, but for those that a command changed', () => {
    const before = new Set(encodeSnapshot(keyring).parts);
    expect(encodeSnapshot({ ...keyring }).parts.filter((part) => !before.has(part))).toEqual([]);
    const { keyring: later } = decideAll(keyring, [
      command(finish([...keyring.openPins.keys()][0] ?? ''), 0, oddly(400_000)),
    ]);
    expect(later.revision).toBe(keyring.revision + 1);
    const changed = encodeSnapshot(later).parts.filter((part) => !before.has(part));
    const kinds = changed.map((part) => (part.encode() as { readonly kind: string }).kind);
    // The run's key and its pin, the ended run, the command.
    expect(kinds).toEqual(['keys', 'pins', 'ended-runs', 'handled-commands']);
  });

  test('and the events behind it comes to what all events come to', () => {
    const decoded = restored(storedAsJson(keyring));
    if (E.isLeft(decoded)) throw decoded.left;
    const some = [...keyring.openPins.keys()]
      .slice(100, 200)
      .map((id) => command(finish(id), 0, oddly(400_000)));
    const { events, keyring: later } = decideAll(keyring, [...some, command(add('k3'), 0, oddly(400_001))]);
    expect(isDeepStrictEqual(plain(replay(decoded.right, events)), plain(later))).toBe(true);
  });
});

describe('SC-3: of keys that are long gone', () => {
  const GONE = 600;
  const ids = Array.from({ length: GONE }, () => randomUUID());
  const past = [
    ...ids.flatMap((id, place) => [
      add(id),
      ...(place === 400 ? [accept(id), start('held', { choice: exactly(id) })] : []),
      hardDelete(id),
      confirm(id),
    ]),
    add('k1'),
    accept('k1'),
    add('k2'),
    hardDelete('k2'),
  ].map((body, place) => command(body, place));
  const { keyring } = decideAll(initialState, past);
  const kindOf = (part: unknown) => (part as { readonly kind: string }).kind;

  /** The keyring as its snapshot gives it back, the parts, and the places of those that were read. */
  const opened = (parts = encodeSnapshot(keyring).parts.map((part) => part.encode())) => {
    const read: number[] = [];
    const decoding = decodeSnapshot(encodeSnapshot(keyring).head);
    if (E.isLeft(decoding)) throw decoding.left;
    const taken = parts.map((part, place) => {
      const one = decoding.right.take(() => {
        read.push(place);
        return part;
      });
      if (E.isLeft(one)) throw one.left;
      return one.right;
    });
    const finished = decoding.right.finish();
    if (E.isLeft(finished)) throw finished.left;
    return { keyring: finished.right, taken, read };
  };

  test('only ids are read, until one of them is asked for', () => {
    const { keyring: again, read } = opened();
    const kinds = encodeSnapshot(keyring).parts.map((part) => kindOf(part.encode()));
    expect(kinds.slice(0, 5)).toEqual(['gone-keys', 'keys', 'gone-keys', 'keys', 'keys']);
    const play = (body: CommandBody) => decideAll(again, [command(body, 10_000)]).results[0];
    expect(play(add('k3'))).toMatchObject({ _tag: 'Right' });
    expect(play(start('r1'))).toMatchObject({ _tag: 'Right' });
    expect(play(add(ids[3] ?? ''))).toMatchObject({ left: { code: 'key-id-used' } });
    expect(again.keys.size).toBe(GONE + 2);
    expect([...again.keys.keys()]).toEqual([...keyring.keys.keys()]);
    expect(keysNotGone(again)).toEqual([...keyring.keys.values()].filter(({ destroyed }) => !destroyed));
    expect(read).not.toContain(1);
    expect(read).not.toContain(3);
    expect(again.keys.get(ids[300] as KeyId)).toEqual(keyring.keys.get(ids[300] as KeyId));
    expect(read.filter((place) => place === 3)).toHaveLength(1);
    expect(read).not.toContain(1);
    expect(again).toEqual(keyring);
  });

  test('one is read, and written to, when a run ends that held it', () => {
    const { keyring: again, read } = opened();
    const ending = [command(finish('held'), 10_000)];
    const { keyring: later } = decideAll(again, ending);
    expect(later.keys.get(ids[400] as KeyId)).toMatchObject({ openRuns: 0, destroyed: true });
    expect(keyring.keys.get(ids[400] as KeyId)).toMatchObject({ openRuns: 1, destroyed: true });
    expect(read).not.toContain(1);
    expect(later).toEqual(decideAll(keyring, ending).keyring);
  });

  test('a snapshot of what was read has the very parts that it was read from, but for what changed', () => {
    const { keyring: again, taken } = opened();
    const { keyring: later } = decideAll(again, [command(add('k3'), 10_000)]);
    expect(encodeSnapshot(later).parts.slice(0, 4)).toEqual(taken.slice(0, 4));
    expect(
      encodeSnapshot(later)
        .parts.slice(0, 4)
        .every((part, i) => part === taken[i]),
    ).toBe(true);
    const all = encodeSnapshot(later).parts.map((part) => part.encode());
    expect(opened(all).keyring.keys).toEqual(later.keys);
  });

  test.each<readonly [string, (parts: unknown[]) => void]>([
    [
      'what is left of others',
      (parts) => ([parts[1], parts[3]] = [parts[3], { kind: 'leaked', fingerprints: '' }]),
    ],
    [
      'a key on file',
      (parts) => {
        const [, rest] = parts as ReadonlyArray<{ readonly kinds: ReadonlyArray<object> }>;
        parts[1] = { ...rest, kinds: rest?.kinds.map((kind) => ({ ...kind, destroyed: false })) };
      },
    ],
    ['none', (parts) => (parts[1] = null)],
    ['fewer ids', (parts) => (parts[0] = { kind: 'gone-keys', keyIds: 'k1 k2' })],
  ])('with %s in their place none is believed', (_, spoil) => {
    const parts = encodeSnapshot(keyring).parts.map((part) => part.encode());
    spoil(parts);
    expect(() => [...opened(parts).keyring.keys.values()]).toThrow(UndecodableSnapshot);
  });

  test('with fewer ids in their place none is taken for unknown', () => {
    const parts = encodeSnapshot(keyring).parts.map((part) => part.encode());
    parts[0] = { kind: 'gone-keys', keyIds: 'k1 k2' };
    expect(() => opened(parts).keyring.keys.has(ids[0] as KeyId)).toThrow(UndecodableSnapshot);
  });

  test('ids alone are none, nor are such parts behind one that is not full', () => {
    const parts = encodeSnapshot(keyring).parts.map((part) => part.encode());
    expect(() => opened(parts.slice(0, 1))).toThrow(UndecodableSnapshot);
    expect(() => opened([parts[4], ...parts.slice(0, 2)])).toThrow(UndecodableSnapshot);
  });
});

test('a memory whose generations are larger than a part comes back', () => {
  const decider = makeDecider({ ...defaultPolicy, memoryLimit: 5_000 });
  const runs = Array.from({ length: 1_000 }, (_, i) => `r${i}`);
  const commands = [add('k1'), accept('k1'), ...runs.flatMap((id) => [start(id), finish(id)])];
  const { keyring } = decider.decideAll(
    initialState,
    commands.map((body, i) => command(body, i)),
  );
  expect(keyring.endedRuns.generations.map(({ entries }) => entries.size)).toEqual([625, 375]);
  expect(restored(storedAsJson(keyring))).toEqual(E.right(keyring));
});
