import { EventStoreDBClient } from '@eventstore/db-client';
import type { EventStore } from '@keyturn/event-store';
import { startEsdbServer, type EsdbServer, type EsdbServerOptions } from '@keyturn/testbed/esdb';
import { connected } from './connected';

/** A server of a test's own, and what speaks to it. */
export interface OnServer {
  readonly server: EsdbServer;
  readonly store: EventStore;
  /** A further store on the server, with further options of the connection string, as `name=value`. */
  readonly another: (...options: ReadonlyArray<string>) => Promise<EventStore>;
  /** The bare client, for what the adapter does not do. */
  readonly bare: EventStoreDBClient;
}

/** Runs a test on a server of its own. */
export const withServer =
  (test: (on: OnServer) => Promise<void>, options: EsdbServerOptions = {}) =>
  async (): Promise<void> => {
    const server = await startEsdbServer(options);
    const stores: EventStore[] = [];
    const bare = EventStoreDBClient.connectionString(server.connectionString);
    const another = async (...more: ReadonlyArray<string>): Promise<EventStore> => {
      const store = await connected([server.connectionString, ...more].join('&'));
      stores.push(store);
      return store;
    };
    try {
      await test({ server, store: await another(), another, bare });
    } finally {
      await Promise.all(stores.map((store) => store.close()));
      await bare.dispose();
      await server.close();
    }
  };
