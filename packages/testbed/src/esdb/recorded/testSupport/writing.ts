import {
  answersOf,
  event,
  inTurn,
  json,
  jsons,
  type Answers,
  type Asking,
  type Questions,
  type Way,
} from './asking';
import type { Expected, SentEvent } from './requests';
import type { ToldFields } from './telling';

type Ask = (asking: Asking, way: Way) => Answers;

const kilobytes = (count: number): string => 'x'.repeat(count * 1024);
const NIL = '00000000-0000-0000-0000-000000000000';

/** A success of which it does not matter how many events the stream has. */
const atAnyRevision = (told: ToldFields): ToldFields => {
  if ('answers' in told) return { ...told, answers: answersOf(told).map(atAnyRevision) };
  const { written } = told;
  return Array.isArray(written) ? { ...told, written: ['any', String(written[1])] } : told;
};

/** One event to a stream of its own. */
const one =
  (expected: Expected, ...events: ReadonlyArray<Partial<SentEvent>>): Ask =>
  ({ write, fresh }, way) =>
    inTurn([fresh('s')], async (stream) => [await write(way, stream, expected, events.map(event))]);

const repeatWhole =
  (expected: Expected): Ask =>
  async ({ write, read, fresh }, way) => {
    const stream = fresh('s');
    if (expected === 'exists') await write(way, stream, 'none', [event()]);
    const events = [json(1), json(2)];
    const first = await write(way, stream, expected, events);
    await write(way, stream, 'any', [json(3)]);
    return [first, await write(way, stream, expected, events), await read({ stream, count: 10 })];
  };

/** Appends to a stream with two events, which were appended in the same way. */
const afterTwo =
  (
    ...appends: ReadonlyArray<readonly [Expected, (a: SentEvent, b: SentEvent) => ReadonlyArray<SentEvent>]>
  ): Ask =>
  async ({ write, fresh, two }, way) => {
    const stream = fresh('s');
    const [a = event(), b = event()] = await two(stream);
    return inTurn(appends, async ([expected, events]) => [await write(way, stream, expected, events(a, b))]);
  };

