import type { EventStore } from '@keyturn/event-store';
import type { Keyturn } from '@keyturn/service';
import type { Vault } from '@keyturn/vault';
import type { VendorSandbox } from '@keyturn/vendors/sandbox';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { FaultyStore } from '../faulty/stores';
import { belowTheDoor } from '../../belowTheDoor';
import { newDeployment } from '../../deployment';
import { startOpener, type Opener } from './openers';
import type { ShreddedVault, ShreddedVaultKind } from './shreddedVault';

const OPENERS = 2;

/** Notes when the store acknowledged the first hard delete that this service appended since it was last asked. */
const notingDeletes = (store: EventStore) => {
  let at: bigint | null = null;
  const noting: EventStore = {
    ...store,
    append: (stream, expected, events) =>
      pipe(
        store.append(stream, expected, events),
        TE.map((appended) => {
          if (events.some(({ type }) => type === 'KeyHardDeleted')) at ??= process.hrtime.bigint();
          return appended;
        }),
      ),
  };
  return {
    store: noting,
    deletedAt: (): bigint | null => {
      const noted = at;
      at = null;
      return noted;
    },
  };
};

/** A deployment with processes that have been running since before any of its keys was there. */
export interface Stand {
  readonly sandbox: VendorSandbox;
  readonly keyturn: Keyturn;
  /** What lies in the log, whatever the service's own store says. */
  readonly eventStore: EventStore;
  /** The service's vault, without a fault. */
  readonly opened: Vault;
  readonly vault: ShreddedVault;
  readonly deletedAt: () => bigint | null;
  readonly openers: ReadonlyArray<Opener>;
  /** Where anything of a key may lie. */
  readonly directories: ReadonlyArray<string>;
  /** Ends the processes. */
  readonly closeOpeners: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Faulty parts of the service that deletes, in the place of its own. */
export interface StandParts {
  readonly vault?: (vault: Vault, stand: Pick<Stand, 'vault'>) => Vault;
  readonly eventStore?: FaultyStore;
}

export const openStand = async (kind: ShreddedVaultKind, parts: StandParts = {}): Promise<Stand> => {
  let directory = '';
  const vault = await kind.open(() => directory);
  const deployment = await newDeployment(vault.server);
  const below = belowTheDoor(deployment);
  directory = deployment.vaultDirectory;
  const start = () =>
    startOpener({
      events: deployment.eventsFile,
      vault: vault.server ?? { directory },
      masterKey: deployment.masterKeyFile,
    });
  const [eventStore, opened] = [await below.openEventStore(), await below.openVault()];
  const openers: Opener[] = [];
  for (let n = 0; n < OPENERS; n += 1) openers.push(await start());
  const { store, deletedAt } = notingDeletes(eventStore);
  const closeOpeners = async (): Promise<void> => {
    for (const opener of openers) await opener.close();
  };
  return {
    sandbox: deployment.sandbox,
    eventStore,
    opened,
    keyturn: below.service({
      eventStore: parts.eventStore?.(store) ?? store,
      vault: parts.vault?.(opened, { vault }) ?? opened,
    }),
    vault,
    deletedAt,
    openers,
    directories: [deployment.data, ...vault.directories],
    closeOpeners,
    close: async () => {
      await closeOpeners();
      await below.close();
      await deployment.close();
      await vault.close();
    },
  };
};
