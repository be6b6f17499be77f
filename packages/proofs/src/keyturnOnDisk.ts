import type { EventStore, StoreFault } from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import {
  makeKeyturn,
  withPromises,
  type CallContext,
  type Keyturn,
  type KeyturnOptions,
} from '@keyturn/service';
import { directoryTemplate, expectRight } from '@keyturn/testbed';
import {
  createMasterKeyFile,
  createVault,
  openVault,
  type MasterKeySource,
  type PostgresPlace,
  type Vault,
  type VaultPlace,
} from '@keyturn/vault';
import { makeProber } from '@keyturn/vendors';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import type { TaskEither } from 'fp-ts/TaskEither';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

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
  /** Where the vault's files lie, unless it is on a server. */
  readonly vaultDirectory: string;
  /** Another handle on the same vault, as another process would have. Closed with the rest. */
  readonly anotherVault: () => Promise<Vault>;
  readonly close: () => Promise<void>;
}

const EVENTS = 'events.sqlite';
const VAULT = 'vault';
const MASTER_KEY = 'master-key';

const vaultDirectoryIn = (directory: string): string => join(directory, 'data', VAULT);

/** A database for the vault, and how long a call waits there for another process, in milliseconds. */
export type VaultServer = PostgresPlace & { readonly busyTimeoutMs?: number };

const vaultIn = (
  directory: string,
  server?: VaultServer,
): VaultPlace & { readonly masterKey: MasterKeySource } => ({
  ...(server ?? { directory: vaultDirectoryIn(directory) }),
  masterKey: { kind: 'file', path: join(directory, MASTER_KEY) },
});

const eventsIn = (directory: string): TaskEither<StoreFault, EventStore> =>
  openSqliteEventStore({ file: join(directory, 'data', EVENTS) });

/** The disk is flushed many times to make one: it is made once, and copied. */
const newDirectory = directoryTemplate(async (directory) => {
  mkdirSync(join(directory, 'data'));
  await expectRight(createMasterKeyFile(join(directory, MASTER_KEY)));
  await (await expectRight(createVault(vaultIn(directory)))).close();
  await (await expectRight(eventsIn(directory))).close();
});

/** Opens it; `options` replace parts of it. The vault is made on a server, if one is given. */
export const openKeyturnOnDisk = async (
  options: Partial<KeyturnOptions> = {},
  server?: VaultServer,
): Promise<KeyturnOnDisk> => {
  const directory = await newDirectory();
  const access = vaultIn(directory, server);
  if (server !== undefined) {
    rmSync(vaultDirectoryIn(directory), { recursive: true });
    await (await expectRight(createVault(access))).close();
  }
  const vaults: Vault[] = [];
  const anotherVault = async (): Promise<Vault> => {
    const opened = await expectRight(openVault(access));
    vaults.push(opened);
    return opened;
  };
  const vault = await anotherVault();
  const stores: EventStore[] = [];
  const anotherStore = async (): Promise<EventStore> => {
    const store = await expectRight(eventsIn(directory));
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
    vaultDirectory: vaultDirectoryIn(directory),
    anotherVault,
    close: async () => {
      for (const service of services) await service.settled();
      for (const store of stores) await store.close();
      for (const opened of vaults) await opened.close();
      await sandbox.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
