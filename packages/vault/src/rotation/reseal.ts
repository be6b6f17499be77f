import { timingSafeEqual } from 'node:crypto';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { DeploymentKeys } from '../deployment';
import type { VaultFault } from '../faults';
import { guarded } from '../guarded';
import { openWorkspaceKey, sealWorkspaceKey, type WorkspaceKeyName } from '../hierarchy';
import { tamperedWorkspaceKey } from '../rowFaults';
import { eachPage, PAGE } from './pages';
import type { RotationStorage, WorkspaceKeyRow } from './rotationStorage';

/** The two master keys' own keys. */
export interface Resealing {
  readonly present: DeploymentKeys;
  readonly coming: DeploymentKeys;
}

const nameUnder = (
  { deploymentId, rotations }: DeploymentKeys,
  { workspaceId, madeIn }: WorkspaceKeyRow,
): WorkspaceKeyName => ({ deploymentId, workspaceId, sealedIn: rotations.number, madeIn });

/** Runs with the workspace's key in clear, and wipes it. Throws `tampered` when it does not open. */
const withKey = <A>(keys: DeploymentKeys, row: WorkspaceKeyRow, run: (key: Buffer) => A): A => {
  const key = openWorkspaceKey(keys.workspaceSealing, nameUnder(keys, row), row.sealed);
  if (key === null) throw tamperedWorkspaceKey(row.workspaceId);
  try {
    return run(key);
  } finally {
    key.fill(0);
  }
};

/** Whether what was re-sealed is this key, sealed for this rotation: anything may lie there. */
const isOf = (coming: DeploymentKeys, row: WorkspaceKeyRow, key: Buffer): boolean => {
  if (row.resealed === null) return false;
  const resealed = openWorkspaceKey(coming.workspaceSealing, nameUnder(coming, row), row.resealed);
  const same = resealed !== null && timingSafeEqual(resealed, key);
  resealed?.fill(0);
  return same;
};

/** Throws `tampered` for a workspace whose key lies not, or as another one, under the coming master key. */
export const expectResealed =
  ({ present, coming }: Resealing) =>
  (row: WorkspaceKeyRow): void =>
    withKey(present, row, (key) => {
      if (!isOf(coming, row, key)) throw tamperedWorkspaceKey(row.workspaceId);
    });

/**
 * Seals every workspace key that is not yet under the coming master key under it, too; reports how many rows it has
 * looked at and how many it sealed. Ends early when this rotation is no longer the one under way.
 */
export const resealAll = (
  storage: Pick<RotationStorage, 'workspaceKeys' | 'keepResealed'>,
  { present, coming }: Resealing,
  onPage: (seen: number, resealed: number) => void,
): TE.TaskEither<VaultFault, void> =>
  eachPage(
    (after: string | null) => storage.workspaceKeys(after, PAGE),
    ({ workspaceId }) => workspaceId,
    (rows) =>
      pipe(
        guarded(() =>
          rows.flatMap((row) =>
            withKey(present, row, (key) => {
              if (isOf(coming, row, key)) return [];
              const { workspaceId, sealed } = row;
              const resealed = sealWorkspaceKey(coming.workspaceSealing, nameUnder(coming, row), key);
              return [{ workspaceId, sealed, resealed }];
            }),
          ),
        ),
        TE.chain((changes) =>
          pipe(
            storage.keepResealed(coming.masterKeyId, changes),
            TE.map((kept) => {
              onPage(rows.length, kept ? changes.length : 0);
              return kept;
            }),
          ),
        ),
      ),
  );
