import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import {
  StoreFault,
  type AllPage,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamPage,
} from '@keyturn/event-store';
import type { Connection } from './connection';
import { receive } from './receiving';
import { retried } from './retrying';
import { troubleOf } from './storeFaults';
import { allRead, isUserStream, newestRead, positionOf, recordedEvent, streamOf, streamRead } from './wire';

/** A server that lives answers within this, also where it has to look through much for one event that matches. */
const WAIT_MS = 60_000;
const HOLD = 512;

type ServerEvent = ReadResp.ReadEvent.RecordedEvent;

/** The reads of a connection. Reject with the client's errors. */
export interface Reading {
  readonly stream: (stream: string, options: ReadStreamOptions) => Promise<StreamPage>;
  readonly all: (options: ReadAllOptions) => Promise<AllPage>;
  /** Of all there is, the server's own events included. */
  readonly head: () => Promise<Position | null>;
  /** The newest event of a stream; null for none. */
  readonly newestOf: (stream: string) => Promise<RecordedEvent | null>;
  /** Whether the stream was deleted, and not so that nothing can ever be appended to it. */
  readonly isSoftDeleted: (stream: string) => Promise<boolean>;
}

interface Answer {
  readonly events: ReadonlyArray<ServerEvent>;
  readonly streamExists: boolean;
}

/** Where the metadata of a soft-deleted stream says that everything before lies beyond reach: the largest revision. */
const hasTombstone = (metadata: unknown): boolean =>
  typeof metadata === 'object' &&
  metadata !== null &&
  '$tb' in metadata &&
  Number(metadata.$tb) >= Number.MAX_SAFE_INTEGER;

export const makeReading = (connection: Connection): Reading => {
  const once = async (request: ReadReq): Promise<Answer> => {
    const events: ServerEvent[] = [];
    let streamExists = true;
    for await (const messages of receive(connection, request, { hold: HOLD, waitMs: WAIT_MS })) {
      for (const message of messages) {
        if (message.hasStreamNotFound()) streamExists = false;
        const event = message.getEvent()?.getEvent();
        if (event !== undefined) events.push(event);
      }
    }
    return { events, streamExists };
  };
  const read = (request: ReadReq): Promise<Answer> => retried(() => once(request), troubleOf);

  const newestOf: Reading['newestOf'] = async (stream) => {
    const { events } = await read(streamRead(stream, { backwards: true, count: 1 }));
    const [newest] = events;
    return newest === undefined ? null : recordedEvent(newest);
  };

  const isSoftDeleted: Reading['isSoftDeleted'] = async (stream) =>
    hasTombstone((await newestOf(`$$${stream}`))?.data);

  const head: Reading['head'] = async () => {
    const [newest] = (await read(newestRead())).events;
    return newest === undefined ? null : positionOf(newest);
  };

  return {
    newestOf,
    isSoftDeleted,
    head,

    stream: async (stream, { direction, from, limit }) => {
      const backwards = direction === 'backwards';
      const { events, streamExists } = await read(
        // One more than asked for: whether it is there tells whether this page is the last.
        streamRead(stream, { backwards, count: limit + 1, ...(from === undefined ? {} : { from }) }),
      );
      if (!streamExists && (await isSoftDeleted(stream))) {
        throw new StoreFault(
          'stream-deleted',
          `Stream ${stream} was deleted in the event store. Restore it from a backup.`,
        );
      }
      return { events: events.slice(0, limit).map(recordedEvent), end: events.length <= limit };
    },

    all: async ({ after, streamPrefix, limit }) => {
      const end = await head();
      if (end === null) return { events: [], readTo: after ?? null, end: true };
      const found: ServerEvent[] = [];
      let from = after;
      for (;;) {
        // A read begins with the event at the place, and one more tells whether there is more.
        const count = limit - found.length + 2;
        const { events } = await read(allRead({ after: from, streamPrefix, count }));
        const begin = from;
        found.push(
          ...events.filter(
            (event) => (begin === undefined || positionOf(event) > begin) && isUserStream(streamOf(event)),
          ),
        );
        const last = events.at(-1);
        if (events.length < count || found.length > limit || last === undefined) break;
        from = positionOf(last);
      }
      const page = found.slice(0, limit).map(recordedEvent);
      if (found.length > limit) return { events: page, readTo: page.at(-1)?.position ?? null, end: false };
      const reached = [after, page.at(-1)?.position].reduce<Position>(
        (furthest, place) => (place !== undefined && place > furthest ? place : furthest),
        end,
      );
      return { events: page, readTo: reached, end: true };
    },
  };
};
