import type { KeyId, Keyring } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { Destruction } from '../destroy';
import { isRefusal, type Failure } from '../failure';
import { followUp, type Cause } from '../systemCommand';
import type { UseCaseParts } from '../useCaseParts';
import type { Matter } from './matters';

/** Why a matter is still there. */
export interface Unrepaired {
  readonly code: string;
  readonly reason: string;
}

type RepairParts = Pick<
  UseCaseParts,
  'clock' | 'destroy' | 'handleDeletion' | 'handler' | 'rateLimit' | 'repository' | 'testKey' | 'vault'
>;

/** `settled`: the keyring has moved on, and there was nothing left to repair. */
export type Outcome = 'repaired' | 'settled' | Unrepaired;

/** Sees to one matter. Safe to run by many at once. */
export type Repair = (cause: Cause, keyring: Keyring, matter: Matter) => Promise<Outcome>;

const unrepaired = ({ code, message }: Failure): Unrepaired => ({ code, reason: message });

/** Refusals that say that the keyring has moved on: an orphan became a key, or a key without a result was deleted. */
const MOVED_ON: ReadonlyArray<string> = ['key-id-used', 'unknown-key', 'key-not-on-file'];

const unlessMovedOn = (failure: Failure): Outcome =>
  isRefusal(failure) && MOVED_ON.includes(failure.code) ? 'settled' : unrepaired(failure);

const LOST: Unrepaired = {
  code: 'event-store-behind',
  reason:
    'The event log named this key once, and does not now: the event store was restored from a backup older than the key. The secret is kept. Restore both to the same moment, or add the key again.',
};

export const makeRepair = (parts: RepairParts): Repair => {
  const { clock, destroy, handleDeletion, handler, rateLimit, repository, testKey, vault } = parts;

  const shred = async ({ workspaceId }: Cause, keyId: KeyId): Promise<Outcome> => {
    const shredded = await vault.shred(workspaceId, [keyId])();
    return E.isLeft(shredded) ? unrepaired(shredded.left) : 'repaired';
  };

  const destroyed = ({ state, reason }: Destruction): Outcome =>
    state === 'confirmed' ? 'repaired' : { code: 'destruction-pending', reason: reason ?? '' };

  /** Burned first: an add that is still on its way is refused from then on, so that no event comes to name the row. */
  const removeOrphan = async (cause: Cause, keyId: KeyId, burned: boolean): Promise<Outcome> => {
    if (!burned) {
      const abandoned = await handler.handle(followUp(cause, clock(), { type: 'AbandonAdd', keyId }))();
      if (E.isLeft(abandoned)) return unlessMovedOn(abandoned.left);
    }
    return shred(cause, keyId);
  };

  const destroySecret = async (cause: Cause, keyring: Keyring, keyId: KeyId): Promise<Outcome> =>
    keyring.keys.get(keyId)?.destroyed === true
      ? shred(cause, keyId)
      : destroyed(await destroy(cause, keyring, keyId));

  /** Frozen anew since then, it stays so. */
  const unfreeze = async (cause: Cause, keyId: KeyId, frozenAt: number): Promise<Outcome> => {
    const { workspaceId } = cause;
    const thawed = await vault.unfreeze({ workspaceId, keyId }, frozenAt)();
    return E.isLeft(thawed) && thawed.left.code !== 'missing-secret' ? unrepaired(thawed.left) : 'repaired';
  };

  const test = async (cause: Cause, keyId: KeyId): Promise<Outcome> => {
    const allowed = rateLimit(cause.workspaceId);
    if (E.isLeft(allowed)) return unrepaired(allowed.left);
    const asked = followUp(cause, clock(), { type: 'StartTestCall', keyId, purpose: 'sweep' });
    const tested = await testKey(asked, keyId, 'sweep')();
    if (E.isLeft(tested)) return 'before' in tested.left ? 'repaired' : unlessMovedOn(tested.left);
    const { validation } = tested.right;
    return validation.kind === 'inconclusive'
      ? { code: 'inconclusive', reason: `The test call told nothing: ${validation.reason}.` }
      : 'repaired';
  };

  /** Ends all runs of the workspace that lapsed. */
  const expireRuns = async (cause: Cause): Promise<Outcome> => {
    const storeTime = await repository.storeTime();
    if (E.isLeft(storeTime)) return unrepaired(storeTime.left);
    let outcome: Outcome = 'repaired';
    for (;;) {
      const now = clock();
      const command = followUp(cause, now, { type: 'ExpireRuns', now, storeTime: storeTime.right });
      const expired = await handleDeletion(command)();
      if (E.isLeft(expired)) return unrepaired(expired.left);
      const pending = expired.right.destructions.find(({ state }) => state === 'pending');
      if (pending !== undefined) outcome = destroyed(pending);
      if (expired.right.handled.events.length === 0) return outcome;
    }
  };

  return async (cause, keyring, matter) => {
    switch (matter.kind) {
      case 'key-lost-from-log':
        return LOST;
      case 'orphan':
        return removeOrphan(cause, matter.keyId, matter.burned);
      case 'undestroyed-secret':
        return destroySecret(cause, keyring, matter.keyId);
      case 'frozen-row':
        return unfreeze(cause, matter.keyId, matter.frozenAt);
      case 'untested-key':
        return test(cause, matter.keyId);
      case 'lapsed-run':
        return expireRuns(cause);
    }
  };
};
