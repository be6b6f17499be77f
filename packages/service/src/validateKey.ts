import {
  KeyId,
  rateLimited,
  type Command,
  type TestCallPurpose,
  type ValidationOutcome,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { permitted } from './commanding';
import { commandOf, decoded, type CallContext } from './context';
import type { Handled } from './commandHandler';
import type { Failure } from './failure';
import { keySummary, type KeySummary } from './keySummary';
import { nextOf } from './systemCommand';
import type { UseCaseParts } from './useCaseParts';
import { recordOutcome, testCall } from './validation';
import { writtenBy, type Written } from './written';

export interface KeyValidated extends Written {
  readonly key: KeySummary;
  readonly validation: ValidationOutcome;
  /** 2 when the first call of an active key was rejected: one 401 does not disable it, so it was asked again. */
  readonly testCalls: number;
}

interface Tested {
  readonly outcome: ValidationOutcome;
  readonly recorded: Handled;
}

export const makeValidateKey = (parts: UseCaseParts) => {
  const { clock, release, testCallWait } = parts;

  const rateLimit = (workspaceId: string): TE.TaskEither<Failure, void> => {
    const wait = testCallWait(workspaceId);
    return wait === 0 ? TE.right(undefined) : TE.left(rateLimited(wait));
  };

  const test = (command: Command, keyId: KeyId, purpose: TestCallPurpose): TE.TaskEither<Failure, Tested> =>
    pipe(
      rateLimit(command.workspaceId),
      TE.chain(() =>
        release(
          {
            first: command,
            again: () => E.right(nextOf(command, clock(), { type: 'StartTestCall', keyId, purpose })),
          },
          (secret, { key }) => TE.fromTask<ValidationOutcome, Failure>(testCall(parts, key, secret)),
        ),
      ),
      TE.bindTo('outcome'),
      TE.bind('recorded', ({ outcome }) => recordOutcome(parts, command, keyId, outcome)),
    );

  const needsConfirmation = ({ recorded }: Tested): boolean =>
    recorded.events.some(
      ({ event }) =>
        event.type === 'KeyValidationFailed' && event.data.reason === 'rejected' && !event.data.disables,
    );

  /**
   * Test-calls a key on file again. Refuses `key-not-on-file`, `rate-limited`, and as an outcome for a key that was
   * deleted meanwhile.
   */
  return (context: CallContext, request: { readonly keyId: string }): TE.TaskEither<Failure, KeyValidated> =>
    pipe(
      permitted(parts, context, 'ValidateKey', ['secret-released', 'vendor-called']),
      TE.bindTo('caller'),
      TE.bind('keyId', () => TE.fromEither<Failure, KeyId>(decoded(KeyId, 'keyId', request.keyId))),
      TE.chain(({ caller, keyId }) => {
        const command = commandOf(caller, clock(), { type: 'StartTestCall', keyId, purpose: 'validate' });
        const again = (): Command =>
          nextOf(command, clock(), { type: 'StartTestCall', keyId, purpose: 'revalidate' });
        return pipe(
          test(command, keyId, 'validate'),
          TE.chain((first) =>
            needsConfirmation(first)
              ? pipe(
                  test(again(), keyId, 'revalidate'),
                  TE.map((second) => ({ ...second, testCalls: 2 })),
                )
              : TE.right({ ...first, testCalls: 1 }),
          ),
          TE.chainEitherKW(({ outcome, recorded, testCalls }) =>
            pipe(
              keySummary(recorded.keyring, keyId),
              E.map((key) => ({ key, validation: outcome, testCalls, ...writtenBy(recorded) })),
            ),
          ),
        );
      }),
    );
};
