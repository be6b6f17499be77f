import {
  CASE_RULE,
  CaseId,
  HardDeleteReason,
  KeyId,
  listedKeys,
  type CommandBody,
  type Refusal,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { EVERY_DEFAULT, targetOf, type ImpliedEffect } from './authorization';
import { commanded, withRequest, type Commanding } from './commanding';
import { decoded, type CallContext, type CommandWith } from './context';
import type { DeletionHandler, HandledDeletion } from './deletionHandler';
import type { Destruction } from './destroy';
import type { Failure } from './failure';
import { flagGiven, type MembersOf } from './given';
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
}

const DELETE: MembersOf<DeleteKeyRequest> = { keyId: true, successor: true, leaveEmpty: true };
const HARD_DELETE: MembersOf<HardDeleteKeyRequest> = {
  keyId: true,
  successor: true,
  caseId: true,
  reason: true,
};

type Body<T extends CommandBody['type']> = Extract<CommandBody, { readonly type: T }>;

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

export const hardDeleteKeyCommand = (
  parts: Commanding,
  context: CallContext,
  given: HardDeleteKeyRequest,
): TaskEither<Failure, CommandWith<Body<'HardDeleteKey'>>> =>
  withRequest(given, HARD_DELETE, (request) =>
    commanded(
      parts,
      context,
      {
        action: 'HardDeleteKey',
        impliedEffects: EVERY_DEFAULT,
        target: targetOf({ keyId: request.keyId }),
      },
      () => hardDeleteBody(request),
    ),
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
    ...writeResultOf(handled),
  });
};

export const makeDeleteUseCases = (
  parts: Commanding & Speaking & { readonly handleDeletion: DeletionHandler },
) => {
  const deleted =
    (
      asked: TaskEither<Failure, CommandWith<Body<'DeleteKey' | 'HardDeleteKey'>>>,
    ): TaskEither<Failure, KeyDeletion> =>
    async () => {
      const command = await asked();
      if (E.isLeft(command)) return command;
      const handled = await parts.handleDeletion(command.right)();
      return E.isLeft(handled) ? handled : deletedBy(parts, command.right.body.keyId, handled.right);
    };

  return {
    /**
     * The routine path. A key that runs still hold is retired and goes with the last of them; else it is destroyed at
     * once.
     *
     * Refuses `unknown-key`, `key-not-on-file`, `successor-needed`, `successor-is-the-key`, `successor-not-on-file`,
     * `successor-not-active`, `last-key`.
     */
    deleteKey: (context: CallContext, request: DeleteKeyRequest): TaskEither<Failure, KeyDeletion> =>
      deleted(deleteKeyCommand(parts, context, request)),

    /**
     * The emergency path: destroyed at once, whatever holds it; the interrupted runs are named. Being the only key is
     * no obstacle. Of a key that is deleted already its leak is recorded, so that its secret does not come back, and
     * what is left of its destruction is done. Refuses what `deleteKey` does but `last-key` and `key-not-on-file`.
     */
    hardDeleteKey: (context: CallContext, request: HardDeleteKeyRequest): TaskEither<Failure, KeyDeletion> =>
      deleted(hardDeleteKeyCommand(parts, context, request)),
  };
};
