import * as eventStores from '@keyturn/event-store-sqlite';
import * as vaults from '@keyturn/vault';
import * as vendors from '@keyturn/vendors';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { thatTellsNothing, type FaultyProber } from '../faulty/probers';
import { thatForgets, thatLeavesOut, whoseClockStands, type FaultyStore } from '../faulty/stores';
import { thatDoesNotShred, thatDoesNotThaw, thatSealsLate, type FaultyVault } from '../faulty/vaults';
import { FAULTY_NAMES, type FaultyName } from './faultyNames';

interface Parts {
  readonly vault?: FaultyVault;
  readonly eventStore?: FaultyStore;
  readonly prober?: FaultyProber;
}

const PARTS: { readonly [N in FaultyName]: Parts } = {
  'a vault that does not shred, and says that it did': { vault: thatDoesNotShred },
  'a vault that does not let a frozen row open again': { vault: thatDoesNotThaw },
  'a vault that says that a secret is sealed, and seals it later': { vault: thatSealsLate(2_000) },
  'a store that forgets a hard delete, which it acknowledged': { eventStore: thatForgets('KeyHardDeleted') },
  'a store whose clock stands': { eventStore: whoseClockStands },
  'a store that leaves out events when all are read': { eventStore: thatLeavesOut('DefaultChanged') },
  'a prober that can never tell': { prober: thatTellsNothing },
};

/**
 * To be loaded before the product: whoever opens a part by its package gets the faulty one that TRUST_FAULTY names, once there
 * is the file that TRUST_FAULTY_SINCE names.
 */
const { TRUST_FAULTY: name, TRUST_FAULTY_SINCE: since } = process.env;
const known = FAULTY_NAMES.find((one) => one === name);
if (known === undefined) throw new Error(`there is no faulty part "${name ?? ''}"`);
const { vault, eventStore, prober } = PARTS[known];

const orSound =
  <P>(faulty: ((part: P) => P) | undefined) =>
  (part: P): P =>
    faulty !== undefined && since !== undefined && existsSync(since) ? faulty(part) : part;

const { cache } = createRequire(__filename);

/** In the module that has it of its own: packages' faces and whoever imports them take it from there, in both systems of modules. */
const exchange = (opening: string, sound: unknown, other: unknown): void => {
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

const { openVault } = vaults;
exchange('openVault', openVault, (options: vaults.VaultOptions) =>
  pipe(openVault(options), TE.map(orSound(vault))),
);
const { openSqliteEventStore } = eventStores;
exchange(
  'openSqliteEventStore',
  openSqliteEventStore,
  (options: Parameters<typeof openSqliteEventStore>[0]) =>
    pipe(openSqliteEventStore(options), TE.map(orSound(eventStore))),
);
const { makeProber } = vendors;
exchange('makeProber', makeProber, (options?: vendors.ProberOptions) => orSound(prober)(makeProber(options)));
