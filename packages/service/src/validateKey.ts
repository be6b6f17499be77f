import { KeyId, type Command, type ValidationOutcome } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { permitted } from './commanding';
import { commandOf, decoded, type CallContext } from './context';
import type { Failure } from './failure';
import { keySummary, type KeySummary } from './keySummary';
import type { Tested, TestedBefore } from './testKey';
import type { UseCaseParts } from './useCaseParts';
import { writtenBy, type Written } from './written';

export interface KeyValidated extends Written {
  readonly key: KeySummary;
  readonly validation: ValidationOutcome;
  /** 2 when the first call of an active key was rejected: one 401 does not disable it, so it was asked again. */
  readonly testCalls: number;
}

const isTestedBefore = (left: Failure | TestedBefore): left is TestedBefore => 'before' in left;

/** One rejection of an active key was recorded, and a second one has to confirm it. */
const needsConfirmation = ({ latest }: Tested): boolean =>
  latest.events.some(({ event }) => event.type === 'KeyValidationFailed' && !event.data.disables);

export const makeValidateKey = (parts: UseCaseParts) => {
  const { clock, rateLimit, testKey } = parts;

  const confirmed = (
    asked: Command,
    keyId: KeyId,
    first: Tested,
  ): TE.TaskEither<Failure | TestedBefore, Tested> =>
    needsConfirmation(first) && E.isRight(rateLimit(asked.workspaceId))
      ? pipe(
          testKey(asked, keyId, 'revalidate'),
          TE.map((second) => ({ ...second, testCalls: 2 })),
        )
      : TE.right(first);

  /**
   * Test-calls a key on file again. The first rejection of an active key is confirmed by a second call, unless the limit
   * of test calls is reached: the key then stays active.
   *
   * Refuses `unknown-key`, `key-not-on-file` (also when the key was deleted during the call), `rate-limited`.
   */
  return (context: CallContext, request: { readonly keyId: string }): TE.TaskEither<Failure, KeyValidated> =>
    pipe(
      permitted(parts, context, 'ValidateKey', ['secret-released', 'vendor-called']),
      TE.bindTo('caller'),
      TE.bind('keyId', () => TE.fromEither<Failure, KeyId>(decoded(KeyId, 'keyId', request.keyId))),
      TE.chainFirstEitherKW(({ caller }) => rateLimit(caller.workspaceId)),
      TE.chain(({ caller, keyId }) => {
        const asked = commandOf(caller, clock(), { type: 'StartTestCall', keyId, purpose: 'validate' });
        return pipe(
          testKey(asked, keyId, 'validate'),
          TE.chain((first) => confirmed(asked, keyId, first)),
          TE.orElse((left) =>
            isTestedBefore(left) ? TE.right<Failure, Tested>(left.before) : TE.left(left),
          ),
          TE.chainEitherKW(({ validation, latest, testCalls }) =>
            pipe(
              keySummary(latest.keyring, keyId),
              E.map((key) => ({ key, validation, testCalls, ...writtenBy(latest) })),
            ),
          ),
        );
      }),
    );
};
