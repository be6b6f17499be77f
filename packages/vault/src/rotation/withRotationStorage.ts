import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultBackend } from '../backend';
import type { VaultFault } from '../faults';
import type { RotationStorage } from './rotationStorage';

/** Works on the vault as a rotation does, and closes it. */
export const withRotationStorage = <A>(
  backend: VaultBackend,
  use: (storage: RotationStorage) => TE.TaskEither<VaultFault, A>,
): TE.TaskEither<VaultFault, A> =>
  pipe(
    backend.openForRotation,
    TE.chain(({ storage, close }) => async () => {
      try {
        return await use(storage)();
      } finally {
        await close();
      }
    }),
  );
