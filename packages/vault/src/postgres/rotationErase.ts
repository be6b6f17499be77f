import { VaultFault } from '../faults';
import type { RotationStorage } from '../rotation/rotationStorage';
import type { Database } from './connection';
import { eraseDeleted } from './erase';
import { Obstacle } from './obstacle';
import { SEALED } from './schema';
import { requireKnownSchema } from './schemaCheck';
import { wholeTables } from './storedTables';
import { vacuumDeleted } from './vacuum';

const incomplete = ({ message }: Obstacle): VaultFault =>
  new VaultFault(
    'rotation-incomplete',
    `the new master key is in use, but ${message}: run the rotation again to finish it`,
  );

/**
 * Takes what a rotation replaced out of the files. The server's files can't be read, so the marks are not searched for.
 */
export const postgresEraser =
  ({ run, name }: Database): RotationStorage['erase'] =>
  (_marks, proof) =>
    run(async (session) => {
      try {
        const erase = proof === 'erased' ? eraseDeleted : vacuumDeleted;
        const checks = await erase(session, wholeTables(Object.keys(SEALED)));
        await requireKnownSchema(session, name);
        return checks;
      } catch (error) {
        throw error instanceof Obstacle ? incomplete(error) : error;
      }
    });
