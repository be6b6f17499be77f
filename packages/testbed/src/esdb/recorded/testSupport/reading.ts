import { randomUUID } from 'node:crypto';
import { answersOf, event, inTurn, json, jsons, placeOf, type Asking, type Questions } from './asking';
import { batchMessage, type ReadRequest } from './requests';
import type { ToldFields } from './telling';

/** A place so many bytes from another. */
const placeNear = (place: string, bytes: number) => {
  const near = (BigInt(place) + BigInt(bytes)).toString();
  return { commit: near, prepare: near };
};

const FAR = 100_000_000;

/** Appends to one of the streams that a filter by the prefix matches. */
const appendTo = (
  { write }: Asking,
  stream: string,
  ...events: Parameters<typeof event>
): Promise<ToldFields> => write('append', stream, 'none', events.map(event));

/** Is answered when so many milliseconds are over. */
const neverFinal = (stream: string, deadline: number): ReturnType<typeof batchMessage> =>
  batchMessage({
    correlation: randomUUID(),
    events: [],
    isFinal: false,
    begins: { stream, expected: 'any', deadline },
  });

const WINDOWS: ReadonlyArray<ReadRequest> = [
  { count: 2 },
  { count: 2, from: 3 },
  { count: 2, from: 4 },
  { count: 2, from: 5 },
  { count: 2, from: 99 },
  { from: 'end', count: 2 },
  { backwards: true, from: 'end', count: 2 },
  { backwards: true, from: 1, count: 5 },
  { backwards: true, from: 99, count: 2 },
  { backwards: true, from: 'start', count: 2 },
  { count: 0 },
  {},
  { count: 2, compatibility: 1 },
  { count: 2, uuid: 'structured' },
  { count: 2, uuid: 'none' },
  { count: 1, links: true },
];

const HIDING: ReadonlyArray<Readonly<Record<string, unknown>>> = [
  { $maxCount: 2 },
  { $tb: 3 },
  { $tb: 9 },
  { $maxAge: 1 },
  { $maxCount: 2, $tb: 2 },
  { $maxCount: 0 },
  { $tb: '9223372036854775807' },
  { $maxCount: 'x' },
];

