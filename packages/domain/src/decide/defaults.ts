import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { KeyId } from '../ids';
import { refuse } from '../refusals/refusal';
import type { Scope } from '../scope';
import type { Keyring } from '../state/keyring';
import type { Handler, Verdict } from './handler';
import { keyOnFile, notActive } from './knownKey';

/** The Default of exactly this scope: a project without one has none here. */
const defaultOf = (keyring: Keyring, scope: Scope): KeyId | null =>
  scope.kind === 'workspace'
    ? keyring.workspaceDefault
    : (keyring.projectDefaults.get(scope.projectId) ?? null);

/** Only an active key is made Default; one that is Default already, in whatever state, stays it without an event. */
export const setDefault: Handler<'SetDefault'> = ({ keyring, policy }, { keyId, scope }) =>
  pipe(
    keyOnFile(keyring, keyId),
    E.chain((key): Verdict => {
      const previousKeyId = defaultOf(keyring, scope);
      if (previousKeyId === keyId) return E.right([]);
      if (key.status !== 'active') return E.left(notActive(keyring, key));
      const isOneMore = scope.kind === 'project' && previousKeyId === null;
      if (isOneMore && keyring.projectDefaults.size >= policy.maxProjectDefaults) {
        return E.left(refuse('too-many-project-defaults', { limit: policy.maxProjectDefaults }));
      }
      return E.right([
        { type: 'DefaultChanged', data: { scope, keyId, previousKeyId, cause: 'set-default' } },
      ]);
    }),
  );

/** The project uses the workspace's Default again. */
export const clearProjectDefault: Handler<'ClearProjectDefault'> = ({ keyring }, { projectId }) => {
  const scope: Scope = { kind: 'project', projectId };
  const previousKeyId = defaultOf(keyring, scope);
  if (previousKeyId === null) return E.right([]);
  return E.right([
    { type: 'DefaultChanged', data: { scope, keyId: null, previousKeyId, cause: 'project-default-cleared' } },
  ]);
};
