import {
  StoreFault,
  type AppendConflict,
  type AppendResult,
  type EventData,
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
import { inTime } from './timeLimit';

const ATTEMPTS = 5;
const LONGEST_WAIT_MS = 500;

/**
 * No server takes more in one message, whatever it is set to take in one append: it ends the call, and all appends on
 * it.
 */
const LARGEST_BYTES = 16 * 1024 * 1024 - 64 * 1024;
/** An event's id, type and framing, at the most. */
const ENVELOPE_BYTES = 1_024;

const sizeOf = (events: ReadonlyArray<EventData>): number =>
  events.reduce(
    (size, { data, metadata }) =>
      size + Buffer.byteLength(data) + Buffer.byteLength(metadata) + ENVELOPE_BYTES,
    0,
  );

export interface Appending {
  readonly append: (
    stream: string,
    expected: ExpectedRevision,
    events: ReadonlyArray<EventData>,
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
    try {
      const { takesBatches } = await inTime(connection.features(), deadlineMs);
      return takesBatches ? await batches.send(request) : await sendSingle(connection, request, deadlineMs);
    } catch (error) {
      return { kind: 'turned-away', error: error instanceof Error ? error : new Error('unknown') };
    }
  };

  /** Sent again only where nothing was done: what may have been done is for the caller to send again. */
  const send = async (request: AppendRequest): Promise<AppendAnswer> => {
    const begun = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      const sent = await sendOnce(request);
      if (sent.kind !== 'turned-away' || !isPassing(troubleOf(sent.error))) return sent;
      if (attempt === ATTEMPTS || performance.now() - begun > deadlineMs) return sent;
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
              'invalid-argument',
              `Some of these events are in stream ${stream} already, and some are not: ` +
                'an append is sent again whole, or with new ids. Nothing was written.',
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
          `The append to stream ${stream}: the event store gave no answer. It may have been written; ` +
            'send the same append again.',
        );
      case 'access-denied':
        return faultOf(
          'access-denied',
          `The event store does not let this user append to stream ${stream}. ` +
            'See to its name, password and permissions.',
        );
      case 'stream-deleted':
        return faultOf(
          'stream-deleted',
          `Stream ${stream} was deleted in the event store, and takes no more events. Restore it from a backup.`,
        );
      case 'too-large':
        return faultOf(
          'too-large',
          `The append to stream ${stream} is larger than the event store takes. Nothing was written; ` +
            'append less at once.',
        );
      case 'invalid':
        return faultOf('invalid-argument', `The event store does not take this append to stream ${stream}.`);
    }
  };

  const append: Appending['append'] = async (stream, expected, events) => {
    const request = { stream, expected, events };
    if (sizeOf(events) > LARGEST_BYTES) return outcomeOf(request, { kind: 'too-large' });
    try {
      // The server takes appends to a stream that was deleted, and shows those alone from then on. To ask each time
      // would cost as much as the append, so it is asked only for the first append of a stream. One that knows the
      // stream by its last revision still goes through, behind all that was appended before; whoever reads the stream
      // then is told.
      if (expected === 'no-stream' && (await inTime(reading.isSoftDeleted(stream), deadlineMs))) {
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
