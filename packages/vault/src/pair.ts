import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from './faults';
import type { VaultStorage } from './storage';
import type { Vault } from './vault';

/** Keeps which event store the vault belongs to, and how far that reached. */
export const pairer =
  (storage: Pick<VaultStorage, 'pair'>): Vault['pair'] =>
  (given) =>
    pipe(
      storage.pair(given),
      TE.filterOrElse(
        (kept) => kept.storeId === given.storeId,
        (kept) =>
          new VaultFault(
            'other-event-store',
            `the vault belongs to the event store ${kept.storeId}, and the one given is ${given.storeId}: ` +
              'give the vault its own store, or the store its own vault',
          ),
      ),
      TE.map(() => undefined),
    );
