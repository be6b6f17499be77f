import type { BrokenDefault, KnownKey } from 'keyturn';
import { keyJson } from './keyWords';

/** A Default that no run gets, as every JSON document has it. */
export const brokenDefaultJson = ({ projectId, key, candidates }: BrokenDefault): object => ({
  projectId,
  key: keyJson(key),
  candidates: candidates.map(keyJson),
});

const named = ({ last4, keyId }: { readonly last4: string; readonly keyId: string }): string =>
  `…${last4} (${keyId})`;

/** That a Default does not work, and which keys would: none is taken in its place by itself. */
export const brokenDefaultHints = (
  workspace: string,
  broken: ReadonlyArray<BrokenDefault>,
): ReadonlyArray<string> =>
  broken.flatMap(({ projectId, key, candidates: [first, ...others] }) => {
    if (first === undefined) return [];
    const whose = projectId === null ? 'the workspace' : `project ${projectId}`;
    const project = projectId === null ? '' : ` --project ${projectId}`;
    const set = `keyturn keys set-default ${first.keyId} --workspace ${workspace}${project}`;
    return [
      `The Default of ${whose}, ${named(key)}, does not work, and no other key is taken in its place. To set ` +
        `${named(first)}: ${set}`,
      ...(others.length === 0 ? [] : [`Also active: ${others.map(named).join(', ')}`]),
    ];
  });

/** The same, of a list of all the keys of a workspace. */
export const brokenDefaultsOf = (keys: ReadonlyArray<KnownKey>): ReadonlyArray<BrokenDefault> => {
  const candidates = keys.filter(({ status }) => status === 'active');
  return keys
    .filter(({ status }) => status !== 'active')
    .flatMap((key) => [
      ...(key.isDefault ? [{ projectId: null, key, candidates }] : []),
      ...key.projectDefaults.map((projectId) => ({ projectId, key, candidates })),
    ]);
};
