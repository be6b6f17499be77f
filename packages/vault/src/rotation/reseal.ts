import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { DeploymentKeys } from '../deployment';
import type { VaultFault } from '../faults';
import { guarded } from '../guarded';
import { resealWorkspaceKey } from '../hierarchy';
import { tamperedWorkspaceKey } from '../rowFaults';
import { eachPage, PAGE } from './pages';
import type { RotationStorage } from './rotationStorage';

/** The two master keys' own keys. */
interface Resealing {
  readonly present: DeploymentKeys;
  readonly coming: DeploymentKeys;
}

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
          rows
            .filter(({ resealed }) => resealed === null)
            .map(({ workspaceId, sealed }) => {
              const fromTo = [present.workspaceSealing, coming.workspaceSealing] as const;
              const resealed = resealWorkspaceKey(fromTo, present.deploymentId, workspaceId, sealed);
              if (resealed === null) {
                throw tamperedWorkspaceKey(workspaceId);
              }
              return { workspaceId, sealed, resealed };
            }),
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
