import {
  StoreFault,
  type AppendConflict,
  type AppendResult,
  type EncodedEvent,
  type ExpectedRevision,
} from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppendAnswer, AppendRequest } from './appendMessages';
import { makeBatches } from './batches';
import type { Connection } from './connection';
import type { Reading } from './reading';
import { backoffMs } from './retrying';
import { sendSingle } from './singles';
import { isPassing, storeFaultOf, troubleOf } from './storeFaults';

const ATTEMPTS = 5;
const LONGEST_WAIT_MS = 500;

export interface Appending {
  readonly append: (
    stream: string,
    expected: ExpectedRevision,
    events: ReadonlyArray<EncodedEvent>,
  ) => Promise<E.Either<AppendConflict | StoreFault, AppendResult>>;
  /** Resolves when no append is under way. */
  readonly idle: () => Promise<void>;
  readonly end: () => void;
}

const faultOf = (code: StoreFault['code'], message: string) => E.left(new StoreFault(code, message));

export const makeAppending = (connection: Connection, reading: Reading, deadlineMs: number): Appending => {
  const batches = makeBatches(connection, deadlineMs);
  const underWay = new Set<Promise<unknown>>();

  const sendOnce = async (request: AppendRequest): Promise<AppendAnswer> => {
    let batched: boolean;
    try {
      batched = await connection.takesBatches();
    } catch (error) {
      return { kind: 'turned-away', error };
    }
    return batched ? batches.send(request) : sendSingle(connection, request, deadlineMs);
  };

  /** Sent again only where nothing was done: what may have been done is for the caller to send again. */
  const send = async (request: AppendRequest): Promise<AppendAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      const sent = await sendOnce(request);
      if (sent.kind !== 'turned-away' || !isPassing(troubleOf(sent.error)) || attempt === ATTEMPTS)
        return sent;
      await delay(backoffMs(attempt, LONGEST_WAIT_MS));
    }
  };

  /** Where a stream ends, which the server does not always tell with its refusal. */
  const endOf = async (stream: string): Promise<number | 'no-stream'> =>
    (await reading.newestOf(stream))?.revision ?? 'no-stream';

  const positionAt = async (stream: string, revision: number): Promise<bigint> => {
    const { events } = await reading.stream(stream, { direction: 'forwards', from: revision, limit: 1 });
    const position = events[0]?.position;
    if (position !== undefined) return position;
    throw new StoreFault(
      'outcome-unknown',
      `The append to stream ${stream} was taken, and its events are not there to read. Send the same append again.`,
    );
  };

  const outcomeOf = async (
    { stream, expected }: AppendRequest,
    sent: AppendAnswer,
  ): Promise<E.Either<AppendConflict | StoreFault, AppendResult>> => {
    switch (sent.kind) {
      case 'done':
        return E.right({
          revision: sent.revision,
          position: sent.position ?? (await positionAt(stream, sent.revision)),
        });
      case 'conflict':
        return expected === 'any'
          ? faultOf(
              'unavailable',
              `The append to stream ${stream} met another. Nothing was written; send it again.`,
            )
          : E.left({
              _tag: 'AppendConflict',
              stream,
              expected,
              actual: sent.actual ?? (await endOf(stream)),
            });
      case 'turned-away':
        return E.left(storeFaultOf(sent.error, `Nothing was appended to stream ${stream}`));
      case 'unknown':
        return faultOf(
          'outcome-unknown',
          `The append to stream ${stream}: the event store gave no answer. It may have been written; send the same append again.`,
        );
      case 'access-denied':
        return faultOf(
          'access-denied',
          `The event store does not let this user append to stream ${stream}. See to its name, password and permissions.`,
        );
      case 'stream-deleted':
        return faultOf(
          'stream-deleted',
          `Stream ${stream} was deleted in the event store, and takes no more events. Restore it from a backup.`,
        );
      case 'too-large':
        return faultOf(
          'too-large',
          `The append to stream ${stream} is larger than the event store takes. Nothing was written; append less at once.`,
        );
      case 'invalid':
        return faultOf('invalid-argument', `The event store does not take this append to stream ${stream}.`);
    }
  };

  const append: Appending['append'] = async (stream, expected, events) => {
    const request = { stream, expected, events };
    try {
      // The server lets a stream that was deleted begin anew, where its events would have been. Only an append that makes a
      // stream can do so unseen: any other expects a revision that is no more.
      if (expected === 'no-stream' && (await reading.isSoftDeleted(stream))) {
        return await outcomeOf(request, { kind: 'stream-deleted' });
      }
    } catch (error) {
      return E.left(storeFaultOf(error, `Nothing was appended to stream ${stream}`));
    }
    const sent = await send(request);
    try {
      return await outcomeOf(request, sent);
    } catch (error) {
      return E.left(storeFaultOf(error, `The append to stream ${stream}`, sent.kind === 'done'));
    }
  };

  return {
    append: (...request) => {
      const work = append(...request);
      underWay.add(work);
      return work.finally(() => underWay.delete(work));
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.allSettled([...underWay]);
    },
    end: batches.end,
  };
};
