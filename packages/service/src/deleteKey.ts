import { CaseId, HardDeleteReason, KeyId, type CommandBody, type Refusal } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { ImpliedEffect } from './authorization';
import { commanded } from './commanding';
import { decoded, type CallContext } from './context';
import type { HandledDeletion } from './deletionHandler';
import type { Destruction } from './destroy';
import type { Failure } from './failure';
import { keySummary, type KeySummary } from './keySummary';
import type { UseCaseParts } from './useCaseParts';
import { writtenBy, type Written } from './written';

export interface DeleteKeyRequest {
  readonly keyId: string;
  /** Becomes Default wherever the deleted key was. */
  readonly successor?: string;
  /** The caller's word that the workspace may be left without any key. */
  readonly leaveEmpty?: boolean;
}

export interface HardDeleteKeyRequest {
  readonly keyId: string;
  readonly successor?: string;
  readonly caseId: string;
  /** `leak` when left out: the secret then never comes back on file. */
  readonly reason?: 'leak' | 'other';
}

export interface KeyDeleted extends Written {
  readonly key: KeySummary;
  /** `retired`: runs still hold the key; it goes with the last of them. */
  readonly state: 'retired' | 'hard-deleted';
  /** How many runs held the key when it was retired. */
  readonly openRuns: number;
  readonly interruptedRuns: ReadonlyArray<string>;
  readonly destructions: ReadonlyArray<Destruction>;
}

const successorOf = (successor: string | undefined): E.Either<Refusal, KeyId | null> =>
  successor === undefined ? E.right(null) : decoded(KeyId, 'successor', successor);

const deleteBody = (
  request: DeleteKeyRequest,
): E.Either<Refusal, Extract<CommandBody, { readonly type: 'DeleteKey' }>> =>
  pipe(
    E.Do,
    E.bind('keyId', () => decoded(KeyId, 'keyId', request.keyId)),
    E.bind('successor', () => successorOf(request.successor)),
    E.map((fields) => ({ type: 'DeleteKey', ...fields, leaveEmpty: request.leaveEmpty === true }) as const),
  );

const hardDeleteBody = (
  request: HardDeleteKeyRequest,
): E.Either<Refusal, Extract<CommandBody, { readonly type: 'HardDeleteKey' }>> =>
  pipe(
    E.Do,
    E.bind('keyId', () => decoded(KeyId, 'keyId', request.keyId)),
    E.bind('successor', () => successorOf(request.successor)),
    E.bind('caseId', () => decoded(CaseId, 'caseId', request.caseId)),
    E.bind('reason', () => decoded(HardDeleteReason, 'reason', request.reason ?? 'leak', 'leak or other')),
    E.map((fields) => ({ type: 'HardDeleteKey', ...fields }) as const),
  );

/** From what the command recorded, so that a retry answers the same. */
const deletedBy =
  (keyId: KeyId) =>
  ({ handled, destructions }: HandledDeletion): E.Either<Failure, KeyDeleted> => {
    const interrupted = handled.events.flatMap(({ event }) =>
      event.type === 'KeyHardDeleted' && event.data.keyId === keyId ? [event.data.interruptedRuns] : [],
    )[0];
    const openRuns = handled.events.flatMap(({ event }) =>
      event.type === 'KeyRetired' ? [event.data.openRuns] : [],
    )[0];
    return pipe(
      keySummary(handled.keyring, keyId),
      E.map((key) => ({
        key,
        state: interrupted === undefined ? 'retired' : 'hard-deleted',
        openRuns: openRuns ?? 0,
        interruptedRuns: interrupted ?? [],
        destructions,
        ...writtenBy(handled),
      })),
    );
  };

/** Without a successor and without the word that nothing may be left, a deletion that would move a Default is refused. */
const effectsOf = ({ successor, leaveEmpty }: DeleteKeyRequest): ReadonlyArray<ImpliedEffect> =>
  successor === undefined && leaveEmpty !== true ? [] : ['default-changes'];

export const makeDeleteUseCases = (parts: UseCaseParts) => ({
  /**
   * The routine path. A key that runs still hold is retired and goes with the last of them; else it is destroyed at once.
   *
   * Refuses `unknown-key`, `key-not-on-file`, `successor-needed`, `successor-is-the-key`, `successor-not-on-file`,
   * `successor-not-active`, `last-key`.
   */
  deleteKey: (context: CallContext, request: DeleteKeyRequest): TE.TaskEither<Failure, KeyDeleted> =>
    pipe(
      commanded(parts, context, 'DeleteKey', effectsOf(request), () => deleteBody(request)),
      TE.chain((command) =>
        pipe(parts.handleDeletion(command), TE.chainEitherK(deletedBy(command.body.keyId))),
      ),
    ),

  /**
   * The emergency path: destroyed at once, whatever holds it; the interrupted runs are named. Being the only key is no
   * obstacle. Refuses what `deleteKey` does but `last-key`.
   */
  hardDeleteKey: (context: CallContext, request: HardDeleteKeyRequest): TE.TaskEither<Failure, KeyDeleted> =>
    pipe(
      commanded(parts, context, 'HardDeleteKey', ['default-changes'], () => hardDeleteBody(request)),
      TE.chain((command) =>
        pipe(parts.handleDeletion(command), TE.chainEitherK(deletedBy(command.body.keyId))),
      ),
    ),

  /**
   * Marks the secret of any key ever added, deleted ones too, as leaked: it does not come back on file. Refuses
   * `unknown-key`.
   */
  reportLeak: (
    context: CallContext,
    request: { readonly keyId: string; readonly caseId: string },
  ): TE.TaskEither<Failure, Written> =>
    pipe(
      commanded(parts, context, 'ReportLeak', [], () =>
        pipe(
          E.Do,
          E.bind('keyId', () => decoded(KeyId, 'keyId', request.keyId)),
          E.bind('caseId', () => decoded(CaseId, 'caseId', request.caseId)),
          E.map((fields) => ({ type: 'ReportLeak', ...fields }) as const),
        ),
      ),
      TE.chainW(parts.handler.handle),
      TE.map(writtenBy),
    ),
});
