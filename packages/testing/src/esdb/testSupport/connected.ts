import { EventStoreDBClient, jsonEvent, type JSONEventType } from '@eventstore/db-client';
import { startEsdbServer, type EsdbServer, type EsdbServerOptions } from '../esdbServer';

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
