import { inTurn, type Questions } from './asking';
import type { Expected } from './requests';

const KINDS = ['delete', 'tombstone'] as const;

/** Each with each. */
const pairs = <A, B>(as: ReadonlyArray<A>, bs: ReadonlyArray<B>): ReadonlyArray<readonly [A, B]> =>
  as.flatMap((a) => bs.map((b) => [a, b] as const));

/** Deletions, and what a server says of itself. */
export const DELETING: Questions = {
  'delete/each-expectation': ({ calls, fresh, two }) =>
    inTurn(
      pairs<(typeof KINDS)[number], Expected>(KINDS, ['any', 'none', 'exists', 0, 1, 2, undefined]),
      async ([kind, expected]) => {
        const stream = fresh('s');
        await two(stream);
        return [{ what: `${kind} ${expected}`, ...(await calls.remove(kind, stream, expected)) }];
      },
    ),
  'delete/nothing-there': ({ calls, fresh }) =>
    inTurn(
      pairs<(typeof KINDS)[number], Expected>(KINDS, ['any', 'none', 'exists', 0]),
      async ([kind, expected]) => [
        { what: `${kind} ${expected}`, ...(await calls.remove(kind, fresh('s'), expected)) },
      ],
    ),
  'delete/again': ({ calls, fresh, two }) =>
    inTurn(pairs(pairs(KINDS, KINDS), ['any', 'exists', 1] as const), async ([[first, second], expected]) => {
      const stream = fresh('s');
      await two(stream);
      await calls.remove(first, stream, 'any');
      const answer = await calls.remove(second, stream, expected);
      return [{ what: `${first}, then ${second} ${expected}`, ...answer }];
    }),
  'delete/strange-names': async ({ calls, fresh }) => [
    await calls.remove('delete', `${fresh('ü')}-日本`, 3),
    await calls.remove('tombstone', fresh('é'), 3),
  ],
  features: async ({ client }) => [await client.features()],
  gossip: async ({ client }) => [await client.gossip()],
};
