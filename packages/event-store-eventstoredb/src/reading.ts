import {
  fromJsonText,
  StoreFault,
  type AllPage,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamPage,
} from '@keyturn/event-store';
import { troubleOf, type Connection } from './connection';
import { receive } from './receiving';
import { retried } from './retrying';
import { scan } from './scanning';
import { cutStream, deletedStream } from './streamFaults';
import type { ReadQuery, StreamQuery } from './reads';

/** A server that lives answers within this, also where it has to look through much for one event that matches. */
const WAIT_MS = 60_000;
const HOLD = 512;

/**
 * Checkpoints that one page goes past, each after 1,024 events that were looked at: bounds the time where hardly any
 * match.
 */
const CHECKPOINTS_IN_PAGE = 20;

/** The reads of a connection. Reject with the client's errors. */
export interface Reading {
  readonly stream: (stream: string, options: ReadStreamOptions) => Promise<StreamPage>;
  readonly all: (options: ReadAllOptions) => Promise<AllPage>;
  /** Of all there is, the server's own events included. */
  readonly head: () => Promise<Position | null>;
  /** Events of a stream, as far as it has them: whatever it lacks is not told. */
  readonly eventsOf: (query: Omit<StreamQuery, 'kind'>) => Promise<ReadonlyArray<RecordedEvent>>;
  /** The newest event of a stream; null for none. */
  readonly newestOf: (stream: string) => Promise<RecordedEvent | null>;
  /** Whether the stream was deleted, and not so that nothing can ever be appended to it. */
  readonly isSoftDeleted: (stream: string) => Promise<boolean>;
}

interface Answer {
  readonly events: ReadonlyArray<RecordedEvent>;
  readonly streamExists: boolean;
}

/** Where the metadata of a soft-deleted stream says that everything before lies beyond reach: the largest revision. */
const hasTombstone = (metadata: unknown): boolean =>
  typeof metadata === 'object' &&
  metadata !== null &&
  '$tb' in metadata &&
  Number(metadata.$tb) >= Number.MAX_SAFE_INTEGER;

/**
 * Whether a page lacks events that its stream had: revisions have no gaps. Of a deleted stream to which more was
 * appended the server shows that alone.
 */
const isCut = (
  events: ReadonlyArray<RecordedEvent>,
  { direction, from, limit }: ReadStreamOptions,
): boolean => {
  if (direction === 'backwards') return events.length <= limit && (events.at(-1)?.revision ?? 0) > 0;
  return (events[0]?.revision ?? 0) > (from ?? 0);
};

const pageOfAll = async (
  connection: Connection,
  { after, limit, ...filter }: ReadAllOptions,
): Promise<AllPage> => {
  const events: RecordedEvent[] = [];
  let readTo = after ?? null;
  let checkpoints = 0;
  const page = (end: boolean): AllPage => ({ events, readTo, end });
  const scanned = scan(connection, { after, ...filter }, { hold: Math.min(HOLD, limit), waitMs: WAIT_MS });
  for await (const messages of scanned) {
    for (const message of messages) {
      const { position } = message;
      if (position !== null && (readTo === null || position > readTo)) {
        readTo = position;
        if (message.kind === 'event') events.push(message.event);
      }
      if (message.kind === 'caught-up') return page(true);
      if (message.kind === 'checkpoint') checkpoints += 1;
      if (events.length === limit || checkpoints === CHECKPOINTS_IN_PAGE) return page(false);
    }
  }
  throw new StoreFault(
    'unavailable',
    'The event store ended a read of all events before its end. Try again.',
  );
};

export const makeReading = (connection: Connection): Reading => {
  const once = async (query: ReadQuery): Promise<Answer> => {
    const events: RecordedEvent[] = [];
    let streamExists = true;
    for await (const messages of receive(await connection.openRead(query), {
      hold: HOLD,
      waitMs: WAIT_MS,
    })) {
      for (const message of messages) {
        if (message.streamNotFound) streamExists = false;
        if (message.event !== null) events.push(message.event);
      }
    }
    return { events, streamExists };
  };
  const read = (query: ReadQuery): Promise<Answer> => retried(() => once(query), troubleOf);

  const eventsOf: Reading['eventsOf'] = async (query) => (await read({ kind: 'stream', ...query })).events;

  const newestOf: Reading['newestOf'] = async (stream) =>
    (await eventsOf({ stream, backwards: true, count: 1 }))[0] ?? null;

  const isSoftDeleted: Reading['isSoftDeleted'] = async (stream) => {
    const metadata = await newestOf(`$$${stream}`);
    return metadata !== null && hasTombstone(fromJsonText(metadata.data));
  };

  /** Whether a stream that is there, and gave nothing, has nothing: who reads on behind its end finds nothing, too. */
  const isEmptied = async (stream: string, { direction, from }: ReadStreamOptions): Promise<boolean> =>
    direction === 'backwards' || (from ?? 0) === 0 || (await newestOf(stream)) === null;

  const head: Reading['head'] = async () => {
    const [newest] = (await read({ kind: 'newest' })).events;
    return newest?.position ?? null;
  };

  return {
    eventsOf,
    newestOf,
    isSoftDeleted,
    head,

    stream: async (stream, options) => {
      const { direction, from, limit } = options;
      const backwards = direction === 'backwards';
      const { events, streamExists } = await read(
        // One more than asked for: whether it is there tells whether this page is the last.
        { kind: 'stream', stream, backwards, count: limit + 1, ...(from === undefined ? {} : { from }) },
      );
      if (!streamExists && (await isSoftDeleted(stream))) throw deletedStream(stream);
      if (
        isCut(events, options) ||
        (streamExists && events.length === 0 && (await isEmptied(stream, options)))
      ) {
        throw cutStream(stream);
      }
      return { events: events.slice(0, limit), end: events.length <= limit };
    },

    all: (options) => retried(() => pageOfAll(connection, options), troubleOf),
  };
};
