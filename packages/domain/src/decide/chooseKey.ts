import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { KeyId, ProjectId, Vendor } from '../ids';
import { keyFact } from '../refusals/keyFact';
import { refuse, type Refusal } from '../refusals/refusal';
import type { ChoiceMade, RunChoice } from '../run';
import type { Scope } from '../scope';
import type { KeyEntry } from '../state/keyEntry';
import { keysOnFile, type Keyring } from '../state/keyring';
import { activeFacts, activeKeys, knownKey, notActive, suspendedKey } from './knownKey';

/** The active key that a run gets, and how it was chosen. */
export interface Chosen {
  readonly key: KeyEntry;
  readonly choice: ChoiceMade;
}

interface HeldDefault {
  readonly scope: Scope;
  readonly key: KeyEntry;
}

const held = (
  keyring: Keyring,
  scope: Scope,
  keyId: KeyId | null | undefined,
): ReadonlyArray<HeldDefault> => {
  const key = keyId === null || keyId === undefined ? undefined : keyring.keys.get(keyId);
  return key === undefined ? [] : [{ scope, key }];
};

/** The Defaults that a run of this project may mean: the project's own before the workspace's. */
const defaultsFor = (keyring: Keyring, projectId: ProjectId | null): ReadonlyArray<HeldDefault> => [
  ...(projectId === null
    ? []
    : held(keyring, { kind: 'project', projectId }, keyring.projectDefaults.get(projectId))),
  ...held(keyring, { kind: 'workspace' }, keyring.workspaceDefault),
];

/** A Default is taken or refused as it stands: never another key in its place. */
const ifActive = (
  keyring: Keyring,
  { scope, key }: HeldDefault,
  choice: ChoiceMade,
): E.Either<Refusal, Chosen> => {
  if (key.suspended) return E.left(suspendedKey(keyring, key, scope));
  return key.status === 'active'
    ? E.right({ key, choice })
    : E.left(refuse('default-not-active', { scope, key: keyFact(key), candidates: activeFacts(keyring) }));
};

const byDefault = (keyring: Keyring, projectId: ProjectId | null): E.Either<Refusal, Chosen> => {
  const first = defaultsFor(keyring, projectId)[0];
  if (first === undefined) return E.left(refuse('no-default', { candidates: activeFacts(keyring) }));
  return ifActive(keyring, first, first.scope.kind === 'project' ? 'project-default' : 'workspace-default');
};

/**
 * A Default of that vendor, the project's before the workspace's, in whatever state; else the vendor's sole active key.
 */
const byVendor = (
  keyring: Keyring,
  projectId: ProjectId | null,
  vendor: Vendor,
): E.Either<Refusal, Chosen> => {
  const ofVendor = defaultsFor(keyring, projectId).find(({ key }) => key.vendor === vendor);
  if (ofVendor !== undefined) return ifActive(keyring, ofVendor, 'explicit-vendor');
  const [sole, ...others] = activeKeys(keyring).filter((key) => key.vendor === vendor);
  if (sole === undefined) {
    return E.left(
      refuse('vendor-has-no-active-key', {
        vendor,
        keys: keysOnFile(keyring)
          .filter((key) => key.vendor === vendor)
          .map(keyFact),
        candidates: activeFacts(keyring),
      }),
    );
  }
  if (others.length > 0) {
    return E.left(refuse('vendor-is-ambiguous', { vendor, candidates: [sole, ...others].map(keyFact) }));
  }
  return E.right({ key: sole, choice: 'explicit-vendor' });
};

/**
 * Finds the key that a run gets.
 *
 * Refuses `no-key-on-file`, `no-default`, `default-not-active`, `vendor-has-no-active-key`, `vendor-is-ambiguous`,
 * `unknown-key`, `key-not-active`, `key-suspended`.
 */
export const chooseKey = (
  keyring: Keyring,
  projectId: ProjectId | null,
  requested: RunChoice,
): E.Either<Refusal, Chosen> => {
  if (keysOnFile(keyring).length === 0) return E.left(refuse('no-key-on-file', {}));
  switch (requested.kind) {
    case 'default':
      return byDefault(keyring, projectId);
    case 'vendor':
      return byVendor(keyring, projectId, requested.vendor);
    case 'key':
      return pipe(
        knownKey(keyring, requested.keyId),
        E.filterOrElse(
          (key) => !key.suspended,
          (key) => suspendedKey(keyring, key),
        ),
        E.filterOrElse(
          (key) => key.status === 'active',
          (key) => notActive(keyring, key),
        ),
        E.map((key) => ({ key, choice: 'explicit-key' })),
      );
  }
};
