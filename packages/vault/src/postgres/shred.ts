import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { goodGroups, withWitnesses } from '../judgedGroups';
import { shredIncomplete } from '../rowFaults';
import type { VaultStorage } from '../storage';
import type { Database } from './connection';
import { eraseDeleted } from './erase';
import { inTurn } from './inTurn';
import { Obstacle } from './obstacle';
import { changeWitnesses } from './witnesses';

const TABLES = ['data_keys', 'sealed_secrets'];
const WHERE = 'WHERE workspace_id = $1 AND key_id = ANY ($2::text[])';

/**
 * Data keys and rows go in one transaction: from its commit on nothing can be opened, whatever happens next. Then they
 * are taken out of the files, once for all groups, which a shred that is run again does once more. Shreds that wait for
 * their turn hold no connection: openings need them.
 */
export const postgresShredder = ({ transaction, run, name }: Database): VaultStorage['shred'] => {
  const next = inTurn();
  return (groups, judge) =>
    pipe(
      transaction(async (session) => {
        const judged = await changeWitnesses(
          session,
          groups.map(({ workspaceId }) => workspaceId),
          judge,
          name,
        );
        const good = goodGroups(groups, judged);
        const destroyed = [];
        for (const { workspaceId, keyIds } of good) {
          const values = [workspaceId, [...keyIds]];
          const dataKeys = await session.query(`DELETE FROM data_keys ${WHERE}`, values);
          const secrets = await session.query(`DELETE FROM sealed_secrets ${WHERE}`, values);
          destroyed.push({ dataKeysDestroyed: dataKeys.count, secretsDestroyed: secrets.count });
        }
        return { judged, good, destroyed };
      }),
      TE.bind('checks', ({ good }) =>
        good.length === 0
          ? TE.right([])
          : next(
              run(async (session) => {
                try {
                  return await eraseDeleted(session, TABLES);
                } catch (error) {
                  throw error instanceof Obstacle ? shredIncomplete(good, error.message) : error;
                }
              }),
            ),
      ),
      TE.map(({ judged, destroyed, checks }) =>
        withWitnesses(
          judged,
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
      ),
    );
};
