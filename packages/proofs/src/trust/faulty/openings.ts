import * as eventStores from '@keyturn/event-store-sqlite';
import * as vaults from '@keyturn/vault';
import * as vendors from '@keyturn/vendors';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { createRequire } from 'node:module';
import type { FaultyProber } from './probers';
import type { FaultyStore } from './stores';
import type { FaultyVault } from './vaults';

/** What is done to each part as it is opened. */
export interface Openings {
  readonly vault: FaultyVault;
  readonly eventStore: FaultyStore;
  readonly prober: FaultyProber;
}

/**
 * In the module that has it of its own: packages' faces and whoever imports them take it from there, in both systems
 * of modules.
 */
const exchange = (opening: string, sound: unknown, other: unknown): void => {
  const { cache } = createRequire(__filename);
  const homes = Object.values(cache).flatMap((module) => {
    const exports: unknown = module?.exports;
    const isHome =
      typeof exports === 'object' &&
      exports !== null &&
      Object.getOwnPropertyDescriptor(exports, opening)?.value === sound;
    return isHome ? [exports] : [];
  });
  if (homes.length !== 1) throw new Error(`${homes.length} modules have ${opening} of their own`);
  for (const home of homes) Reflect.set(home, opening, other);
};

/**
 * From now on whoever opens a part by its package gets what `by` makes of it. To be called before the door is opened
 * for the first time in a process: `import()` keeps a package's face as it was when that was first asked for.
 */
export const exchangeOpenings = (by: Openings): void => {
  const { openVault } = vaults;
  exchange('openVault', openVault, (options: vaults.VaultOptions) =>
    pipe(openVault(options), TE.map(by.vault)),
  );
  const { openSqliteEventStore } = eventStores;
  exchange(
    'openSqliteEventStore',
    openSqliteEventStore,
    (options: Parameters<typeof openSqliteEventStore>[0]) =>
      pipe(openSqliteEventStore(options), TE.map(by.eventStore)),
  );
  const { makeProber } = vendors;
  exchange('makeProber', makeProber, (options?: vendors.ProberOptions) => by.prober(makeProber(options)));
};
