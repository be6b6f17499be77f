import {
  StoreFault,
  type AppendConflict,
  type AppendResult,
  type EventData,
  type ExpectedRevision,
} from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppendAnswer, AppendRequest } from './appends';
import { makeBatches } from './batches';
import { troubleOf, type Connection } from './connection';
import type { Reading } from './reading';
import { backoffMs } from './retrying';
import { sendSingle } from './singles';
import { storeFaultOf, UNSENDABLE_WORDS } from './storeFaults';
import { deletedStream, tombstonedStream } from './streamFaults';
import { inTime } from './timeLimit';
import { isPassing } from './trouble';

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

const isSentAgain = ({ expected }: AppendRequest, sent: AppendAnswer, attempt: number): boolean => {
  if (sent.kind === 'timed-out') return expected === 'no-stream' || typeof expected === 'number';
  return sent.kind === 'turned-away' && attempt < ATTEMPTS && isPassing(troubleOf(sent.error));
};

const faultOf = (code: StoreFault['code'], message: string) => E.left(new StoreFault(code, message));

export const makeAppending = (connection: Connection, reading: Reading, deadlineMs: number): Appending => {
  const batches = makeBatches(connection);
  const underWay = new Set<Promise<unknown>>();

  const sendOnce = async (request: AppendRequest, withinMs: number): Promise<AppendAnswer> => {
    try {
      const { takesBatches } = await inTime(connection.features(), withinMs);
      return takesBatches
        ? await batches.send(request, withinMs)
        : await sendSingle(connection, request, withinMs);
    } catch (error) {
      return { kind: 'turned-away', error: error instanceof Error ? error : new Error('unknown') };
    }
  };

  /**
   * Sent again where nothing was done. So it is where the server itself gave up on an append that can't be written
   * twice: a server drops such an append without an answer while the same one, sent before, can't be read yet. Any
   * other that may have been done is for the caller to send again.
   */
  const send = async (request: AppendRequest): Promise<AppendAnswer> => {
    const begun = performance.now();
    let mayBeDone = false;
    for (let attempt = 1, leftMs = deadlineMs; ; attempt += 1) {
      const sent = await sendOnce(request, leftMs);
      const again = isSentAgain(request, sent, attempt);
      mayBeDone ||= sent.kind === 'timed-out';
      await (again ? delay(Math.min(leftMs, backoffMs(attempt, LONGEST_WAIT_MS))) : undefined);
      leftMs = deadlineMs - (performance.now() - begun);
      if (again && leftMs > 0) continue;
      // Only the same append tells for certain whether the one before it was written.
      return mayBeDone && sent.kind !== 'done' && sent.kind !== 'conflict' ? { kind: 'unknown' } : sent;
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
      case 'timed-out':
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
        // One that was not ended for good takes events, but for those who expect it to be there.
        return E.left(expected === 'stream-exists' ? deletedStream(stream) : tombstonedStream(stream));
      case 'unsendable':
        return faultOf('invalid-argument', `The append to stream ${stream}: ${UNSENDABLE_WORDS}`);
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
        return E.left(deletedStream(stream));
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
