import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { goodGroups, withWitnesses } from '../judgedGroups';
import { rowsKept, shredIncomplete } from '../rowFaults';
import { decodeRows, DataKeyIdRow } from '../rows';
import type { VaultStorage } from '../storage';
import type { Proof, ShredGroup } from '../vault';
import type { Database } from './connection';
import { eraseDeleted } from './erase';
import { inTurn } from '../inTurn';
import { Obstacle } from './obstacle';
import { ownPartitions } from './ownPartitions';
import { PARTITIONED, type PartitionedTable } from './partitioned';
import { requireKnownSchema } from './schemaCheck';
import type { Session } from './session';
import { vacuumDeleted } from './vacuum';
import { changeWitnesses } from './witnesses';

type Checks = ReadonlyArray<string>;
const WHERE = 'WHERE workspace_id = $1 AND key_id = ANY ($2::text[])';

/** How it is shown that what was deleted of these workspaces is gone. */
const SHOWN: Readonly<
  Record<
    Proof,
    { readonly how: string; readonly by: (session: Session, of: ReadonlyArray<string>) => Promise<Checks> }
  >
> = {
  erased: {
    how: 'their partitions written anew, write-ahead log led past what it had',
    by: async (session, of) => eraseDeleted(session, await ownPartitions(session, PARTITIONED, of)),
  },
  row: {
    how: 'looked for again',
    by: async (session, of) => vacuumDeleted(session, await ownPartitions(session, ['data_keys'], of)),
  },
};

/** What the rows of a group are told apart by: the ids of their data keys, which no other row ever has. */
type Ids = Readonly<Record<PartitionedTable, ReadonlyArray<Buffer>>>;

/** What one transaction did for a group. */
interface Deleted {
  readonly dataKeysDestroyed: number;
  readonly secretsDestroyed: number;
  /** The rows that were read before. */
  readonly before: Ids;
  /** Whether one of them was there when all were deleted. */
  readonly kept: boolean;
}

const idsOf = async (session: Session, { workspaceId, keyIds }: ShredGroup): Promise<Ids> => {
  const read = async (table: PartitionedTable) => {
    const { rows } = await session.query(`SELECT data_key_id FROM ${table} ${WHERE}`, [
      workspaceId,
      [...keyIds],
    ]);
    return decodeRows(DataKeyIdRow, rows, table).map(({ data_key_id }) => data_key_id);
  };
  return { data_keys: await read('data_keys'), sealed_secrets: await read('sealed_secrets') };
};

const overlap = (one: Ids, other: Ids): boolean =>
  PARTITIONED.some((table) => {
    const ids = new Set(one[table].map((id) => id.toString('hex')));
    return other[table].some((id) => ids.has(id.toString('hex')));
  });

const deleteGroup = async (session: Session, group: ShredGroup): Promise<Deleted> => {
  const before = await idsOf(session, group);
  const remove = async (table: PartitionedTable): Promise<number> =>
    (await session.query(`DELETE FROM ${table} ${WHERE}`, [group.workspaceId, [...group.keyIds]])).count;
  const dataKeysDestroyed = await remove('data_keys');
  const secretsDestroyed = await remove('sealed_secrets');
  const kept = overlap(before, await idsOf(session, group));
  return { dataKeysDestroyed, secretsDestroyed, before, kept };
};

/**
 * Data keys and rows go in one transaction: from its commit on nothing can be opened, whatever happens next. Then they
 * are taken out of the files, once for all groups, which a shred that is run again does once more. Shreds that wait for
 * their turn hold no connection: openings need them. A row that was read before is looked for after its deletion, and
 * once more at the end: a server can say that it deleted, and keep it.
 */
export const postgresShredder = ({ transaction, run, name }: Database): VaultStorage['shred'] => {
  const next = inTurn();
  /** Takes what was deleted of these groups out of the files; tells what was done, and whose rows are there again. */
  const erased = (groups: ReadonlyArray<ShredGroup>, destroyed: ReadonlyArray<Deleted>, proof: Proof) =>
    next(
      run(async (session) => {
        try {
          const of = groups.map(({ workspaceId }) => workspaceId);
          const checks = await SHOWN[proof].by(session, of);
          const back: Array<boolean> = [];
          for (const [place, group] of groups.entries()) {
            const before = destroyed[place]?.before;
            back.push(before !== undefined && overlap(before, await idsOf(session, group)));
          }
          await requireKnownSchema(session, name);
          return { checks, back };
        } catch (error) {
          throw error instanceof Obstacle ? shredIncomplete(groups, error.message) : error;
        }
      }),
    );
  return (groups, judge, proof) =>
    pipe(
      transaction(async (session) => {
        await requireKnownSchema(session, name);
        const judged = await changeWitnesses(
          session,
          groups.map(({ workspaceId }) => workspaceId),
          judge,
          name,
        );
        const good = goodGroups(groups, judged);
        const destroyed: Array<Deleted> = [];
        for (const group of good) destroyed.push(await deleteGroup(session, group));
        return { judged, good, destroyed };
      }),
      TE.bind('erased', ({ good, destroyed }) =>
        good.length === 0 ? TE.right({ checks: [], back: [] }) : erased(good, destroyed, proof),
      ),
      TE.map(({ judged, good, destroyed, erased: { checks, back } }) =>
        withWitnesses(
          judged,
          good.map((group, place) => {
            const done = destroyed[place];
            if (done === undefined || done.kept || back[place] !== false) return E.left(rowsKept(group));
            const { dataKeysDestroyed, secretsDestroyed } = done;
            return E.right({
              dataKeysDestroyed,
              secretsDestroyed,
              proof,
              method: `postgresql: data keys deleted with sealed rows, ${SHOWN[proof].how}`,
              checks,
            });
          }),
        ),
      ),
    );
};
