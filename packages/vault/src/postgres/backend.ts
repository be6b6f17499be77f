import * as TE from 'fp-ts/TaskEither';
import type { VaultBackend } from '../backend';
import { VaultFault } from '../faults';
import type { PostgresPlace } from '../place';

export const postgresBackend = (_place: PostgresPlace, _busyMs: number): VaultBackend => {
  const notYet = new VaultFault('unavailable', 'the vault on PostgreSQL is not there yet');
  return {
    directory: null,
    readDeployment: TE.left(notYet),
    prepare: TE.left(notYet),
    create: () => TE.left(notYet),
    open: TE.left(notYet),
    openForRotation: TE.left(notYet),
  };
};
