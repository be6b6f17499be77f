import type { Command, KeyId, TestCallPurpose, ValidationOutcome } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Handled } from './commandHandler';
import type { Sent } from './context';
import type { Failure } from './failure';
import type { Release } from './release';
import { nextOf } from './systemCommand';
import { recordedOutcomes, recordOutcome, testCall, type TestCallParts } from './validation';

export interface Tested {
  readonly validation: ValidationOutcome;
  readonly latest: Handled;
  readonly testCalls: number;
}

/** The command was handled before, and this is what it came to. */
export interface TestedBefore {
  readonly before: Tested;
}

/**
 * Opens a key on file for one test call and records what that comes to. `asked` is the StartTestCall itself, or what
 * the call follows from. A signal that is aborted before the call is recorded ends it.
 */
export type TestKey = (
  asked: Sent,
  keyId: KeyId,
  purpose: TestCallPurpose,
  signal?: AbortSignal,
) => TaskEither<Failure | TestedBefore, Tested>;

export const makeTestKey = (parts: TestCallParts, release: Release): TestKey => {
  const { clock } = parts;

  return (asked, keyId, purpose, signal) => {
    const newCall = (): Command => nextOf(asked, clock(), { type: 'StartTestCall', keyId, purpose });

    const again =
      (handled: Handled): TaskEither<Failure | TestedBefore, Command> =>
      async () => {
        if (handled.written !== null) return E.right(newCall());
        const outcomes = await recordedOutcomes(parts, asked, handled)();
        if (E.isLeft(outcomes)) return outcomes;
        const validation = outcomes.right.at(-1);
        return validation === undefined
          ? E.right(newCall())
          : E.left({ before: { validation, latest: handled, testCalls: outcomes.right.length } });
      };

    return async () => {
      const first = asked.body.type === 'StartTestCall' && asked.body.purpose === purpose ? asked : newCall();
      const validation = await release<TestedBefore, ValidationOutcome>(
        { first, again, signal },
        (secret, { key }) => TE.fromTask(testCall(parts, asked, key, secret, signal)),
      )();
      if (E.isLeft(validation)) return validation;
      const latest = await recordOutcome(parts, asked, keyId, validation.right)();
      return E.isLeft(latest)
        ? latest
        : E.right({ validation: validation.right, latest: latest.right, testCalls: 1 });
    };
  };
};
