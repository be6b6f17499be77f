import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from './faults';
import { guarded } from './guarded';
import type { HeldKeys } from './heldKeys';
import { newWorkspaceKey } from './hierarchy';
import { InconsistentRead } from './rereading';
import type { StoredWorkspaceKey, VaultStorage } from './storage';
import { firstWitness } from './witness';

export const replacedMeanwhile = (workspaceId: string): InconsistentRead =>
  new InconsistentRead(
    new VaultFault(
      'unavailable',
      `keys of workspace ${workspaceId} were replaced again and again while one was sealed: try again`,
    ),
  );

/** What is stored of a workspace: made when there is nothing yet. */
export const storedWorkspace = (
  held: HeldKeys,
  storage: Pick<VaultStorage, 'readWorkspaceKey' | 'keepWorkspaceKey'>,
  workspaceId: string,
  now: () => number,
): TE.TaskEither<VaultFault | InconsistentRead, StoredWorkspaceKey> =>
  pipe(
    storage.readWorkspaceKey(workspaceId),
    TE.chain((stored) =>
      stored !== null
        ? TE.right(stored)
        : pipe(
            guarded(() => {
              const { workspaceSealing, deploymentId, masterKeyId, rotations } = held.get();
              const madeIn = rotations.number;
              const name = { deploymentId, workspaceId, sealedIn: madeIn, madeIn };
              const { key, sealed } = newWorkspaceKey(workspaceSealing, name);
              const witness = firstWitness(key, { deploymentId, workspaceId });
              key.fill(0);
              return { made: { madeIn, sealed, witness }, masterKeyId };
            }),
            TE.chain(({ made, masterKeyId }) =>
              storage.keepWorkspaceKey(workspaceId, made, masterKeyId, now()),
            ),
          ),
    ),
    TE.chainW((stored) => (stored === null ? TE.left(replacedMeanwhile(workspaceId)) : TE.right(stored))),
  );
