import { afterAll, beforeAll } from '@jest/globals';
import { describeEventStoreContract } from '@keyturn/event-store/contract';
import { startEsdbServer, type EsdbServer } from '@keyturn/testbed/esdb';
import { connected } from './testSupport/connected';
import { refusedFrom } from './testSupport/refusedFrom';

const CLUSTER = process.env['ESDB_URL'];

let server: EsdbServer | undefined;
beforeAll(async () => {
  if (CLUSTER === undefined) server = await startEsdbServer();
});
afterAll(() => server?.close());

const connectionString = (): string => CLUSTER ?? server?.connectionString ?? '';

describeEventStoreContract(
  'EventStoreDB',
  async () => ({
    store: await connected(connectionString()),
    openAnother: () => connected(connectionString()),
    dispose: () => Promise.resolve(),
  }),
  { startsEmpty: false, severalHandles: true, maxAppendBytes: () => refusedFrom(connectionString()) },
);
