import { StoreFault } from '@keyturn/event-store';
import type { NumberedStep, SqliteConnection } from '@keyturn/sqlite';
import * as TE from 'fp-ts/TaskEither';
import { isBusy, whenNotBusy } from './busy';
import { openConnection } from './connection';
import { FORMATS, prepareSchema, takeStep } from './schema';
import { faultOf } from './sqliteFaults';

const DEFAULT_BUSY_MS = 5_000;

/** How an embedded event store is stored. */
export interface EventStoreFormat {
  /** Names the store. */
  readonly storeId: string;
  readonly format: number;
  /** What leads from there to the present format; nothing where that is it. */
  readonly steps: ReadonlyArray<NumberedStep>;
}

const formatOf = (db: SqliteConnection): EventStoreFormat => {
  const format = prepareSchema(db, 'kept');
  const storeId = String(db.pluck('SELECT id FROM store').get());
  return { storeId, format, steps: FORMATS.stepsFrom(format) };
};

const withFile = <A>(
  file: string,
  exclusive: boolean,
  busyMs: number,
  use: (db: SqliteConnection) => A,
): TE.TaskEither<StoreFault, A> =>
  TE.tryCatch(
    () =>
      whenNotBusy(busyMs, () => {
        const db = openConnection(file, { create: false, formats: 'kept', exclusive });
        try {
          return use(db);
        } finally {
          db.close();
        }
      }),
    (cause) =>
      exclusive && isBusy(cause)
        ? new StoreFault(
            'unavailable',
            `Another process has the event store ${file} open. Nothing was changed: stop every process that uses ` +
              'it, then migrate again.',
            { cause },
          )
        : faultOf(file, cause),
  );

/**
 * Reads in which format an embedded event store is, any that is kept. Takes no step. Faults as of opening it.
 *
 * @example
 * const format = await readSqliteEventStoreFormat('events.sqlite')();
 */
export const readSqliteEventStoreFormat = (file: string): TE.TaskEither<StoreFault, EventStoreFormat> =>
  withFile(file, false, DEFAULT_BUSY_MS, formatOf);

/**
 * Brings an embedded event store to the present format, and gives how it was found. Each step is one transaction. No
 * other process has the store open meanwhile. Faults as of opening it; `unavailable` where another process has it open.
 *
 * @param onStep called before a step is taken
 * @param busyMs how long others may have it open before that is a fault
 */
export const migrateSqliteEventStore = (
  file: string,
  onStep: (step: NumberedStep) => void,
  busyMs: number = DEFAULT_BUSY_MS,
): TE.TaskEither<StoreFault, EventStoreFormat> =>
  withFile(file, true, busyMs, (db) => {
    const found = formatOf(db);
    for (const step of found.steps) {
      onStep(step);
      takeStep(db, step);
    }
    return found;
  });
