import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { KeyringEvent } from '../events';
import type { KeyId, ProjectId } from '../ids';
import { keyFact } from '../refusals/keyFact';
import { refuse } from '../refusals/refusal';
import type { Scope } from '../scope';
import type { Keyring } from '../state/keyring';
import type { Handler, Verdict } from './handler';
import { activeFacts, isLeaked, keyOnFile, notActive } from './knownKey';

/** The Default of exactly this scope: a project without one has none here. */
const defaultOf = (keyring: Keyring, scope: Scope): KeyId | null =>
  scope.kind === 'workspace'
    ? keyring.workspaceDefault
    : (keyring.projectDefaults.get(scope.projectId) ?? null);

const moved = (scope: Scope, keyId: KeyId, previousKeyId: KeyId | null): KeyringEvent => ({
  type: 'DefaultChanged',
  data: { scope, keyId, previousKeyId, cause: 'set-default' },
});

/** Projects by id whose own Default is the key. */
export const projectsOn = ({ projectDefaults }: Keyring, keyId: KeyId): ReadonlyArray<ProjectId> =>
  [...projectDefaults].flatMap(([projectId, held]) => (held === keyId ? [projectId] : [])).sort();

/**
 * Only an active key that did not leak is made Default. One that is Default already, in whatever state, stays it
 * without an event.
 */
export const setDefault: Handler<'SetDefault'> = ({ keyring, policy }, { keyId, scope, projects }) =>
  pipe(
    keyOnFile(keyring, keyId),
    E.chain((key): Verdict => {
      const previousKeyId = defaultOf(keyring, scope);
      const replaced = previousKeyId === keyId ? keyring.previousDefault : previousKeyId;
      const following =
        projects === 'follow' && scope.kind === 'workspace' && replaced !== null && replaced !== keyId
          ? projectsOn(keyring, replaced).map((projectId) =>
              moved({ kind: 'project', projectId }, keyId, replaced),
            )
          : [];
      if (previousKeyId === keyId && following.length === 0) return E.right([]);
      if (isLeaked(keyring, key)) {
        return E.left(refuse('key-reported-leaked', { key: keyFact(key), candidates: activeFacts(keyring) }));
      }
      if (key.status !== 'active') return E.left(notActive(keyring, key));
      if (previousKeyId === keyId) return E.right(following);
      const isOneMore = scope.kind === 'project' && previousKeyId === null;
      if (isOneMore && keyring.projectDefaults.size >= policy.maxProjectDefaults) {
        return E.left(refuse('too-many-project-defaults', { limit: policy.maxProjectDefaults }));
      }
      return E.right([moved(scope, keyId, previousKeyId), ...following]);
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
