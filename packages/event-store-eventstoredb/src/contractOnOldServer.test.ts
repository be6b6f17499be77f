import { afterAll, beforeAll } from '@jest/globals';
import { describeEventStoreContract } from '@keyturn/event-store/contract';
import { startEsdbServer, type EsdbServer } from '@keyturn/testbed/esdb';
import { connected } from './testSupport/connected';
import { refusedFrom } from './testSupport/refusedFrom';

// The oldest line that is promised, whose readers see each write a moment later, as those of a real server do.
let server: EsdbServer | undefined;
beforeAll(async () => {
  server = await startEsdbServer({ version: '23.10', indexLag: 1, writeTimeoutMs: 100 });
});
afterAll(() => server?.close());

const connectionString = (): string => server?.connectionString ?? '';

describeEventStoreContract(
  'EventStoreDB 23.10',
  async () => ({
    store: await connected(connectionString()),
    openAnother: () => connected(connectionString()),
    dispose: () => Promise.resolve(),
  }),
  {
    startsEmpty: false,
    severalHandles: true,
    maxAppendBytes: () => refusedFrom(connectionString()),
    modelRuns: 5,
  },
);
