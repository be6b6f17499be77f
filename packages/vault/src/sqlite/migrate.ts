import type { NumberedStep } from '@keyturn/sqlite';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { standing } from '../deploymentRows';
import type { VaultFault } from '../faults';
import type { OnStep, VaultFormat } from '../format';
import { inUse } from '../rowFaults';
import { type Connection, type Connections, VAULT_FILE } from './connection';
import { readFormat } from './deploymentRow';
import { withFiles } from './files';
import { requireKnownSchema } from './schemaCheck';
import { isBusy } from './sqliteFaults';

const formatOf = ({ vault }: Connections): VaultFormat => standing(readFormat(vault, 'kept'), VAULT_FILE);

/** How the files are stored. */
export const readFormatOf = (directory: string, busyMs: number): TE.TaskEither<VaultFault, VaultFormat> =>
  withFiles(directory, busyMs, { formats: 'kept' }, formatOf);

/** All of it, or nothing. The schema before is known since the files were opened, and nobody else has them since. */
const takeStep = (vault: Connection, { to, statements, needsRelease }: NumberedStep): void =>
  vault.transaction('immediate', () => {
    for (const statement of statements) vault.exec(statement);
    vault.prepare('UPDATE deployment SET format = ?, needs_release = ?').run(to, needsRelease);
    requireKnownSchema(vault, VAULT_FILE, to);
  });

/** Takes the steps that are left. Whoever has a file open has a lock on it, so nobody meets another format than his. */
export const migrateFiles = (
  directory: string,
  busyMs: number,
  onStep: OnStep,
): TE.TaskEither<VaultFault, VaultFormat> =>
  pipe(
    withFiles(directory, busyMs, { formats: 'kept', exclusive: true }, (connections) => {
      const found = formatOf(connections);
      for (const step of found.steps) {
        onStep(step);
        takeStep(connections.vault, step);
      }
      return found;
    }),
    TE.mapLeft((fault) => (isBusy(fault.cause) ? inUse(directory, fault) : fault)),
  );
