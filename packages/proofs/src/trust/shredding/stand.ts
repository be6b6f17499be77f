import { join } from 'node:path';
import type { EventStore } from '@keyturn/event-store';
import type { Keyturn } from '@keyturn/service';
import type { Vault } from '@keyturn/vault';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { FaultyStore } from '../faulty/stores';
import { openKeyturnOnDisk, type KeyturnOnDisk } from '../../keyturnOnDisk';
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

/** A site with processes that have been running since before any of its keys was there. */
export interface Stand {
  readonly site: KeyturnOnDisk;
  readonly keyturn: Keyturn;
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
  readonly vault?: (vault: Vault, stand: Pick<Stand, 'site' | 'vault'>) => Vault;
  readonly eventStore?: FaultyStore;
}

export const openStand = async (kind: ShreddedVaultKind, parts: StandParts = {}): Promise<Stand> => {
  let directory = '';
  const vault = await kind.open(() => directory);
  const site = await openKeyturnOnDisk({}, vault.server);
  directory = site.vaultDirectory;
  const data = join(site.directory, 'data');
  const start = () =>
    startOpener({
      events: join(data, 'events.sqlite'),
      vault: vault.server ?? { directory },
      masterKey: join(site.directory, 'master-key'),
    });
  const openers: Opener[] = [];
  for (let n = 0; n < OPENERS; n += 1) openers.push(await start());
  const { store, deletedAt } = notingDeletes(site.eventStore);
  const closeOpeners = async (): Promise<void> => {
    for (const opener of openers) await opener.close();
  };
  return {
    site,
    keyturn: site.another({
      eventStore: parts.eventStore?.(store) ?? store,
      vault: parts.vault?.(site.vault, { site, vault }) ?? site.vault,
    }),
    vault,
    deletedAt,
    openers,
    directories: [data, ...vault.directories],
    closeOpeners,
    close: async () => {
      await closeOpeners();
      await site.close();
      await vault.close();
    },
  };
};
