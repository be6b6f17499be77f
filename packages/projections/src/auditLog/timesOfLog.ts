import type { SqliteConnection } from '@keyturn/sqlite';
import type { Kysely } from 'kysely';
import { bind, prepareNamed } from '../database/namedStatements';
import type { ReadModelTables } from '../database/tables';
import { blockOf } from './blocks';

/** Times so close to each other are one stretch. */
const GAP_MS = 3_600_000;

/** A block with more stretches is not told apart further: the nearest one grows. */
const MOST_STRETCHES = 8;

interface Stretch {
  earliest: number;
  latest: number;
}

/** Which times the entries of each block have, so that a window finds its blocks whatever the clocks said. */
interface TimesOfLog {
  readonly add: (sequence: number, times: ReadonlyArray<number>) => void;
  /** Writes what this batch changed. */
  readonly write: () => void;
}

const distance = ({ earliest, latest }: Stretch, time: number): number =>
  Math.max(0, earliest - time, time - latest);

/** Takes a time into the stretches of a block. A stretch grows or is added: none goes. */
const take = (stretches: Stretch[], time: number): void => {
  let nearest: Stretch | undefined;
  for (const stretch of stretches) {
    if (nearest === undefined || distance(stretch, time) < distance(nearest, time)) nearest = stretch;
  }
  if (nearest === undefined || (distance(nearest, time) > GAP_MS && stretches.length < MOST_STRETCHES)) {
    stretches.push({ earliest: time, latest: time });
    return;
  }
  nearest.earliest = Math.min(nearest.earliest, time);
  nearest.latest = Math.max(nearest.latest, time);
};

/** Starts behind the last entry. */
export const timesOfLog = (
  database: SqliteConnection,
  db: Kysely<ReadModelTables>,
  lastSequence: number,
): TimesOfLog => {
  const put = prepareNamed(
    database,
    db
      .insertInto('audit_times')
      .values({
        block: bind<number>('block'),
        nth: bind<number>('nth'),
        earliest: bind<number>('earliest'),
        latest: bind<number>('latest'),
      })
      .onConflict((conflict) =>
        conflict.columns(['block', 'nth']).doUpdateSet((eb) => ({
          earliest: eb.ref('excluded.earliest'),
          latest: eb.ref('excluded.latest'),
        })),
      ),
  );
  const find = prepareNamed(
    database,
    db
      .selectFrom('audit_times')
      .select(['earliest', 'latest'])
      .where('block', '=', bind<number>('block'))
      .where('nth', '=', bind<number>('nth')),
  );

  const storedOf = (block: number): Stretch[] => {
    const stored: Stretch[] = [];
    for (;;) {
      const stretch = find.get({ block, nth: stored.length });
      if (stretch === undefined) return stored;
      stored.push({ earliest: stretch.earliest, latest: stretch.latest });
    }
  };

  let block = blockOf(Math.max(1, lastSequence));
  let stretches = storedOf(block);

  const write = (): void => {
    stretches.forEach(({ earliest, latest }, nth) => {
      put.run({ block, nth, earliest, latest });
    });
  };

  return {
    add: (sequence, times) => {
      const here = blockOf(sequence);
      if (here !== block) {
        write();
        block = here;
        stretches = [];
      }
      for (const time of times) take(stretches, time);
    },
    write,
  };
};
