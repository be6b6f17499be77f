import { describeEventStoreContract } from '@keyturn/event-store/contract';
import { temporaryStores } from './testSupport/temporaryStores';

describeEventStoreContract(
  'SQLite',
  async () => {
    const { open, remove } = temporaryStores();
    return { store: await open(), openAnother: () => open(), dispose: remove };
  },
  { severalHandles: true, maxAppendBytes: 1024 * 1024 },
);
