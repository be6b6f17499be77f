import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { openDeployment, type Deployment, type DeploymentKeys } from './deployment';
import { VaultFault } from './faults';
import type { KeysAnew } from './heldKeys';
import { findMasterKeys, type MasterKeySource } from './masterKey';
import { wipingAfter } from './wiping';

const READINGS = 3;

/** The vault's keys as they are now: read once more where a rotation came between its row and the source of its key. */
export const presentKeys = (
  readDeployment: TE.TaskEither<VaultFault, Deployment>,
  directory: string | null,
  source: MasterKeySource,
): TE.TaskEither<VaultFault, DeploymentKeys> => {
  const open = (deployment: Deployment): TE.TaskEither<VaultFault, DeploymentKeys> =>
    pipe(
      findMasterKeys(directory, source, deployment.masterKey),
      TE.chain((found) => wipingAfter(found.wipe, () => Promise.resolve(openDeployment(deployment, found)))),
    );
  const from = (left: number): TE.TaskEither<VaultFault, DeploymentKeys> =>
    pipe(
      readDeployment,
      TE.chain((deployment) =>
        pipe(
          open(deployment),
          TE.orElse((fault) =>
            fault.code !== 'master-key-wrong' || left === 1
              ? TE.left(fault)
              : pipe(
                  readDeployment,
                  TE.chain((now) =>
                    now.masterKeyId.equals(deployment.masterKeyId) ? TE.left(fault) : from(left - 1),
                  ),
                ),
          ),
        ),
      ),
    );
  return from(READINGS);
};

/** For a vault that runs: its source is asked again only when the vault went over to another master key. */
export const keysAnew =
  (
    readDeployment: TE.TaskEither<VaultFault, Deployment>,
    directory: string | null,
    source: MasterKeySource,
  ) =>
  (heldId: Buffer): TE.TaskEither<VaultFault, KeysAnew> =>
    pipe(
      readDeployment,
      TE.chain((still): TE.TaskEither<VaultFault, KeysAnew> => {
        const { masterKeyId } = still;
        if (masterKeyId.equals(heldId)) return TE.right({ still });
        const gone =
          `the vault went over from master key ${heldId.toString('hex')}, which this process was opened with, ` +
          'to another';
        return source.kind === 'passphrase'
          ? TE.left(
              new VaultFault(
                'master-key-wrong',
                `${gone}, ${masterKeyId.toString('hex')}, and passphrases are not kept: ` +
                  'start it again with the new one',
              ),
            )
          : pipe(
              presentKeys(readDeployment, directory, source),
              TE.bimap(
                (fault) => new VaultFault(fault.code, `${gone}: ${fault.message}`, { cause: fault }),
                (keys) => ({ keys }),
              ),
            );
      }),
    );
