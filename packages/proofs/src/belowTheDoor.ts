import type { EventStore } from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { makeKeyturn, type Keyturn, type KeyturnOptions } from '@keyturn/service';
import { expectRight } from '@keyturn/testbed';
import { openVault, type Vault } from '@keyturn/vault';
import { makeProber } from '@keyturn/vendors';
import type { Deployment } from './deployment';

/**
 * The parts of a deployment that the door has made, one by one: for a fault that is put through a port, for handles
 * of other processes, and for what lies in the event store as it is. All are closed together.
 */
export interface BelowTheDoor {
  /** A connection of its own to the events. */
  readonly openEventStore: () => Promise<EventStore>;
  /** A handle of its own on the vault. */
  readonly openVault: () => Promise<Vault>;
  /**
   * The use cases over such parts. Unless said otherwise, its prober has the deployment's sandbox, and hardly waits.
   */
  readonly service: (
    parts: Pick<KeyturnOptions, 'eventStore' | 'vault'> & Partial<KeyturnOptions>,
  ) => Keyturn;
  readonly close: () => Promise<void>;
}

export const belowTheDoor = (deployment: Deployment): BelowTheDoor => {
  const { eventsFile, vaultDirectory, vaultServer, masterKeyFile, options } = deployment;
  const { endpointOverrides = {} } = options;
  const prober = makeProber({ endpointOverrides, retry: { baseDelayMs: 1, maxDelayMs: 2 } });
  const services: Keyturn[] = [];
  const open: { readonly close: () => Promise<void> }[] = [];
  const closedLater = async <A extends { readonly close: () => Promise<void> }>(opening: Promise<A>) => {
    const part = await opening;
    open.push(part);
    return part;
  };
  return {
    openEventStore: () => closedLater(expectRight(openSqliteEventStore({ file: eventsFile, create: false }))),
    openVault: () =>
      closedLater(
        expectRight(
          openVault({
            ...(vaultServer ?? { directory: vaultDirectory }),
            masterKey: { kind: 'file', path: masterKeyFile },
          }),
        ),
      ),
    service: (parts) => {
      const authorize = () => Promise.resolve(true);
      const service = makeKeyturn({ prober, authorize, testCallsPerMinute: 10_000, ...parts });
      services.push(service);
      return service;
    },
    close: async () => {
      for (const service of services) await service.settled();
      for (const part of open) await part.close();
    },
  };
};
