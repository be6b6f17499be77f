import { KeyId, type CommandBody, type ValidationOutcome } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf } from './authorization';
import { permitted, withContext, withRequest, type Commanding } from './commanding';
import { confirmed } from './confirming';
import { commandOf, decoded, type CallContext, type CommandWith } from './context';
import type { Failure } from './failure';
import type { MembersOf } from './given';
import { brokenDefaults, type BrokenDefault } from './brokenDefaults';
import { keySummary, type KeySummary, type Speaking } from './keySummary';
import type { RateLimit } from './rateLimit';
import type { Tested, TestedBefore, TestKey } from './testKey';
import { writeResultOf, type WriteResult } from './writeResult';

export interface ValidateKeyRequest {
  readonly keyId: string;
}

export interface KeyValidation extends WriteResult {
  readonly key: KeySummary;
  readonly validation: ValidationOutcome;
  /** 2 when the first call of an active key was rejected: one 401 does not disable it, so it was asked again. */
  readonly testCalls: number;
  /** Defaults of the workspace that no run gets. None of them is replaced by itself. */
  readonly brokenDefaults: ReadonlyArray<BrokenDefault>;
}

const VALIDATE: MembersOf<ValidateKeyRequest> = { keyId: true };

type StartTestCall = CommandWith<Extract<CommandBody, { readonly type: 'StartTestCall' }>>;

const isTestedBefore = (left: Failure | TestedBefore): left is TestedBefore => 'before' in left;

/**
 * The command that begins a test call of the caller's.
 *
 * @param allow - asked last of all whether the vendor may be called
 */
export const validateKeyCommand = (
  parts: Commanding,
  context: CallContext,
  given: ValidateKeyRequest,
  allow: RateLimit['take'],
): TaskEither<Failure, StartTestCall> =>
  withRequest(given, VALIDATE, (request) => {
    const asked = permitted(parts, context, {
      action: 'ValidateKey',
      impliedEffects: ['secret-released', 'vendor-called'],
      target: targetOf({ keyId: request.keyId }),
    });
    return async () => {
      const caller = await asked();
      if (E.isLeft(caller)) return caller;
      const keyId = decoded(KeyId, 'keyId', request.keyId);
      if (E.isLeft(keyId)) return keyId;
      const allowed = allow(caller.right.workspaceId);
      if (E.isLeft(allowed)) return allowed;
      return E.right(
        commandOf(caller.right, parts.clock(), {
          type: 'StartTestCall',
          keyId: keyId.right,
          purpose: 'validate',
        }),
      );
    };
  });

export const makeValidateKey = (
  parts: Commanding & Speaking & { readonly rateLimit: Pick<RateLimit, 'take'>; readonly testKey: TestKey },
) => {
  const { rateLimit, testKey } = parts;

  const tested = async (
    asked: StartTestCall,
    signal: AbortSignal | undefined,
  ): Promise<E.Either<Failure, Tested>> => {
    const { keyId } = asked.body;
    const first = await testKey(asked, keyId, 'validate', signal)();
    const last = E.isLeft(first)
      ? first
      : await confirmed(testKey, asked, keyId, first.right, () =>
          E.isRight(rateLimit.take(asked.workspaceId)),
        );
    if (E.isRight(last)) return last;
    return isTestedBefore(last.left) ? E.right(last.left.before) : E.left(last.left);
  };

  /**
   * Test-calls a key on file again. The first rejection of an active key is confirmed by a second call, unless the
   * limit of test calls is reached: the key then stays active.
   *
   * Refuses `unknown-key`, `key-not-on-file` (also when the key was deleted during the call), `rate-limited`.
   */
  return (given: CallContext, request: ValidateKeyRequest): TaskEither<Failure, KeyValidation> =>
    withContext(given, (context) => {
      const asked = validateKeyCommand(parts, context, request, rateLimit.take);
      return async () => {
        const command = await asked();
        if (E.isLeft(command)) return command;
        const outcome = await tested(command.right, context.signal);
        if (E.isLeft(outcome)) return outcome;
        const { validation, latest, testCalls } = outcome.right;
        const key = keySummary(parts, latest.keyring, command.right.body.keyId);
        if (E.isLeft(key)) return key;
        return E.right({
          key: key.right,
          validation,
          testCalls,
          brokenDefaults: brokenDefaults(parts, latest.keyring),
          ...writeResultOf(latest),
        });
      };
    });
};