/** Reads of streams and of `$all`. */
export const READING: Questions = {
  'read/not-there': ({ read, fresh }) =>
    inTurn<ReadRequest>([{}, { backwards: true, from: 'end' }, { from: 3 }], async (how) => [
      await read({ stream: fresh('s'), count: 5, ...how }),
    ]),
  'read/forwards-backwards-windows': async ({ read, write, fresh }) => {
    const stream = fresh('s');
    await write('append', stream, 'none', jsons(5));
    return inTurn(WINDOWS, async (how) => {
      // 23.10 never ends one without an option for its ids.
      const answer = await read(
        { stream, ...how },
        how.uuid === 'none' ? () => Promise.resolve() : undefined,
      );
      return [{ what: JSON.stringify(how), ...answer }];
    });
  },
  'read/hidden-by-metadata': ({ read, write, calls, fresh, setMetadata }) =>
    inTurn(HIDING, async (hiding) => {
      const stream = fresh('s');
      await write('append', stream, 'none', jsons(5));
      const metadata = await setMetadata(stream, hiding);
      while ('$maxAge' in hiding && answersOf(await read({ stream, count: 10 })).length > 0)
        await calls.batch([neverFinal(fresh('waiting'), 200)]);
      return [
        { what: JSON.stringify(hiding), metadata },
        await read({ stream, count: 10 }),
        await read({ stream, count: 10, compatibility: 1 }),
        await read({ stream, count: 10, backwards: true, from: 'end' }),
        await read({ stream, count: 1 }),
      ];
    }),
  'read/soft-deleted-and-tombstoned': async ({ read, calls, fresh, two }) => {
    const [deleted, ended] = [fresh('s'), fresh('t')];
    await two(deleted);
    await two(ended);
    return [
      await calls.remove('delete', deleted, 1),
      await calls.remove('tombstone', ended, 1),
      ...(await inTurn<ReadRequest>(
        [
          { stream: deleted },
          { stream: `$$${deleted}` },
          { stream: ended },
          { stream: `$$${ended}` },
          { stream: ended, backwards: true, from: 'end' },
        ],
        async (request) => [await read({ count: 5, ...request })],
      )),
    ];
  },
  'read/combinations-that-do-not-exist': ({ read, fresh }) =>
    inTurn<ReadRequest>(
      [
        { all: true, backwards: true, subscribe: true },
        { count: 1 },
        { stream: fresh('s'), backwards: true, subscribe: true },
        { stream: fresh('s'), count: 1, filter: { prefixes: ['a'], window: 10 } },
        { stream: fresh('s'), count: 1, filter: 'unset' },
        { all: true, count: 1, filter: { prefixes: ['a'], window: 'unset' } },
        { all: true, count: 1, filter: { window: 10 } },
      ],
      async (request) => [await read(request)],
    ),
  'read/all-filtered': async (asking) => {
    const { read, write, fresh } = asking;
    const prefix = fresh('f');
    const from = placeOf(await write('append', `${prefix}-a`, 'none', [json(1), json(2)]));
    await appendTo(asking, fresh('other'), {});
    const last = placeOf(await appendTo(asking, `${prefix}-b`, { type: 'U', data: '3' }));
    const filter = { prefixes: [prefix], window: 100 };
    const backwards = true;
    return inTurn<ReadRequest>(
      [
        { from, filter },
        { from: last, filter },
        { from, filter, count: 1 },
        { backwards, from: 'end', filter },
        { backwards, from: last, filter },
        { backwards, from: 'end', filter: { prefixes: [prefix], window: 1 } },
        { from, filter: { regex: `^${prefix}-b$`, window: 100 } },
        { from, filter: { by: 'type', prefixes: ['U'], window: 100 } },
        { from, filter: { regex: '(', window: 100 } },
      ],
      async (request) => [await read({ all: true, count: 10, ...request })],
    );
  },
  'read/all-one-page': async (asking) => {
    const { read, write, fresh } = asking;
    await appendTo(asking, `${fresh('f')}-b`, { type: 'U', data: '3' });
    const from = placeOf(await write('append', fresh('s'), 'none', [json(1), json(2)]));
    return inTurn<ReadRequest>(
      [
        { from },
        { from, compatibility: 1 },
        { backwards: true, from },
        { count: 3, backwards: true, from: 'end' },
      ],
      async (request) => [await read({ all: true, count: 2, ...request })],
    );
  },
  'read/all-from-nowhere': async ({ read, write, fresh }) => {
    const { commit } = placeOf(await write('append', fresh('s'), 'none', [json(1)]));
    return inTurn<ReadRequest>(
      [
        { from: placeNear(commit, -1), filter: { prefixes: ['asked'], window: 5 } },
        { from: placeNear(commit, -1) },
        { from: placeNear(commit, FAR) },
        { from: { commit: '5', prepare: '9' } },
        { from: { commit, prepare: '0' } },
      ],
      async (request) => [await read({ all: true, count: 1, ...request })],
    );
  },
  'read/strange-name-tombstoned': async ({ read, write, calls, fresh, two }) => {
    const stream = `${fresh('ü')}-日本`;
    await two(stream);
    await calls.remove('tombstone', stream, 'any');
    return [
      await read({ stream, count: 1 }),
      await write('append', stream, 'any', [event()]),
      await write('batch', stream, 'any', [event()]),
    ];
  },
  'read/as-nobody-and-wrong-password': async ({ client, fresh }) => {
    const all = await client.as(null).read({ all: true, count: 1 });
    return [
      await client.as(null).read({ stream: fresh('s'), count: 1 }),
      await client.as('admin:wrong').read({ stream: fresh('s'), count: 1 }),
      { ...all, answers: answersOf(all).length },
    ];
  },
};
