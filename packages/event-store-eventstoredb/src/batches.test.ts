import { describe, expect, jest, test } from '@jest/globals';
import type { AppendConflict, AppendResult, EventStore, StoreFault } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { randomUUID } from 'node:crypto';
import { makeBatches } from './batches';
import { openConnection } from './connection';
import { parseConnectionString } from './connectionString';
import { withServer } from './testSupport/onServer';
import { event, left, right } from './testSupport/outcomes';

const kindOf = (outcome: E.Either<AppendConflict | StoreFault, AppendResult>): string =>
  E.isRight(outcome) ? 'done' : 'code' in outcome.left ? outcome.left.code : 'conflict';

const each = (
  store: EventStore,
  count: number,
  data: unknown = null,
): Promise<ReadonlyArray<E.Either<AppendConflict | StoreFault, AppendResult>>> =>
  Promise.all(Array.from({ length: count }, (_, n) => store.append(`s${n}`, 'any', [event(data)])()));

const encoded = (type: string) => ({ id: randomUUID(), type, data: '{}', metadata: '{}' });

/**
 * A server gives up on its own after two seconds; one that is told to wait this long is found late by who waits less.
 */
const DELAY_MS = 2_000;

describe('many appends over one call', () => {
  test(
    'more than any server takes in a message is not sent, and the others go through',
    withServer(async ({ store }) => {
      const huge = store.append('huge', 'any', [event('ü'.repeat(10 * 1024 * 1024)), event()])();
      const others = await each(store, 20);
      expect(others.filter(E.isLeft)).toEqual([]);
      expect(await huge).toMatchObject({ left: { code: 'too-large' } });
    }),
  );

  test(
    'cut off, those that were not handed over yet go through over the next call',
    withServer(async ({ server, store }) => {
      server.faults.dropAfterCommit(1, 3);
      const outcomes = await each(store, 80, 'x'.repeat(500_000));
      const kinds = outcomes.map(kindOf);
      const unknown = kinds.filter((kind) => kind === 'outcome-unknown');
      expect(unknown.length).toBeGreaterThan(0);
      expect(unknown.length).toBeLessThan(40);
      expect(kinds.filter((kind) => kind === 'done').length + unknown.length).toBe(80);
    }),
  );

  test(
    'a node that serves nothing is left for the one that leads',
    withServer(
      async ({ server, store }) => {
        await right(store.append('a', 'any', [event()]));
        for (const { faults } of server.nodes) faults.becomeFollower();
        expect((await each(store, 20)).map(kindOf)).toEqual(Array.from({ length: 20 }, () => 'unavailable'));
        server.nodes[2]?.faults.becomeLeader();
        server.nodes[0]?.faults.becomeFollower();
        await right(store.append('a', 0, [event()]));
      },
      { nodes: 3 },
    ),
  );

  test(
    'those of a call that another’s failure kept from being begun are not done',
    withServer(async ({ server }) => {
      const settings = parseConnectionString(server.connectionString);
      if (E.isLeft(settings)) throw settings.left;
      const connection = openConnection(settings.right);
      const { call, over, failed } = await connection.openAppends();
      const written = jest.spyOn(call, 'write');
      const batches = makeBatches({ openAppends: () => Promise.resolve({ call, over, failed }) });
      const answers = ['a', 'b', 'c'].map((stream) =>
        batches.send({ stream, expected: 'any', events: [encoded(stream)] }, 5_000),
      );
      while (written.mock.calls.length < 3) await Promise.resolve();
      await failed(Object.assign(new Error('14 UNAVAILABLE: Server Is Not Ready'), { code: 14 }));
      const kinds = (await Promise.all(answers)).map(({ kind }) => kind);
      connection.release();
      expect(kinds).toEqual(['turned-away', 'turned-away', 'turned-away']);
    }),
  );

  test(
    'one that is not answered in time has an unknown outcome; one that was not sent by then has not',
    withServer(async ({ server, another }) => {
      const store = await another('defaultDeadline=50');
      server.faults.delay(DELAY_MS);
      expect(await left(store.append('a', 'any', [event()]))).toMatchObject({ code: 'outcome-unknown' });
      // The server is asked about a deletion before the first append of a stream.
      expect(await left(store.append('b', 'no-stream', [event()]))).toMatchObject({ code: 'unavailable' });
      server.faults.delay(0);
    }),
  );
});
