import type { Seen } from './bareClient';
import { answersOf, json, jsons, placeOf, type Asking, type Questions } from './asking';
import type { ReadRequest } from './requests';
import type { Told, ToldFields } from './telling';

const FAR = 100_000_000n;

const withoutCheckpoints = (told: ToldFields): ToldFields => ({
  ...told,
  answers: answersOf(told).filter((answer) => !('Checkpoint' in answer)),
});

const caughtUp = (seen: Seen): Promise<void> => seen.until('CaughtUp');

const append = ({ write }: Asking, stream: string, ...values: ReadonlyArray<number>): Promise<ToldFields> =>
  write('append', stream, 'any', values.map(json));

/** Appends to other streams. */
const appendElsewhere = async (asking: Asking, times: number): Promise<void> => {
  for (let n = 0; n < times; n += 1) await append(asking, asking.fresh('other'), n);
};

/** Subscriptions to streams and to `$all`. */
export const SUBSCRIBING: Questions = {
  'subscribe/stream-not-there-then-born': async (asking) => {
    const stream = asking.fresh('s');
    const told = await asking.read({ stream, subscribe: true }, async (seen) => {
      await seen.until('Confirmation'); // 23.10 is not caught up before the stream is there
      await asking.client.gossip();
      await append(asking, stream, 1);
      await seen.until('event');
    });
    const answers = answersOf(told); // the recordings end with the event
    return [{ ...told, answers: answers.slice(0, answers.findIndex((answer) => 'event' in answer) + 1) }];
  },
  'subscribe/stream-from-start-end-revision': async (asking) => {
    const stream = asking.fresh('s');
    await asking.write('append', stream, 'none', jsons(3));
    const follow = (from: ReadRequest['from'], next: number, events: number): Promise<ToldFields> =>
      asking.read({ stream, subscribe: true, ...(from === undefined ? {} : { from }) }, async (seen) => {
        await caughtUp(seen);
        await append(asking, stream, next);
        if (events > 0) await seen.until('event', events);
      });
    return [
      await follow(undefined, 3, 4),
      await follow(1, 4, 3),
      await follow('end', 5, 1),
      await follow(99, 6, 0),
    ];
  },
  'subscribe/stream-tombstoned-while-live': async ({ read, calls, fresh, two }) => {
    const stream = fresh('s');
    await two(stream);
    return [
      await read({ stream, subscribe: true }, async (seen) => {
        await caughtUp(seen);
        await calls.remove('tombstone', stream, 'any');
        await seen.until('nothing, so that it ends');
      }),
    ];
  },
  'subscribe/stream-tombstoned-before': async ({ read, calls, fresh, two }) => {
    const stream = fresh('s');
    await two(stream);
    await calls.remove('tombstone', stream, 'any');
    return [await read({ stream, subscribe: true })];
  },
  'subscribe/all-filtered': async (asking) => {
    const prefix = asking.fresh('f');
    const [first, second] = [
      placeOf(await append(asking, `${prefix}-a`, 1)),
      placeOf(await append(asking, `${prefix}-b`, 2)),
    ];
    await appendElsewhere(asking, 5);
    const filter = { prefixes: [prefix], window: 2, interval: 1 };
    const follow = async (
      from: ReadRequest['from'],
      meanwhile: (seen: Seen) => Promise<void>,
    ): Promise<ToldFields> =>
      withoutCheckpoints(
        await asking.read(
          { all: true, subscribe: true, filter, ...(from === undefined ? {} : { from }) },
          meanwhile,
        ),
      );
    return [
      await follow(first, async (seen) => {
        await caughtUp(seen);
        await appendElsewhere(asking, 1);
        await append(asking, `${prefix}-c`, 3);
        await seen.until('event', 2);
      }),
      await follow(second, caughtUp),
      await follow('end', caughtUp),
    ];
  },
  'subscribe/all-checkpoints': async (asking) => {
    const from = placeOf(await append(asking, asking.fresh('other'), 0));
    const prefix = asking.fresh('f');
    await appendElsewhere(asking, 70);
    const found = BigInt(placeOf(await append(asking, `${prefix}-a`, 1)).commit);
    const filter = { prefixes: [prefix], window: 5, interval: 2 };
    const told = await asking.read({ all: true, subscribe: true, from, filter }, async (seen) => {
      await caughtUp(seen);
      await appendElsewhere(asking, 25);
    });
    const whereIs = (place: Told): Told => {
      const position = BigInt(String(place).slice(1).split('/')[0] ?? '');
      if (position === found) return { Checkpoint: 'the found one' };
      return { Checkpoint: position > found ? 'behind the found one' : 'before it' };
    };
    const kinds = answersOf(told).map((answer): Told => {
      if ('Checkpoint' in answer) return whereIs(answer['Checkpoint']);
      return 'event' in answer ? 'Event' : Object.keys(answer)[0];
    });
    return [kinds];
  },
  'subscribe/all-from-beyond-the-end': async (asking) => {
    const prefix = asking.fresh('f');
    const { commit } = placeOf(await append(asking, `${prefix}-a`, 1));
    const beyond = (BigInt(commit) + FAR).toString();
    const told = await asking.read(
      {
        all: true,
        subscribe: true,
        from: { commit: beyond, prepare: beyond },
        filter: { prefixes: [prefix], window: 5 },
      },
      async (seen) => {
        await caughtUp(seen);
        await append(asking, `${prefix}-b`, 2);
      },
    );
    return [withoutCheckpoints(told)];
  },
  'subscribe/all-from-inside-a-record': async (asking) => {
    const { commit } = placeOf(await append(asking, asking.fresh('s'), 1));
    const inside = (BigInt(commit) - 1n).toString();
    const told = await asking.read({
      all: true,
      subscribe: true,
      from: { commit: inside, prepare: inside },
      filter: { prefixes: ['asked-'], window: 5 },
    });
    return [told];
  },
  'subscribe/all-interval-0': async ({ read }) => [
    await read({
      all: true,
      subscribe: true,
      from: 'end',
      filter: { prefixes: ['x'], window: 5, interval: 0 },
    }),
  ],
};
