import type { EventStore, Position, RecordedEvent } from '@keyturn/event-store';
import type { Vault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { v4 as uuidv4 } from 'uuid';
import { ServiceFault, type Fault } from './failure';

/** One event: which vault the keyrings of this store belong to. Whoever writes it first decides. */
const DEPLOYMENT_STREAM = 'keyturn-deployment';

const VaultAttached = t.strict({ deploymentId: t.string });

const otherVault = (attached: string, given: string): ServiceFault =>
  new ServiceFault(
    'other-vault',
    `The event store belongs to the vault of deployment ${attached}, and the one given is of ${given}. Give the store its own vault.`,
  );

const behind = (seen: bigint, head: bigint | null): ServiceFault =>
  new ServiceFault(
    'event-store-behind',
    `The vault has seen the event store reach position ${seen}, and now it ends at ${head ?? 'its beginning'}: it was restored from a backup older than the vault. Restore both to the same moment.`,
  );

const deploymentIn = (event: RecordedEvent | undefined): E.Either<Fault, string | null> =>
  event === undefined
    ? E.right(null)
    : pipe(
        VaultAttached.decode(event.data),
        E.map(({ deploymentId }): string | null => deploymentId),
        E.mapLeft(
          () =>
            new ServiceFault(
              'undecodable-history',
              `Stream ${DEPLOYMENT_STREAM}, which names the vault, can't be read: something else than Keyturn wrote it.`,
            ),
        ),
      );

/** The deployment id of the vault that the store belongs to; null for a store that was never paired. */
export const attachedVault = (store: EventStore): TE.TaskEither<Fault, string | null> =>
  pipe(
    store.readStream(DEPLOYMENT_STREAM, { direction: 'forwards', limit: 1 }),
    TE.chainEitherKW(({ events }) => deploymentIn(events[0])),
  );

/** The vault that the store belongs to; this one from now on if it belonged to none. */
const attach = (store: EventStore, { deploymentId }: Vault): TE.TaskEither<Fault, string> =>
  pipe(
    attachedVault(store),
    TE.chain((known) =>
      known !== null
        ? TE.right(known)
        : pipe(
            store.append(DEPLOYMENT_STREAM, 'no-stream', [
              { id: uuidv4(), type: 'VaultAttached', data: { deploymentId }, metadata: {} },
            ]),
            TE.map(() => deploymentId),
            TE.orElse((failure) =>
              failure._tag === 'AppendConflict'
                ? pipe(
                    attachedVault(store),
                    TE.map((first) => first ?? deploymentId),
                  )
                : TE.left<Fault, string>(failure),
            ),
          ),
    ),
  );

/**
 * Makes sure that an event store and a vault belong together, and ties them together when neither belongs to another yet:
 * each keeps the other's id, and the vault how far it saw the store reach. To be called when a service starts; a sweep
 * calls it too, since to an empty or restored store every row of the vault would look like an orphan.
 *
 * Faults: `other-vault` and `other-event-store` when one of them belongs elsewhere; `event-store-behind` when the store was
 * restored from a backup older than the vault; those of store and vault.
 */
export const pairVault = (store: EventStore, vault: Vault): TE.TaskEither<Fault, void> =>
  pipe(
    attach(store, vault),
    TE.filterOrElse(
      (attached) => attached === vault.deploymentId,
      (attached): Fault => otherVault(attached, vault.deploymentId),
    ),
    TE.chainW(() => store.storeId),
    TE.bindTo('storeId'),
    // Before the head: what another process has seen since is no reason to doubt this head.
    TE.bindW('kept', () => vault.pairing),
    TE.bindW('head', () => store.head),
    TE.chainW(({ storeId, kept, head }): TE.TaskEither<Fault, void> => {
      const seen = kept?.storeId === storeId ? kept.highWater : null;
      return seen !== null && (head === null || head < seen)
        ? TE.left(behind(seen, head))
        : vault.pair({ storeId, highWater: head });
    }),
  );

/**
 * Tells the vault that the store reached this position: right after an add, so that a store restored from a backup older
 * than the key is known for one, and the key's row is not taken for an orphan.
 */
export type Witness = (position: Position) => TE.TaskEither<Fault, void>;

export const makeWitness =
  (store: Pick<EventStore, 'storeId'>, vault: Pick<Vault, 'pair'>): Witness =>
  (highWater) =>
    pipe(
      store.storeId,
      TE.chainW((storeId) => vault.pair({ storeId, highWater })),
    );
