import { KeyId, type CommandBody, type Refusal } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf } from './authorization';
import { commanded, withRequest, type Commanding } from './commanding';
import type { CommandHandler } from './commandHandler';
import { decoded, type CallContext, type CommandWith } from './context';
import type { Failure } from './failure';
import type { MembersOf } from './given';
import { expiryGiven, labelGiven } from './keyDetailsGiven';
import { keySummary, type KeySummary, type Speaking } from './keySummary';
import { writeResultOf, type WriteResult } from './writeResult';

export interface RelabelKeyRequest {
  readonly keyId: string;
  /** Null, or an empty text, takes the label away. */
  readonly label: string | null;
}

export interface SetKeyExpiryRequest {
  readonly keyId: string;
  /** Milliseconds since 1970; null for never. */
  readonly expiresAt: number | null;
}

export interface KeyChange extends WriteResult {
  readonly key: KeySummary;
  /** False when it was so already: nothing was recorded. */
  readonly changed: boolean;
}

const RELABEL: MembersOf<RelabelKeyRequest> = { keyId: true, label: true };
const SET_EXPIRY: MembersOf<SetKeyExpiryRequest> = { keyId: true, expiresAt: true };

type Body<T extends CommandBody['type']> = Extract<CommandBody, { readonly type: T }>;

const relabelBody = (request: RelabelKeyRequest): E.Either<Refusal, Body<'RelabelKey'>> => {
  const keyId = decoded(KeyId, 'keyId', request.keyId);
  if (E.isLeft(keyId)) return keyId;
  const label = labelGiven(request.label);
  return E.isLeft(label) ? label : E.right({ type: 'RelabelKey', keyId: keyId.right, label: label.right });
};

const expiryBody = (request: SetKeyExpiryRequest): E.Either<Refusal, Body<'SetKeyExpiry'>> => {
  const keyId = decoded(KeyId, 'keyId', request.keyId);
  if (E.isLeft(keyId)) return keyId;
  const expiresAt = expiryGiven(request.expiresAt);
  return E.isLeft(expiresAt)
    ? expiresAt
    : E.right({ type: 'SetKeyExpiry', keyId: keyId.right, expiresAt: expiresAt.right });
};

export const relabelKeyCommand = (
  parts: Commanding,
  context: CallContext,
  given: RelabelKeyRequest,
): TaskEither<Failure, CommandWith<Body<'RelabelKey'>>> =>
  withRequest(given, RELABEL, (request) =>
    commanded(
      parts,
      context,
      { action: 'RelabelKey', impliedEffects: [], target: targetOf({ keyId: request.keyId }) },
      () => relabelBody(request),
    ),
  );

export const setKeyExpiryCommand = (
  parts: Commanding,
  context: CallContext,
  given: SetKeyExpiryRequest,
): TaskEither<Failure, CommandWith<Body<'SetKeyExpiry'>>> =>
  withRequest(given, SET_EXPIRY, (request) =>
    commanded(
      parts,
      context,
      { action: 'SetKeyExpiry', impliedEffects: [], target: targetOf({ keyId: request.keyId }) },
      () => expiryBody(request),
    ),
  );

export const makeKeyDetailUseCases = (
  parts: Commanding & Speaking & { readonly handler: Pick<CommandHandler, 'handle'> },
) => {
  const changed =
    (
      asked: TaskEither<Failure, CommandWith<Body<'RelabelKey' | 'SetKeyExpiry'>>>,
    ): TaskEither<Failure, KeyChange> =>
    async () => {
      const command = await asked();
      if (E.isLeft(command)) return command;
      const handled = await parts.handler.handle(command.right)();
      if (E.isLeft(handled)) return handled;
      const key = keySummary(parts, handled.right.keyring, command.right.body.keyId);
      if (E.isLeft(key)) return key;
      return E.right({
        key: key.right,
        changed: handled.right.events.length > 0,
        ...writeResultOf(handled.right),
      });
    };

  return {
    /**
     * Gives a key another name of its owner's, or none. Refuses `unknown-key`, `key-not-on-file` for one that is
     * deleted, `text-contains-secret`.
     */
    relabelKey: (context: CallContext, request: RelabelKeyRequest): TaskEither<Failure, KeyChange> =>
      changed(relabelKeyCommand(parts, context, request)),

    /**
     * Says when a key is to be replaced. It is shown and due then, and refuses nothing. Refuses `unknown-key`,
     * `key-not-on-file` for one that is deleted.
     */
    setKeyExpiry: (context: CallContext, request: SetKeyExpiryRequest): TaskEither<Failure, KeyChange> =>
      changed(setKeyExpiryCommand(parts, context, request)),
  };
};
