import {
  fromJsonText,
  StoreFault,
  type EventStore,
  type Position,
  type RecordedEvent,
} from '@keyturn/event-store';
import type { Pairing, SealedKeyRef, StorePairing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { v4 as uuidv4 } from 'uuid';
import { ServiceFault, type Fault } from './failure';
import { untilReadable } from './winner';

/** One event: which vault the keyrings of this store belong to. Whoever writes it first decides. */
const DEPLOYMENT_STREAM = 'keyturn-deployment';

const VaultAttached = t.strict({ deploymentId: t.string });

const otherVault = (attached: string, given: string): ServiceFault =>
  new ServiceFault(
    'other-vault',
    `The event store belongs to the vault of deployment ${attached}, and the one given is of ${given}. ` +
      'Give the store its own vault.',
  );

const behind = (seen: bigint, head: bigint | null): ServiceFault =>
  new ServiceFault(
    'event-store-behind',
    `The vault has seen the event store reach position ${seen}, and now it ends at ` +
      `${head ?? 'its beginning'}: it was restored from a backup older than the vault. ` +
      'Restore the newer events, or accept the loss with `keyturn log accept`. ' +
      'Where there is none to accept, this is over once the log is as long again.',
  );

const deploymentIn = (event: RecordedEvent): E.Either<Fault, string> => {
  const attached = VaultAttached.decode(fromJsonText(event.data));
  if (E.isRight(attached)) return E.right(attached.right.deploymentId);
  return E.left(
    new ServiceFault(
      'undecodable-history',
      `Stream ${DEPLOYMENT_STREAM}, which names the vault, can't be read: something else than Keyturn wrote it.`,
    ),
  );
};

/** The deployment id of the vault that the store belongs to; null for a store that was never paired. */
export const attachedVault =
  (store: Pick<EventStore, 'readStream'>): TaskEither<Fault, string | null> =>
  async () => {
    const first = await store.readStream(DEPLOYMENT_STREAM, { direction: 'forwards', limit: 1 })();
    if (E.isLeft(first)) return first;
    const [event] = first.right.events;
    return event === undefined ? E.right(null) : deploymentIn(event);
  };

const notReadable = (): StoreFault =>
  new StoreFault(
    'unavailable',
    'The event store was just tied to a vault, and which one can not be read yet. Try again.',
  );

/**
 * From now on the store belongs to this vault, unless another one came first; gives the vault that it belongs to. A
 * store refuses the second one before the first one's event can be read, and may lose that event yet: so the refused
 * one looks and writes again, and never takes the store for its own because there is nothing to read.
 */
const attach = async (store: EventStore, deploymentId: string): Promise<E.Either<Fault, string>> => {
  const event = {
    id: uuidv4(),
    type: 'VaultAttached',
    data: JSON.stringify({ deploymentId }),
    metadata: '{}',
  };
  const attached = await untilReadable<Fault, string>(async () => {
    const appended = await store.append(DEPLOYMENT_STREAM, 'no-stream', [event])();
    if (E.isRight(appended)) return E.right(deploymentId);
    return appended.left._tag === 'AppendConflict' ? attachedVault(store)() : E.left(appended.left);
  });
  if (E.isLeft(attached)) return attached;
  return attached.right === null ? E.left(notReadable()) : E.right(attached.right);
};

const ifOwn = (attached: string, given: string): E.Either<Fault, void> =>
  attached === given ? E.right(undefined) : E.left(otherVault(attached, given));

/** Whether the store is the one that the vault was paired with. */
const ifKept = async (
  store: Pick<EventStore, 'storeId'>,
  vault: StorePairing,
  kept: Pairing,
): Promise<E.Either<Fault, void>> => {
  const storeId = await store.storeId();
  if (E.isLeft(storeId)) return storeId;
  // Another store's id changes nothing: the vault says what is wrong.
  return kept.storeId === storeId.right
    ? E.right(undefined)
    : vault.pair({ storeId: storeId.right, highWater: null })();
};

/**
 * Whether the store reaches as far as the vault saw it reach. Where it does not, it was restored from a backup: each
 * workspace tells by its witness what it lost, and a row that no event names may be the row of a lost event.
 */
export const checkReach =
  (store: Pick<EventStore, 'head'>, vault: Pick<StorePairing, 'pairing'>): TaskEither<Fault, void> =>
  async () => {
    // Before the head: what another process has seen since is no reason to doubt this head.
    const kept = await vault.pairing();
    if (E.isLeft(kept)) return kept;
    const head = await store.head();
    if (E.isLeft(head)) return head;
    const highWater = kept.right?.highWater ?? null;
    return highWater !== null && (head.right === null || head.right < highWater)
      ? E.left(behind(highWater, head.right))
      : E.right(undefined);
  };

/**
 * Whether an event store and a vault may belong together; gives the vault that the store belongs to, null when it was
 * never paired. Writes nothing: a store that was never asked for its name is not asked here, since some write it then.
 * Faults as {@link pairVault}.
 */
export const checkPairing =
  (
    store: Pick<EventStore, 'readStream' | 'storeId'>,
    vault: StorePairing,
  ): TaskEither<Fault, string | null> =>
  async () => {
    const attached = await attachedVault(store)();
    if (E.isLeft(attached)) return attached;
    const own = attached.right === null ? E.right(undefined) : ifOwn(attached.right, vault.deploymentId);
    if (E.isLeft(own)) return own;
    const kept = await vault.pairing();
    if (E.isLeft(kept)) return kept;
    const same = kept.right === null ? E.right(undefined) : await ifKept(store, vault, kept.right);
    return E.isLeft(same) ? same : attached;
  };

/**
 * Makes sure that an event store and a vault belong together, and ties them together when neither belongs to another
 * yet: each keeps the other's id, and the vault how far it saw the store reach. To be called when a service starts; a
 * sweep calls it too, since to an empty or restored store every row of the vault would look like an orphan.
 *
 * Faults: `other-vault` and `other-event-store` when one of them belongs elsewhere; those of store and vault. That the
 * store was restored from an older backup each workspace tells for itself.
 */
export const pairVault =
  (store: EventStore, vault: StorePairing): TaskEither<Fault, void> =>
  async () => {
    const { deploymentId } = vault;
    const attached = await checkPairing(store, vault)();
    if (E.isLeft(attached)) return attached;
    if (attached.right === null) {
      const first = await attach(store, deploymentId);
      const own = E.isLeft(first) ? first : ifOwn(first.right, deploymentId);
      if (E.isLeft(own)) return own;
    }
    const storeId = await store.storeId();
    if (E.isLeft(storeId)) return storeId;
    const highWater = await store.head();
    if (E.isLeft(highWater)) return highWater;
    return vault.pair({ storeId: storeId.right, highWater: highWater.right })();
  };

/**
 * Tells the vault, right after an add, that the log names the key and how far the store reached (null: that is not
 * known). So a store restored from a backup older than the key is known for one, and the key's row never taken for an
 * orphan.
 */
export type Witness = (ref: SealedKeyRef, position: Position | null) => TaskEither<Fault, void>;

export const makeWitness =
  (store: Pick<EventStore, 'storeId'>, vault: Pick<StorePairing, 'markNamed' | 'pair'>): Witness =>
  (ref, highWater) =>
  async () => {
    const marked = await vault.markNamed(ref)();
    if (E.isLeft(marked)) return marked;
    const storeId = await store.storeId();
    if (E.isLeft(storeId)) return storeId;
    return vault.pair({ storeId: storeId.right, highWater })();
  };
