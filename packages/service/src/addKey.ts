import {
  KeyId,
  Label,
  textContainsSecret,
  type CommandBody,
  type Refusal,
  type ValidationOutcome,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { permitted } from './commanding';
import { commandOf, decoded, type CallContext, type Caller, type CommandWith } from './context';
import type { Handled } from './commandHandler';
import { isRefusal, type Failure } from './failure';
import { keySummary, type KeySummary } from './keySummary';
import { newId } from './newId';
import { checkedPaste, type CheckedPaste, type PasteRequest } from './pasteCheck';
import { sharesSecret } from './secretInText';
import { nextOf } from './systemCommand';
import type { UseCaseParts } from './useCaseParts';
import { recordedOutcomes, recordOutcome, testCall } from './validation';
import { writtenBy, type Written } from './written';

export interface AddKeyRequest extends PasteRequest {
  readonly label?: string;
}

export interface KeyAdded extends Written {
  readonly key: KeySummary;
  /** True when nothing was on file before: the key is Default at once. */
  readonly becameDefault: boolean;
  /**
   * What the test call came to. Null when that is not recorded: the store or the process failed in between, or another
   * call with the same command id is still at it. The key is on file all the same; validate it.
   */
  readonly validation: ValidationOutcome | null;
  /** A sentence when the key does not look as this vendor's usually do; else null. */
  readonly formatWarning: string | null;
}

type AddKey = CommandWith<Extract<CommandBody, { readonly type: 'AddKey' }>>;

/** How far an added key has come. */
interface Progress {
  readonly latest: Handled;
  readonly validation: ValidationOutcome | null;
}

const KEEP: TE.TaskEither<Failure, void> = TE.right(undefined);

const LABEL_RULE = '1 to 64 characters, none of them invisible, no space at either end';

/** Every text of the call that the log would keep. */
const refuseSecretInTexts = (
  { workspaceId, actor, commandId, correlationId, causationId }: Caller,
  label: string | null,
  { endpoint, region, secret }: CheckedPaste,
): E.Either<Refusal, void> => {
  const texts = {
    label,
    endpoint,
    region,
    workspaceId,
    'actor.id': actor.id,
    'actor.originRef': actor.originRef ?? null,
    commandId,
    correlationId,
    causationId,
  };
  const found = Object.entries(texts).find(([, text]) => text !== null && sharesSecret(secret, text));
  return found === undefined ? E.right(undefined) : E.left(textContainsSecret(found[0]));
};

const addedKeyId = ({ events }: Handled): KeyId | null =>
  events.flatMap(({ event }) => (event.type === 'KeyAdded' ? [event.data.keyId] : []))[0] ?? null;

export const makeAddKey = (parts: UseCaseParts) => {
  const { clock, handler, log, vault, prober, rateLimit, witness } = parts;

  const addCommand = (
    caller: Caller,
    request: AddKeyRequest,
    paste: CheckedPaste,
  ): E.Either<Refusal, AddKey> =>
    pipe(
      request.label === undefined
        ? E.right<Refusal, string | null>(null)
        : decoded(Label, 'label', request.label, LABEL_RULE),
      E.chainFirst((label) => refuseSecretInTexts(caller, label, paste)),
      E.chainFirst(() => rateLimit(caller.workspaceId)),
      E.map((label) =>
        commandOf(caller, clock(), {
          type: 'AddKey',
          keyId: newId(KeyId),
          vendor: paste.vendor,
          endpoint: paste.endpoint,
          region: paste.region,
          label,
          last4: paste.secret.last4,
          fingerprint: vault.fingerprint(caller.workspaceId, paste.secret),
        }),
      ),
    );

  /** Removes a row that no event names and none will; one that can't be removed now is an orphan for a sweep. */
  const discard = ({ workspaceId, body: { keyId } }: AddKey): TE.TaskEither<Failure, void> =>
    pipe(
      vault.discard({ workspaceId, keyId }),
      TE.orElseW(({ code }) => {
        log.warn({ workspaceId, keyId, fault: code }, 'row of a refused add not removed');
        return TE.right(undefined);
      }),
    );

  /** A vault that could not be told now is told by the next add or sweep. */
  const witnessed = (
    { workspaceId, body: { keyId } }: AddKey,
    { position }: Handled,
  ): TE.TaskEither<Failure, void> =>
    pipe(
      witness({ workspaceId, keyId }, position),
      TE.orElseW(({ code }) => {
        log.warn({ workspaceId, fault: code }, 'vault not told that the log names the key');
        return KEEP;
      }),
    );

  /** Seals first and appends after: a kill in between leaves a row that no event names, which a sweep removes. */
  const sealAndAppend = (command: AddKey, { secret }: CheckedPaste): TE.TaskEither<Failure, Handled> => {
    const { workspaceId } = command;
    const { keyId, vendor, endpoint, fingerprint } = command.body;
    return pipe(
      vault.seal({ workspaceId, keyId, vendor, endpoint, fingerprint }, secret),
      TE.chainW(() => handler.handle(command)),
      // Only a refusal, or another attempt's key, says for certain that no event names the row.
      TE.orElseFirst((failure) => (isRefusal(failure) ? discard(command) : KEEP)),
      TE.chainFirst((handled) =>
        addedKeyId(handled) === keyId ? witnessed(command, handled) : discard(command),
      ),
    );
  };

  const firstTestCall = (
    command: AddKey,
    added: Handled,
    { secret }: CheckedPaste,
  ): TE.TaskEither<Failure, Progress> => {
    const { keyId } = command.body;
    return pipe(
      handler.handle(nextOf(command, clock(), { type: 'StartTestCall', keyId, purpose: 'add' })),
      TE.chain(() => TE.fromTask(testCall(parts, command.body, secret))),
      TE.chain((validation) =>
        pipe(
          recordOutcome(parts, command, keyId, validation),
          TE.map((latest): Progress => ({ latest, validation })),
        ),
      ),
      // The key is on file whatever became of its test call: the handler has logged why there is no outcome.
      TE.orElse(() => TE.right<Failure, Progress>({ latest: added, validation: null })),
    );
  };

  const addAndTest = (command: AddKey, paste: CheckedPaste): TE.TaskEither<Failure, KeyAdded> =>
    pipe(
      sealAndAppend(command, paste),
      TE.chain((added) => {
        const keyId = addedKeyId(added) ?? command.body.keyId;
        return pipe(
          // A retry of a command handled before: the test call was that attempt's.
          keyId === command.body.keyId
            ? firstTestCall(command, added, paste)
            : pipe(
                recordedOutcomes(parts, command, added),
                TE.map((outcomes): Progress => ({ latest: added, validation: outcomes[0] ?? null })),
              ),
          TE.chainEitherKW(({ latest, validation }) =>
            pipe(
              keySummary(latest.keyring, keyId),
              E.map((key) => ({
                key,
                becameDefault: added.events.some(({ event }) => event.type === 'DefaultChanged'),
                validation,
                formatWarning: paste.formatWarning,
                ...writtenBy(latest),
              })),
            ),
          ),
        );
      }),
    );

  /**
   * Checks the paste, seals the secret, records the key and test-calls it. The key is `active`, `failed` or still
   * `pending` after that, as the outcome says.
   *
   * Refuses a paste for what it holds (`paste-…`), `unknown-vendor`, `text-contains-secret`, `rate-limited`, and what
   * AddKey refuses: `key-already-on-file`, `fingerprint-leaked`, `key-limit-reached`; `key-id-used` when the same secret
   * was being destroyed at that moment (paste it again).
   */
  return (context: CallContext, request: AddKeyRequest): TE.TaskEither<Failure, KeyAdded> =>
    pipe(
      permitted(parts, context, 'AddKey', ['default-changes', 'vendor-called']),
      TE.bindTo('caller'),
      TE.bind('paste', () => TE.fromEither<Failure, CheckedPaste>(checkedPaste(prober, request))),
      TE.chain(({ caller, paste }) => async () => {
        try {
          const command = addCommand(caller, request, paste);
          return E.isLeft(command) ? command : await addAndTest(command.right, paste)();
        } finally {
          paste.secret.wipe();
        }
      }),
    );
};
