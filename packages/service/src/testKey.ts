import type { Command, KeyId, TestCallPurpose, ValidationOutcome } from '@keyturn/domain';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { Handled } from './commandHandler';
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
 * Opens a key on file for one test call and records what that comes to. `asked` is the StartTestCall itself, or what the
 * call follows from.
 */
export type TestKey = (
  asked: Command,
  keyId: KeyId,
  purpose: TestCallPurpose,
) => TE.TaskEither<Failure | TestedBefore, Tested>;

export const makeTestKey = (parts: TestCallParts, release: Release): TestKey => {
  const { clock } = parts;

  return (asked, keyId, purpose) => {
    const newCall = (): Command => nextOf(asked, clock(), { type: 'StartTestCall', keyId, purpose });
    return pipe(
      release<TestedBefore, ValidationOutcome>(
        {
          first: asked.body.type === 'StartTestCall' && asked.body.purpose === purpose ? asked : newCall(),
          again: (handled) =>
            pipe(
              handled.written === null ? recordedOutcomes(parts, asked, handled) : TE.right([]),
              TE.chainW((outcomes) => {
                const validation = outcomes.at(-1);
                return validation === undefined
                  ? TE.right(newCall())
                  : TE.left({ before: { validation, latest: handled, testCalls: outcomes.length } });
              }),
            ),
        },
        (secret, { key }) => TE.fromTask(testCall(parts, key, secret)),
      ),
      TE.chainW((validation) =>
        pipe(
          recordOutcome(parts, asked, keyId, validation),
          TE.map((latest) => ({ validation, latest, testCalls: 1 })),
        ),
      ),
    );
  };
};
