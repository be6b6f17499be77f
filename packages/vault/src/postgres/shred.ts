import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { shredIncomplete } from '../rowFaults';
import type { VaultStorage } from '../storage';
import type { Database } from './connection';
import { eraseDeleted } from './erase';
import { inTurn } from './inTurn';
import { Obstacle } from './obstacle';

const TABLES = ['data_keys', 'sealed_secrets'];
const WHERE = 'WHERE workspace_id = $1 AND key_id = ANY ($2::text[])';

/**
 * Data keys and rows go in one transaction: from its commit on nothing can be opened, whatever happens next. Then they
 * are taken out of the files, once for all groups, which a shred that is run again does once more. Shreds that wait for
 * their turn hold no connection: openings need them.
 */
export const postgresShredder = ({ transaction, run }: Database): VaultStorage['shred'] => {
  const next = inTurn();
  return (groups) =>
    pipe(
      transaction(async (session) => {
        const destroyed = [];
        for (const { workspaceId, keyIds } of groups) {
          const values = [workspaceId, [...keyIds]];
          const dataKeys = await session.query(`DELETE FROM data_keys ${WHERE}`, values);
          const secrets = await session.query(`DELETE FROM sealed_secrets ${WHERE}`, values);
          destroyed.push({ dataKeysDestroyed: dataKeys.count, secretsDestroyed: secrets.count });
        }
        return destroyed;
      }),
      TE.bindTo('destroyed'),
      TE.bind('checks', () =>
        next(
          run(async (session) => {
            try {
              return await eraseDeleted(session, TABLES);
            } catch (error) {
              throw error instanceof Obstacle ? shredIncomplete(groups, error.message) : error;
            }
          }),
        ),
      ),
      TE.map(({ destroyed, checks }) =>
        destroyed.map((counts) =>
          E.right({
            ...counts,
            method:
              'postgresql: data keys deleted with sealed rows, tables written anew, write-ahead log led past ' +
              'what it had',
            checks,
          }),
        ),
      ),
    );
};
