import {
  EventStoreDBClient,
  jsonEvent,
  type JSONEventType,
  type RecordedEvent,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { startEsdbServer, type EsdbServer } from '../esdbServer';
import type { EsdbServerOptions } from '../esdbServerOptions';

export interface Connected {
  readonly server: EsdbServer;
  readonly client: EventStoreDBClient;
  /** Another client of the same server. */
  readonly connect: (connectionString?: string) => EventStoreDBClient;
  readonly close: () => Promise<void>;
}

/** A server, and clients that are disposed of with it. */
export const startConnected = async (options: EsdbServerOptions = {}): Promise<Connected> => {
  const server = await startEsdbServer(options);
  const clients: EventStoreDBClient[] = [];
  const connect = (connectionString = server.connectionString): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(connectionString);
    clients.push(client);
    return client;
  };
  return {
    server,
    client: connect(),
    connect,
    close: async () => {
      await Promise.all(clients.map((client) => client.dispose()));
      await server.close();
    },
  };
};

export type Numbered = JSONEventType<string, { readonly n: number }>;

/** Events with these numbers. */
export const numbered = (...numbers: ReadonlyArray<number>): Array<ReturnType<typeof jsonEvent<Numbered>>> =>
  numbers.map((n) => jsonEvent<Numbered>({ type: 'Numbered', data: { n } }));

/** The numbers from `first` to `last`. */
export const range = (first: number, last: number): ReadonlyArray<number> =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** The events of a read, in the order in which they came. */
export const eventsOf = async (read: AsyncIterable<ResolvedEvent>): Promise<ReadonlyArray<RecordedEvent>> => {
  const events: RecordedEvent[] = [];
  for await (const { event } of read) if (event !== undefined) events.push(event);
  return events;
};

/** The numbers of the events of a read; -1 for an event without one. */
export const numbersOf = async (read: AsyncIterable<ResolvedEvent>): Promise<ReadonlyArray<number>> =>
  (await eventsOf(read)).map(({ data }) =>
    typeof data === 'object' && 'n' in data && typeof data['n'] === 'number' ? data['n'] : -1,
  );

/** Where the asking below ends: well before a test's time is up, or it would go on after the test for ever. */
const PATIENCE_MS = 20_000;

/** Asks again, in turns of the event loop, until the answer is as wanted; fails with the last one when it never is. */
export const eventually = async <A>(ask: () => Promise<A>, wanted: (answer: A) => boolean): Promise<A> => {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > end) throw new Error(`The last answer was ${inspect(answer)}, after ${PATIENCE_MS} ms.`);
    await setImmediate();
  }
};

/**
 * Asks again while it fails: the clients of one process share their connections, and learn of a cut one by a failure.
 */
export const untilGiven = async <A>(ask: () => Promise<A>): Promise<A> => {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > end) throw error;
      await setImmediate();
    }
  }
};
