import { keysOnFile, type KeyId, type Keyring } from '@keyturn/domain';
import { summaryOf, type KeySummary, type Speaking } from './keySummary';

/** A Default that no run gets. It stays the Default until somebody sets another. */
export interface BrokenDefault {
  /** Of which project; null for the workspace's. */
  readonly projectId: string | null;
  readonly key: KeySummary;
  /** The active keys, which would do in its place. */
  readonly candidates: ReadonlyArray<KeySummary>;
}

/** Every Default of a keyring whose key is not active, the workspace's first. */
export const brokenDefaults = (speaking: Speaking, keyring: Keyring): ReadonlyArray<BrokenDefault> => {
  const candidates = keysOnFile(keyring)
    .filter(({ status }) => status === 'active')
    .map((key) => summaryOf(speaking, keyring, key));
  const broken = (projectId: string | null, keyId: KeyId | null): ReadonlyArray<BrokenDefault> => {
    const key = keyId === null ? undefined : keyring.keys.get(keyId);
    return key === undefined || key.status === 'active'
      ? []
      : [{ projectId, key: summaryOf(speaking, keyring, key), candidates }];
  };
  return [
    ...broken(null, keyring.workspaceDefault),
    ...[...keyring.projectDefaults].flatMap(([projectId, keyId]) => broken(projectId, keyId)),
  ];
};
