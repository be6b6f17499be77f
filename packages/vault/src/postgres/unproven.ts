import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from '../faults';
import type { RotationStorage } from '../rotation/rotationStorage';
import type { VaultStorage } from '../storage';
import type { Database } from './connection';

const notYet = new VaultFault('unavailable', 'nothing proves yet that PostgreSQL destroyed what it deleted');

export const postgresShredder =
  (_database: Database): VaultStorage['shred'] =>
  () =>
    TE.left(notYet);

export const postgresEraser =
  (_database: Database): RotationStorage['erase'] =>
  () =>
    TE.left(notYet);

export const checkServer = (_database: Database): TE.TaskEither<VaultFault, void> => TE.right(undefined);
