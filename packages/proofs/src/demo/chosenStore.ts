import { mkdirSync } from 'node:fs';
import { startEsdbServer } from '@keyturn/testbed/esdb';

export const STORES = 'embedded|eventstoredb|esdb://…';

/** Where the demonstration keeps its events. */
interface ChosenStore {
  /** What tells `keyturn`. The connection string has a password: never an argument. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

const nothing = async (): Promise<void> => undefined;

/** Starts the server where one is wanted, with TLS and users, its log in the directory. */
export const chosenStore = async (wanted: string, directory: string): Promise<ChosenStore> => {
  if (wanted === 'embedded') return { environment: { KEYTURN_STORE: '' }, close: nothing };
  if (wanted !== 'eventstoredb') return { environment: { KEYTURN_STORE: wanted }, close: nothing };
  mkdirSync(directory);
  const server = await startEsdbServer({ tls: true, data: directory });
  process.stderr.write(
    'The events go to an EventStoreDB endpoint that is for development alone, through the real client over ' +
      'gRPC and TLS.\n',
  );
  return { environment: { KEYTURN_STORE: server.connectionString }, close: server.close };
};
