import {
  invalidInput,
  KeyId,
  ProjectId,
  projectsOn,
  type CommandBody,
  type Refusal,
  type Scope,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { TaskEither } from 'fp-ts/TaskEither';
import { EVERY_DEFAULT, targetOf } from './authorization';
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
  /**
   * `follow`: projects whose own Default is the key that is replaced get this one, too. `stay` when left out. Not with
   * `projectId`.
   */
  readonly projects?: 'stay' | 'follow';
}

export interface ClearProjectDefaultRequest {
  readonly projectId: string;
}

export interface DefaultChange extends WriteResult {
  readonly key: KeySummary;
  /** False when it was so already: nothing was recorded. */
  readonly changed: boolean;
  /** Projects that came along, by id. */
  readonly projectsMoved: ReadonlyArray<string>;
  /** Projects, by id, whose own Default is still the key that was the workspace's Default before. */
  readonly projectsLeft: ReadonlyArray<string>;
}

/** What clearing a project's Default came to. */
export type DefaultClearing = Pick<DefaultChange, 'changed' | keyof WriteResult>;

const SET_DEFAULT: MembersOf<SetDefaultRequest> = { keyId: true, projectId: true, projects: true };
const Projects = t.keyof({ stay: null, follow: null });
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
  const projects = decoded(Projects, 'projects', request.projects ?? 'stay', 'stay or follow');
  if (E.isLeft(projects)) return projects;
  const follow = projects.right === 'follow';
  if (follow && scope.right.kind === 'project') {
    return E.left(invalidInput('projects', "left out where one project's Default is set"));
  }
  return E.right({
    type: 'SetDefault',
    keyId: keyId.right,
    scope: scope.right,
    ...(follow ? { projects: 'follow' } : {}),
  });
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
      {
        action: 'SetDefault',
        impliedEffects: request.projects === 'follow' ? EVERY_DEFAULT : ['default-changes'],
        target: targetOf(request),
      },
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
      const before = command.right.body.scope.kind === 'workspace' ? keyring.previousDefault : null;
      return E.right({
        key: key.right,
        changed: events.length > 0,
        projectsMoved: events.flatMap(({ event }) =>
          event.type === 'DefaultChanged' && event.data.scope.kind === 'project' && before !== null
            ? [event.data.scope.projectId]
            : [],
        ),
        projectsLeft: before === null ? [] : projectsOn(keyring, before),
        ...writeResultOf(handled.right),
      });
    };
  },

  /** The project uses the workspace's Default again. Nothing to clear is no error. */
  clearProjectDefault: (
    context: CallContext,
    request: ClearProjectDefaultRequest,
  ): TaskEither<Failure, DefaultClearing> => {
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