/** Asked once by `Append`, and once by `BatchAppend`. */
const BOTH_WAYS: Readonly<Record<string, Ask>> = {
  'expected-none-new': one('none', {}),
  'expected-any-new': one('any', {}, {}),
  'expected-exists-new': one('exists', {}),
  'expected-revision-new': ({ write, fresh }, way) =>
    inTurn([0, 5], async (expected) => [await write(way, fresh('s'), expected, [event()])]),
  'expected-not-said': one(undefined, {}),
  'two-events-then-each-expectation': ({ write, fresh, two }, way) =>
    inTurn<Expected>(['none', 0, 1, 2, 'any', 'exists'], async (expected) => {
      const stream = fresh('s');
      await two(stream);
      return [await write(way, stream, expected, [event()])];
    }),
  'repeat-whole-none': repeatWhole('none'),
  'repeat-whole-any': repeatWhole('any'),
  'repeat-whole-exists': repeatWhole('exists'),
  'repeat-whole-revision': async ({ write, fresh }, way) => {
    const stream = fresh('s');
    await write(way, stream, 'none', [event()]);
    const events = [json(1), json(2)];
    return inTurn<Expected>([0, 0, 'none', 'any'], async (expected) => [
      await write(way, stream, expected, events),
    ]);
  },
  'repeat-first-of-two': afterTwo(
    ['none', (a) => [a]],
    ['none', (_, b) => [b]],
    [0, (_, b) => [b]],
    ['any', (_, b) => [b]],
    ['any', (a, b) => [b, a]],
  ),
  'repeat-and-more': afterTwo(
    ['none', (a, b) => [a, b, json(3)]],
    ['any', (a, b) => [a, b, json(3)]],
    ['any', (a) => [a, json(3)]],
    ['any', (a) => [json(3), a]],
  ),
  'repeat-under-a-new-right-revision': afterTwo([1, (a) => [a]], ['any', (a) => [a]], ['none', (a) => [a]]),
  'same-id-twice-in-one': async ({ write, read, fresh }, way) => {
    const stream = fresh('s');
    const same = json(1);
    return [
      await write(way, stream, 'none', [same, same]),
      await write(way, stream, 'none', [same, same]),
      await read({ stream, count: 10 }),
    ];
  },
  'repeat-of-what-maxCount-hides': async ({ write, fresh, setMetadata }, way) => {
    const stream = fresh('s');
    await setMetadata(stream, { $maxCount: 1 });
    const events = [json(1)];
    return [
      await write(way, stream, 'none', events),
      await write(way, stream, 0, [json(2)]),
      await write(way, stream, 'none', events),
      await write(way, stream, 'any', events),
    ];
  },
  'repeat-on-soft-deleted': async ({ write, read, calls, fresh, two }, way) => {
    const stream = fresh('s');
    const events = await two(stream);
    await calls.remove('delete', stream, 'any');
    return [
      await write(way, stream, 'none', events),
      await write(way, stream, 'none', [json(3)]),
      await read({ stream, count: 10 }),
    ];
  },
  'empty-append': async ({ write, read, fresh, two }, way) => {
    const stream = fresh('s');
    const before = [
      await write(way, stream, 'any', []),
      await write(way, stream, 'none', []),
      await read({ stream, count: 10 }),
    ];
    await two(stream);
    const after = await inTurn<Expected>(['any', 'none', 0, 1, 2, 'exists'], async (expected) => [
      await write(way, stream, expected, []),
    ]);
    return [...before, ...after];
  },
  'after-soft-delete': ({ write, read, calls, fresh, two }, way) =>
    inTurn<Expected>(['any', 'none', 'exists', 0, 1, 2], async (expected) => {
      const stream = fresh('s');
      await two(stream);
      await calls.remove('delete', stream, 'any');
      return [
        await write(way, stream, expected, [json(3)]),
        await read({ stream, count: 10 }),
        await read({ stream: `$$${stream}`, count: 10 }),
      ];
    }),
  'after-tombstone': ({ write, calls, fresh, two }, way) =>
    inTurn<Expected>(['any', 'none', 'exists', 1], async (expected) => {
      const stream = fresh('s');
      const events = await two(stream);
      await calls.remove('tombstone', stream, 'any');
      return [await write(way, stream, expected, [json(3)]), await write(way, stream, expected, events)];
    }),
  sizes: ({ write, fresh }, way) =>
    inTurn<ReadonlyArray<Partial<SentEvent>>>(
      [
        [{ data: kilobytes(1023) }],
        [{ data: kilobytes(1025) }],
        [{ data: kilobytes(600) }, { data: kilobytes(600) }],
        [{ metadata: `"${kilobytes(1023)}"`, data: kilobytes(2) }],
        [{ data: kilobytes(1024) }],
        [{ data: kilobytes(1024).slice(2) }],
      ],
      async (events) => [await write(way, fresh('s'), 'any', events.map(event))],
    ),
  'no-type': one('any', { type: null }),
  'no-content-type': one('any', { contentType: null }),
  'no-type-nor-content-type': one('any', { type: null, contentType: null }),
  'empty-type': one('any', { type: '' }),
  'strange-content-type': async ({ write, read, fresh }, way) => {
    const stream = fresh('s');
    return [
      await write(way, stream, 'any', [event({ contentType: 'text/plain' })]),
      await write(way, stream, 'any', [event({ contentType: 'application/octet-stream', data: 'bytes' })]),
      await read({ stream, count: 5 }),
    ];
  },
  'data-not-json': async ({ write, read, fresh }, way) => {
    const stream = fresh('s');
    return [await write(way, stream, 'any', [event({ data: 'not json' })]), await read({ stream, count: 5 })];
  },
  'no-id': one('any', { id: null }),
  'nil-id': one('any', { id: NIL }),
  'id-not-a-uuid': one('any', { id: 'abc' }),
  'no-stream-name': ({ write }, way) =>
    inTurn([undefined, ''], async (stream) => [await write(way, stream, 'any', [event()])]),
  'strange-stream-names': async ({ write, fresh }, way) => {
    const named = await inTurn<readonly [string, Expected]>(
      [
        [`${fresh('ü')}-日本`, 5],
        [`${fresh('a b')}\n`, 5],
        [`${fresh('long')}-${'n'.repeat(30)}`, 'any'],
        [`$$$$${fresh('x')}`, 'any'],
      ],
      async ([stream, expected]) => [await write(way, stream, expected, [event()])],
    );
    const all = await write(way, '$all', 'any', [event()]);
    return [...named, atAnyRevision(all)];
  },
  'metastream-data-not-json': async ({ write, fresh }, way) => [
    await write(way, `$$${fresh('s')}`, 'any', [event({ type: '$metadata', data: 'no' })]),
  ],
  'batch-of-40': async ({ write, read, fresh }, way) => {
    const stream = fresh('s');
    return [
      await write(way, stream, 'none', jsons(40)),
      await read({ stream, count: 1, backwards: true, from: 'end' }),
    ];
  },
  'as-nobody': async ({ write, fresh, client }, way) => [
    await write(way, fresh('s'), 'any', [event()], client.as(null)),
  ],
  'as-wrong-password': async ({ write, fresh, client }, way) => [
    await write(way, fresh('s'), 'any', [event()], client.as('admin:wrong')),
  ],
};

/** Appends of every kind, in both ways. */
export const WRITING: Questions = Object.fromEntries(
  Object.entries(BOTH_WAYS).flatMap(([name, ask]) =>
    (['append', 'batch'] as const).map((way) => [`${way}/${name}`, (asking: Asking) => ask(asking, way)]),
  ),
);
