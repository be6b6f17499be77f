import { isListed, type CommandBody, type Decider } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { unlessCancelled } from '../cancellation';
import { asKnownNow, type CommandWith } from '../context';
import type { Failure } from '../failure';
import type { KeyringRepository } from '../keyringRepository';
import { nextOf } from '../systemCommand';
import type { CheckInPassing } from './checkInPassing';
import type { LeakCheck } from './killCheck';

interface CheckBeforeDeleteParts {
  readonly clock: () => number;
  readonly decider: Pick<Decider, 'decide'>;
  readonly repository: Pick<KeyringRepository, 'load'>;
  readonly checkInPassing: CheckInPassing;
}

type HardDelete = CommandWith<Extract<CommandBody, { readonly type: 'HardDeleteKey' }>>;

/**
 * One kill check of a key that is about to be hard-deleted, from the bytes that will be gone then. Whatever comes of it
 * holds up nothing: null where there was none.
 */
export type CheckBeforeDelete = (
  command: HardDelete,
  signal: AbortSignal | undefined,
) => Promise<E.Either<Failure, LeakCheck | null>>;

const NOT_DELETED = 'The key is not deleted. That its vendor was asked may be recorded.';

export const makeCheckBeforeDelete =
  ({ clock, decider, repository, checkInPassing }: CheckBeforeDeleteParts): CheckBeforeDelete =>
  async (command, signal) => {
    const { body, workspaceId } = command;
    const loaded = await repository.load(workspaceId)();
    if (E.isLeft(loaded)) return loaded;
    const { keyring } = loaded.right;
    // What would be refused is refused before the vendor is called.
    const decision = decider.decide(keyring, asKnownNow(command));
    if (E.isLeft(decision)) return decision;
    const key = keyring.keys.get(body.keyId);
    if (key === undefined || !isListed(key)) return E.right(null);
    const cause = { ...command, caseId: body.caseId };
    const asked = nextOf(cause, clock(), { type: 'StartTestCall', keyId: key.keyId, purpose: 'kill-check' });
    const checked = await checkInPassing({ asked, caseId: body.caseId, keyring, key, signal });
    const cancelled = unlessCancelled(signal, NOT_DELETED);
    return E.isLeft(cancelled) ? cancelled : E.right(checked);
  };
