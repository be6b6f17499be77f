import { describe, expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import { StoreFault, type EventStore, type Position, type SubscriptionMessage } from '@keyturn/event-store';
import type { EsdbServer } from '@keyturn/testbed/esdb';
import * as E from 'fp-ts/Either';
import * as fc from 'fast-check';
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import { event, right, valueOf } from './testSupport/outcomes';
import { withServer } from './testSupport/onServer';

type Step =
  | { readonly kind: 'wanted' | 'noise'; readonly count: number }
  /** The next read or subscription is cut off when it has sent so many events. */
  | { readonly kind: 'cut-after'; readonly count: number }
  | { readonly kind: 'cut' | 'restart' | 'lead'; readonly node: number }
  /** The reader takes so many messages before the next step. */
  | { readonly kind: 'take'; readonly count: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('wanted' as const), count: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('noise' as const), count: fc.integer({ min: 1, max: 1_500 }) }),
  fc.record({ kind: fc.constant('cut-after' as const), count: fc.nat(20) }),
  fc.record({ kind: fc.constantFrom('cut' as const, 'restart' as const, 'lead' as const), node: fc.nat(2) }),
  fc.record({ kind: fc.constant('take' as const), count: fc.integer({ min: 1, max: 5 }) }),
);

type Harm = Extract<Step, { readonly node: number }>;

const hurt = (server: EsdbServer, { kind, node }: Harm): void => {
  const { faults } = server.nodes[node] ?? server;
  if (kind === 'cut') faults.dropConnections();
  if (kind === 'lead') faults.becomeLeader();
  if (kind === 'restart') server.restart();
};

/** Reads although several reads in a row may be cut off: more of them than the store itself tries again. */
const surely = async <A>(read: () => Promise<A>): Promise<A> => {
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof StoreFault) || error.code !== 'unavailable') throw error;
    }
  }
};

/** Appends although the connection may have died: an append that expects a revision is written once. */
const appendSurely = async (
  store: EventStore,
  stream: string,
  data: ReadonlyArray<number>,
): Promise<void> => {
  const [first = event(), ...rest] = data.map(event);
  const batch: NonEmptyArray<ReturnType<typeof event>> = [first, ...rest];
  const { events } = await surely(() =>
    right(store.readStream(stream, { direction: 'backwards', limit: 1 })),
  );
  const expected = events[0]?.revision ?? 'no-stream';
  for (;;) {
    const appended = await store.append(stream, expected, batch)();
    if (E.isRight(appended)) return;
    if (appended.left._tag === 'AppendConflict') throw new Error('nobody else appends here');
  }
};

const placesOf = (message: SubscriptionMessage): ReadonlyArray<Position> => {
  if (message.kind === 'events') return message.events.map(({ position }) => position);
  return message.kind === 'checkpoint' ? [message.position] : [];
};

describe('a subscription, whatever happens to the server', () => {
  test(
    'gives every event once and in order, and resumes from every place that it told',
    withServer(
      async ({ server, another }) => {
        let runs = 0;
        await fc.assert(
          fc.asyncProperty(
            fc.array(step, { minLength: 3, maxLength: 25 }),
            fc.integer({ min: 1, max: 50 }),
            async (steps, batchSize) => {
              runs += 1;
              const prefix = `keyring-${runs}-`;
              const [reader, writer] = await Promise.all([surely(another), surely(another)]);
              const head = await surely(() => right(reader.head));
              const stop = new AbortController();
              const messages = reader
                .subscribe({
                  ...(head === null ? {} : { after: head }),
                  streamPrefix: prefix,
                  batchSize,
                  signal: stop.signal,
                })
                [Symbol.asyncIterator]();
              const data: unknown[] = [];
              /** Places that were told, each with how many events came up to it. */
              const told: Array<{ readonly position: Position; readonly count: number }> = [];
              const take = async (): Promise<SubscriptionMessage['kind']> => {
                const next = await messages.next();
                if (next.done === true) throw new Error('the subscription ended');
                const { value } = next;
                const before = data.length;
                if (value.kind === 'events') data.push(...value.events.map(valueOf));
                placesOf(value).forEach((position, index) => {
                  expect(position > (told.at(-1)?.position ?? -1n)).toBe(true);
                  told.push({ position, count: value.kind === 'events' ? before + index + 1 : before });
                });
                return value.kind;
              };
              let written = 0;
              let caughtUp = false;
              for (const one of steps) {
                if (one.kind === 'wanted' || one.kind === 'noise') {
                  const numbers = Array.from({ length: one.count }, (_, n) => written + n);
                  const stream = one.kind === 'wanted' ? `${prefix}${written % 3}` : `noise-${runs}`;
                  await appendSurely(writer, stream, numbers);
                  if (one.kind === 'wanted') written += one.count;
                } else if (one.kind === 'cut-after') server.faults.dropReadAfter(one.count);
                else if (one.kind === 'take') {
                  // Only as many as are sure to come.
                  for (let n = 0; n < one.count && (data.length < written || !caughtUp); n += 1) {
                    caughtUp = (await take()) === 'caught-up' || caughtUp;
                  }
                } else if ('node' in one) hurt(server, one);
              }
              while (data.length < written) await take();
              stop.abort();
              expect(data).toEqual(Array.from({ length: written }, (_, n) => n));

              const newest = (await surely(() => right(reader.head))) ?? 0n;
              for (const { position, count } of told.filter((_, n) => n % 7 === 0)) {
                expect(position <= newest).toBe(true);
                const page = await surely(() =>
                  right(reader.readAll({ after: position, streamPrefix: prefix, limit: 4_096 })),
                );
                expect(page.events.map(valueOf)).toEqual(
                  Array.from({ length: written - count }, (_, n) => count + n),
                );
              }
              await Promise.all([reader.close(), writer.close()]);
            },
          ),
          { numRuns: longRuns(15) },
        );
      },
      { nodes: 3 },
    ),
    // A cluster that is lost over and over is waited for with growing pauses.
    240_000,
  );
});
