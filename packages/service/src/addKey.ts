import {
  Label,
  rateLimited,
  textContainsSecret,
  type CommandBody,
  type KeyId,
  type Refusal,
  type ValidationOutcome,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { v4 as uuidv4 } from 'uuid';
import { permitted } from './commanding';
import { commandOf, decoded, type CallContext, type Caller, type CommandWith } from './context';
import type { Handled } from './commandHandler';
import { isRefusal, type Failure } from './failure';
import { keySummary, type KeySummary } from './keySummary';
import { checkedPaste, type CheckedPaste, type PasteRequest } from './pasteCheck';
import { sharesSecret } from './secretInText';
import { nextOf } from './systemCommand';
import type { UseCaseParts } from './useCaseParts';
import { recordOutcome, testCall } from './validation';
import { writtenBy, type Written } from './written';

export interface AddKeyRequest extends PasteRequest {
  readonly label?: string;
}

export interface KeyAdded extends Written {
  readonly key: KeySummary;
  /** True when nothing was on file before: the key is Default at once. */
  readonly becameDefault: boolean;
  /** What the test call came to; null when this was a retry of a command handled before. */
  readonly validation: ValidationOutcome | null;
  /** A sentence when the key does not look as this vendor's usually do; else null. */
  readonly formatWarning: string | null;
}

type AddKey = Extract<CommandBody, { readonly type: 'AddKey' }>;

const LABEL_RULE = '1 to 64 characters, none of them invisible, no space at either end';

const refuseSecretInTexts = (
  caller: Caller,
  label: string | null,
  { secret }: CheckedPaste,
): E.Either<Refusal, void> => {
  const texts: ReadonlyArray<readonly [string, string | null]> = [
    ['label', label],
    ['workspaceId', caller.workspaceId],
    ['actor.id', caller.actor.id],
    ['actor.originRef', caller.actor.originRef ?? null],
    ['commandId', caller.commandId],
    ['correlationId', caller.correlationId],
    ['causationId', caller.causationId],
  ];
  const found = texts.find(([, text]) => text !== null && sharesSecret(secret, text));
  return found === undefined ? E.right(undefined) : E.left(textContainsSecret(found[0]));
};

const addedKeyId = (handled: Handled): KeyId | null =>
  handled.events.flatMap(({ event }) => (event.type === 'KeyAdded' ? [event.data.keyId] : []))[0] ?? null;

export const makeAddKey = (parts: UseCaseParts) => {
  const { clock, handler, vault, prober, testCallWait } = parts;

  const addCommand = (
    caller: Caller,
    request: AddKeyRequest,
    paste: CheckedPaste,
  ): E.Either<Refusal, CommandWith<AddKey>> =>
    pipe(
      request.label === undefined
        ? E.right<Refusal, string | null>(null)
        : decoded(Label, 'label', request.label, LABEL_RULE),
      E.chainFirst((label) => refuseSecretInTexts(caller, label, paste)),
      E.chainFirst(() => {
        const wait = testCallWait(caller.workspaceId);
        return wait === 0 ? E.right(undefined) : E.left(rateLimited(wait));
      }),
      E.map((label) =>
        commandOf(caller, clock(), {
          type: 'AddKey',
          keyId: uuidv4() as KeyId,
          vendor: paste.vendor,
          endpoint: paste.endpoint,
          region: paste.region,
          label,
          last4: paste.secret.last4,
          fingerprint: vault.fingerprint(caller.workspaceId, paste.secret),
        }),
      ),
    );

  /** Seals first and appends after: a kill in between leaves a row that no event names, which a sweep removes. */
  const sealAndAppend = (
    command: CommandWith<AddKey>,
    { secret }: CheckedPaste,
  ): TE.TaskEither<Failure, Handled> => {
    const { workspaceId } = command;
    const { keyId, vendor, endpoint, fingerprint } = command.body;
    const binding = { workspaceId, keyId, vendor, endpoint, fingerprint };
    const discardUnnamed = (handled: Handled): TE.TaskEither<Failure, void> =>
      handled.keyring.keys.has(keyId) ? TE.right(undefined) : vault.discard(binding);
    return pipe(
      vault.seal(binding, secret),
      TE.chainW(() => handler.handle(command)),
      // Only a refusal says for certain that no event names the row.
      TE.orElse((failure) =>
        isRefusal(failure)
          ? pipe(
              vault.discard(binding),
              TE.chainW(() => TE.left<Failure, Handled>(failure)),
            )
          : TE.left(failure),
      ),
      TE.chainFirst(discardUnnamed),
    );
  };

  const firstTestCall = (
    command: CommandWith<AddKey>,
    keyId: KeyId,
    { secret }: CheckedPaste,
  ): TE.TaskEither<Failure, { readonly outcome: ValidationOutcome; readonly recorded: Handled }> =>
    pipe(
      handler.handle(nextOf(command, clock(), { type: 'StartTestCall', keyId, purpose: 'add' })),
      TE.chainW(() => TE.fromTask(testCall(parts, command.body, secret))),
      TE.bindTo('outcome'),
      TE.bind('recorded', ({ outcome }) => recordOutcome(parts, command, keyId, outcome)),
    );

  const addAndTest = (command: CommandWith<AddKey>, paste: CheckedPaste): TE.TaskEither<Failure, KeyAdded> =>
    pipe(
      sealAndAppend(command, paste),
      TE.chain((handled) => {
        const keyId = addedKeyId(handled) ?? command.body.keyId;
        const result = (
          after: Handled,
          validation: ValidationOutcome | null,
        ): TE.TaskEither<Failure, KeyAdded> =>
          pipe(
            TE.fromEither<Failure, KeySummary>(keySummary(after.keyring, keyId)),
            TE.map((key) => ({
              key,
              becameDefault: handled.events.some(({ event }) => event.type === 'DefaultChanged'),
              validation,
              formatWarning: paste.formatWarning,
              ...writtenBy(after),
            })),
          );
        // A retry of a command handled before: its test call was that attempt's.
        if (keyId !== command.body.keyId) return result(handled, null);
        return pipe(
          firstTestCall(command, keyId, paste),
          TE.chain(({ outcome, recorded }) => result(recorded, outcome)),
        );
      }),
    );

  /**
   * Checks the paste, seals the secret, records the key and test-calls it. The key is `active`, `failed` or still
   * `pending` after that, as the outcome says.
   *
   * Refuses a paste for what it holds (`paste-…`), `unknown-vendor`, `text-contains-secret`, `rate-limited`, and what
   * AddKey refuses: `key-already-on-file`, `fingerprint-leaked`, `key-limit-reached`.
   */
  return (context: CallContext, request: AddKeyRequest): TE.TaskEither<Failure, KeyAdded> =>
    pipe(
      permitted(parts, context, 'AddKey', ['default-changes', 'vendor-called']),
      TE.chain((caller) =>
        pipe(
          TE.fromEither<Failure, CheckedPaste>(checkedPaste(prober, request)),
          TE.chain((paste) =>
            TE.bracket(
              TE.right<Failure, CheckedPaste>(paste),
              () =>
                pipe(
                  TE.fromEither<Failure, CommandWith<AddKey>>(addCommand(caller, request, paste)),
                  TE.chain((command) => addAndTest(command, paste)),
                ),
              ({ secret }) => TE.fromIO(() => secret.wipe()),
            ),
          ),
        ),
      ),
    );
};
