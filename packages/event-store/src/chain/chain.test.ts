import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import type { EventData, RecordedEvent } from '../eventStore';
import {
  chainAfter,
  followChain,
  genesisOf,
  linkEvents,
  linkOf,
  withLink,
  type ChainBreak,
  type Seal,
  type StreamHead,
} from '.';

const STREAM = 'keyring-acme';
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const sealWith =
  (key: string) =>
  (chain: Uint8Array): Seal => ({
    seal: createHash('sha256').update(key).update(chain).digest(),
    sealKey: 3,
  });

const anyEvent = fc
  .record({ type: fc.constantFrom('KeyAdded', 'KeyRetired'), data: fc.json(), who: fc.string() })
  .map(({ type, data, who }) => ({ type, data, metadata: JSON.stringify({ who }) }));

/** Appends of some events each. */
const anyAppends = fc
  .array(fc.array(anyEvent, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 })
  .map((appends) => {
    let n = 0;
    return appends.map((events) => events.map((event): EventData => ({ ...event, id: uuid((n += 1)) })));
  });

/** What a store has after these appends. */
const recordedOf = (
  appends: ReadonlyArray<ReadonlyArray<EventData>>,
  stream = STREAM,
  key = 'k',
): ReadonlyArray<RecordedEvent> => {
  let head = genesisOf(stream);
  return appends.flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const linked = linkEvents(stream, head, [first, ...rest], sealWith(key));
    const from = head.revision + 1;
    ({ head } = linked);
    return linked.events.map((event, index): RecordedEvent => ({
      ...event,
      stream,
      revision: from + index,
      position: BigInt(from + index),
      recordedAt: 0,
    }));
  });
};

const followAll = (
  events: ReadonlyArray<RecordedEvent>,
  stream = STREAM,
): E.Either<ChainBreak, StreamHead> => {
  let head = genesisOf(stream);
  for (const event of events) {
    const followed = followChain(head, event);
    if (E.isLeft(followed)) return followed;
    ({ head } = followed.right);
  }
  return E.right(head);
};

describe('the chain, to the byte', () => {
  const lp = (bytes: string | Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(bytes));
    return Buffer.concat([length, Buffer.from(bytes)]);
  };
  const sha256 = (...parts: ReadonlyArray<Buffer>): Buffer =>
    createHash('sha256').update(Buffer.concat(parts)).digest();

  test('begins with the stream’s name', () => {
    expect(genesisOf('keyring-é')).toEqual({
      revision: -1,
      chain: sha256(Buffer.from('keyturn/genesis/1\0'), lp('keyring-é')),
    });
  });

  test('goes on over revision, id, type, data and the rest of the metadata', () => {
    const before = randomBytes(32);
    const event = { stream: STREAM, revision: 2 ** 40, id: uuid(7).toUpperCase(), type: 'T', data: '"é"' };
    const revision = Buffer.from('0000010000000000', 'hex');
    expect(chainAfter(before, { ...event, rest: '{"a":1}' })).toEqual(
      sha256(
        Buffer.from('keyturn/chain/1\0'),
        before,
        ...[lp(STREAM), lp(revision), lp(uuid(7)), lp('T'), lp('"é"'), lp('{"a":1}')],
      ),
    );
  });

  test('stands at the end of the metadata', () => {
    const [chain, seal] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const [chainText, sealText] = [chain.toString('base64url'), seal.toString('base64url')];
    const rest = '{"who":"ada"}';
    expect(withLink({ rest, chain, seal: null })).toBe(`{"who":"ada","chain":"${chainText}"}`);
    expect(withLink({ rest, chain, seal: { seal, sealKey: 12 } })).toBe(
      `{"who":"ada","chain":"${chainText}","seal":"${sealText}","sealKey":12}`,
    );
  });
});

describe('a link', () => {
  test('is read as it was written', () => {
    const value = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const seal = fc.record({ seal: value, sealKey: fc.integer({ min: 1, max: 1e9 }) });
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.string(), { minKeys: 1 }),
        value,
        fc.option(seal),
        (of, chain, by) => {
          const link = { rest: JSON.stringify(of), chain: Buffer.from(chain), seal: by };
          const read = linkOf(withLink(link));
          expect(read).toEqual({ ...link, seal: by === null ? null : { ...by, seal: Buffer.from(by.seal) } });
        },
      ),
    );
  });

  const text = withLink({
    rest: '{"a":1}',
    chain: Buffer.alloc(32),
    seal: { seal: Buffer.alloc(32), sealKey: 1 },
  });
  test.each([
    ['none', '{"a":1}'],
    ['an empty text', ''],
    ['a shorter value', text.replace('AAA"', 'AA"')],
    ['letters that no bytes are written as', text.replace('AAA"', 'AAB"')],
    ['a seal of such letters', text.replace('AAA","sealKey', 'AAB","sealKey')],
    ['a seal without its key', text.replace(',"sealKey":1', '')],
    ['a key numbered 0', text.replace('"sealKey":1', '"sealKey":0')],
    ['a key with a leading 0', text.replace('"sealKey":1', '"sealKey":01')],
    ['something behind it', text.replace(/}$/, ',"b":1}')],
    ['space behind it', `${text} `],
  ])('is not read where there is %s', (_, metadata) => {
    expect(linkOf(metadata)).toBeNull();
  });

  test.each(['{}', '', 'null', '[1]'])('is not put into metadata %j', (rest) => {
    expect(() => withLink({ rest, chain: Buffer.alloc(32), seal: null })).toThrow(RangeError);
  });
});

