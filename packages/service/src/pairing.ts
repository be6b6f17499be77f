import type { EventStore, Position, RecordedEvent } from '@keyturn/event-store';
import type { Pairing, SealedKeyRef, StorePairing } from '@keyturn/vault';
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

/** From now on the store belongs to this vault, unless another one came first; gives the vault that it belongs to. */
const attach = (
  store: EventStore,
  { deploymentId }: Pick<StorePairing, 'deploymentId'>,
): TE.TaskEither<Fault, string> =>
  pipe(
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
  );

const isOwn =
  ({ deploymentId }: Pick<StorePairing, 'deploymentId'>) =>
  (attached: string): E.Either<Fault, void> =>
    attached === deploymentId ? E.right(undefined) : E.left(otherVault(attached, deploymentId));

/** Whether the store is the one that the vault was paired with, and reaches as far as the vault saw it reach. */
const isKept = (store: EventStore, vault: StorePairing, kept: Pairing): TE.TaskEither<Fault, void> =>
  pipe(
    store.storeId,
    TE.bindTo('storeId'),
    TE.bind('head', () => store.head),
    TE.chainW(({ storeId, head }): TE.TaskEither<Fault, void> => {
      // Another store's id changes nothing: the vault says what is wrong.
      if (kept.storeId !== storeId) return vault.pair({ storeId, highWater: null });
      const { highWater } = kept;
      return highWater !== null && (head === null || head < highWater)
        ? TE.left(behind(highWater, head))
        : TE.right(undefined);
    }),
  );

/**
 * Whether an event store and a vault may belong together; gives the vault that the store belongs to, null when it was
 * never paired. Writes nothing: a store that was never asked for its name is not asked here, since some write it
 * then. Faults as {@link pairVault}.
 */
export const checkPairing = (store: EventStore, vault: StorePairing): TE.TaskEither<Fault, string | null> =>
  pipe(
    attachedVault(store),
    TE.chainFirstEitherKW((attached) => (attached === null ? E.right(undefined) : isOwn(vault)(attached))),
    TE.bindTo('attached'),
    // Before the head: what another process has seen since is no reason to doubt this head.
    TE.bindW('kept', () => vault.pairing),
    TE.chainFirstW(({ kept }) => (kept === null ? TE.right(undefined) : isKept(store, vault, kept))),
    TE.map(({ attached }) => attached),
  );

/**
 * Makes sure that an event store and a vault belong together, and ties them together when neither belongs to another
 * yet: each keeps the other's id, and the vault how far it saw the store reach. To be called when a service starts; a
 * sweep calls it too, since to an empty or restored store every row of the vault would look like an orphan.
 *
 * Faults: `other-vault` and `other-event-store` when one of them belongs elsewhere; `event-store-behind` when the
 * store ends before what the vault saw of it: it was restored from an older backup; those of store and vault. A
 * restored store that has grown again can't be told by its end: rows whose keys it lacks are known by
 * {@link StorePairing.markNamed}.
 */
export const pairVault = (store: EventStore, vault: StorePairing): TE.TaskEither<Fault, void> =>
  pipe(
    checkPairing(store, vault),
    // Last of all: what is written moves the store's end, which the check looks at.
    TE.chain((attached) =>
      attached === null ? pipe(attach(store, vault), TE.chainEitherK(isOwn(vault))) : TE.right(undefined),
    ),
    TE.chainW(() => store.storeId),
    TE.bindTo('storeId'),
    TE.bindW('highWater', () => store.head),
    TE.chainW((seen) => vault.pair(seen)),
  );

/**
 * Tells the vault, right after an add, that the log names the key and how far the store reached (null: that is not
 * known): so that a store restored from a backup older than the key is known for one, and the key's row never taken
 * for an orphan.
 */
export type Witness = (ref: SealedKeyRef, position: Position | null) => TE.TaskEither<Fault, void>;

export const makeWitness =
  (store: Pick<EventStore, 'storeId'>, vault: Pick<StorePairing, 'markNamed' | 'pair'>): Witness =>
  (ref, highWater) =>
    pipe(
      vault.markNamed(ref),
      TE.chainW(() => store.storeId),
      TE.chainW((storeId) => vault.pair({ storeId, highWater })),
    );
