import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from '../faults';
import type { VaultStorage } from '../storage';
import type { Database } from './connection';
import { eraseDeleted } from './erase';
import { Obstacle } from './obstacle';

const TABLES = ['data_keys', 'sealed_secrets'];

const incomplete = (workspaceId: string, { message }: Obstacle): VaultFault =>
  new VaultFault(
    'shred-incomplete',
    `keys of workspace ${workspaceId} no longer open, but ${message}: run the shred again`,
  );

/**
 * Data keys and rows go in one transaction: from its commit on nothing can be opened, whatever happens next. Then they are
 * taken out of the files, which a shred that is run again does once more.
 */
export const postgresShredder =
  ({ transaction, run }: Database): VaultStorage['shred'] =>
  (workspaceId, keyIds) =>
    pipe(
      transaction(async (session) => {
        const values = [workspaceId, [...keyIds]];
        const where = 'WHERE workspace_id = $1 AND key_id = ANY ($2::text[])';
        const dataKeys = await session.query(`DELETE FROM data_keys ${where}`, values);
        const secrets = await session.query(`DELETE FROM sealed_secrets ${where}`, values);
        return { dataKeysDestroyed: dataKeys.count, secretsDestroyed: secrets.count };
      }),
      TE.bindTo('destroyed'),
      TE.bind('checks', () =>
        run(async (session) => {
          try {
            return await eraseDeleted(session, TABLES);
          } catch (error) {
            throw error instanceof Obstacle ? incomplete(workspaceId, error) : error;
          }
        }),
      ),
      TE.map(({ destroyed, checks }) => ({
        ...destroyed,
        method:
          'postgresql: data keys deleted with sealed rows, tables written anew, write-ahead log led past what it had',
        checks,
      })),
    );
