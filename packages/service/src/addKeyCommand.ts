import { KeyId, textContainsSecret, type CommandBody, type Refusal } from '@keyturn/domain';
import type { SecretFingerprints } from '@keyturn/vault';
import type { Prober } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf } from './authorization';
import { permitted, withRequest, type Commanding } from './commanding';
import { commandOf, type CallContext, type Caller, type CommandWith } from './context';
import type { Failure } from './failure';
import type { MembersOf } from './given';
import { expiryGiven, labelGiven } from './keyDetailsGiven';
import { newId } from './newId';
import { checkedPaste, type CheckedPaste, type PasteRequest } from './pasteCheck';
import type { RateLimit } from './rateLimit';
import { sharesSecret } from './secretInText';

export interface AddKeyRequest extends PasteRequest {
  readonly label?: string | null | undefined;
  /** When its owner wants it replaced, milliseconds since 1970; never when left out. It refuses nothing. */
  readonly expiresAt?: number | null | undefined;
}

const ADD: MembersOf<AddKeyRequest> = {
  vendor: true,
  pasted: true,
  endpoint: true,
  region: true,
  model: true,
  clean: true,
  vendorIsCertain: true,
  keyIsCertain: true,
  label: true,
  expiresAt: true,
};

export type AddKey = CommandWith<Extract<CommandBody, { readonly type: 'AddKey' }>>;

/** What the command of an add is made with. */
export interface AddCommandParts extends Commanding {
  readonly prober: Pick<Prober, 'vendors' | 'readTarget'>;
  readonly vault: SecretFingerprints;
}

/** Every text of the call that the log would keep. Ids that the service made are random, and nobody's to choose. */
const refuseSecretInTexts = (
  { workspaceId, actor, commandId, correlationId, causationId }: Caller,
  given: CallContext,
  label: string | null,
  { endpoint, region, model, secret }: CheckedPaste,
): E.Either<Refusal, void> => {
  const texts = {
    label,
    endpoint,
    region,
    model,
    workspaceId,
    'actor.id': actor.id,
    'actor.originRef': actor.originRef ?? null,
    commandId: given.commandId === undefined ? null : commandId,
    correlationId: given.correlationId === undefined ? null : correlationId,
    causationId: given.causationId === undefined ? null : causationId,
  };
  const found = Object.entries(texts).find(([, text]) => text !== null && sharesSecret(secret, text));
  return found === undefined ? E.right(undefined) : E.left(textContainsSecret(found[0]));
};

/**
 * Asks, checks the paste and makes the command, then hands both to `use`; the secret is wiped when that has ended.
 * What is sent and what is only foreseen begin alike.
 *
 * @param allow - asked last of all whether the vendor may be called
 */
export const withAddCommand = <A>(
  parts: AddCommandParts,
  context: CallContext,
  given: AddKeyRequest,
  allow: RateLimit['take'],
  use: (
    command: AddKey,
    paste: CheckedPaste,
    signal: AbortSignal | undefined,
  ) => Promise<E.Either<Failure, A>>,
): TaskEither<Failure, A> =>
  withRequest(given, ADD, (request) => {
    const { clock, prober, vault } = parts;

    const commandFor = (caller: Caller, paste: CheckedPaste): E.Either<Refusal, AddKey> => {
      const label = labelGiven(request.label);
      if (E.isLeft(label)) return label;
      const expiresAt = expiryGiven(request.expiresAt);
      if (E.isLeft(expiresAt)) return expiresAt;
      const clean = refuseSecretInTexts(caller, context, label.right, paste);
      if (E.isLeft(clean)) return clean;
      const allowed = allow(caller.workspaceId);
      if (E.isLeft(allowed)) return allowed;
      return E.right(
        commandOf(caller, clock(), {
          type: 'AddKey',
          keyId: newId(KeyId),
          vendor: paste.vendor,
          endpoint: paste.endpoint,
          region: paste.region,
          ...(paste.model === null ? {} : { model: paste.model }),
          label: label.right,
          last4: paste.secret.last4,
          fingerprint: vault.fingerprint(caller.workspaceId, paste.secret),
          expiresAt: expiresAt.right,
        }),
      );
    };

    // A vendor that is none may be a key pasted into the wrong field.
    const known = prober.vendors.list.find(({ vendor }) => vendor === request.vendor);
    const asked = permitted(parts, context, {
      action: 'AddKey',
      impliedEffects: ['default-changes', 'vendor-called'],
      target: targetOf({ vendor: known?.vendor }),
    });
    return async () => {
      const caller = await asked();
      if (E.isLeft(caller)) return caller;
      const paste = checkedPaste(prober, request);
      if (E.isLeft(paste)) return paste;
      try {
        const command = commandFor(caller.right, paste.right);
        return E.isLeft(command) ? command : await use(command.right, paste.right, caller.right.signal);
      } finally {
        paste.right.secret.wipe();
      }
    };
  });
