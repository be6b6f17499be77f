import { KeyId, ProjectId, type CommandBody, type Refusal, type Scope } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { commanded } from './commanding';
import { decoded, type CallContext } from './context';
import type { Failure } from './failure';
import { keySummary, type KeySummary } from './keySummary';
import type { UseCaseParts } from './useCaseParts';
import { writtenBy, type Written } from './written';

export interface SetDefaultRequest {
  readonly keyId: string;
  /** The Default of this project alone; of the workspace when left out. */
  readonly projectId?: string;
}

export interface DefaultSet extends Written {
  readonly key: KeySummary;
  /** False when it was so already: nothing was recorded. */
  readonly changed: boolean;
}

const scopeOf = (projectId: string | undefined): E.Either<Refusal, Scope> =>
  projectId === undefined
    ? E.right({ kind: 'workspace' })
    : pipe(
        decoded(ProjectId, 'projectId', projectId),
        E.map((id) => ({ kind: 'project', projectId: id })),
      );

const setDefaultBody = (
  request: SetDefaultRequest,
): E.Either<Refusal, Extract<CommandBody, { readonly type: 'SetDefault' }>> =>
  pipe(
    E.Do,
    E.bind('keyId', () => decoded(KeyId, 'keyId', request.keyId)),
    E.bind('scope', () => scopeOf(request.projectId)),
    E.map((fields) => ({ type: 'SetDefault', ...fields }) as const),
  );

export const makeDefaultUseCases = (parts: UseCaseParts) => ({
  /** New runs use this key from now on; runs under way keep theirs. Refuses `unknown-key`, `key-not-on-file`, `key-not-active`. */
  setDefault: (context: CallContext, request: SetDefaultRequest): TE.TaskEither<Failure, DefaultSet> =>
    pipe(
      commanded(parts, context, 'SetDefault', ['default-changes'], () => setDefaultBody(request)),
      TE.chain((command) =>
        pipe(
          parts.handler.handle(command),
          TE.chainEitherKW((handled) =>
            pipe(
              keySummary(handled.keyring, command.body.keyId),
              E.map((key) => ({ key, changed: handled.events.length > 0, ...writtenBy(handled) })),
            ),
          ),
        ),
      ),
    ),

  /** The project uses the workspace's Default again. Nothing to clear is no error. */
  clearProjectDefault: (
    context: CallContext,
    request: { readonly projectId: string },
  ): TE.TaskEither<Failure, Omit<DefaultSet, 'key'>> =>
    pipe(
      commanded(parts, context, 'ClearProjectDefault', ['default-changes'], () =>
        pipe(
          decoded(ProjectId, 'projectId', request.projectId),
          E.map((projectId) => ({ type: 'ClearProjectDefault', projectId }) as const),
        ),
      ),
      TE.chain(parts.handler.handle),
      TE.map((handled) => ({ changed: handled.events.length > 0, ...writtenBy(handled) })),
    ),
});
