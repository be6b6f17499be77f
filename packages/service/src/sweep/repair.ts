import type { KeyId, Keyring } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
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

/** Sees to one matter; null when it is done with, or turned out to be none. Safe to run by many at once. */
export type Repair = (cause: Cause, keyring: Keyring, matter: Matter) => Promise<Unrepaired | null>;

const unrepaired = ({ code, message }: Failure): Unrepaired => ({ code, reason: message });

/** A refusal says that the keyring has moved on: there is nothing left to repair. */
const unlessRefused = (failure: Failure): Unrepaired | null =>
  isRefusal(failure) ? null : unrepaired(failure);

export const makeRepair = (parts: RepairParts): Repair => {
  const { clock, destroy, handleDeletion, handler, rateLimit, repository, testKey, vault } = parts;

  /** Burned first: an add that is still on its way is refused from then on, so that no event comes to name the row. */
  const removeOrphan = async (cause: Cause, keyId: KeyId, burned: boolean): Promise<Unrepaired | null> => {
    if (!burned) {
      const abandoned = await handler.handle(followUp(cause, clock(), { type: 'AbandonAdd', keyId }))();
      if (E.isLeft(abandoned)) return unlessRefused(abandoned.left);
    }
    const shredded = await vault.shred(cause.workspaceId, [keyId])();
    return E.isLeft(shredded) ? unrepaired(shredded.left) : null;
  };

  const destroySecret = async (cause: Cause, keyring: Keyring, keyId: KeyId): Promise<Unrepaired | null> => {
    if (keyring.keys.get(keyId)?.destroyed === true) {
      const shredded = await vault.shred(cause.workspaceId, [keyId])();
      return E.isLeft(shredded) ? unrepaired(shredded.left) : null;
    }
    const { state, reason } = await destroy(cause, keyring, keyId);
    return state === 'confirmed' ? null : { code: 'destruction-pending', reason: reason ?? '' };
  };

  /** Frozen anew since then, it stays so. */
  const unfreeze = async (cause: Cause, keyId: KeyId, frozenAt: number): Promise<Unrepaired | null> => {
    const { workspaceId } = cause;
    const thawed = await vault.unfreeze({ workspaceId, keyId }, frozenAt)();
    return E.isLeft(thawed) && thawed.left.code !== 'missing-secret' ? unrepaired(thawed.left) : null;
  };

  const test = async (cause: Cause, keyId: KeyId): Promise<Unrepaired | null> => {
    const allowed = rateLimit(cause.workspaceId);
    if (E.isLeft(allowed)) return unrepaired(allowed.left);
    const asked = followUp(cause, clock(), { type: 'StartTestCall', keyId, purpose: 'sweep' });
    const tested = await testKey(asked, keyId, 'sweep')();
    if (E.isLeft(tested)) return 'before' in tested.left ? null : unlessRefused(tested.left);
    const { validation } = tested.right;
    return validation.kind === 'inconclusive'
      ? { code: 'inconclusive', reason: `The test call told nothing: ${validation.reason}.` }
      : null;
  };

  /** Ends all runs of the workspace that lapsed: of several such matters the first sees to all. */
  const expireRuns = async (cause: Cause): Promise<Unrepaired | null> => {
    const storeTime = await repository.storeTime();
    if (E.isLeft(storeTime)) return unrepaired(storeTime.left);
    for (;;) {
      const now = clock();
      const command = followUp(cause, now, { type: 'ExpireRuns', now, storeTime: storeTime.right });
      const expired = await handleDeletion(command)();
      if (E.isLeft(expired)) return unrepaired(expired.left);
      if (expired.right.handled.events.length === 0) return null;
    }
  };

  return (cause, keyring, matter) => {
    switch (matter.kind) {
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
