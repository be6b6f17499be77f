import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { backendAt } from '../backendAt';
import { wipeKeys, type Deployment } from '../deployment';
import { VaultFault } from '../faults';
import { keyIdOf } from '../mac';
import { DEFAULT_COST } from '../passphrase';
import type { VaultAccess } from '../place';
import { rotationKeys, type RotationKeys } from './rotationKeys';
import { withRotationStorage } from './withRotationStorage';

/** What {@link prepareMasterKeyRotation} has come to. */
export interface PreparedRotation {
  /** 16 hexadecimal digits each, which tell nothing of the keys. */
  readonly masterKeyId: string;
  readonly comingMasterKeyId: string;
}

/** The id of the coming key, which is made if there is none yet. */
const comingIdOf = (sources: RotationKeys, deployment: Deployment): TE.TaskEither<VaultFault, Buffer> => {
  const { rotation } = deployment;
  if (rotation?.step === 'resealing') {
    return pipe(
      sources.coming(deployment, rotation.coming),
      TE.map((keys) => {
        wipeKeys(keys);
        return keys.masterKeyId;
      }),
    );
  }
  if (rotation !== null) {
    return TE.left(
      new VaultFault(
        'rotation-incomplete',
        'the last rotation is not finished: run the rotation again first',
      ),
    );
  }
  return pipe(
    sources.take(deployment),
    TE.chain(
      TE.fromNullable(new VaultFault('unavailable', 'the master key was rotated at this moment: try again')),
    ),
    TE.map(({ key }) => {
      const id = keyIdOf(key);
      key.fill(0);
      return id;
    }),
  );
};

/**
 * Puts the coming key into the file of the present one, as a second line, and goes no further: to be copied to all
 * machines that have the file, so that their services go on when {@link rotateMasterKey} does the rest. For key files
 * alone. Run again, it tells the same.
 *
 * Faults: those of {@link rotateMasterKey}; `rotation-incomplete` also when an earlier rotation has to be finished
 * first.
 *
 * @throws RangeError for a passphrase, which needs no preparation.
 */
export const prepareMasterKeyRotation = (
  options: VaultAccess,
): TE.TaskEither<VaultFault, PreparedRotation> => {
  const { masterKey } = options;
  if (masterKey.kind !== 'file') {
    throw new RangeError('a rotation is prepared in a key file: a passphrase needs none of it');
  }
  const backend = backendAt(options, options.busyTimeoutMs);
  return withRotationStorage(backend, (storage) => {
    const sources = rotationKeys(storage, {
      directory: backend.directory,
      from: masterKey,
      to: masterKey,
      passphraseCost: DEFAULT_COST,
    });
    return pipe(
      storage.deployment,
      TE.chain((deployment) =>
        pipe(
          sources.present(deployment),
          TE.chain(({ keys }) => {
            wipeKeys(keys);
            return comingIdOf(sources, deployment);
          }),
          TE.map((comingId) => ({
            masterKeyId: deployment.masterKeyId.toString('hex'),
            comingMasterKeyId: comingId.toString('hex'),
          })),
        ),
      ),
    );
  });
};