const without = <A>(some: ReadonlyArray<A>, at: number): ReadonlyArray<A> =>
  some.filter((_, index) => index !== at);
const inserted = <A>(some: ReadonlyArray<A>, at: number, one: A): ReadonlyArray<A> => [
  ...some.slice(0, at),
  one,
  ...some.slice(at),
];

describe('following the chain', () => {
  test('of what was appended comes to its head, however it was cut into appends', () => {
    fc.assert(
      fc.property(anyAppends, (appends) => {
        const events = recordedOf(appends);
        const [whole] = [appends.flat()];
        const chains = (some: ReadonlyArray<RecordedEvent>) =>
          some.map(({ metadata }) => linkOf(metadata)?.chain);
        expect(chains(events)).toEqual(chains(recordedOf([whole])));
        const head = followAll(events);
        expect(E.isRight(head) && head.right.revision).toBe(whole.length - 1);
        const sealed = events.filter(({ metadata }) => linkOf(metadata)?.seal !== null).map(({ id }) => id);
        expect(sealed).toEqual(appends.map((events) => events.at(-1)?.id));
      }),
    );
  });

  const otherThan = <A>(arbitrary: fc.Arbitrary<A>, value: A) => arbitrary.filter((other) => other !== value);

  test('finds every change of one event, its link put aside', () => {
    const changes = fc.constantFrom<(e: RecordedEvent) => fc.Arbitrary<RecordedEvent>>(
      (e) => otherThan(fc.json(), e.data).map((data) => ({ ...e, data })),
      (e) => otherThan(fc.string(), e.type).map((type) => ({ ...e, type })),
      (e) => fc.constant({ ...e, id: uuid(999) }),
      (e) => fc.constant({ ...e, metadata: e.metadata.replace('{"who":"', '{"who":"x') }),
      (e) => fc.constant({ ...e, metadata: e.metadata.replace('{', '{ ') }),
      (e) => fc.constant({ ...e, metadata: e.metadata.replace(/,"chain.*$/, '}') }),
      (e) =>
        fc
          .integer({ min: -3, max: 50 })
          .filter((n) => n !== e.revision)
          .map((revision) => ({ ...e, revision })),
      (e) => fc.constant({ ...e, stream: 'keyring-beta' }),
    );
    const scene = fc.tuple(anyAppends, changes, fc.nat()).chain(([appends, change, at]) => {
      const events = recordedOf(appends);
      const index = at % events.length;
      const event = events[index];
      if (event === undefined) throw new Error('no event');
      return change(event).map((changed) => ({
        index,
        events: events.map((other) => (other === event ? changed : other)),
      }));
    });
    fc.assert(
      fc.property(scene, ({ events, index }) => {
        const followed = followAll(events);
        expect(followed).toMatchObject({ _tag: 'Left', left: { _tag: 'ChainBreak' } });
        expect(E.isLeft(followed) && followed.left.expected).toBe(index);
      }),
    );
  });

  test('finds an event that is missing, doubled or moved, but for the end', () => {
    fc.assert(
      fc.property(anyAppends, fc.nat(), fc.nat(), (appends, a, b) => {
        const events = recordedOf(appends);
        const [i, j] = [a % events.length, b % events.length];
        const one = events[i];
        if (one === undefined) throw new Error('no event');
        const renumbered = (some: ReadonlyArray<RecordedEvent>) =>
          some.map((e, revision) => ({ ...e, revision }));
        const cut = E.isRight(followAll(renumbered(without(events, i))));
        expect(cut).toBe(i === events.length - 1);
        expect(E.isLeft(followAll(renumbered(inserted(events, i, one))))).toBe(true);
        if (i === j) return;
        expect(E.isLeft(followAll(renumbered(inserted(without(events, i), j, one))))).toBe(true);
      }),
    );
  });

  test('I-7: a stream that is copied under another name is found at its first event', () => {
    const copied = recordedOf([[{ id: uuid(1), type: 'T', data: '{}', metadata: '{"a":1}' }]]).map(
      (event) => ({
        ...event,
        stream: 'keyring-other',
      }),
    );
    expect(followAll(copied, 'keyring-other')).toMatchObject({
      _tag: 'Left',
      left: { revision: 0, differs: 'chain' },
    });
  });

  test('does not find a chain that was computed anew: its seal tells', () => {
    const append = [[{ id: uuid(1), type: 'T', data: '{}', metadata: '{"who":"ada"}' }]];
    const forged = recordedOf(
      append.map((events) => events.map((e) => ({ ...e, metadata: '{"who":"mal"}' }))),
      STREAM,
      'x',
    );
    expect(E.isRight(followAll(forged))).toBe(true);
    const link = linkOf(forged[0]?.metadata ?? '');
    expect(link?.seal).not.toEqual(sealWith('k')(link?.chain ?? Buffer.alloc(32)));
  });
});
