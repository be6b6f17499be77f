import {
  CASE_RULE,
  CaseId,
  HardDeleteReason,
  invalidInput,
  KeyId,
  listedKeys,
  type CommandBody,
  type Refusal,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { pipe } from 'fp-ts/function';
import type { TaskEither } from 'fp-ts/TaskEither';
import { EVERY_DEFAULT, targetOf, type ImpliedEffect } from './authorization';
import { commanded, withContext, withRequest, type Commanding } from './commanding';
import { decoded, type CallContext, type CommandWith } from './context';
import type { DeletionHandler, HandledDeletion } from './deletionHandler';
import type { Destruction } from './destroy';
import { isRefusal, type Failure } from './failure';
import { flagGiven, type MembersOf } from './given';
import type { CheckBeforeDelete } from './leak/checkBeforeDelete';
import type { LeakCheck } from './leak/killCheck';
import { keySummary, summaryOf, type KeySummary, type Speaking } from './keySummary';
import { writeResultOf, type WriteResult } from './writeResult';

export interface DeleteKeyRequest {
  readonly keyId: string;
  /** Becomes Default wherever the deleted key was. */
  readonly successor?: string | undefined;
  /** The caller's word that the workspace may be left without any key. */
  readonly leaveEmpty?: boolean | undefined;
}

export interface HardDeleteKeyRequest {
  readonly keyId: string;
  readonly successor?: string | undefined;
  readonly caseId: string;
  /** `leak` when left out: the secret then never comes back on file. */
  readonly reason?: 'leak' | 'other';
  /**
   * Ask the vendor once whether the key still works, while its bytes are there. The delete waits for the answer, and
   * goes on whatever it is, also where the hook does not permit the check. Of a leak alone, and not with an expected
   * revision, since the check is recorded first.
   */
  readonly killCheck?: boolean;
}

export interface KeyDeletion extends WriteResult {
  readonly key: KeySummary;
  /** `retired`: runs still hold the key; it goes with the last of them. */
  readonly state: 'retired' | 'hard-deleted';
  /** How many runs held the key when it was retired. */
  readonly openRuns: number;
  readonly interruptedRuns: ReadonlyArray<string>;
  readonly destructions: ReadonlyArray<Destruction>;
  /** It was hard-deleted before, by another act: this one recorded at most that it leaked. */
  readonly alreadyDeleted: boolean;
  /** Keys that are not deleted and have the same secret: this act left them as they are. */
  readonly sameSecret: ReadonlyArray<KeySummary>;
  /** What the vendor said just before, where it was asked; null where it was not, or not in time, and for a repeat. */
  readonly killCheck: Omit<LeakCheck, keyof WriteResult> | null;
}

const DELETE: MembersOf<DeleteKeyRequest> = { keyId: true, successor: true, leaveEmpty: true };
const HARD_DELETE: MembersOf<HardDeleteKeyRequest> = {
  keyId: true,
  successor: true,
  caseId: true,
  reason: true,
  killCheck: true,
};

/** What a last kill check does beside the delete. */
const CHECK_EFFECTS: ReadonlyArray<ImpliedEffect> = ['secret-released', 'vendor-called'];

type Body<T extends CommandBody['type']> = Extract<CommandBody, { readonly type: T }>;
type HardDelete = CommandWith<Body<'HardDeleteKey'>>;

const successorOf = (successor: string | undefined): E.Either<Refusal, KeyId | null> =>
  successor === undefined ? E.right(null) : decoded(KeyId, 'successor', successor);

const deleteBody = (request: DeleteKeyRequest): E.Either<Refusal, Body<'DeleteKey'>> => {
  const keyId = decoded(KeyId, 'keyId', request.keyId);
  if (E.isLeft(keyId)) return keyId;
  const successor = successorOf(request.successor);
  if (E.isLeft(successor)) return successor;
  const leaveEmpty = flagGiven('leaveEmpty', request.leaveEmpty);
  if (E.isLeft(leaveEmpty)) return leaveEmpty;
  return E.right({
    type: 'DeleteKey',
    keyId: keyId.right,
    successor: successor.right,
    leaveEmpty: leaveEmpty.right,
  });
};

const hardDeleteBody = (request: HardDeleteKeyRequest): E.Either<Refusal, Body<'HardDeleteKey'>> => {
  const keyId = decoded(KeyId, 'keyId', request.keyId);
  if (E.isLeft(keyId)) return keyId;
  const successor = successorOf(request.successor);
  if (E.isLeft(successor)) return successor;
  const caseId = decoded(CaseId, 'caseId', request.caseId, CASE_RULE);
  if (E.isLeft(caseId)) return caseId;
  const reason = decoded(HardDeleteReason, 'reason', request.reason ?? 'leak', 'leak or other');
  if (E.isLeft(reason)) return reason;
  const killCheck = flagGiven('killCheck', request.killCheck);
  if (E.isLeft(killCheck)) return killCheck;
  if (killCheck.right && reason.right !== 'leak') {
    return E.left(invalidInput('killCheck', 'left out, where the reason is no leak'));
  }
  return E.right({
    type: 'HardDeleteKey',
    keyId: keyId.right,
    successor: successor.right,
    caseId: caseId.right,
    reason: reason.right,
  });
};

/**
 * Without a successor and without the word that nothing may be left, a deletion that would move a Default is refused.
 */
const effectsOf = ({ successor, leaveEmpty }: DeleteKeyRequest): ReadonlyArray<ImpliedEffect> =>
  successor === undefined && leaveEmpty !== true ? [] : EVERY_DEFAULT;

export const deleteKeyCommand = (
  parts: Commanding,
  context: CallContext,
  given: DeleteKeyRequest,
): TaskEither<Failure, CommandWith<Body<'DeleteKey'>>> =>
  withRequest(given, DELETE, (request) =>
    commanded(
      parts,
      context,
      {
        action: 'DeleteKey',
        impliedEffects: effectsOf(request),
        target: targetOf({ keyId: request.keyId }),
      },
      () => deleteBody(request),
    ),
  );

interface HardDeleteAsked {
  readonly command: HardDelete;
  /** The caller may have the key opened for a last kill check, too. */
  readonly mayCheck: boolean;
}

/** Nothing holds up a hard delete: who may not have the key checked may delete it all the same. */
const hardDeleteAsked = (
  parts: Commanding,
  context: CallContext,
  given: HardDeleteKeyRequest,
): TaskEither<Failure, HardDeleteAsked> =>
  withContext(context, (once) =>
    withRequest(given, HARD_DELETE, (request) => {
      const asking = (more: ReadonlyArray<ImpliedEffect>): TaskEither<Failure, HardDelete> =>
        commanded(
          parts,
          once,
          {
            action: 'HardDeleteKey',
            impliedEffects: [...EVERY_DEFAULT, ...more],
            target: targetOf({ keyId: request.keyId }),
          },
          () => hardDeleteBody(request),
        );
      const askingAlone = asking([]);
      const askingToCheck = request.killCheck === true ? asking(CHECK_EFFECTS) : null;
      return async (): Promise<E.Either<Failure, HardDeleteAsked>> => {
        const checking = askingToCheck === null ? null : await askingToCheck();
        if (checking !== null && !isNotPermitted(checking)) {
          return E.isLeft(checking) ? checking : E.right({ command: checking.right, mayCheck: true });
        }
        const alone = await askingAlone();
        return E.isLeft(alone) ? alone : E.right({ command: alone.right, mayCheck: false });
      };
    }),
  );

const isNotPermitted = (asked: E.Either<Failure, HardDelete>): boolean =>
  E.isLeft(asked) && isRefusal(asked.left) && asked.left.code === 'not-permitted';

export const hardDeleteKeyCommand = (
  parts: Commanding,
  context: CallContext,
  given: HardDeleteKeyRequest,
): TaskEither<Failure, HardDelete> =>
  pipe(
    hardDeleteAsked(parts, context, given),
    TE.map(({ command }) => command),
  );

/** From what the command recorded, so that a retry answers the same. */
const deletedBy = (
  speaking: Speaking,
  keyId: KeyId,
  { handled, destructions }: HandledDeletion,
): E.Either<Failure, KeyDeletion> => {
  const interrupted = handled.events.flatMap(({ event }) =>
    event.type === 'KeyHardDeleted' && event.data.keyId === keyId ? [event.data.interruptedRuns] : [],
  )[0];
  const openRuns = handled.events.flatMap(({ event }) =>
    event.type === 'KeyRetired' ? [event.data.openRuns] : [],
  )[0];
  const { keyring } = handled;
  const key = keySummary(speaking, keyring, keyId);
  if (E.isLeft(key)) return key;
  const fingerprint = keyring.keys.get(keyId)?.fingerprint;
  return E.right({
    key: key.right,
    state: openRuns === undefined ? 'hard-deleted' : 'retired',
    openRuns: openRuns ?? 0,
    interruptedRuns: interrupted ?? [],
    destructions,
    alreadyDeleted: interrupted === undefined && openRuns === undefined,
    sameSecret: listedKeys(keyring)
      .filter((other) => other.keyId !== keyId && other.fingerprint === fingerprint)
      .map((other) => summaryOf(speaking, keyring, other)),
    killCheck: null,
    ...writeResultOf(handled),
  });
};

/** The same command, at the time at which it is sent after all: what was recorded before it is not later than it. */
const sentNow = (command: HardDelete, time: number): HardDelete => ({ ...command, time });

interface DeleteParts extends Commanding, Speaking {
  readonly handleDeletion: DeletionHandler;
  readonly checkBeforeDelete: CheckBeforeDelete;
}

export const makeDeleteUseCases = (parts: DeleteParts) => {
  const deleted = async (
    command: CommandWith<Body<'DeleteKey' | 'HardDeleteKey'>>,
  ): Promise<E.Either<Failure, KeyDeletion>> => {
    const handled = await parts.handleDeletion(command)();
    return E.isLeft(handled) ? handled : deletedBy(parts, command.body.keyId, handled.right);
  };

  const checkedAndDeleted = async (
    command: HardDelete,
    signal: AbortSignal | undefined,
  ): Promise<E.Either<Failure, KeyDeletion>> => {
    if (command.expectedRevision !== undefined) {
      return E.left(invalidInput('killCheck', 'left out, where a revision is expected'));
    }
    const checked = await parts.checkBeforeDelete(command, signal);
    if (E.isLeft(checked)) return checked;
    const done = await deleted(sentNow(command, parts.clock()));
    if (E.isLeft(done) || checked.right === null) return done;
    const { says, attempts, control, counts, dead } = checked.right;
    return E.right({ ...done.right, killCheck: { says, attempts, control, counts, dead } });
  };

  return {
    /**
     * The routine path. A key that runs still hold is retired and goes with the last of them; else it is destroyed at
     * once.
     *
     * Refuses `unknown-key`, `key-not-on-file`, `successor-needed`, `successor-is-the-key`, `successor-not-on-file`,
     * `successor-not-active`, `last-key`.
     */
    deleteKey: (context: CallContext, request: DeleteKeyRequest): TaskEither<Failure, KeyDeletion> => {
      const asked = deleteKeyCommand(parts, context, request);
      return async () => {
        const command = await asked();
        return E.isLeft(command) ? command : deleted(command.right);
      };
    },

    /**
     * The emergency path: destroyed at once, whatever holds it; the interrupted runs are named. Being the only key is
     * no obstacle. Of a key that is deleted already its leak is recorded, so that its secret does not come back, and
     * what is left of its destruction is done. Refuses what `deleteKey` does but `last-key` and `key-not-on-file`.
     */
    hardDeleteKey: (given: CallContext, asked: HardDeleteKeyRequest): TaskEither<Failure, KeyDeletion> =>
      withContext(given, (context) =>
        withRequest(asked, HARD_DELETE, (request) => {
          const asking = hardDeleteAsked(parts, context, request);
          return async () => {
            const asked = await asking();
            if (E.isLeft(asked)) return asked;
            const { command, mayCheck } = asked.right;
            return mayCheck ? checkedAndDeleted(command, context.signal) : deleted(command);
          };
        }),
      ),
  };
};
