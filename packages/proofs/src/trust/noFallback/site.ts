import type { Keyturn } from '@keyturn/service';
import type { Vault } from '@keyturn/vault';
import { makeProber, type Prober } from '@keyturn/vendors';
import { belowTheDoor } from '../../belowTheDoor';
import { newDeployment } from '../../deployment';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import { brokenStore, brokenVault, type Breakage } from './brokenStore';
import type { FaultyStore } from '../faulty/stores';
import type { FaultyVault } from '../faulty/vaults';
import { placeCredentials, type Credentials } from './credentials';
import { openDoor, type Door } from './door';
import { VENDORS } from './steps';
import type { VaultHomes, VaultTables } from './tables/vaultTables';

/** A service over connections of its own to the same events and the same vault. */
export interface Instance {
  readonly keyturn: Keyturn;
  readonly breakage: Breakage;
  /** The same service over a vault that was closed. */
  readonly withoutVault: Keyturn;
}

/** Two services, vendors, operator credentials in reach, and everything watched. */
export interface Site {
  readonly instances: readonly [Instance, Instance];
  readonly sandbox: VendorSandbox;
  readonly prober: Prober;
  readonly tables: VaultTables;
  readonly door: Door;
  readonly credentials: Credentials;
  /** Every request that reached a vendor since the last call, as text. */
  readonly takeRequests: () => ReadonlyArray<string>;
  readonly close: () => Promise<void>;
}

/** Faulty parts in the place of the product's own. */
export interface Sabotage {
  readonly vault?: FaultyVault;
  readonly eventStore?: FaultyStore;
  readonly prober?: (prober: Prober) => Prober;
  readonly keyturn?: (keyturn: Keyturn, credentials: Credentials) => Keyturn;
}

export const openSite = async (newHome: VaultHomes, sabotage: Sabotage): Promise<Site> => {
  let requests: string[] = [];
  const home = await newHome();
  const deployment = await newDeployment(home.server);
  const parts = belowTheDoor(deployment);
  const sandbox = await startVendorSandbox({ onRequest: (text) => requests.push(text) });
  const prober = makeProber({
    endpointOverrides: Object.fromEntries(VENDORS.map((vendor) => [vendor, sandbox.url])),
    retry: { baseDelayMs: 1, maxDelayMs: 2 },
  });
  const credentials = placeCredentials(deployment.directory, VENDORS, sandbox.issueKey);
  const tables = home.tables(deployment.vaultDirectory);
  const door = openDoor(tables);

  const openInstance = async (): Promise<Instance> => {
    const breakage: Breakage = { store: null, at: null, shredsLater: false, witnessesLater: false };
    const store = brokenStore(await parts.openEventStore(), breakage);
    const eventStore = sabotage.eventStore?.(store) ?? store;
    const over = (opened: Vault): Keyturn => {
      const vault = brokenVault(opened, breakage);
      const keyturn = parts.service({
        eventStore,
        prober: sabotage.prober?.(prober) ?? prober,
        vault: sabotage.vault?.(vault) ?? vault,
      });
      return sabotage.keyturn?.(keyturn, credentials) ?? keyturn;
    };
    const closed = await parts.openVault();
    await closed.close();
    return { breakage, keyturn: over(await parts.openVault()), withoutVault: over(closed) };
  };

  const close = async (): Promise<void> => {
    door.close();
    credentials.close();
    await tables.close();
    await parts.close();
    await deployment.close();
    await home.close();
    await sandbox.close();
  };
  try {
    const instances = [await openInstance(), await openInstance()] as const;
    await expectWatched(credentials);
    return {
      instances,
      sandbox,
      prober,
      tables,
      door,
      credentials,
      takeRequests: () => {
        const taken = requests;
        requests = [];
        return taken;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** The credentials are real, in reach, and a look at any of them is seen: else nothing that follows says anything. */
const expectWatched = async ({ operator, texts, takeReads }: Credentials): Promise<void> => {
  for (const [index, source] of [...VENDORS, 'environment'].entries()) {
    takeReads();
    const text = await operator.withOperatorCredential(source, (credential) =>
      credential.use((bytes) => Buffer.from(bytes).toString('latin1')),
    );
    if (text !== texts[index]) throw new Error(`The operator credential of ${source} is another.`);
    if (takeReads() === 0)
      throw new Error(`The operator credential of ${source} was read, and nothing saw it.`);
  }
};
