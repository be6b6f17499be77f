import type { EventStore } from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import {
  makeKeyturn,
  withPromises,
  type CallContext,
  type Keyturn,
  type KeyturnOptions,
} from '@keyturn/service';
import { createMasterKeyFile, createVault, type Vault } from '@keyturn/vault';
import { makeProber } from '@keyturn/vendor-probes';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVendorSandbox, type VendorSandbox } from './vendorSandbox';

/** The right side; a left one, which may be a refusal and no error, is thrown as an error's cause. */
export const expectRight = async <L, A>(task: TaskEither<L, A>): Promise<A> => {
  const result = await task();
  if (E.isRight(result)) return result.right;
  throw new Error(`left: ${JSON.stringify(result.left)}`, { cause: result.left });
};

/** The whole service on real parts in a temporary directory, with a vendor sandbox. */
export interface KeyturnOnDisk {
  readonly directory: string;
  readonly keyturn: Keyturn;
  readonly promises: ReturnType<typeof withPromises>;
  readonly eventStore: EventStore;
  readonly vault: Vault;
  readonly sandbox: VendorSandbox;
  /** A caller of workspace `acme` unless said otherwise. */
  readonly as: (context?: Partial<CallContext>) => CallContext;
  /** Another service; over the same store and vault unless its options say otherwise. */
  readonly another: (options?: Partial<KeyturnOptions>) => Keyturn;
  /** Another connection to the same file of events, as another process would have. Closed with the rest. */
  readonly anotherStore: () => Promise<EventStore>;
  readonly close: () => Promise<void>;
}

/** Opens it; `options` replace parts of it. */
export const openKeyturnOnDisk = async (options: Partial<KeyturnOptions> = {}): Promise<KeyturnOnDisk> => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-test-'));
  mkdirSync(join(directory, 'data'));
  const masterKeyFile = join(directory, 'master-key');
  await expectRight(createMasterKeyFile(masterKeyFile));
  const vault = await expectRight(
    createVault({
      directory: join(directory, 'data', 'vault'),
      masterKey: { kind: 'file', path: masterKeyFile },
    }),
  );
  const stores: EventStore[] = [];
  const anotherStore = async (): Promise<EventStore> => {
    const store = await expectRight(openSqliteEventStore({ file: join(directory, 'data', 'events.sqlite') }));
    stores.push(store);
    return store;
  };
  const eventStore = await anotherStore();
  const sandbox = await startVendorSandbox();
  const prober = makeProber({
    endpointOverrides: { anthropic: sandbox.url, openai: sandbox.url },
    retry: { baseDelayMs: 1, maxDelayMs: 2 },
  });
  const services: Keyturn[] = [];
  const another: KeyturnOnDisk['another'] = (others = {}) => {
    const service = makeKeyturn({
      eventStore,
      vault,
      prober,
      authorize: () => Promise.resolve(true),
      testCallsPerMinute: 10_000,
      ...others,
    });
    services.push(service);
    return service;
  };
  const keyturn = another(options);
  return {
    directory,
    keyturn,
    promises: withPromises(keyturn),
    eventStore,
    vault,
    sandbox,
    as: (context = {}) => ({ workspaceId: 'acme', actor: { kind: 'user', id: 'ada' }, ...context }),
    another,
    anotherStore,
    close: async () => {
      for (const service of services) await service.settled();
      for (const store of stores) await store.close();
      await vault.close();
      await sandbox.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
