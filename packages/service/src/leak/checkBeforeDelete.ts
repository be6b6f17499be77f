import { isListed, type CommandBody, type Decider } from '@keyturn/domain';
import { withinTime } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import { unlessCancelled } from '../cancellation';
import type { CommandWith } from '../context';
import type { Failure } from '../failure';
import type { KeyringRepository } from '../keyringRepository';
import type { ServiceLog } from '../options';
import { nextOf } from '../systemCommand';
import type { KillCheck, LeakCheck } from './killCheck';

interface CheckBeforeDeleteParts {
  readonly clock: () => number;
  readonly decider: Pick<Decider, 'decide'>;
  readonly repository: Pick<KeyringRepository, 'load'>;
  readonly killCheck: KillCheck;
  readonly log: ServiceLog;
  /** Milliseconds that the vendor gets for its word. */
  readonly killCheckWaitMs: number;
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

export const makeCheckBeforeDelete =
  ({
    clock,
    decider,
    repository,
    killCheck,
    log,
    killCheckWaitMs,
  }: CheckBeforeDeleteParts): CheckBeforeDelete =>
  async (command, signal) => {
    const { actor, body, workspaceId } = command;
    const loaded = await repository.load(workspaceId)();
    if (E.isLeft(loaded)) return loaded;
    const { keyring } = loaded.right;
    // What would be refused is refused before the vendor is called.
    const decision = decider.decide(keyring, command);
    if (E.isLeft(decision)) return decision;
    const key = keyring.keys.get(body.keyId);
    if (key === undefined || !isListed(key)) return E.right(null);
    const cause = { ...command, caseId: body.caseId };
    const asked = nextOf(cause, clock(), { type: 'StartTestCall', keyId: key.keyId, purpose: 'kill-check' });
    const checked = await withinTime(killCheckWaitMs, signal, (ending) =>
      killCheck({ asked, caseId: body.caseId, keyring, key, secret: null, signal: ending }),
    );
    const cancelled = unlessCancelled(signal);
    if (E.isLeft(cancelled)) return cancelled;
    if (E.isRight(checked)) return checked;
    const facts = { actor, workspaceId, keyId: key.keyId, code: checked.left.code };
    log.warn(facts, 'a key could not be checked before its hard delete');
    return E.right(null);
  };
