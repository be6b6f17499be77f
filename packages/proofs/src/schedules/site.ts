import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '@keyturn/event-store';
import { connectEventStoreDb, parseConnectionString } from '@keyturn/event-store-eventstoredb';
import { openReadModels, type ReadModels } from '@keyturn/projections';
import type { Keyturn } from '@keyturn/service';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { startEsdbServer, type EsdbServer } from '@keyturn/testbed/esdb';
import { expectRight } from '@keyturn/testbed';
import type { Vault } from '@keyturn/vault';
import type { VendorSandbox } from '@keyturn/vendors/sandbox';
import type { FaultyStore } from '../trust/faulty/stores';
import { belowTheDoor, type BelowTheDoor } from '../belowTheDoor';
import { newDeployment } from '../deployment';

/**
 * Two services and a projector, each with a connection of its own to three nodes; vault, read models and vendors are
 * real.
 */
export interface Site {
  readonly server: EsdbServer;
  readonly vendors: VendorSandbox;
  readonly services: ReadonlyArray<Keyturn>;
  /** A connection that no fault has been near. */
  readonly store: EventStore;
  readonly models: ReadModels;
  readonly rebuilt: () => Promise<ReadModels>;
  readonly close: () => Promise<void>;
}

/** A cluster of one's own takes the place of the server: then no faults are made, only commands raced. */
const cluster = process.env['ESDB_URL'];

const connect = (connectionString: string): Promise<EventStore> =>
  expectRight(pipe(TE.fromEither(parseConnectionString(connectionString)), TE.chain(connectEventStoreDb)));

/** Faulty parts in the place of the product's own. */
export interface SiteParts {
  /** Of the services. */
  readonly eventStore?: FaultyStore;
  /** Of the read models. */
  readonly projected?: FaultyStore;
}

/** What every schedule of a round has in common. */
export interface Common {
  readonly vault: Vault;
  readonly vendors: VendorSandbox;
  readonly service: BelowTheDoor['service'];
  readonly close: () => Promise<void>;
}

/** A vault that the door has made, and vendors. The events are those of each schedule. */
export const openCommon = async (): Promise<Common> => {
  const deployment = await newDeployment();
  const parts = belowTheDoor(deployment);
  return {
    vault: await parts.openVault(),
    vendors: deployment.sandbox,
    service: parts.service,
    close: async () => {
      await parts.close();
      await deployment.close();
    },
  };
};

export const openSite = async (
  { vault, vendors, service }: Common,
  faulty: SiteParts = {},
): Promise<Site> => {
  const server = await startEsdbServer({ nodes: 3 });
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-schedule-'));
  const stores: EventStore[] = [];
  const open: ReadModels[] = [];
  const connected = async (): Promise<EventStore> => {
    // A node that is away is given up soon: the wait for it would be most of a schedule.
    const store = await connect(
      cluster ?? `${server.connectionString}&maxDiscoverAttempts=2&discoveryInterval=20`,
    );
    stores.push(store);
    return store;
  };
  const modelsIn = async (file: string, store: EventStore): Promise<ReadModels> => {
    const models = await expectRight(openReadModels({ file: join(directory, file), store }));
    open.push(models);
    return models;
  };
  const services = [await connected(), await connected()].map((store) =>
    service({ vault, eventStore: faulty.eventStore?.(store) ?? store }),
  );
  const projected = await connected();
  const models = await modelsIn('read-models.sqlite', faulty.projected?.(projected) ?? projected);
  const stop = new AbortController();
  const projecting = models.run(stop.signal)();
  return {
    server,
    vendors,
    services,
    store: await connected(),
    models,
    rebuilt: async () => {
      const fresh = await modelsIn('rebuilt.sqlite', await connected());
      await expectRight(fresh.catchUp);
      return fresh;
    },
    close: async () => {
      stop.abort();
      await expectRight(() => projecting);
      for (const each of services) await each.settled();
      for (const each of open) await each.close();
      for (const store of stores) await store.close();
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
