import type { EventStore } from '@keyturn/event-store';
import type { ReadModels } from '@keyturn/projections';
import type { CallContext, withPromises } from '@keyturn/service';
import type { Vault } from '@keyturn/vault';
import { dataDirectoryAt } from './dataDirectory';
import { openEventStore } from './eventStore';
import { makeLog } from './log';
import { masterKeySource } from './masterKeySource';
import { showingProgress } from './output/progress';
import { right } from './right';
import type { Settings } from './settings';
import { locateVault } from './vaultPlace';

/** The use cases as promises. */
export type Keyturn = ReturnType<typeof withPromises>;

/** What one command works with. Its parts are opened when they are first asked for: reading needs no master key. */
export interface Session {
  readonly settings: Settings;
  readonly context: (workspaceId: string) => CallContext;
  /** The use cases, with the vault open. */
  readonly keyturn: () => Promise<Keyturn>;
  /** The use cases, with the vault open and nothing written to tie it to the event store: for looking alone. */
  readonly unpairedKeyturn: () => Promise<Keyturn>;
  /** History alone, without the vault. */
  readonly historian: () => Promise<Pick<Keyturn, 'history'>>;
  /** The read models as they stand. */
  readonly readModels: () => Promise<ReadModels>;
  /** The read models, brought up to the event store's head. */
  readonly currentReadModels: () => Promise<ReadModels>;
  readonly close: () => Promise<void>;
}

const once = <A>(open: () => Promise<A>): (() => Promise<A>) => {
  let opening: Promise<A> | undefined;
  return () => (opening ??= open());
};

/** Whoever can read the master key and write the data directory may do everything: there is nobody else to ask. */
const permitAll = (): Promise<boolean> => Promise.resolve(true);

export const makeSession = (settings: Settings): Session => {
  const data = dataDirectoryAt(settings.dataDirectory);
  const closing: Array<() => Promise<void>> = [];

  const eventStore = once(async (): Promise<EventStore> => {
    const store = await openEventStore(data, settings);
    closing.push(store.close);
    return store;
  });

  const vault = once(async (): Promise<Vault> => {
    const { openVault } = await import('@keyturn/vault');
    const { place, info } = await locateVault(data, settings.vault);
    const masterKey = await masterKeySource(settings, info);
    try {
      const opened = await showingProgress('Opening the vault', () =>
        right(openVault({ ...place, masterKey })),
      );
      closing.push(opened.close);
      return opened;
    } finally {
      if (masterKey.kind === 'passphrase') masterKey.passphrase.fill(0);
    }
  });

  /** The vault of this event store: each names the other. */
  const pairedVault = async (): Promise<Vault> => {
    const { pairVault } = await import('@keyturn/service');
    const [store, opened] = [await eventStore(), await vault()];
    await right(pairVault(store, opened));
    return opened;
  };

  const useCases = async (open: () => Promise<Vault>): Promise<Keyturn> => {
    const [service, probes] = [await import('@keyturn/service'), await import('@keyturn/vendors')];
    const prober = probes.makeProber({ endpointOverrides: settings.endpointOverrides });
    const made = service.makeKeyturn({
      eventStore: await eventStore(),
      vault: await open(),
      prober,
      authorize: permitAll,
      log: await makeLog(settings.verbose),
    });
    closing.push(made.settled);
    return service.withPromises(made);
  };

  const readModels = once(async (): Promise<ReadModels> => {
    const store = await eventStore();
    const { openReadModels } = await import('@keyturn/projections');
    const opened = await right(openReadModels({ file: data.readModels, store }));
    closing.push(opened.close);
    return opened;
  });

  return {
    settings,
    context: (workspaceId) => ({ workspaceId, actor: settings.actor() }),
    keyturn: once(() => useCases(pairedVault)),
    unpairedKeyturn: once(() => useCases(vault)),
    historian: once(async () => {
      const { vaultOutOfUse } = await import('./vaultOutOfUse.js');
      return useCases(() => Promise.resolve(vaultOutOfUse));
    }),
    readModels,
    currentReadModels: once(async () => {
      const models = await readModels();
      await showingProgress('Bringing the read models up to date', () => right(models.catchUp));
      return models;
    }),
    close: async () => {
      for (const close of closing.reverse()) await close();
    },
  };
};
