import { KeyId, ProjectId, type CommandBody, type Refusal, type Scope } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf } from './authorization';
import { commanded, withRequest, type Commanding } from './commanding';
import type { CommandHandler } from './commandHandler';
import { decoded, type CallContext, type CommandWith } from './context';
import type { Failure } from './failure';
import type { MembersOf } from './given';
import { keySummary, type KeySummary, type Speaking } from './keySummary';
import { writeResultOf, type WriteResult } from './writeResult';

export interface SetDefaultRequest {
  readonly keyId: string;
  /** The Default of this project alone; of the workspace when left out. */
  readonly projectId?: string;
}

export interface ClearProjectDefaultRequest {
  readonly projectId: string;
}

export interface DefaultChange extends WriteResult {
  readonly key: KeySummary;
  /** False when it was so already: nothing was recorded. */
  readonly changed: boolean;
}

const SET_DEFAULT: MembersOf<SetDefaultRequest> = { keyId: true, projectId: true };
const CLEAR_DEFAULT: MembersOf<ClearProjectDefaultRequest> = { projectId: true };

type Body<T extends CommandBody['type']> = Extract<CommandBody, { readonly type: T }>;

const scopeOf = (projectId: string | undefined): E.Either<Refusal, Scope> => {
  if (projectId === undefined) return E.right({ kind: 'workspace' });
  const checked = decoded(ProjectId, 'projectId', projectId);
  return E.isLeft(checked) ? checked : E.right({ kind: 'project', projectId: checked.right });
};

const setDefaultBody = (request: SetDefaultRequest): E.Either<Refusal, Body<'SetDefault'>> => {
  const keyId = decoded(KeyId, 'keyId', request.keyId);
  if (E.isLeft(keyId)) return keyId;
  const scope = scopeOf(request.projectId);
  if (E.isLeft(scope)) return scope;
  return E.right({ type: 'SetDefault', keyId: keyId.right, scope: scope.right });
};

const clearBody = (request: ClearProjectDefaultRequest): E.Either<Refusal, Body<'ClearProjectDefault'>> => {
  const projectId = decoded(ProjectId, 'projectId', request.projectId);
  return E.isLeft(projectId)
    ? projectId
    : E.right({ type: 'ClearProjectDefault', projectId: projectId.right });
};

export const setDefaultCommand = (
  parts: Commanding,
  context: CallContext,
  given: SetDefaultRequest,
): TaskEither<Failure, CommandWith<Body<'SetDefault'>>> =>
  withRequest(given, SET_DEFAULT, (request) =>
    commanded(
      parts,
      context,
      { action: 'SetDefault', impliedEffects: ['default-changes'], target: targetOf(request) },
      () => setDefaultBody(request),
    ),
  );

export const clearProjectDefaultCommand = (
  parts: Commanding,
  context: CallContext,
  given: ClearProjectDefaultRequest,
): TaskEither<Failure, CommandWith<Body<'ClearProjectDefault'>>> =>
  withRequest(given, CLEAR_DEFAULT, (request) =>
    commanded(
      parts,
      context,
      { action: 'ClearProjectDefault', impliedEffects: ['default-changes'], target: targetOf(request) },
      () => clearBody(request),
    ),
  );

export const makeDefaultUseCases = (
  parts: Commanding & Speaking & { readonly handler: Pick<CommandHandler, 'handle'> },
) => ({
  /**
   * New runs use this key from now on; runs under way keep theirs. Refuses `unknown-key`, `key-not-on-file`,
   * `key-not-active`.
   */
  setDefault: (context: CallContext, request: SetDefaultRequest): TaskEither<Failure, DefaultChange> => {
    const asked = setDefaultCommand(parts, context, request);
    return async () => {
      const command = await asked();
      if (E.isLeft(command)) return command;
      const handled = await parts.handler.handle(command.right)();
      if (E.isLeft(handled)) return handled;
      const { keyring, events } = handled.right;
      const key = keySummary(parts, keyring, command.right.body.keyId);
      if (E.isLeft(key)) return key;
      return E.right({ key: key.right, changed: events.length > 0, ...writeResultOf(handled.right) });
    };
  },

  /** The project uses the workspace's Default again. Nothing to clear is no error. */
  clearProjectDefault: (
    context: CallContext,
    request: ClearProjectDefaultRequest,
  ): TaskEither<Failure, Omit<DefaultChange, 'key'>> => {
    const asked = clearProjectDefaultCommand(parts, context, request);
    return async () => {
      const command = await asked();
      if (E.isLeft(command)) return command;
      const handled = await parts.handler.handle(command.right)();
      if (E.isLeft(handled)) return handled;
      return E.right({ changed: handled.right.events.length > 0, ...writeResultOf(handled.right) });
    };
  },
});
