import type { EventStore } from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { directoryTemplate, expectRight } from '@keyturn/testbed';
import { createMasterKeyFile, createVault, openVault, type Vault } from '@keyturn/vault';
import { makeProber } from '@keyturn/vendors';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CallContext } from '../context';
import { makeKeyturn, type Keyturn } from '../keyturn';
import type { KeyturnOptions } from '../options';

/** The service on real parts in a temporary directory, with a vendor sandbox. */
export interface KeyturnOnDisk {
  readonly eventsFile: string;
  readonly vaultFile: string;
  readonly keyturn: Keyturn;
  readonly eventStore: EventStore;
  readonly vault: Vault;
  readonly sandbox: VendorSandbox;
  /** A caller of workspace `acme` unless said otherwise. */
  readonly as: (context?: Partial<CallContext>) => CallContext;
  /** Another service; over the same store and vault unless its options say otherwise. */
  readonly another: (options?: Partial<KeyturnOptions>) => Keyturn;
  /** Another connection to the same events, as another process would have. Closed with the rest. */
  readonly anotherStore: () => Promise<EventStore>;
  /** Another handle on the same vault, as another process would have. Closed with the rest. */
  readonly anotherVault: () => Promise<Vault>;
  readonly close: () => Promise<void>;
}

const eventsIn = (directory: string): string => join(directory, 'events.sqlite');

const openEvents = (directory: string): Promise<EventStore> =>
  expectRight(openSqliteEventStore({ file: eventsIn(directory) }));

const masterKeyIn = (directory: string): string => join(directory, 'master-key');

const vaultIn = (directory: string) => ({
  directory: join(directory, 'vault'),
  masterKey: { kind: 'file', path: masterKeyIn(directory) } as const,
});

const newDirectory = directoryTemplate(async (directory) => {
  await expectRight(createMasterKeyFile(masterKeyIn(directory)));
  await (await expectRight(createVault(vaultIn(directory)))).close();
  await (await openEvents(directory)).close();
});

/** Opens it; `options` replace parts of it. */
export const openKeyturnOnDisk = async (options: Partial<KeyturnOptions> = {}): Promise<KeyturnOnDisk> => {
  const directory = await newDirectory();
  const open: { readonly close: () => Promise<void> }[] = [];
  const closedLater = async <A extends { readonly close: () => Promise<void> }>(opening: Promise<A>) => {
    const part = await opening;
    open.push(part);
    return part;
  };
  const anotherStore = () => closedLater(openEvents(directory));
  const anotherVault = () => closedLater(expectRight(openVault(vaultIn(directory))));
  const [eventStore, vault] = [await anotherStore(), await anotherVault()];
  const sandbox = await closedLater(startVendorSandbox());
  const prober = makeProber({
    endpointOverrides: sandbox.urls,
    retry: { baseDelayMs: 1, maxDelayMs: 2 },
  });
  const services: Keyturn[] = [];
  const another: KeyturnOnDisk['another'] = (others = {}) => {
    const authorize = () => Promise.resolve(true);
    const service = makeKeyturn({
      eventStore,
      vault,
      prober,
      authorize,
      testCallsPerMinute: 10_000,
      ...others,
    });
    services.push(service);
    return service;
  };
  const keyturn = another(options);
  return {
    eventsFile: eventsIn(directory),
    vaultFile: join(directory, 'vault', 'vault.sqlite'),
    keyturn,
    eventStore,
    vault,
    sandbox,
    as: (context = {}) => ({ workspaceId: 'acme', actor: { kind: 'user', id: 'ada' }, ...context }),
    another,
    anotherStore,
    anotherVault,
    close: async () => {
      for (const service of services) await service.settled();
      for (const part of open) await part.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
